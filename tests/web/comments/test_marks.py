"""What one does with a comment that exists: marks, corrections, deletion."""

from tests.support.make import idea_page


def test_useful_works_with_and_without_htmx(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    comment = make.comment(idea)
    page = browser.submit(browser.get(idea_page(idea)), f"#useful-{comment.id} form", follow=True)
    button = page.soup.select_one(f"#useful-{comment.id} button")
    assert button["aria-pressed"] == "true" and "Utile (1)" in button.get_text()
    fragment = browser.submit(page, f"#useful-{comment.id} form", htmx=True)
    assert "<html" not in fragment.text and fragment.soup.select_one("button")["aria-pressed"] == "false"


def test_the_author_of_an_idea_marks_what_was_used(make, sign_in, author):
    idea = make.idea(author=author)
    comment = make.comment(idea)
    browser = sign_in(author)
    page = browser.submit(browser.get(idea_page(idea)), "form[action$=used]", follow=True)
    assert "Repris dans l" in page.soup.select_one(f"#comment-{comment.id} .used").get_text()
    page = browser.submit(page, "form[action$='used/withdrawal']", follow=True)
    assert page.soup.select_one(f"#comment-{comment.id} .used") is None


def test_an_author_corrects_their_comment_in_time(make, sign_in, clock):
    idea, rose = make.idea(), make.user()
    comment, browser = make.comment(idea, author=rose, body="Bonjuor"), sign_in(rose)
    form = browser.get(f"/comments/{comment.id}/edit")
    assert browser.submit(form, "form.form", body="").status_code == 422
    page = browser.submit(form, "form.form", body="Bonjour", follow=True)
    assert "Bonjour" in page.words and "modifié" in page.soup.select_one(f"#comment-{comment.id}").get_text()
    clock.forward(minutes=31)
    assert browser.get(f"/comments/{comment.id}/edit").status_code == 404
    late = browser.submit(form, "form.form", body="Trop tard")
    assert late.status_code == 422 and "Trop tard" in late.soup.select_one("textarea").get_text()


def test_an_author_deletes_their_comment_and_the_replies_stay(make, sign_in):
    idea, rose = make.idea(), make.user()
    comment = make.comment(idea, author=rose, body="Je reprends mes mots")
    make.comment(idea, body="Une réponse qui reste", parent=comment)
    browser = sign_in(rose)
    page = browser.submit(f"/comments/{comment.id}/deletion", "form.form", follow=True)
    assert "Je reprends mes mots" not in page.text and "Une réponse qui reste" in page.words
    assert (
        "supprimé" in page.soup.select_one(f"#comment-{comment.id}.is-gone").get_text()
        and "1 commentaire" in page.words
    )

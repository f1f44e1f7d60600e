from app.core.db import db
from app.ideas.models import Idea
from tests.support.make import idea_page


def count(idea):
    db.session.rollback()
    return db.session.get_one(Idea, idea.id).votes_count


def test_a_member_supports_by_name_and_takes_it_back(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(name="Rose"))
    page = browser.submit(browser.get(idea_page(idea)), "#support form", is_named="y", follow=True)
    assert "1 appui" in page.words and page.soup.select_one(".supporters").get_text(strip=True).endswith("Rose")
    page = browser.submit(page, "#support form[action$=name]", follow=True)
    assert page.soup.select_one(".supporters") is None and count(idea) == 1
    page = browser.submit(page, "#support form[action$=withdrawal]", follow=True)
    assert "0 appui" in page.words and count(idea) == 0


def test_the_name_is_not_shown_unless_it_is_asked(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(name="Rose"))
    page = browser.submit(browser.get(idea_page(idea)), "#support form", follow=True)
    assert "1 appui" in page.words and page.soup.select_one(".supporters") is None


def test_htmx_gets_the_fragment_with_what_was_done(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    answer = browser.submit(browser.get(idea_page(idea)), "#support form", htmx=True)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert answer.soup.select_one("#support .support-count").get_text(strip=True) == "1 appui"
    assert answer.soup.select_one("#flashes[hx-swap-oob]").get_text(strip=True).startswith("Votre appui est compté")
    assert answer.soup.select_one("#support-jump[hx-swap-oob]").get_text(strip=True) == "1 appui"
    assert "Suivi" in answer.soup.select_one("#follow[hx-swap-oob] summary").get_text()


def test_names_and_the_others_add_up_to_the_supports(make, visitor):
    idea = make.idea(votes=4)
    make.vote(make.user(name="Rose"), idea, is_named=True)
    page = visitor.get(idea_page(idea))
    assert page.soup.select_one(".jumps").get_text(" ", strip=True) == "5 appuis 0 commentaire"
    assert " ".join(page.soup.select_one(".supporters").get_text().split()).endswith("Rose et 4 autres")


def test_a_visitor_is_asked_for_an_account(make, visitor):
    idea = make.idea()
    page = visitor.get(idea_page(idea))
    assert page.soup.select_one("#support a")["href"].startswith("/register?next=/ideas/")


def test_an_unconfirmed_person_is_told_what_to_do(make, sign_in):
    idea = make.idea()
    page = sign_in(make.user(is_confirmed=False)).get(idea_page(idea))
    assert "Confirmez votre adresse" in page.soup.select_one("#support").get_text()


def test_a_withdrawn_idea_shows_frozen_supports(make, sign_in):
    idea, rose = make.idea(status="withdrawn", votes=3), make.user()
    page = sign_in(rose).get(idea_page(idea))
    assert "3 appuis" in page.words and "figés" in page.soup.select_one("#support").get_text()


def test_a_field_sent_twice_is_refused(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    assert browser.forge(f"/ideas/{idea.id}/vote", data={"is_named": ["y", "n"]}).status_code == 400
    assert count(idea) == 0

import pytest

from app.core.db import db
from app.ideas.models import Idea


def url(idea):
    return f"/ideas/{idea.id}-{idea.slug}"


def count(idea):
    db.session.rollback()
    return db.session.get_one(Idea, idea.id).votes_count


def test_a_member_supports_by_name_and_takes_it_back(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(name="Rose"))
    page = browser.submit(browser.get(url(idea)), "#support form", is_named="y", follow=True)
    assert "1 appui" in page.words and page.soup.select_one(".supporters").get_text(strip=True).endswith("Rose")
    page = browser.submit(page, "#support form[action$=name]", follow=True)
    assert page.soup.select_one(".supporters") is None and count(idea) == 1
    page = browser.submit(page, "#support form[action$=withdrawal]", follow=True)
    assert "0 appui" in page.words and count(idea) == 0


def test_the_name_is_not_shown_unless_it_is_asked(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(name="Rose"))
    page = browser.submit(browser.get(url(idea)), "#support form", follow=True)
    assert "1 appui" in page.words and page.soup.select_one(".supporters") is None


def test_htmx_gets_the_fragment_with_what_was_done(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    answer = browser.submit(browser.get(url(idea)), "#support form", htmx=True)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert answer.soup.select_one("#support [role=status]").get_text(" ", strip=True).startswith("1 appui")


def test_a_visitor_is_asked_to_sign_in_and_nothing_is_counted(make, visitor):
    idea = make.idea()
    page = visitor.get(url(idea))
    assert page.soup.select_one("#support a")["href"].startswith("/login?next=/ideas/")
    answer = visitor.forge(f"/ideas/{idea.id}/vote")
    assert answer.status_code == 401 and count(idea) == 0


@pytest.mark.parametrize(("columns", "code"), [({"confirmed": False}, 404), ({}, 303)])
def test_only_confirmed_members_support(make, sign_in, columns, code):
    idea, browser = make.idea(), sign_in(make.user(**columns))
    assert browser.forge(f"/ideas/{idea.id}/vote").status_code == code
    assert count(idea) == (code == 303)


def test_an_unconfirmed_person_is_told_what_to_do(make, sign_in):
    idea = make.idea()
    page = sign_in(make.user(confirmed=False)).get(url(idea))
    assert "Confirmez votre adresse" in page.soup.select_one("#support").get_text()


def test_a_withdrawn_idea_shows_frozen_supports(make, sign_in):
    idea, rose = make.idea(status="withdrawn", votes=3), make.user()
    page = sign_in(rose).get(url(idea))
    assert "3 appuis" in page.words and "figés" in page.soup.select_one("#support").get_text()
    assert sign_in(rose).forge(f"/ideas/{idea.id}/vote").status_code == 404


def test_what_can_not_be_read_can_not_be_supported(make, sign_in):
    draft = make.idea(status="draft")
    browser = sign_in(make.user())
    for path in ("vote", "vote/withdrawal", "vote/name"):
        assert browser.forge(f"/ideas/{draft.id}/{path}").status_code == 404


@pytest.mark.parametrize("wrong", ["0", "01", "-1", "1e0", "99999999999", "abc"])
def test_a_wrong_number_is_nowhere(make, sign_in, wrong):
    make.idea()
    assert sign_in(make.user()).forge(f"/ideas/{wrong}/vote").status_code in (404, 405)


def test_a_field_sent_twice_is_refused(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    assert browser.forge(f"/ideas/{idea.id}/vote", data={"is_named": ["y", "n"]}).status_code == 400
    assert count(idea) == 0


def test_a_request_without_a_token_is_refused(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    assert browser.post_raw(f"/ideas/{idea.id}/vote").status_code == 400 and count(idea) == 0


def test_a_hostile_name_is_only_text(make, sign_in):
    idea = make.idea()
    make.vote(make.user(name="<img src=x onerror=alert(1)>"), idea, is_named=True)
    page = sign_in(make.user()).get(url(idea))
    assert not page.soup.select("img") and "<img src=x" in page.soup.select_one(".supporters").get_text()

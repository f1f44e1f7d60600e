"""From the first press to what it was for: registration, the mail, the confirmation, and there."""

import pytest

from tests.support import accounts
from tests.support.accounts import enter, follow, is_in, register, work
from tests.support.make import PASSWORD

GOALS = ("propose", "support", "comment", "join")
EMAIL = "marie@example.org"


@pytest.fixture
def pressed(make, visitor):
    """Return what a stranger meets when they press a button: the address of the first screen."""
    idea = make.idea()

    def press(goal):
        if goal == "propose":
            return visitor.get("/ideas/new").headers["Location"]
        page, name = (
            f"/ideas/{idea.id}-{idea.slug}",
            {"support": "Appuyer", "comment": "Commenter"}.get(goal, "Rejoindre"),
        )
        page = "/communities/transport-collectif" if goal == "join" else page
        links = [a["href"] for a in visitor.get(page).soup.select("main a.button") if name in a.get_text()]
        assert len(links) == 1
        return links[0]

    return press


def confirm(browser, outbox):
    """Open the link of the last mail and give the password; return the address that follows."""
    return accounts.confirm(browser, outbox.links(outbox.to(EMAIL)[-1])[0]).headers["Location"]


@pytest.mark.parametrize("goal", GOALS)
def test_a_stranger_meets_four_screens_at_most_and_types_nothing_twice(pressed, visitor, outbox, goal):
    screens = [pressed(goal)]
    answer = register(visitor, lambda browser, _path, form, **fields: browser.submit(screens[0], form, **fields))
    screens.append(answer.headers["Location"])
    assert EMAIL in visitor.get(screens[-1]).words
    screens += ["the link of the mail", confirm(visitor, outbox)]
    end = screens[-1]
    place = visitor.get(end.partition("#")[0])
    anchor = end.partition("#")[2]
    assert len(screens) == 4 and place.status_code == 200 and "Bienvenue, Marie Tremblay" in place.words
    assert {
        "propose": "Voici le formulaire",
        "support": "Il reste à appuyer",
        "comment": "Il reste à écrire",
        "join": "Il reste à rejoindre",
    }[goal] in place.words
    assert place.soup.select_one(f"#{anchor}" if anchor else "[data-autosave-url]")


def test_the_link_of_the_mail_carries_the_goal_to_another_device(pressed, visitor, new_browser, outbox):
    register(visitor, lambda browser, _path, form, **fields: browser.submit(pressed("propose"), form, **fields))
    phone = new_browser()
    assert confirm(phone, outbox) == "/ideas/new"


def test_another_mail_of_confirmation_carries_the_goal_too(pressed, visitor, outbox):
    register(visitor, lambda browser, _path, form, **fields: browser.submit(pressed("propose"), form, **fields))
    again = visitor.get("/register/sent?next=/ideas/new").soup.select_one("main a[href^='/confirm']")["href"]
    assert visitor.submit(again, "main form").headers["Location"].endswith("next=/ideas/new")
    work()
    assert len(outbox.to(EMAIL)) == 2
    assert confirm(visitor, outbox) == "/ideas/new"


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example/", "/\\evil.example", "/logout"])
def test_a_link_leads_nowhere_else(visitor, outbox, place):
    register(visitor)
    link = outbox.links(outbox.to(EMAIL)[0])[0]
    visitor.get(f"{link}?next={place}")
    page = visitor.get("/confirm/link")
    answer = visitor.submit(page, "main form", password=PASSWORD)
    assert "evil" not in str(page.soup.main) and answer.headers["Location"] == "/"


def test_only_who_confirmed_is_welcomed(make, visitor, new_browser, outbox):
    other, browser = make.user(), new_browser()
    register(visitor)
    enter(browser, other.email)
    assert "Bienvenue" not in browser.get("/").words
    confirm(browser, outbox)
    assert "Bienvenue, Marie Tremblay" in browser.get("/").words and is_in(browser)


def test_a_forgotten_password_leads_on_as_well(make, visitor, outbox):
    user = make.user()
    visitor.submit("/forgot?next=/ideas/new", "main form", email=user.email)
    work()
    page = follow(visitor, outbox.links(outbox.to(user.email)[-1])[0])
    answer = visitor.submit(page, "main form", password="une phrase toute neuve")
    assert answer.headers["Location"] == "/login?next=%2Fideas%2Fnew"


def test_a_session_that_ended_sends_to_the_sign_in(make, sign_in):
    user = make.user()
    browser, other = sign_in(user), sign_in(user)
    other.submit("/account/sessions", "form[action='/account/sessions/revocation']")
    assert browser.get("/ideas/new").headers["Location"] == "/login?next=/ideas/new"


@pytest.mark.parametrize("place", ["/ideas?q=gagnez.un.prix%20ici", "/invitations/link", "/ideas/" + "a" * 300])
def test_a_mail_carries_no_goal_that_is_not_a_plain_page(visitor, outbox, place):
    page = visitor.get("/register", query_string={"next": place})
    register(visitor, lambda browser, _path, form, **fields: browser.submit(page, form, **fields))
    [mail] = outbox.to(EMAIL)
    assert "next=" not in mail.text and "next=" not in mail.html

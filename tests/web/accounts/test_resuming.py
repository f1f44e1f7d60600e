"""A session that ended while somebody wrote: they sign in on the page that gives their text back, and send it."""

import pyotp
import pytest

from app.accounts.models.people import User
from app.communities import queries as communities
from app.ideas.models import Idea
from tests.support.accounts import is_in, set_up_second_factor
from tests.support.make import PASSWORD
from tests.support.rows import every, last

TEXT = {"title": "Des paniers au marché", "body": "Un point de chute le samedi.\nEt un « & » bien gardé."}


@pytest.fixture
def ended(make, sign_in):
    """Return who writes, and the page that they meet when their session ended before they sent their text."""
    user = make.user()
    email, browser, other = user.email, sign_in(user), sign_in(user)
    room = communities.get_rooms().all[0].id
    page = browser.get("/ideas/new")
    other.submit("/account/sessions", "form[action='/account/sessions/revocation']")
    return email, browser, browser.submit(page, "main form", button="publish", **TEXT, community=str(room))


def test_the_writer_signs_in_there_and_sends_the_text(ended):
    email, browser, page = ended
    assert page.status_code == 401 and TEXT["title"] in page.words
    page = browser.submit(page, "main form", email=email, password=PASSWORD)
    assert page.status_code == 200 and is_in(browser) and "bien gardé" in page.words and not every(Idea)
    assert browser.submit(page, "main form").status_code == 303
    assert [(idea.title, idea.body.splitlines()[1]) for idea in every(Idea)] == [
        (TEXT["title"], "Et un « & » bien gardé.")
    ]


def test_a_wrong_password_keeps_the_text(ended):
    email, browser, page = ended
    page = browser.submit(page, "main form", email=email, password="une autre phrase")
    assert page.status_code == 422 and TEXT["title"] in page.words and not is_in(browser)
    assert browser.submit(page, "main form", email=email, password=PASSWORD).status_code == 200


def test_the_second_factor_keeps_it_too(ended, sign_in, make, clock):
    email, browser, page = ended
    secret = set_up_second_factor(sign_in(last(User, User.email == email)))
    clock.forward(minutes=2)
    page = browser.submit(page, "main form", email=email, password=PASSWORD)
    page = browser.submit(page, "main form", code="000000")
    assert page.status_code == 422 and not is_in(browser)
    page = browser.submit(page, "main form", code=pyotp.TOTP(secret).now())
    assert page.status_code == 200 and TEXT["title"] in page.words
    assert browser.submit(page, "main form").status_code == 303


@pytest.mark.parametrize("action", ["//evil.example/", "https://evil.example/", "", "javascript:alert(1)"])
def test_a_form_that_leads_elsewhere_is_not_given_back(make, visitor, action):
    user = make.user()
    visitor.get("/login")
    answer = visitor.forge("/login", {"email": user.email, "password": PASSWORD, "unsent": f"={action}&body=x"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/"

"""Whoever has no account, and whose cookies were lost while a page was open: their form comes back, and is sent again."""

import pytest

from app.accounts.models.sessions import AccountRequest
from app.events.models.registrations import EventRegistration
from app.web import nouns
from app.web.events import place_links
from tests.events.coming import confirm, guest, new_event
from tests.security.test_csrf import HOME
from tests.support.accounts import is_in
from tests.support.make import PASSWORD
from tests.support.rows import again, count, last

STALE = "ImFiY2Qi.Z0000A.Qm9ndXNTaWduYXR1cmVPZlRoZVJpZ2h0TGVu"
# Where one is asked for a password at once, by Flask-Security: no stranger has these forms.
OF_MEMBERS = {
    *("security.change_password", "security.change_email", "security.verify"),
    *("security.two_factor_setup", "security.two_factor_setup_validate", "security.mf_recovery_codes"),
}


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=3)


def lose_cookies(browser):
    browser._cookies.clear()
    browser.token = None


def own(event, registration):
    return f"/events/{event.id}/me/{place_links.sign(again(registration))}"


def forms_of_strangers(app):
    """Return an address of each form that takes a token and that whoever has no account may send."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        is_theirs = not getattr(view, "needs_account", False) and rule.endpoint not in OF_MEMBERS
        if "POST" in rule.methods and is_theirs and view not in nouns.WITHOUT_TOKEN:
            yield "/".join("1" if part.startswith("<") else part for part in rule.rule.split("/"))


def test_no_form_of_a_stranger_asks_them_to_sign_in(app, visitor):
    paths, wrong = sorted(forms_of_strangers(app)), []
    assert len(paths) > 8
    for path in paths:
        answer = visitor.post_raw(path, data={"csrf_token": STALE, "name": "Maude Roy"}, headers=HOME)
        form = answer.soup.select_one("main form")
        is_whole = form is not None and form["action"] == path and "Maude Roy" in form.get_text() + str(form)
        if answer.status_code != 400 or not is_whole or answer.soup.select("main [type=password]"):
            wrong.append(f"{path}: {answer.status_code}")
    assert not wrong, wrong


def test_what_a_guest_typed_comes_back_and_is_sent_in_one_press(event, visitor):
    page = visitor.get(f"/events/{event.id}/registration")
    lose_cookies(visitor)
    typed = {"name": "Maude Roy", "email": "maude@example.org", "mode": "in_person", "party": "2", "consent": "y"}
    answer = visitor.submit(page, "main form.form", **typed, needs="Une rampe")
    assert answer.status_code == 400 and not count(AccountRequest)
    assert "Maude Roy" in answer.words and "Une rampe" in answer.words and "ouverte longtemps" in answer.words
    assert visitor.submit(answer, "main form").status_code == 303
    asked = last(AccountRequest)
    assert (asked.email, asked.data["name"]) == ("maude@example.org", "Maude Roy")
    assert asked.data["wishes"] == {"mode": "in_person", "party": 2, "needs": "Une rampe"}


@pytest.mark.parametrize(("form", "state"), [("main form.form", "in"), ("#cancel form", "cancelled")])
def test_the_page_of_a_guest_takes_its_acts_again(event, visitor, form, state):
    mine = confirm(event, guest(1))
    page = visitor.get(own(event, mine))
    lose_cookies(visitor)
    answer = visitor.submit(page, form)
    assert answer.status_code == 400 and "envoyez" in answer.words and again(mine).state == "in"
    assert visitor.submit(answer, "main form").status_code == 303
    assert last(EventRegistration).state == state


def test_a_member_whose_password_was_being_changed_signs_in_first(make, sign_in):
    user = make.user()
    browser, path = sign_in(user), "/account/password"
    page = browser.get(path)
    lose_cookies(browser)
    answer = browser.submit(page, "main form", password=PASSWORD, new_password="une autre phrase bien longue")
    answer = browser.submit(answer, "main form") if not answer.soup.select("main #email") else answer
    answer = browser.submit(answer, "main form", email=user.email, password=PASSWORD)
    assert is_in(browser) and browser.submit(answer, "main form").request.path == path

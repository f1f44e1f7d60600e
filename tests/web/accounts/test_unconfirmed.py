"""An address that nobody confirmed belongs to whoever confirms it: nothing that others typed of it survives."""

import pytest

from app.accounts import registrations, service
from app.accounts.models.documents import Consent
from app.accounts.models.people import User
from app.accounts.models.registrations import Registration
from app.accounts.models.sessions import Session
from app.core.db import db
from app.operations import accounts as terminal
from app.reference.models import Organisation
from tests.support.accounts import at, confirm, enter, follow, is_in, member, register
from tests.support.browser import Browser
from tests.support.races import at_once
from tests.support.rows import every

pytestmark = pytest.mark.both_engines

EMAIL = "marie@example.org"
HERS, HIS = "la phrase que Marie a choisie", "la phrase que l'intrus a choisie"


def as_her(browser):
    register(browser, name="Marie Tremblay", password=HERS)


def as_him(browser):
    register(browser, name="Un Intrus", password=HIS, organisation="La Maison Intruse")


def letters(outbox):
    """Return the links that confirm her address, the first sent first."""
    return [link for mail in outbox.to(EMAIL) for link in outbox.links(mail) if link.startswith("/confirm/")]


@pytest.mark.parametrize("order", ["him her", "her him", "him her him", "her him her"])
@pytest.mark.parametrize("which", [0, -1])
def test_whoever_confirms_has_the_account_by_their_own_password_and_name(new_browser, outbox, order, which):
    for who in order.split():
        {"her": as_her, "him": as_him}[who](new_browser())
    owner, intruder = new_browser(), new_browser()
    confirm(owner, letters(outbox)[which], HERS)
    assert is_in(owner)
    user = member(EMAIL)
    assert user.name == "Marie Tremblay" and user.organisation_id is None
    assert enter(intruder, EMAIL, HIS).status_code == 422 and not is_in(intruder)


def test_the_account_speaks_the_language_that_was_chosen_before_it_opened(new_browser, outbox):
    as_her(new_browser())
    owner = new_browser()
    owner.set_cookie("lang", "en")
    confirm(owner, letters(outbox)[0], HERS)
    assert member(EMAIL).locale == "en"


def test_a_mail_that_she_did_not_ask_for_confirms_nothing_by_a_press(new_browser, outbox):
    as_him(new_browser())
    owner, intruder = new_browser(), new_browser()
    confirm(owner, letters(outbox)[0], "ce qui lui passe par la tête")
    enter(intruder, EMAIL, HIS)
    assert not is_in(intruder) and not is_in(owner)


def test_nothing_of_what_a_stranger_typed_survives(new_browser, outbox):
    as_him(new_browser())
    as_her(new_browser())
    owner = new_browser()
    confirm(owner, letters(outbox)[0], HERS)
    user = member(EMAIL)
    assert not every(Registration) and not every(Organisation)
    assert [row.user_id for row in every(Session)] == [user.id]
    assert {row.user_id for row in every(Consent)} == {user.id}
    assert not user.has_two_factor and not (user.about or user.territory_id)


def test_a_registration_owns_nothing_and_opens_nothing_before_it_is_confirmed(new_browser):
    browser = new_browser()
    as_him(browser)
    assert enter(browser, EMAIL, HIS).status_code == 422 and not is_in(browser)
    assert not every(User) and not every(Session) and not every(Consent)


def test_two_presses_at_once_open_one_account(app, new_browser, outbox):
    as_her(new_browser())
    [link], answers = letters(outbox), []

    def press():
        browser = Browser(app)
        page = follow(browser, link)
        if page.status_code == 200:
            answers.append(browser.submit(page, "main form", password=HERS).status_code)

    at_once(app, [press, press, press])
    assert set(answers) == {303}
    assert [user.name for user in every(User)] == ["Marie Tremblay"]


def test_the_last_twenty_registrations_of_an_address_wait(new_browser):
    for n in range(22):
        register(new_browser(), name=f"Nom {n:02}")
    assert [row.words["account"]["name"] for row in registrations.list_waiting(EMAIL)] == [
        f"Nom {n:02}" for n in range(21, 1, -1)
    ]


@pytest.mark.parametrize("networks", [1, 10])
def test_a_crowd_of_registrations_does_not_drive_hers_out(new_browser, outbox, networks):
    as_her(new_browser())
    for n in range(30):
        as_him(at(new_browser(), f"10.66.{n % networks}.1"))
    assert len(registrations.list_waiting(EMAIL)) == registrations.MOST
    owner = new_browser()
    confirm(owner, letters(outbox)[-1], HERS)
    assert is_in(owner) and member(EMAIL).name == "Marie Tremblay"


def test_an_account_made_by_the_operator_meanwhile_stays_what_it_is(new_browser, outbox):
    as_him(new_browser())
    service.create(name="Marie T.", email=EMAIL, password=None, role="coordinator")
    browser = new_browser()
    assert follow(browser, letters(outbox)[0]).headers["Location"] == "/login"
    assert registrations.open_account(every(Registration)[0].id) is None
    assert (member(EMAIL).name, member(EMAIL).password) == ("Marie T.", None)


def test_what_waited_for_the_address_of_an_account_from_the_terminal_goes(new_browser):
    as_him(new_browser())
    terminal.create(name="Marie T.", email=EMAIL, password="a hash", role="member", community=None)
    db.session.rollback()
    assert not every(Registration)


def test_an_account_that_nobody_confirmed_before_is_replaced_and_not_completed(make, new_browser, outbox):
    make.user("Un Intrus", email=EMAIL, is_confirmed=False, about="Ses mots", shows_about=True)
    as_her(new_browser())
    confirm(new_browser(), letters(outbox)[0], HERS)
    [user] = every(User)
    assert (user.name, user.about, user.shows_about) == ("Marie Tremblay", "", False)

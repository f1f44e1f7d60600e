"""An address that nobody confirmed belongs to whoever confirms it: nothing that others typed of it survives."""

import pytest

from tests.support.accounts import confirm, enter, is_in, member, register

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


def test_a_letter_that_she_did_not_ask_for_confirms_nothing_by_a_press(new_browser, outbox):
    as_him(new_browser())
    owner, intruder = new_browser(), new_browser()
    confirm(owner, letters(outbox)[0], "ce qui lui passe par la tête")
    enter(intruder, EMAIL, HIS)
    assert not is_in(intruder) and not is_in(owner)

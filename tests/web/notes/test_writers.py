"""Whose the words of a session are: a guest who is named anew, erased, or has an account; a member who leaves."""

import pytest

from app.accounts import service as accounts
from app.core.actor import ANYONE
from app.core.db import db
from app.core.signals import tell
from app.core.unit import unit
from app.events.queries import registrations
from app.events.service import erasure
from app.events.signals import GuestRenamed, PlacesForgotten, PlaceTakenOver
from app.forum.models import Forum
from app.notes.models import NoteLine, NoteVersion
from tests.notes.stored import session_in
from tests.support.door import comes
from tests.support.rows import every
from tests.web.forum.test_pass_routes import hold

CODE = "ABC234"
LINE = {"kind": "need", "text": "Une nuit de répit par mois", "form_key": "une"}


@pytest.fixture
def session(make):
    return session_in(make)


@pytest.fixture
def place(make, session):
    return comes(make, db.session.get_one(Forum, session.forum_id), "Ana Sans Compte", CODE)


@pytest.fixture
def address(session):
    return f"/forums/{session.forum_id}/topics/{session.id}/notes"


@pytest.fixture
def written(app, visitor, session, place, address):
    """What a guest wrote with a pass, through the forms of the page."""
    guest = hold(app, visitor, db.session.get_one(Forum, session.forum_id), place)
    guest.submit(address, "form[action$='/notes/text']", text="Ce qu'Ana a vu.")
    guest.submit(f"{address}/lines", "form[action$='/notes/lines']", kind="need", text="Une nuit de répit par mois")
    return guest


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user(role="coordinator"))


def names(team, address):
    """Return what the notes and their history say of who wrote."""
    return (
        team.get(address).soup.select_one("#lines").text + team.get(f"{address}/history").soup.select_one("main").text
    )


def test_a_guest_is_named_with_what_they_wrote_to_those_of_the_forum_alone(written, team, address, new_browser):
    assert names(team, address).count("Ana Sans Compte") == 2
    team.submit(address, "form[action$='/publication']")
    shown = new_browser().get(address)
    assert "Une nuit de répit par mois" in shown.words
    assert "Ana" not in shown.soup.select_one("main").text.replace("Ce qu'Ana a vu.", "").replace("Ce qu’Ana a vu.", "")


def test_an_erased_guest_is_named_no_more_and_their_words_stay(written, team, address, place):
    erasure.erase_own(ANYONE, registrations.find_registration(place.id))

    shown = names(team, address)
    assert "Ana Sans Compte" not in shown
    assert "Une personne participante" in shown
    assert "Une nuit de répit par mois" in shown
    assert {one.name for one in [*every(NoteVersion), *every(NoteLine)]} == {""}


def test_another_name_that_a_guest_gives_follows_there(written, team, address, place):
    with unit():
        tell(GuestRenamed(place.id, "Ana Ziboulette"))

    assert names(team, address).count("Ana Ziboulette") == 2


def test_what_a_guest_wrote_is_their_accounts_once_it_has_their_place(written, team, address, place, make):
    user = make.user("Anabelle Compte")
    with unit():
        tell(PlaceTakenOver(place.id, user.id))
        tell(GuestRenamed(place.id, "Ana Ziboulette"))
    assert names(team, address).count("Anabelle Compte") == 2

    accounts.close(make.actor(user), user)

    shown = names(team, address)
    assert "Anabelle" not in shown
    assert "Ana" not in shown.replace("Ana a vu", "")
    assert "Ancien membre" in shown


def test_a_place_that_is_deleted_leaves_the_words_without_it(written, team, address, place):
    with unit():
        tell(PlacesForgotten((place.id,)))

    assert "Ana Sans Compte" not in names(team, address)
    assert {one.registration_id for one in [*every(NoteVersion), *every(NoteLine)]} == {None}

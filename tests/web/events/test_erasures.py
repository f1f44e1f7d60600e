"""Somebody without an account asks to be erased at once: on the page of their place, or through the team."""

import re
from dataclasses import replace

import pytest

from app.accounts.models.accesses import Access
from app.core.mail import Outgoing
from app.events.models.registrations import EventMail, EventRegistration, Registrant
from app.events.queries.attendance import get_attendance
from app.events.service import registrations as service
from app.events.service.registrations import Guest, Wishes
from app.operations import recount
from app.web.events import place_links, place_mails
from tests.events.coming import cancel, columns_of, come, confirm, count_again, guest, new_event, states
from tests.support.accounts import work
from tests.support.door import comes, keep_door
from tests.support.rows import again, count, every, list_traces

# The tables of each engine are read whole.
pytestmark = pytest.mark.both_engines
TRACES = re.compile("canari", re.IGNORECASE)
MAUDE = Guest("canari@example.org", "Maude Canari", "fr", "privacy", "2026-11-30")
WISHES = Wishes("in_person", needs="Une rampe canari", meal="sans canari", answers={"1": "canari"})


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=1)


@pytest.fixture
def maude(event):
    """A guest who has the only place, and a letter in the outbox."""
    mine = confirm(event, MAUDE, WISHES)
    place_mails.write_mails()
    assert count(Outgoing) and count(EventMail) and list_traces(TRACES)
    return mine


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user(role="coordinator"))


def own(registration):
    found = again(registration)
    return f"/events/{found.event_id}/me/{place_links.sign(found)}"


def guests(event):
    return f"/events/{event.id}/guests"


def figures(event):
    """Return what is counted of who comes; the meeting counts as its rows do."""
    assert columns_of(event) == count_again(event) and not recount.list_differences()
    return columns_of(event), get_attendance(again(event))


def test_a_guest_erases_what_they_said_and_their_place_goes_to_who_waits(event, maude, visitor, outbox):
    waits = confirm(event, guest(2))
    link = own(maude)
    page = visitor.get(visitor.get(link).soup.find("a", string="Effacer mes renseignements maintenant")["href"])
    assert (
        "elle va à qui attend" in page.words
        and "sans nom, qu’une inscription" in page.words
        and again(maude).state == "in"
    )
    answer = visitor.submit(page, "main form", follow=True)
    assert "plus rien ici ne dit qui vous êtes" in answer.words and answer.request.path.startswith("/events/")
    assert not list_traces(TRACES) and (again(maude).state, again(waits).state) == ("cancelled", "in")
    figures(event)
    place_mails.write_mails()
    assert outbox.to("invite-2@example.org")[-1].subject.startswith("Vous avez une place")
    assert not list_traces(TRACES), "no letter tells an address that is forgotten"
    for dead in (visitor.get(link), visitor.get(f"{link}/erasure"), visitor.submit(page, "main form")):
        assert dead.status_code == 404 and "Ce lien ne mène plus à une place" in dead.words
    assert "ne mène plus à une place" not in visitor.get(f"/events/{event.id}/me/nimporte").words


def test_who_came_is_counted_still_without_a_name(event, maude, make, visitor, clock, sign_in):
    keeper = sign_in(keep_door(make, event, make.user()))
    make.at(maude, territory_id=1, needs="canari")
    clock.at(event.starts_at)
    keeper.submit(f"/events/{event.id}/door", f"#guest-{maude.id} form")
    counted = figures(event)
    page = visitor.get(f"{own(maude)}/erasure")
    assert "va à qui attend" not in page.words and "Restent des nombres" in page.words
    visitor.submit(page, "main form")
    assert not list_traces(TRACES) and figures(event) == counted and again(maude).arrived_at
    for end in ("", "/list", "/tags"):
        words = keeper.get(f"/events/{event.id}/door{end}").words
        assert "Ancien membre" not in words and ("Nom effacé" in words) == (end != "/tags"), end


@pytest.mark.parametrize("waited", [True, False])
def test_who_is_erased_comes_no_more_once_their_arrival_is_undone(event, maude, make, visitor, clock, sign_in, waited):
    keeper = sign_in(keep_door(make, event, make.user()))
    second = confirm(event, guest(2))
    mine = second if waited else maude
    clock.at(event.starts_at)
    door = keeper.submit(f"/events/{event.id}/door", f"#guest-{mine.id} form", follow=True)
    visitor.submit(f"{own(mine)}/erasure", "main form")
    assert again(mine).state == "in" and again(mine).arrived_at
    keeper.submit(door, f"#guest-{mine.id} form", follow=True)
    assert (again(mine).state, again(mine).arrived_at) == ("cancelled", None)
    figures(event)


def test_who_had_a_place_is_counted_still_after_the_meeting(event, maude, visitor, clock):
    counted = figures(event)
    clock.at(event.ends_at)
    clock.forward(days=3)
    visitor.submit(f"{own(maude)}/erasure", "main form")
    assert not list_traces(TRACES) and figures(event) == counted and states(event) == ["in"]


@pytest.mark.parametrize("by_team", [True, False])
def test_what_was_typed_seconds_before_and_nobody_read_yet_goes_too(event, maude, make, visitor, team, by_team):
    elsewhere = new_event(make)
    for meeting in (event, elsewhere):
        typed = {"name": "Maude Canari", "email": MAUDE.email, "mode": "in_person", "consent": "y"}
        visitor.submit(f"/events/{meeting.id}/registration", "main form.form", **typed)
    browser, page = (team, f"{guests(event)}/{maude.id}/erasure") if by_team else (visitor, f"{own(maude)}/erasure")
    browser.submit(page, "main form")
    work()
    assert again(maude).state == "cancelled" and states(event) == ["cancelled"]
    assert states(elsewhere) == ["unconfirmed"], "another meeting was not asked to forget"


def test_what_nobody_confirmed_goes_whole(event, visitor):
    mine = service.expect(event, MAUDE, WISHES)
    visitor.submit(f"{own(mine)}/erasure", "main form")
    assert not list_traces(TRACES) and not every(EventRegistration) and not every(Registrant)


def test_the_team_erases_for_who_asks_those_who_come_no_more_too(event, maude, make, team):
    gone, member = confirm(event, replace(MAUDE, email="autre-canari@example.org"), WISHES), come(make, event)
    cancel(gone)
    page = team.get(team.get(f"/events/{event.id}/door").soup.select_one(f"a[href='{guests(event)}']")["href"])
    assert page.words.count("Maude Canari") == 4 and "ne vient plus" in page.words
    assert len(page.soup.select("main li b")) == 2 and "@" not in page.soup.main.get_text()
    assert {row.what for row in every(Access)} == {"people"}, "who reads a name is written down"
    links = [page.soup.select_one(f"a[href='{guests(event)}/{one.id}/erasure']")["href"] for one in (gone, maude)]
    for confirmation in [*(team.get(link) for link in links), team.get(links[0])]:
        answer = team.submit(confirmation, "main form", follow=True)
        assert "ne dit qui est cette personne" in answer.words
    assert not list_traces(TRACES) and "Aucun nom" in answer.words and again(member).state == "in"
    figures(event)


def test_the_team_of_a_hidden_meeting_finds_where_to_erase(event, make, team):
    mine = confirm(event, MAUDE)
    make.at(event, hidden_at=event.published_at, hidden_reason="Erreur")
    link = team.get(f"/events/{event.id}").soup.find("a", href=guests(event))["href"]
    assert "Maude Canari" in team.get(link).words and count(Access) == 1
    team.submit(f"{link}/{mine.id}/erasure", "main form")
    assert not list_traces(TRACES)


def test_a_member_has_an_account_to_close_and_who_keeps_the_door_erases_nobody(event, make, sign_in, visitor):
    member, someone = come(make, event), comes(make, event, "Maude Canari")
    assert "Effacer mes" not in visitor.get(own(member)).words
    assert visitor.get(f"{own(member)}/erasure").status_code == 404
    assert visitor.forge(f"{own(member)}/erasure").status_code == 404
    keeper = sign_in(keep_door(make, event, make.user()))
    assert keeper.get(guests(event)).status_code == 404
    assert keeper.forge(f"{guests(event)}/{someone.id}/erasure").status_code == 404
    boss = sign_in(make.user(role="coordinator"))
    boss.forge(f"{guests(event)}/{member.id}/erasure")
    assert again(member).state == "in" and again(someone).registrant_id


def test_who_a_guest_is_goes_with_a_meeting_that_is_deleted(event, maude, make, team, clock):
    """Nobody could ask for it then: neither they nor the team read its pages any more."""
    member, waits = come(make, event), confirm(event, guest(2))
    service.expect(event, replace(MAUDE, email="autre-canari@example.org"), WISHES)
    link = own(maude)
    clock.at(event.ends_at)
    clock.forward(days=1)
    counted = figures(event)
    page = team.get(f"/events/{event.id}/deletion")
    assert "sans compte s’effacent aussitôt" in page.words
    team.submit(page, "main form")
    assert not list_traces(TRACES) and not every(Registrant, Registrant.email.is_not(None))
    assert (again(maude).state, again(member).state, again(waits).state) == ("in", "waiting", "waiting")
    assert figures(event) == counted and team.get(link).status_code == 404

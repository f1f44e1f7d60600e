"""The calendars that other programs follow, as they read them back, after a meeting is made, moved and cancelled."""

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
import vobject

from app.accounts.models.people import User
from app.core import clock as app_clock
from app.core.actor import Actor
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.service import life
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import again

ROOM = "https://salle.example/secret-de-la-salle"


def read(browser: Browser, path: str) -> list[Any]:
    answer = browser.get(path)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    # A line that is folded would hide what it holds.
    assert "secret-de-la-salle" not in answer.text.replace("\r\n ", "")
    return list(vobject.readOne(answer.text).contents.get("vevent", []))


@pytest.fixture
def team(make: Make) -> Actor:
    return make.actor(role="coordinator")


@pytest.fixture
def event(make: Make, clock: Any) -> Event:
    clock.at("2027-02-01T12:00-05:00")
    return event_in(make, starts_at=at("2027-03-13 18:30"), room_url=ROOM)


def test_a_calendar_follows_its_meeting_through_its_life(
    visitor: Browser, event: Event, team: Actor, clock: Any
) -> None:
    found = [read(visitor, "/events.ics")[0]]
    clock.forward(minutes=5)
    later = event.starts_at + timedelta(days=1)
    life.move(team, again(event), starts_at=later, ends_at=later + timedelta(hours=2), reason="La salle est prise.")
    found.append(read(visitor, f"/events/{event.id}.ics")[0])
    clock.forward(minutes=5)
    life.cancel(team, again(event), reason="Il neige.")
    found.append(read(visitor, "/events.ics")[0])
    assert len({entry.uid.value for entry in found}) == 1
    numbers = [int(entry.sequence.value) for entry in found]
    assert numbers == sorted(set(numbers))
    assert [entry.status.value for entry in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert found[1].dtstart.value.astimezone(UTC) == later and "Il neige." in found[2].description.value
    assert found[0].dtstamp.value < found[1].dtstamp.value < found[2].dtstamp.value


def test_a_program_that_asks_again_is_told_that_nothing_changed(visitor: Browser, event: Event, clock: Any) -> None:
    first = visitor.get("/events.ics")
    clock.forward(days=2)
    assert visitor.get("/events.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    again(event)


def test_a_calendar_holds_what_its_list_is_narrowed_to(visitor: Browser, event: Event, make: Make) -> None:
    event_in(make, title="En personne", mode="in_person", territory_id=get_catalogue().places[1].id)
    assert [one.summary.value for one in read(visitor, "/events.ics?mode=in_person")] == ["En personne"]
    assert visitor.get("/events.ics?mode=none").status_code == 400
    link = visitor.get("/events?mode=in_person").soup.select_one(".subscribe a[href*=ics]")["href"]
    assert link == "/events.ics?mode=in_person"


def test_a_community_has_its_own_and_a_private_one_has_none(visitor: Browser, make: Make) -> None:
    room, circle = make.room(), make.community(slug="cercle", name="Le cercle", is_private=True)
    event_in(make, room=room, title="Celle de la communauté")
    inside = event_in(make, room=circle, title="Entre nous seulement")
    assert [one.summary.value for one in read(visitor, f"/communities/{room.slug}/events.ics")] == [
        "Celle de la communauté"
    ]
    assert visitor.get("/communities/cercle/events.ics").status_code == 404
    assert visitor.get(f"/events/{inside.id}.ics").status_code == 404
    assert [one.summary.value for one in read(visitor, "/events.ics")] == ["Celle de la communauté"]


@pytest.mark.parametrize("state", ["draft", "hidden", "deleted"])
def test_what_is_not_in_sight_is_in_no_calendar(visitor: Browser, sign_in: Any, make: Make, state: str) -> None:
    moment = app_clock.now()
    columns = {
        "draft": {"status": "draft", "published_at": None},
        "hidden": {"hidden_at": moment},
        "deleted": {"deleted_at": moment},
    }[state]
    event = event_in(make, **columns)
    assert read(visitor, "/events.ics") == []
    for browser in (visitor, sign_in(make.user(role="coordinator"))):
        assert browser.get(f"/events/{event.id}.ics").status_code == 404


def own_address(browser: Browser) -> str:
    page = browser.submit("/account/events", "form[action='/account/events/calendar']", follow=True)
    address = next(word for word in page.words.split() if "/events/own/" in word)
    return "/events/own/" + address.rstrip(".").split("/events/own/")[1]


def test_ones_own_calendar_is_read_without_an_account_by_whoever_has_its_address(
    make: Make, sign_in: Callable[[User], Browser], visitor: Browser, event: Event, sql: Any
) -> None:
    person = make.user()
    waited = event_in(make, title="J'attends une place", room_url=ROOM)
    event_in(make, title="Celle des autres")
    for one, state in ((event, "in"), (waited, "waiting")):
        make.add(EventRegistration(event_id=one.id, user_id=person.id, mode="online", state=state, code=f"C{one.id}"))
    address = own_address(sign_in(person))
    found = {one.summary.value: one.status.value for one in read(visitor, address)}
    assert found == {event.title: "CONFIRMED", "J'attends une place": "TENTATIVE"}
    answer = visitor.get(address)
    assert answer.headers["Cache-Control"] == "private, no-cache" and answer.headers["X-Robots-Tag"] == "noindex"
    assert address.split("/")[-1].removesuffix(".ics") not in sql("SELECT token_hash FROM calendar_addresses")[0]


def test_a_new_address_ends_the_former_and_none_is_left_once_it_is_revoked(
    make: Make, sign_in: Callable[[User], Browser], visitor: Browser, sql: Any
) -> None:
    browser = sign_in(make.user())
    first, second = own_address(browser), own_address(browser)
    assert first != second and visitor.get(first).status_code == 404 and visitor.get(second).status_code == 200
    browser.submit("/account/events", "form[action$=withdrawal]", follow=True)
    assert visitor.get(second).status_code == 404 and sql("SELECT * FROM calendar_addresses") == []
    assert visitor.get("/events/own/none.ics").status_code == 404


def test_ones_own_calendar_holds_no_meeting_that_one_may_not_read(
    make: Make, sign_in: Callable[[User], Browser], visitor: Browser
) -> None:
    person, circle = make.user(), make.community(slug="cercle", name="Le cercle", is_private=True)
    event = event_in(make, room=circle)
    make.add(EventRegistration(event_id=event.id, user_id=person.id, mode="online", state="in", code="ABCDEF"))
    address = own_address(sign_in(person))
    assert read(visitor, address) == []
    make.actor(person, member_of=["cercle"])
    assert len(read(visitor, address)) == 1


def test_calendars_travel_compressed(make: Make, visitor: Browser) -> None:
    event = event_in(make)
    for path in ("/events.ics", f"/events/{event.id}.ics"):
        assert visitor.get(path, headers={"Accept-Encoding": "gzip"}).content_encoding == "gzip", path

"""A machine whose own clock is in another zone reads, shows and sends the hours of the region all the same."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import vobject

from app.accounts.models.people import User
from app.events import mails
from app.events.models.meetings import Event
from app.web.events import place_mails
from tests.events.coming import ONLINE, confirm, guest, write_all
from tests.support.browser import Browser
from tests.support.rows import last


@pytest.fixture(params=["UTC", "Asia/Tokyo"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone of this machine, for one test."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# The clocks of the region go on in the night of the one day, and back in that of the other.
@pytest.mark.both_engines
@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(("day", "utc", "nine"), [("2027-03-14", 7, 14), ("2027-11-07", 8, 13)])
def test_a_meeting_of_a_night_when_clocks_change_is_everywhere_at_its_hour(
    fae: User,
    sign_in: Callable[[User], Browser],
    visitor: Browser,
    outbox: Any,
    clock: Any,
    day: str,
    utc: int,
    nine: int,
) -> None:
    clock.at(f"{day[:8]}01T12:00:00-05:00")
    moment = datetime.fromisoformat(day).replace(hour=utc, minute=30, tzinfo=UTC)
    event = publish(sign_in(fae), starts_on=day, starts_hour="3:30", ends_on=day, ends_hour="5:30")
    assert event.starts_at == moment
    shown = visitor.get(f"/events/{event.id}").words.replace("\xa0", " ").replace("\u202f", " ")
    assert "3 h 30" in shown and "5 h 30" in shown and f"{int(day[8:])} " in shown
    days = visitor.get(f"/events?month={day[:7]}").soup.select("table.cal td a")
    assert [int(link.get_text(strip=True)) for link in days] == [int(day[8:])]
    entry = vobject.readOne(visitor.get("/events.ics").text).vevent
    assert (entry.dtstart.value.astimezone(UTC), entry.dtstart.value.hour) == (moment, 3)
    confirm(event, guest(1), ONLINE)
    write_all()
    before = moment.replace(day=moment.day - 1, hour=nine, minute=0)
    for at, is_due in ((before.replace(hour=nine - 1, minute=59), 0), (before, 1)):
        clock.at(at)
        assert mails.ask_reminders() == is_due, at
    place_mails.write_mails()
    [row] = outbox.to(guest(1).email)
    assert "3 h 30" in row.text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("turn", "french", "english"),
    [("first", "heure avancée", "daylight saving time"), ("second", "heure normale", "standard time")],
)
def test_an_hour_that_comes_twice_says_which_one_it_is_wherever_it_is_shown(
    fae: User,
    sign_in: Callable[[User], Browser],
    visitor: Browser,
    outbox: Any,
    clock: Any,
    turn: str,
    french: str,
    english: str,
) -> None:
    clock.at("2027-11-01T12:00:00-04:00")
    night, team = {"starts_on": "2027-11-07", "ends_on": "2027-11-07"}, sign_in(fae)
    typed = night | {"starts_hour": "1:30", "ends_hour": "3:30", "title": "Une veillée de nuit", "mode": "online"}
    team.submit(team.submit("/events/new", "form.form", **typed), "form.form", starts_turn=turn)
    team.submit(f"/events/{last(Event).id}/publication", "main form.form")
    event = last(Event)
    confirm(event, guest(1), ONLINE)
    place_mails.write_mails()
    [mail] = outbox.to(guest(1).email)
    pages = [visitor.get(path).words for path in (f"/events/{event.id}", "/events", f"/events/{event.id}/preparation")]
    for text in (*pages, mail.text, team.get(f"/events/{event.id}/door/sign").words):
        words = " ".join(text.split())
        assert f"1 h 30 ({french}) à 3 h 30" in words and words.count("(heure") == words.count(french), words
    assert f"1:30 a.m. ({english})" in " ".join(visitor.get(f"/events/{event.id}?lang=en").words.split())


def publish(team: Browser, **typed: str) -> Event:
    """Publish a meeting by the forms of its pages."""
    team.submit("/events/new", "form.form", title="Une veillée de nuit", mode="online", **typed)
    event_id = last(Event).id
    team.submit(f"/events/{event_id}/publication", "main form.form")
    return last(Event)

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


def publish(team: Browser, **typed: str) -> Event:
    """Publish a meeting by the forms of its pages."""
    team.submit("/events/new", "form.form", title="Une veillée de nuit", mode="online", **typed)
    event_id = last(Event).id
    team.submit(f"/events/{event_id}/publication", "main form.form")
    return last(Event)

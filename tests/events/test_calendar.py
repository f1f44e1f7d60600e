"""What a calendar is told of a meeting, read back by a second library, which knows no time zone but that of the file."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.events import calendar
from app.events.calendar import CANCEL, PUBLISH, Links, Meeting

pytestmark = pytest.mark.one_engine
TORONTO = ZoneInfo("America/Toronto")
NOTE = "18 h 30 à 20 h 30 ; souper, garde d’enfants.\nhttps://reflexe.example/events/31"


@dataclass(frozen=True)
class Stub:
    id: int = 31
    title: str = "Se loger près de son travail"
    lang: str = "fr"
    starts_at: datetime = datetime(2027, 2, 18, 23, 30, tzinfo=UTC)
    ends_at: datetime = datetime(2027, 2, 19, 1, 30, tzinfo=UTC)
    status: str = "published"
    sequence: int = 0
    changed_at: datetime = datetime(2027, 1, 4, 15, tzinfo=UTC)
    room_url: str = "https://room.example/secret"


def links(note: str = NOTE, place: str = "Bibliothèque, Saint-Rémi") -> Links:
    return Links(
        "reflexe.example",
        "Réflexe DS",
        "no-reply@reflexe.example",
        lambda meeting: f"https://reflexe.example/events/{meeting.id}",
        lambda _meeting: place,
        lambda _meeting: note,
    )


def read(text: str) -> Any:
    return vobject.readOne(text)


def read_one(meeting: Meeting, method: str = PUBLISH) -> Any:
    return read(calendar.of_event(meeting, method=method, links=links())).vevent


def test_another_program_reads_what_was_written() -> None:
    entry = read_one(Stub())
    assert entry.uid.value == "event-31@reflexe.example"
    assert (entry.summary.value, entry.location.value) == (Stub.title, "Bibliothèque, Saint-Rémi")
    assert (entry.description.value, entry.url.value) == (NOTE, "https://reflexe.example/events/31")
    assert entry.dtstart.value == datetime(2027, 2, 18, 18, 30, tzinfo=TORONTO)
    assert (entry.status.value, entry.sequence.value, entry.dtstamp.value) == ("CONFIRMED", "0", Stub.changed_at)


def test_a_meeting_that_moves_or_is_cancelled_stays_the_same_one() -> None:
    moved = replace(Stub(), starts_at=Stub.starts_at + timedelta(days=7), sequence=1)
    cancelled = replace(moved, status="cancelled", sequence=2)
    entries = [read_one(Stub()), read_one(moved), read_one(cancelled, CANCEL)]
    assert {entry.uid.value for entry in entries} == {"event-31@reflexe.example"}
    assert [entry.sequence.value for entry in entries] == ["0", "1", "2"]
    assert [entry.status.value for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_mail_takes_off_the_calendar_of_one_person_what_goes_on_for_others() -> None:
    whole = read(calendar.of_event(Stub(), method=CANCEL, links=links()))
    assert (whole.method.value, whole.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_what_did_not_change_is_the_same_to_the_letter(clock: Any) -> None:
    first = calendar.of_events([Stub()], name="Rencontres", links=links())
    clock.forward(days=3)
    assert calendar.of_events([Stub()], name="Rencontres", links=links()) == first


def test_the_address_of_the_room_is_never_written() -> None:
    texts = [
        calendar.of_event(Stub(), method=PUBLISH, links=links()),
        calendar.of_events([Stub()], name="Rencontres", links=links()),
    ]
    assert not any("secret" in text.replace("\r\n ", "") for text in texts)


def test_a_place_that_is_not_sure_is_said_so() -> None:
    whole = read(
        calendar.of_events([Stub(), replace(Stub(), id=32)], name="Les miennes", links=links(), waiting=frozenset([32]))
    )
    assert [entry.status.value for entry in whole.vevent_list] == ["CONFIRMED", "TENTATIVE"]


@pytest.mark.parametrize("day", ["2027-03-13", "2027-03-14", "2027-03-15", "2027-11-06", "2027-11-07", "2027-11-08"])
def test_every_half_hour_is_read_back_at_its_moment_when_clocks_change(day: str) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=TORONTO).astimezone(UTC)
    for half_hours in range(54):
        starts_at = midnight + half_hours * timedelta(minutes=30)
        entry = read_one(replace(Stub(), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)))
        assert entry.dtstart.value.astimezone(UTC) == starts_at
        assert entry.dtend.value.astimezone(UTC) == starts_at + timedelta(minutes=30)


def test_the_time_zone_that_goes_along_is_that_of_the_region() -> None:
    """Fail the day the region changes its hour no more: the rules of the file are then to be written anew."""
    zone = read(calendar.of_event(Stub(), method=PUBLISH, links=links())).vtimezone.tzinfo
    noons = [datetime(2022, 1, 1, 12) + timedelta(days=days) for days in range(365 * 12)]
    assert [zone.utcoffset(noon) for noon in noons] == [noon.replace(tzinfo=TORONTO).utcoffset() for noon in noons]


LETTERS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("é’ «»,;:\\\n\r🌻"), max_size=300)


@settings(max_examples=200)
@given(LETTERS)
def test_no_line_is_longer_than_75_octets_nor_cut_inside_a_letter(title: str) -> None:
    text = calendar.of_event(replace(Stub(), title=title), method=PUBLISH, links=links(title, title))
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)


@settings(max_examples=200)
@given(LETTERS)
@example(r"C:\Nouveau\notes ; \\N, \;")
@example("\\\nN")
def test_any_text_is_read_back_as_it_was_but_for_what_no_calendar_holds(title: str) -> None:
    typed, kept = f"-{title}-", "-" + calendar.FORBIDDEN.sub("", title.replace("\r\n", "\n")) + "-"
    meeting, names = replace(Stub(), title=typed), links(note=typed, place=typed)
    entry = read(calendar.of_event(meeting, method=PUBLISH, links=names)).vevent
    whole = read(calendar.of_events([meeting], name=typed, links=names))
    assert {entry.summary.value, entry.location.value, entry.description.value} == {kept}
    assert {whole.vevent.summary.value, whole.x_wr_calname.value} == {kept}

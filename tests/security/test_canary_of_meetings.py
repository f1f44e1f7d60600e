"""What of meetings is not for everybody: files, calendars, feeds, letters and counts tell none of it to anybody else."""

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.mail import Outgoing
from app.events.models.registrations import CONFIRM, STATES, EventMail, EventRegistration
from app.web.events import place_mails
from tests.crawl.canaries import ALLOWED
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import every
from tests.support.world import HERE, ROLES, World

# What a file, a calendar or a feed tells of all meetings, and of one.
OF_ALL = (
    "/events.csv",
    "/events.csv?when=past",
    "/events.xlsx",
    "/events.ics",
    "/events.atom",
    f"/communities/{HERE}/events.ics",
    "/communities/canari-cercle/events.ics",
    f"/communities/{HERE}.atom",
    "/search?q=canari&kind=event",
    "/search?q=canari-salle",
    "/search?q=canari-besoin",
    "/search?q=canari-porte",
    "/search?q=canari-compte-rendu",
    "/search?q=canari-sujet",
    "/search?q=canari-raison",
    "/search?q=dire&kind=topic",
    "/journal",
    "/journal/figures",
    "/sitemap.xml",
)
OF_ONE = (".ics", "/people.csv", "/people.xlsx", "/door", "/door/needs", "/attendance", "/preparation", "/minutes/1")
OF_TOPIC = ("/report", "/hiding", "/restoration", "/appeal")
# Who reads the people of a meeting: its team.
TEAM = {"facilitator", "coordinator"}
WORDS = {
    word: readers
    for word, readers in ALLOWED.items()
    if re.match("canari-(rencontre|salle|compte|notes|sujet|raison)", word)
}


def words_of(answer: Any) -> str:
    """Return what an answer tells, with the folded lines of a calendar and the cells of a workbook opened."""
    if answer.status_code != 200:
        return ""
    if "spreadsheet" in answer.mimetype:
        sheets = load_workbook(io.BytesIO(answer.data)).worksheets
        return " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return str(answer.get_data(as_text=True).replace("\r\n ", ""))


@pytest.mark.parametrize("role", ROLES)
def test_no_file_calendar_feed_nor_list_tells_of_a_meeting_that_is_not_for_its_reader(
    world: World, people: dict[str, Browser], role: str
) -> None:
    """Names and needs of people stand in the lists of the team alone, wherever the meeting itself is read."""
    paths = [*OF_ALL, *(f"/events/{event.id}{end}" for event in world.events.values() for end in OF_ONE)]
    paths += [f"/topics/{topic.id}{end}" for topic in world.topics.values() for end in OF_TOPIC]
    paths += [f"/forums/{forum.id}" for forum in world.forums.values()]
    paths += [f"/forums/{topic.forum_id}/topics/{topic.id}" for topic in world.topics.values()]
    told, wrong = "", []
    for path in paths:
        text = words_of(people[role].get(path))
        told += text
        wrong += [(path, word) for word, readers in WORDS.items() if role not in readers and says(word, text)]
        wrong += [(path, "people") for _one in re.findall("canari-(?:porte|besoin)-", text) if role not in TEAM]
    assert not wrong
    assert ("canari-porte-published" in told) is (role in TEAM), "the lists of the team are among what is read"
    assert says("canari-rencontre-published", told) and says("canari-sujet-published", told)


def says(word: str, text: str) -> bool:
    return bool(re.search(rf"{word}(?![\w-])", text.replace(f"?q={word}", "")))


@pytest.mark.parametrize("mode", ["in_person", "online"])
@pytest.mark.parametrize("state", STATES)
def test_a_letter_tells_the_way_to_the_room_to_whoever_has_a_place_online_and_names_nobody_else(
    make: Make, world: World, outbox: Any, state: str, mode: str
) -> None:
    """Every kind of letter is asked for, for everybody who comes to every meeting; the calendar of each is read too.

    Of one that is hidden, who came to it is told the title that they knew, and nothing else.
    """
    for event in world.events.values():
        for one in every(EventRegistration, EventRegistration.event_id == event.id):
            make.at(one, state=state, mode=mode)
            for kind in place_mails.TELLS_OF.keys() - {CONFIRM, place_mails.KNOWN}:
                make.add(EventMail(registration_id=one.id, kind=kind, starts_at=event.starts_at))
    place_mails.write_mails()
    letters = every(Outgoing)
    texts = [f"{one.subject} {one.text} {one.html}" + one.calendar.replace("\r\n ", "") for one in letters]
    texts = [text.replace("Une rencontre canari-rencontre-hidden", "") for text in texts]
    assert bool(letters) is (state != "unconfirmed")
    unseen = "|".join(("draft", "hidden", "deleted"))
    assert not [text for text in texts if re.search(f"canari-(porte|besoin|notes)|canari-[a-z-]+-({unseen})", text)]
    has_link = {bool(re.search("canari-salle", text)) for text in texts}
    assert (True in has_link) is (state == "in" and mode == "online")

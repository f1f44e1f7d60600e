"""The papers of a forum, printed on the sheets of both countries: one page where they say one, and nothing cut off."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.forum.models import Forum, ForumRoom, ForumSlot
from tests.browser.screen import WatchedPage
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.rows import every
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
QUESTION = "Que faut-il changer pour que chaque personne trouve sa place ici, à tout âge, dans toutes les langues qu'on parle, "
TITLE = (
    "Que fait-on de nos églises vides, et de tout ce qui s'y passait quand elles étaient pleines, du baptême au bingo?"
)
NOTE = "Au deuxième étage, à gauche en sortant de l'ascenseur, après la machine à café."
# The width of a sheet of A4, the narrower of the two, less its margins, in pixels.
WIDTH = 703
CUT = """parts => parts.filter(part => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
  .map(part => part.className + " " + part.scrollHeight + " > " + part.clientHeight)"""
PARTS = ".paper, .paper > .table-scroll, .paper-cut > div, .paper-hours > li"


def full_forum(make: Any, rooms: int, hours: int, free: int = 5, days: float = 7) -> Forum:
    """Store a forum with long words on its wall, on which one cell in so many is free; it begins in so many days."""
    event = event_in(make, days=days, room=make.room(HERE), hours=8, place="Centre communautaire de la Rive")
    forum = forum_in(
        make, event=event, rooms=rooms, hours=hours, question=QUESTION + "et que plus rien ne l'en empêche?"
    )
    places = [one for one in every(ForumRoom) if one.forum_id == forum.id]
    for n, room in enumerate(places):
        make.at(room, name=f"Salle des Quatre-Chemins {n}", note=NOTE, has_hearing_loop=True, places=40)
    slots = [one.id for one in every(ForumSlot) if one.forum_id == forum.id and one.kind == "session"]
    host = make.user(name="Marie-Ève Bouton-d'Or de la Rochefoucauld").id
    cells = [(slot_id, room.id) for slot_id in slots for room in places]
    for slot_id, room_id in (cell for n, cell in enumerate(cells) if n % free):
        topic_in(make, forum, title=TITLE, author_id=host, slot_id=slot_id, room_id=room_id)
    return forum


@pytest.mark.parametrize("format", ["Letter", "A4"])
def test_each_paper_has_the_pages_that_it_says_and_nothing_is_cut(
    page_for: Open, make: Any, fae: Any, axe: Any, format: str
) -> None:
    forum = full_forum(make, rooms=24, hours=3)
    page = page_for(fae, width=WIDTH, height=1000)
    sheets, cut = {}, []
    for paper in ("programme", "rooms", "principles", "slips", "notes", "ballots"):
        page.goto(f"/forums/{forum.id}/papers/{paper}")
        axe(page)
        sheets[paper] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=format)))
        page.emulate_media(media="print")
        cut += page.locator(PARTS).evaluate_all(CUT)
        page.emulate_media(media="null")
    assert sheets == {"programme": 1, "rooms": 24, "principles": 6, "slips": 1, "notes": 58, "ballots": 1}
    assert cut == []


@pytest.mark.parametrize(("rooms", "hours", "sheets"), [(5, 3, 1), (10, 4, 1), (40, 8, 4), (2, 18, 5)])
def test_the_programme_fills_its_sheets_whatever_its_size(
    page_for: Open, make: Any, fae: Any, rooms: int, hours: int, sheets: int
) -> None:
    forum = full_forum(make, rooms, hours)
    page = page_for(fae, width=WIDTH, height=1000)
    page.emulate_media(media="print")
    page.goto(f"/forums/{forum.id}/papers/programme")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == sheets
    assert page.locator(PARTS).evaluate_all(CUT) == []
    page.goto(f"/forums/{forum.id}/papers/rooms")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == rooms
    assert page.locator(PARTS).evaluate_all(CUT) == []

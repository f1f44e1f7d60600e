"""The board of a forum in words: its hours, the rooms of each, and what stands against each free cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.text.plain import excerpt
from app.forms import times
from app.forms.board import write_place
from app.forum import conflicts
from app.forum.conflicts import Cell, Obstacle, ToPlace
from app.forum.models import PLENARY, Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries import board as queries
from app.forum.queries.forums import Arrangement
from app.forum.service.placing import get_place
from app.web.forum import programme, wall

# How many topics that people want too are named in a cell; of the others it says how many there are.
NAMED = 2
# How much of the title of another topic stands in a sentence.
TITLE = 60


@dataclass(frozen=True)
class CellLine:
    """A room at an hour: its topic, or what stands against placing there the one that is chosen."""

    slot_id: int
    room_id: int
    room: str
    topic: ForumTopic | None
    obstacles: Sequence[str] = ()
    is_hard: bool = False
    is_best: bool = False
    takes_again: bool = False
    """The chosen topic is not held at this hour: it may be held here again."""


@dataclass(frozen=True)
class HourColumn:
    """An hour of the board; one for everybody (`is_plenary`) has no cells. `lang` is that of a name that was typed."""

    start: str
    until: str
    day: str
    name: str
    lang: str
    is_plenary: bool
    is_now: bool
    cells: Sequence[CellLine]
    slot_id: int


@dataclass(frozen=True)
class Board:
    """The hours, from the present one on, then (`past`) those that are over; the topics that have no room."""

    rooms: Sequence[programme.RoomLine]
    hours: Sequence[HourColumn]
    past: Sequence[HourColumn]
    without_room: Sequence[ForumTopic]
    placed_count: int
    chosen: ForumTopic | None
    seen: str
    best: str

    @property
    def is_ready(self) -> bool:
        """There is a room, and an hour of sessions."""
        return bool(self.rooms) and any(not hour.is_plenary for hour in (*self.hours, *self.past))


def describe(forum: Forum, arrangement: Arrangement, topics: Sequence[ForumTopic], chosen: ForumTopic | None) -> Board:
    """Return the board as whoever reads it is shown it, or with `chosen` as who is about to place that topic is."""
    drawing = _Drawing(forum, arrangement, topics, chosen)
    past = [slot for slot in arrangement.slots if drawing.is_past(slot)]
    coming = [slot for slot in arrangement.slots if slot not in past]
    return Board(
        programme.describe(forum, arrangement).rooms,
        [drawing.draw(slot) for slot in coming],
        [drawing.draw(slot) for slot in past],
        [topic for topic in topics if not topic.is_placed],
        sum(topic.is_placed for topic in topics),
        chosen,
        write_place(get_place(chosen)) if chosen else "",
        drawing.name_best(),
    )


class _Drawing:
    """The topics by their cells, and what stands against the free ones where a topic is chosen."""

    def __init__(self, forum: Forum, arrangement: Arrangement, topics: Sequence[ForumTopic], chosen: ForumTopic | None):
        self.forum, self.arrangement, self.chosen, self.now = forum, arrangement, chosen, clock.now()
        self.has_days = programme.has_days(forum.event, arrangement.slots)
        self.titles = {topic.id: excerpt(topic.title, TITLE) for topic in topics}
        self.by_cell = {(topic.slot_id, topic.room_id): topic for topic in topics if topic.is_placed}
        self.against = _weigh(self, topics, chosen) if chosen else {}
        self.best = conflicts.find_best(list(self.against.values()))
        first_id = (chosen.again_of_id or chosen.id) if chosen else 0
        self.hours_of_chosen = {one.slot_id for one in topics if first_id in (one.id, one.again_of_id)} - {None}

    def is_past(self, slot: ForumSlot) -> bool:
        return slot.ends_at(self.forum.event) <= self.now

    def list_free(self) -> Iterator[Cell]:
        """Yield the cells of sessions that no topic has."""
        for slot in self.arrangement.slots:
            for room in self.arrangement.rooms:
                if slot.kind != PLENARY and (slot.id, room.id) not in self.by_cell:
                    yield Cell(slot, room)

    def draw(self, slot: ForumSlot) -> HourColumn:
        event, is_plenary = self.forum.event, slot.kind == PLENARY
        start, end = slot.starts_at(event), slot.ends_at(event)
        return HourColumn(
            times.hour(start),
            _("jusqu'à %(hour)s", hour=times.hour(end)),
            programme.name_day(start) if self.has_days else "",
            programme.name_slot(slot) if is_plenary else slot.title,
            event.lang if slot.title else "",
            is_plenary,
            slot.is_on(event, self.now),
            () if is_plenary else [self._draw_cell(slot, room) for room in self.arrangement.rooms],
            slot.id,
        )

    def _draw_cell(self, slot: ForumSlot, room: ForumRoom) -> CellLine:
        topic = self.by_cell.get((slot.id, room.id))
        if topic or not self.chosen:
            return CellLine(slot.id, room.id, room.name, topic)
        cell, obstacles = self.against[slot.id, room.id]
        return CellLine(
            slot.id,
            room.id,
            room.name,
            None,
            list(_explain(obstacles, self.chosen, room, self.titles)),
            any(one.is_hard for one in obstacles),
            cell == self.best,
            self.chosen.is_placed and slot.id not in self.hours_of_chosen,
        )

    def name_best(self) -> str:
        """Say which cell has least against it: 10 h 15, Érable; "" where no topic is chosen, or no cell is free."""
        if not self.best:
            return ""
        return wall.tell_cell(self.forum.event, self.best.room, self.best.slot)


def _weigh(
    drawing: _Drawing, topics: Sequence[ForumTopic], chosen: ForumTopic
) -> dict[tuple[int, int], tuple[Cell, Sequence[Obstacle]]]:
    """Map each free cell to what stands against it."""
    held = [topic for topic in topics if topic.is_placed]
    hosts = queries.identify_hosts([chosen, *held])
    shared = queries.count_shared(chosen.id, [topic.id for topic in held])
    to_place = ToPlace(drawing.forum, chosen, held, hosts, shared, drawing.now)
    cells = list(drawing.list_free())
    return {(cell.slot.id, cell.room.id): (cell, conflicts.list_obstacles(to_place, cell)) for cell in cells}


def _explain(
    obstacles: Sequence[Obstacle], chosen: ForumTopic, room: ForumRoom, titles: Mapping[int, str]
) -> Iterator[str]:
    """Yield what stands against a cell, each in a sentence."""
    shared = [one for one in obstacles if one.kind == conflicts.SHARED]
    for one in obstacles:
        if one not in shared[NAMED:]:
            yield _explain_one(one, chosen, room, titles.get(one.topic_id, ""))
    if shared[NAMED:]:
        yield ngettext(
            "Et %(num)s autre sujet de cette heure partage des personnes avec celui-ci",
            "Et %(num)s autres sujets de cette heure partagent des personnes avec celui-ci",
            len(shared[NAMED:]),
        )


def _explain_one(one: Obstacle, chosen: ForumTopic, room: ForumRoom, title: str) -> str:
    if one.kind == conflicts.HOST:
        return _("La même personne anime « %(title)s » à cette heure", title=title)
    if one.kind == conflicts.SHARED:
        return ngettext(
            "%(num)s personne tient aussi à « %(title)s »",
            "%(num)s personnes tiennent aussi à « %(title)s »",
            one.count,
            title=title,
        )
    if one.kind == conflicts.SMALL:
        return _("Petite : %(places)s places pour %(people)s personnes", places=room.places, people=chosen.people_count)
    return {
        conflicts.STEPS: _("Il y a des marches, et on demande qu'il n'y en ait pas"),
        conflicts.OFFLINE: _("Pas en ligne, et on le demande"),
        conflicts.NOISY: _("Bruyante, et on demande un endroit calme"),
        conflicts.OVER: _("Cette heure est passée"),
    }[one.kind]

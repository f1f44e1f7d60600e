"""The wall: the topics of a forum, as whoever reads it is shown them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.events.models.meetings import Event
from app.forms import times
from app.forum import policy
from app.forum.models import ForumRoom, ForumSlot, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import counts
from app.forum.queries import topics as queries
from app.forum.queries.forums import Arrangement
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.web.forum import programme
from app.web.frame.session import me


@dataclass(frozen=True)
class Wall:
    """The topics on the wall, the most wanted first, and those that are not on it; where each is placed.

    `waiting` wait for the team, `aside` were withdrawn, joined to another or hidden. `people` says how many want each,
    `mine` are those that the reader is interested in, `pressable` those that they may say so of; `cells` say in words
    the hour and the room.
    """

    topics: Sequence[ForumTopic]
    waiting: Sequence[ForumTopic]
    aside: Sequence[ForumTopic]
    ideas: Mapping[int, Idea]
    mine: frozenset[int]
    pressable: frozenset[int]
    cells: Mapping[int, str]
    people: Mapping[int, int]


def describe(who: Participant, found: Sequence[ForumTopic], arrangement: Arrangement) -> Wall:
    """Return the wall of the topics that whoever reads it is shown."""
    on_it = [topic for topic in found if topic.is_on_the_wall]
    waiting = [topic for topic in found if topic.is_waiting and not topic.is_hidden]
    runs_it = policy.runs_it(me(), who.forum)
    others = [topic for topic in found if topic not in on_it and topic not in waiting]
    aside = [topic for topic in others if runs_it or policy.hosts(me(), who, topic)]
    return Wall(
        sorted(on_it, key=lambda topic: -topic.people_count),
        waiting,
        aside,
        find_ideas(on_it),
        queries.list_interests(who.registration),
        frozenset(topic.id for topic in on_it if policy.BE_INTERESTED.permits(me(), replace(who, topic=topic))),
        _tell_each(who, arrangement.get_cells(on_it)),
        count_people(who, found),
    )


def count_people(who: Participant, topics: Sequence[ForumTopic]) -> dict[int, int]:
    """Count who is interested in each of these topics, presses and hands.

    Whoever has a place reads it as it is now, with their own press; the public as it was last counted.
    """
    if who.registration is None:
        return {topic.id: topic.people_count for topic in topics}
    pressed = counts.count_interests(who.forum.id)
    return {topic.id: pressed.get(topic.id, 0) + topic.hands for topic in topics}


def find_ideas(topics: Collection[ForumTopic]) -> dict[int, Idea]:
    """Return the ideas that topics come from, as far as the reader may read them."""
    ids = [topic.idea_id for topic in topics if topic.idea_id]
    return ideas.get_ideas(me(), ids, []) if ids else {}


def tell_cells(who: Participant, topics: Sequence[ForumTopic]) -> dict[int, str]:
    """Say of those of these topics that are placed when and where: 10 h 15, Érable."""
    return _tell_each(who, queries.get_cells(topics))


def _tell_each(who: Participant, cells: Mapping[int, tuple[ForumRoom, ForumSlot]]) -> dict[int, str]:
    return {topic_id: tell_cell(who.forum.event, room, slot) for topic_id, (room, slot) in cells.items()}


def tell_cell(event: Event, room: ForumRoom, slot: ForumSlot) -> str:
    """Say when and where a cell is, with its day where the meeting, or that hour, goes beyond the first."""
    start = slot.starts_at(event)
    hour = times.hour(start)
    if programme.has_days(event, [slot]):
        hour = f"{programme.name_day(start)}, {hour}"
    return _("%(hour)s, %(room)s", hour=hour, room=room.name)

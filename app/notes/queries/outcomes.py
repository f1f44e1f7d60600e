"""What became of what was said, as those who were there are told it: of the sessions where they were."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, and_, or_, select, union

from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import IN, EventRegistration
from app.forum.models import ForumGoing, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.queries.topics import is_in_sight
from app.ideas.models import Idea
from app.notes.models import NEW, NoteLine, NoteVersion, PublishedLine


@dataclass(frozen=True)
class Outcome:
    """So many ideas came of what was said: at one hour (`starts_at`), at several (`has_sessions`), else all day."""

    count: int
    has_sessions: bool = False
    starts_at: datetime | None = None


@dataclass(frozen=True)
class Hearer:
    """Who was at a forum, by their place: a member (`user_id`) or a guest; and what they are told."""

    registration_id: int
    user_id: int | None
    outcome: Outcome


@dataclass(frozen=True)
class _Session:
    """When a session was held (None: it has no hour any more), and the ideas that came of it."""

    starts_at: datetime | None
    ideas: set[int] = field(default_factory=set)


def list_hearers(event: Event) -> Sequence[Hearer]:
    """Return who was at a forum, each with what became of the sessions that they are known to have been at.

    They are those whom the door let in or who joined from elsewhere, and those who held a session, wrote of one, or
    said that they were at one, as long as that is known: where somebody was is forgotten after the day. Of whom no
    session is known, it is what became of all that was said.
    """
    sessions, were_at = _read_sessions(event), _read_presence(event.id)
    places = select(EventRegistration).where(EventRegistration.event_id == event.id, EventRegistration.state == IN)
    return [
        Hearer(place.id, place.user_id, _tell(sessions, were_at.get(place.id, set())))
        for place in db.session.scalars(places.order_by(EventRegistration.id))
        if place.arrived_at or place.mode == "online" or place.id in were_at
    ]


def find_outcome(registration: EventRegistration) -> Outcome:
    """Return what became of the sessions that somebody was at."""
    event = registration.event
    return _tell(_read_sessions(event), _read_presence(event.id).get(registration.id, set()))


def _read_sessions(event: Event) -> Mapping[int, _Session]:
    """Map each session of which a line was published to the ideas that came of it, and that those who were there read.

    Whoever comes to the meeting of a private community reads its ideas; of others, those that everybody reads.
    """
    is_read = or_(~Idea.is_private, Idea.community_id == event.community_id)
    is_idea = and_(PublishedLine.fate == NEW, Idea.published_at.is_not(None), Idea.in_sight(), is_read)
    query = select(ForumTopic.id, ForumSlot, Idea.id).join(PublishedLine, PublishedLine.topic_id == ForumTopic.id)
    query = query.outerjoin(ForumSlot, ForumSlot.id == ForumTopic.slot_id)
    query = query.outerjoin(Idea, and_(Idea.id == PublishedLine.idea_id, is_idea))
    found: dict[int, _Session] = {}
    for topic_id, slot, idea_id in db.session.execute(query.where(ForumTopic.forum_id == event.id, is_in_sight())):
        session = found.setdefault(topic_id, _Session(slot and slot.starts_at(event)))
        session.ideas.update([idea_id] if idea_id else [])
    return found


def _read_presence(forum_id: int) -> Mapping[int, set[int]]:
    """Map the places at a forum to the sessions that each is known to have been at."""
    found = defaultdict[int, set[int]](set)
    for registration_id, topic_id in db.session.execute(_select_presence(forum_id)).tuples():
        found[registration_id].add(topic_id)
    return found


def _select_presence(forum_id: int) -> CompoundSelect[Any]:
    place = EventRegistration
    at_forum = select(place.id, ForumTopic.id).where(
        place.event_id == forum_id, place.state == IN, ForumTopic.forum_id == forum_id
    )
    held = or_(ForumTopic.registration_id == place.id, ForumTopic.author_id == place.user_id)
    beside = and_(ForumTopicHost.topic_id == ForumTopic.id, ForumTopicHost.registration_id == place.id)
    gone = and_(ForumGoing.topic_id == ForumTopic.id, ForumGoing.registration_id == place.id)
    wrote = [
        and_(
            model.topic_id == ForumTopic.id,
            ~model.from_paper,
            or_(model.registration_id == place.id, model.user_id == place.user_id),
        )
        for model in (NoteLine, NoteVersion)
    ]
    return union(
        at_forum.where(held, ForumTopic.slot_id.is_not(None)),
        at_forum.where(beside, ForumTopicHost.accepted_at.is_not(None)),
        at_forum.where(gone, ForumGoing.slot_id == ForumTopic.slot_id),
        *(at_forum.where(mine) for mine in wrote),
    )


def _tell(sessions: Mapping[int, _Session], were_at: set[int]) -> Outcome:
    """Tell of those of these sessions that something was published of; of none, what became of all."""
    theirs = [sessions[topic_id] for topic_id in were_at if topic_id in sessions]
    told = theirs or list(sessions.values())
    hours = {session.starts_at for session in theirs}
    ideas = set[int]().union(*(session.ideas for session in told))
    return Outcome(len(ideas), bool(theirs), hours.pop() if len(hours) == 1 else None)

"""The meetings that were held about an idea or an action of the plan, or that led to it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Select, or_, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import NOW, constant, constants, db, number_parameter, numbers_parameter
from app.events.models.contents import LED_TO, EventSubject
from app.events.models.meetings import CLOSED, PUBLISHED, Event
from app.events.queries.reading import in_sight_of

IDEA, ACTIONS = number_parameter("idea"), numbers_parameter("actions")


def list_held(actor: Actor, idea_id: int, action_ids: Collection[int]) -> Sequence[Row[Any]]:
    """Return what was held about an idea or led to it, then about these actions, each with what it was to it."""
    values = reader_parameters(actor, idea=idea_id, actions=list(action_ids))
    return db.session.execute(_select_held(actor), values).all()


@cached_statement
def _select_held(actor: Actor) -> Select[Any]:
    query = select(Event, EventSubject).join(EventSubject, EventSubject.event_id == Event.id)
    concerned = or_(EventSubject.idea_id == IDEA, EventSubject.action_id.in_(ACTIONS))
    was_held = (Event.status.in_(constants((PUBLISHED, CLOSED))), Event.starts_at <= NOW)
    order = (EventSubject.idea_id.is_(None), EventSubject.role == constant(LED_TO), Event.starts_at, EventSubject.id)
    return query.where(concerned, *was_held, in_sight_of(actor)).order_by(*order)

"""The minutes of a meeting: the text that is shown, those before it, what was decided and what it led to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.core.errors import NotFound
from app.events.models.meetings import Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.queries.reading import EVENT
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.plan.models.structure import Action
from app.plan.queries import actions

NUMBER = number_parameter("number")


@dataclass(frozen=True)
class Decision:
    """What was decided, with the idea or the action that it led to, as far as its reader may read it."""

    text: str
    who: str
    due: date | None
    idea: Idea | None
    action: Action | None


@dataclass(frozen=True)
class Minutes:
    """A text of the minutes of a meeting, with the decisions that it tells of."""

    version: EventMinutesVersion
    decisions: Sequence[Decision]

    @property
    def former_number(self) -> int:
        """Return the number of the text before; 0 of the first."""
        return self.version.number - 1


def find_minutes(actor: Actor, event: Event) -> Minutes | None:
    """Return the minutes of a meeting that the actor reads; None as long as they are not published."""
    if not event.is_closed:
        return None
    version = db.session.scalar(_select_shown(), {"event": event.id})
    if version is None:
        return None
    return Minutes(version, _list_decisions(actor, event, version.number))


def get_version(actor: Actor, event: Event, number: int) -> Minutes:
    """Return a text of the minutes of a meeting that the actor reads. Raise NotFound."""
    versions = {one.number: one for one in list_versions(event)}
    if number not in versions:
        raise NotFound()
    return Minutes(versions[number], _list_decisions(actor, event, number))


def list_versions(event: Event) -> Sequence[EventMinutesVersion]:
    """Return the texts of the minutes that were published, the last first."""
    query = select(EventMinutesVersion).where(EventMinutesVersion.event_id == event.id)
    return db.session.scalars(query.options(_with_author()).order_by(EventMinutesVersion.number.desc())).all()


@cached_statement
def _select_decisions(actor: Actor) -> Select[Any]:
    query = select(EventDecision, Idea, Action).select_from(EventDecision)
    query = query.outerjoin(Idea, and_(Idea.id == EventDecision.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(Action, and_(Action.id == EventDecision.action_id, actions.readable_by(actor)))
    query = query.where(EventDecision.event_id == EVENT, EventDecision.number == NUMBER)
    return query.order_by(EventDecision.position, EventDecision.id)


def _list_decisions(actor: Actor, event: Event, number: int) -> list[Decision]:
    rows = db.session.execute(_select_decisions(actor), reader_parameters(actor, event=event.id, number=number))
    return [Decision(row.text, row.who, row.due, idea, action) for row, idea, action in rows]


def _select_shown() -> Select[tuple[EventMinutesVersion]]:
    query = select(EventMinutesVersion).join(
        EventMinutes,
        and_(EventMinutes.event_id == EventMinutesVersion.event_id, EventMinutes.number == EventMinutesVersion.number),
    )
    shown = query.where(EventMinutes.event_id == EVENT, EventMinutes.published_at.is_not(None))
    return shown.options(_with_author())


def _with_author() -> Any:
    return joinedload(EventMinutesVersion.by).load_only(User.name, User.closed_at)


def find_draft(event: Event) -> EventMinutes | None:
    """Return the draft of the minutes of a meeting, for those who write them."""
    return db.session.get(EventMinutes, event.id)

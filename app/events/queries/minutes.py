"""The minutes of a meeting: the text that is shown, those before it, what was decided and what it led to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.core.errors import NotFound
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.contents import LED_TO, EventSubject
from app.events.models.meetings import Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.plan.queries.concerns import Concerns, format_concerns

EVENT, NUMBER = number_parameter("event"), number_parameter("number")


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
    """A text of the minutes of a meeting with its decisions; `led_to` is what the meeting led to, as it is known now."""

    version: EventMinutesVersion
    last_number: int
    decisions: Sequence[Decision]
    led_to: Concerns = field(default_factory=Concerns)

    @property
    def is_corrected(self) -> bool:
        return self.last_number > 1


def find_minutes(actor: Actor, event: Event) -> Minutes | None:
    """Return the minutes of a meeting that the actor reads; None as long as they are not published."""
    if not event.is_closed:
        return None
    version = db.session.scalar(_select_shown(), {"event": event.id})
    if version is None:
        return None
    decisions = _list_decisions(actor, event, version.number)
    return Minutes(version, version.number, decisions, get_led_to(actor, event.id))


def get_version(actor: Actor, event: Event, number: int) -> Minutes:
    """Return a text of the minutes of a meeting that the actor reads. Raise NotFound."""
    versions = {one.number: one for one in list_versions(event)}
    if number not in versions:
        raise NotFound()
    return Minutes(versions[number], max(versions), _list_decisions(actor, event, number))


def list_versions(event: Event) -> Sequence[EventMinutesVersion]:
    """Return the texts of the minutes that were published, the last first."""
    query = select(EventMinutesVersion).where(EventMinutesVersion.event_id == event.id)
    return db.session.scalars(query.options(_with_author()).order_by(EventMinutesVersion.number.desc())).all()


@cached_statement
def _select_decisions(actor: Actor) -> Select[Any]:
    query = select(EventDecision, Idea, Action).where(EventDecision.event_id == EVENT, EventDecision.number == NUMBER)
    query = query.outerjoin(Idea, and_(Idea.id == EventDecision.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(Action, and_(Action.id == EventDecision.action_id, actions.readable_by(actor)))
    return query.order_by(EventDecision.position, EventDecision.id)


def _list_decisions(actor: Actor, event: Event, number: int) -> list[Decision]:
    rows = db.session.execute(_select_decisions(actor), reader_parameters(actor, event=event.id, number=number))
    return [Decision(row.text, row.who, row.due, idea, action) for row, idea, action in rows]


def _select_shown() -> Select[tuple[EventMinutesVersion]]:
    query = select(EventMinutesVersion).join(
        EventMinutes,
        and_(
            EventMinutes.event_id == EventMinutesVersion.event_id, EventMinutes.number == EventMinutesVersion.number
        ),
    )
    shown = query.where(EventMinutes.event_id == EVENT, EventMinutes.published_at.is_not(None))
    return shown.options(_with_author())


def _with_author() -> Any:
    return joinedload(EventMinutesVersion.by).load_only(User.name, User.closed_at)


def get_led_to(actor: Actor, event_id: int) -> Concerns:
    """Return the ideas and the actions that a meeting led to, as far as a person may read them."""
    found = Concerns()
    for idea, action in db.session.execute(_select_led_to(actor), reader_parameters(actor, event=event_id)):
        found.add(idea, action)
    return found


@cached_statement
def _select_led_to(actor: Actor) -> Select[Any]:
    query = select(Idea, Action).select_from(EventSubject)
    query = query.outerjoin(Idea, and_(Idea.id == EventSubject.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(Action, and_(Action.id == EventSubject.action_id, actions.readable_by(actor)))
    return query.where(EventSubject.event_id == EVENT, EventSubject.role == LED_TO).order_by(EventSubject.id)


def get_words(actor: Actor, event: Event) -> MinutesWords:
    """Return the minutes as their form shows them: what is published, else the draft, else nothing."""
    minutes = find_minutes(actor, event)
    if minutes is None:
        row = db.session.get(EventMinutes, event.id)
        return MinutesWords.of_draft(row.draft) if row else MinutesWords()
    return MinutesWords(
        body=minutes.version.body,
        decisions=[
            DecisionWords(one.text, one.who, one.due, format_concerns(_concern(one))) for one in minutes.decisions
        ],
        led_to=format_concerns(_list_others(minutes)),
        came_in_person=event.came_in_person,
        came_online=event.came_online,
    )


def _list_others(minutes: Minutes) -> Concerns:
    """Return what the meeting led to beside its decisions."""
    named = [one.idea or one.action for one in minutes.decisions]
    return Concerns(
        [one for one in minutes.led_to.ideas if one not in named],
        [one for one in minutes.led_to.actions if one not in named],
    )


def _concern(decision: Decision) -> Concerns:
    found = Concerns()
    found.add(decision.idea, decision.action)
    return found

"""The minutes of a meeting: the text that is shown, those before it, what was decided and what it led to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import escape
from sqlalchemy import Select, and_, literal, select, union_all
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.events.models.meetings import Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.queries.reading import EVENT
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.plan.models.structure import Action
from app.plan.queries import actions

NUMBER = number_parameter("number")
_IDS = numbers_parameter("ids")


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
    return _find_text(actor, event, None) if event.is_closed else None


def get_version(actor: Actor, event: Event, number: int) -> Minutes:
    """Return a text of the minutes of a meeting that the actor reads. Raise NotFound."""
    found = _find_text(actor, event, number)
    if found is None:
        raise NotFound()
    return found


def _find_text(actor: Actor, event: Event, number: int | None) -> Minutes | None:
    """Return a text with its decisions, in one statement; without a number, the one that is shown."""
    values = {"event": event.id} | ({"number": number} if number else {})
    rows = db.session.execute(_select_text(actor, number is None), reader_parameters(actor, **values)).all()
    if not rows:
        return None
    decisions = [Decision(row.text, row.who, row.due, idea, action) for _text, row, idea, action in rows if row]
    return Minutes(rows[0][0], decisions)


@cached_statement
def _select_text(actor: Actor, is_shown: bool) -> Select[Any]:
    text, row = EventMinutesVersion, EventDecision
    query = select(text, row, Idea, Action).select_from(text)
    query = query.outerjoin(row, and_(row.event_id == text.event_id, row.number == text.number))
    query = query.outerjoin(Idea, and_(Idea.id == row.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(Action, and_(Action.id == row.action_id, actions.readable_by(actor)))
    if is_shown:
        query = query.join(EventMinutes, EventMinutes.event_id == text.event_id)
        query = query.where(EventMinutes.number == text.number, EventMinutes.published_at.is_not(None))
    else:
        query = query.where(text.number == NUMBER)
    return query.where(text.event_id == EVENT).order_by(row.position, row.id).options(_with_author())


def list_versions(event: Event) -> Sequence[EventMinutesVersion]:
    """Return the texts of the minutes that were published, the last first."""
    query = select(EventMinutesVersion).where(EventMinutesVersion.event_id == event.id)
    return db.session.scalars(query.options(_with_author()).order_by(EventMinutesVersion.number.desc())).all()


def _with_author() -> Any:
    return joinedload(EventMinutesVersion.by).load_only(User.name, User.closed_at)


def find_draft(event: Event) -> EventMinutes | None:
    """Return the draft of the minutes of a meeting, for those who write them."""
    return db.session.get(EventMinutes, event.id)


def list_html(ids: Collection[int]) -> dict[int, str]:
    """Return the published minutes of these meetings, what was decided last; one that has none is absent."""
    found = defaultdict[int, str](str)
    for row in db.session.execute(_WORDS, {_IDS.key: list(ids)}) if ids else ():
        found[row.event_id] += row.words if row.place < 0 else f"<p>{escape(row.words)} {escape(row.who)}</p>"
    return found


def _is_shown(model: type[EventMinutesVersion | EventDecision]) -> Any:
    """Match what belongs to the text of minutes that is shown."""
    return and_(
        EventMinutes.event_id == model.event_id,
        EventMinutes.number == model.number,
        EventMinutes.published_at.is_not(None),
        model.event_id.in_(_IDS),
    )


def _select_words() -> Any:
    text, row = EventMinutesVersion, EventDecision
    body = select(text.event_id, literal(-1).label("place"), text.body_html.label("words"), literal("").label("who"))
    decided = select(row.event_id, row.position, row.text, row.who)
    return union_all(body.where(_is_shown(text)), decided.where(_is_shown(row))).order_by("place")


_WORDS = _select_words()

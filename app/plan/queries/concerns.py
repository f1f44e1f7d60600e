"""What updates concern: the ideas and actions that a person named, line by line, and the way back from these."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.core.errors import N_, Invalid
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions
from app.updates import queries as updates
from app.updates.models import Update

MOST, LATEST = 20, 5
ACTION = re.compile(r"(?:.*/)?plan/actions/([1-9][0-9]{0,8})(?:[-/?# ].*)?")
IDEA = re.compile(r"(?:#|(?:.*/)?ideas/)([1-9][0-9]{0,8})(?:[-/?# ].*)?")
UNKNOWN = N_("Cette ligne ne mène à aucune contribution publique, ni à aucune action du plan : « %(line)s ».")
TOO_MANY = N_("Nommez-en vingt au plus.")


@dataclass(frozen=True)
class Concerns:
    """The ideas and the actions that an update concerns, each once, the first to be named first."""

    ideas: list[Idea] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ideas or self.actions)

    def add(self, idea: Idea | None, action: Action | None) -> None:
        if idea and idea not in self.ideas:
            self.ideas.append(idea)
        if action and action not in self.actions:
            self.actions.append(action)


def get_concerns(actor: Actor, update_id: int) -> Concerns:
    """Return what an update concerns, as far as a person may read it."""
    found = Concerns()
    for idea, action in db.session.execute(_select_of_update(actor), reader_parameters(actor, update=update_id)):
        found.add(idea, action)
    return found


@cached_statement
def _select_of_update(actor: Actor) -> Select[Any]:
    query = select(Idea, Action).select_from(UpdateLink)
    query = query.outerjoin(Idea, and_(Idea.id == UpdateLink.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(Action, and_(Action.id == UpdateLink.action_id, actions.readable_by(actor)))
    return query.where(UpdateLink.update_id == number_parameter("update")).order_by(UpdateLink.id)


def list_updates_on_action(actor: Actor, action_id: int) -> Sequence[Update]:
    """Return the last updates that concern an action."""
    return db.session.scalars(_select_of_action(actor), reader_parameters(actor, action=action_id)).all()


@cached_statement
def _select_of_action(actor: Actor) -> Select[tuple[Update]]:
    return _select_last(actor, UpdateLink.action_id == actions.ACTION)


def list_updates_on_idea(actor: Actor, idea_id: int) -> Sequence[Update]:
    """Return the last updates that concern an idea."""
    return db.session.scalars(_select_of_idea(actor), reader_parameters(actor, idea=idea_id)).all()


@cached_statement
def _select_of_idea(actor: Actor) -> Select[tuple[Update]]:
    return _select_last(actor, UpdateLink.idea_id == ideas.IDEA)


def _select_last(actor: Actor, which: ColumnElement[bool]) -> Select[tuple[Update]]:
    """Select the last updates that concern what matches, as far as a person may read them."""
    query = select(Update).join(UpdateLink, UpdateLink.update_id == Update.id)
    query = query.where(which, updates.readable_by(actor), Update.in_sight())
    return updates.RECENT.apply(query).limit(LATEST)


def format_concerns(concerns: Concerns) -> str:
    """Return what an update concerns as its form shows it, one a line; `parse_concerns` reads it back."""
    lines = [f"#{idea.id} {idea.title}" for idea in concerns.ideas]
    return "\n".join([*lines, *(f"/plan/actions/{action.id} {action.title}" for action in concerns.actions)])


def parse_concerns(actor: Actor, text: str, present: Concerns | None = None, *, field: str = "concerns") -> Concerns:
    """Find the ideas and the actions that were named, one a line: a number, an address, the code of an action.

    An idea that is `present` may stay, even where it was hidden or joined to another since. Raise Invalid, about the
    `field` where they were typed, for a line that names nothing that this person may read, and for too many.
    """
    found, lines = Concerns(), [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Invalid(TOO_MANY, field)
    for line in lines:
        idea = _idea(actor, line, present.ideas if present else ())
        action = None if idea else _action(actor, line)
        if idea is None and action is None:
            raise Invalid(UNKNOWN, field, line=line[:60])
        found.add(idea, action)
    return found


def _idea(actor: Actor, line: str, present: Sequence[Idea]) -> Idea | None:
    named = IDEA.fullmatch(line)
    if named is None:
        return None
    for idea in present:
        if idea.id == int(named[1]):
            return idea
    query = select(Idea).where(Idea.id == int(named[1]), ideas.readable_by(actor), ideas.is_public())
    return db.session.scalar(query)


def _action(actor: Actor, line: str) -> Action | None:
    """Find an action by its address, else by its code in the current plan."""
    named = ACTION.fullmatch(line)
    query = select(Action).join(Plan, Plan.id == Action.plan_id).where(actions.readable_by(actor))
    if named:
        return db.session.scalar(query.where(Action.id == int(named[1])))
    return db.session.scalar(
        query.where(
            Plan.is_current, Action.removed_at.is_(None), or_(Action.code == line, Action.code == line.split()[0])
        )
    )

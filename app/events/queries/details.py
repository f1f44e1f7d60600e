"""All that the page of a meeting shows beside the meeting itself: one statement, and one of what it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, select
from sqlalchemy.orm import aliased

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.text.plain import sort_key
from app.events.models.contents import (
    ABOUT,
    LED_TO,
    EventDocument,
    EventLine,
    EventMove,
    EventQuestion,
    EventSubject,
)
from app.events.models.meetings import (
    FEATURES,
    EventFeature,
    EventIssue,
    EventOrganisation,
    EventTag,
    EventTerritory,
)
from app.events.queries.reading import EVENT
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.reference.models import NAMED, Organisation, Tag, answers
from app.reference.queries import get_catalogue
from app.updates import queries as updates
from app.updates.models import Update

FORMER = aliased(Tag)
"""The tag that a meeting was given; where it was merged into another since, that one is shown."""


@dataclass(frozen=True)
class Details:
    """Where a meeting is filed, and what its page lists, each in its order.

    Ids of issues and of further territories; tags as (slug, name), organisations as (id, name), `features` as
    (code, note), lines of the agenda as (minutes after midnight or None, text), documents as (title, address).
    """

    issues: list[int]
    territories: list[int]
    tags: list[tuple[str, str]]
    organisations: list[tuple[int, str]]
    features: list[tuple[str, str]]
    lines: list[tuple[int | None, str]]
    documents: list[tuple[str, str]]


@dataclass
class Subjects:
    """What a meeting is about, or led to: ideas, updates and actions, each once, the first to be named first."""

    ideas: list[Idea] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ideas or self.updates or self.actions)

    def add(self, *things: Idea | Update | Action | None) -> None:
        for thing, found in zip(things, (self.ideas, self.updates, self.actions), strict=True):
            kept: Any = found
            if thing is not None and thing not in kept:
                kept.append(thing)


def get_details(event_id: int) -> Details:
    """Return what belongs to a meeting."""
    row = db.session.execute(_select_details(), {EVENT.key: event_id}).one()
    catalogue = get_catalogue()
    return Details(
        _read_ids(row.issues, catalogue.issue),
        _read_ids(row.territories, catalogue.place),
        sorted(((slug, name) for slug, name in _read_rows(row.tags)), key=lambda tag: (sort_key(tag[1]), tag[0])),
        sorted({(int(n), name) for n, name in _read_rows(row.organisations)}, key=lambda one: (sort_key(one[1]), one)),
        sorted(((code, note) for code, note in _read_rows(row.features)), key=lambda one: FEATURES.index(one[0])),
        [(int(hour) if hour else None, text) for hour, text in _in_order(row.lines)],
        [(title, url) for url, title in _in_order(row.documents)],
    )


@cache
def _select_details() -> Select[Any]:
    no_hour = func.coalesce(cast(EventLine.hour, String), "")
    tags = _join_rows(EventTag, Tag.slug, Tag.name).join(FORMER, FORMER.id == EventTag.tag_id)
    tags = tags.join(Tag, Tag.id == func.coalesce(FORMER.merged_into, FORMER.id))
    with_names = _join_rows(EventOrganisation, Organisation.id, Organisation.name)
    with_names = with_names.join(NAMED, NAMED.c.id == EventOrganisation.organisation_id).join(Organisation, answers())
    columns = {
        "issues": _join_rows(EventIssue, EventIssue.issue_id),
        "territories": _join_rows(EventTerritory, EventTerritory.territory_id),
        "tags": tags,
        "organisations": with_names,
        "features": _join_rows(EventFeature, EventFeature.feature, EventFeature.note),
        "lines": _join_rows(EventLine, EventLine.position, no_hour, EventLine.text),
        "documents": _join_rows(EventDocument, EventDocument.position, EventDocument.url, EventDocument.title),
    }
    return select(*(query.scalar_subquery().label(name) for name, query in columns.items()))


def _join_rows(table: Any, *columns: Any) -> Select[Any]:
    """Select the rows of a meeting in a table as one text: a row a line, its columns between tabs, in no order."""
    text: ColumnElement[str] = dialect.as_text(columns[0])
    for column in columns[1:]:
        text = text + literal("\t") + column
    return select(func.aggregate_strings(text, "\n")).select_from(table).where(table.event_id == EVENT)


def _read_rows(text: str | None) -> list[Any]:
    return [tuple(line.split("\t")) for line in (text or "").split("\n") if line]


def _in_order(text: str | None) -> list[Any]:
    """Read rows that begin by their position."""
    return [row[1:] for row in sorted(_read_rows(text), key=lambda row: int(row[0]))]


def _read_ids(text: str | None, catalogue: Mapping[int, Any]) -> list[int]:
    """Read the ids of a text, in the order of a catalogue."""
    found = set(map(int, (text or "").split()))
    return [row_id for row_id in catalogue if row_id in found]


def get_subjects(actor: Actor, event_id: int) -> dict[str, Subjects]:
    """Return what a meeting is about and what it led to, as far as a person may read it."""
    found = {ABOUT: Subjects(), LED_TO: Subjects()}
    for role, *things in db.session.execute(_select_subjects(actor), reader_parameters(actor, event=event_id)):
        found[role].add(*things)
    return found


@cached_statement
def _select_subjects(actor: Actor) -> Select[Any]:
    query = select(EventSubject.role, Idea, Update, Action).select_from(EventSubject)
    query = query.outerjoin(Idea, and_(Idea.id == EventSubject.idea_id, ideas.readable_by(actor)))
    query = query.outerjoin(
        Update, and_(Update.id == EventSubject.update_id, updates.readable_by(actor), Update.in_sight())
    )
    query = query.outerjoin(Action, and_(Action.id == EventSubject.action_id, actions.readable_by(actor)))
    return query.where(EventSubject.event_id == EVENT).order_by(EventSubject.id)


def find_last_move(event_id: int) -> EventMove | None:
    """Return what moved a meeting to its present date."""
    query = select(EventMove).where(EventMove.event_id == event_id).order_by(EventMove.id.desc()).limit(1)
    return db.session.scalar(query)


def list_questions(event_id: int) -> Sequence[EventQuestion]:
    """Return what the team asks of whoever registers, in its order."""
    query = select(EventQuestion).where(EventQuestion.event_id == event_id)
    return db.session.scalars(query.order_by(EventQuestion.position, EventQuestion.id)).all()

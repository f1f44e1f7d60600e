"""Persons: the tables that were counted last, and what they are counted from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select, union_all

from app.comments.models import Comment
from app.communities.queries import get_public_rooms
from app.core import clock, versions
from app.core.db import db
from app.figures.models import SUPPORTED, PersonTable
from app.figures.persons import PersonAct, Persons, Places
from app.ideas.facet_models import IdeaFacets
from app.ideas.models import Idea
from app.notes.models import NEW, NoteLine, PublishedLine
from app.reference.queries import get_catalogue
from app.votes.models import Vote

VERSION = "persons"
"""The key of `versions` that changes when persons are counted."""
MANY = 2_000


def get_persons(act: str) -> Persons | None:
    """Return how many persons wrote or supported (of `ACTS`), as they were last counted; None before the first time."""
    return versions.get_or_load("persons", _load, under=VERSION).get(act)


def _load() -> dict[str, Persons]:
    return {row.act: _build(row) for row in db.session.scalars(select(PersonTable))}


def _build(row: PersonTable) -> Persons:
    return Persons(row.before, {(name, number, other): count for name, number, other, count in row.content})


def list_counted() -> dict[str, Any]:
    """Return the day before which each table was last counted, by its act."""
    return dict(db.session.execute(select(PersonTable.act, PersonTable.before)).tuples().all())


def stream_acts(act: str, before: datetime) -> Iterator[PersonAct]:
    """Yield what persons did with the ideas of the public's lists before a moment: who, in which year, where."""
    places = get_places()
    query = _select_supports(before) if act == SUPPORTED else _select_writings(before)
    for person, idea_id, at in db.session.execute(query, execution_options={"yield_per": MANY}):
        if idea_id in places:
            yield PersonAct(person, at.astimezone(clock.ZONE).year, places[idea_id])


def get_places() -> Mapping[int, Places]:
    """Return where each idea of the public's lists stands; those that stand alike have one answer."""
    query = select(IdeaFacets.idea_id, IdeaFacets.codes).where(IdeaFacets.is_private.is_(False))
    parents = {place.id: place.parent_id or place.id for place in get_catalogue().places}
    rooms, alike = get_public_rooms().by_id, dict[Places, Places]()
    found = {}
    for idea_id, codes in db.session.execute(query).tuples():
        places = _read_places(codes, rooms, parents)
        found[idea_id] = alike.setdefault(places, places)
    return found


def _read_places(codes: str, rooms: Mapping[int, Any], parents: Mapping[int, int]) -> Places:
    numbers: dict[str, set[int]] = {"community": set(), "mrc": set(), "territory": set()}
    for code in codes.split():
        axis, _colon, value = code.partition(":")
        if axis in numbers:
            numbers[axis].add(int(value))
    return Places(
        frozenset(numbers["community"] & rooms.keys()),
        frozenset(numbers["mrc"]),
        frozenset((place, parents[place]) for place in numbers["territory"]),
    )


def _select_supports(before: datetime) -> Select[Any]:
    return select(Vote.user_id, Vote.idea_id, Vote.at).where(Vote.at < before)


def _select_writings(before: datetime) -> Select[Any]:
    """Select who wrote an idea, or a comment on it that anybody reads, and when: accounts, whatever became of them.

    What was written elsewhere has no account; who copied what others said in a session did not say it.
    """
    ideas = select(Idea.author_id, Idea.id, Idea.published_at).where(
        Idea.author_id.is_not(None), Idea.published_at < before, Idea.id.not_in(_select_said_by_others())
    )
    comments = select(Comment.author_id, Idea.id, Comment.created_at).join(Idea, Idea.thread_id == Comment.thread_id)
    comments = comments.where(Comment.author_id.is_not(None), Comment.created_at < before)
    comments = comments.where(Comment.status == "published", Comment.in_sight())
    rows = union_all(ideas, comments).subquery().c
    return select(rows[0], rows[1], rows[2])


def _select_said_by_others() -> Select[Any]:
    """Select the ideas that a line of a session became, which their author did not write there."""
    query = select(PublishedLine.idea_id).join(NoteLine, NoteLine.id == PublishedLine.id)
    query = query.join(Idea, Idea.id == PublishedLine.idea_id).where(PublishedLine.fate == NEW)
    return query.where(or_(NoteLine.from_paper, NoteLine.user_id.is_distinct_from(Idea.author_id)))

"""From an address to an idea, and to what it was: who may read it, its steps, its revisions."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import ImportedAuthor, User
from app.comments.models import Thread
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.communities.sql_policy import stands_in
from app.core import clock, dialect, versions
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.list_words import has_word
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission
from app.core.text.plain import search_words
from app.ideas.indexes import IS_LISTED, IS_PUBLIC, IS_PUBLISHED
from app.ideas.models import Idea, Revision, StatusChange
from app.reference.models import Organisation

# The number of the idea that a statement selects, or whose rows it selects.
IDEA = number_parameter("idea")


def in_public(inside: Collection[int] = ()) -> ColumnElement[bool]:
    """Match what the public's lists and counts hold: published, merged into no other, in no private community.

    `inside` adds private communities, for a reader who sees them.
    """
    return or_(IS_LISTED, and_(IS_PUBLIC, Idea.community_id.in_(inside))) if inside else IS_LISTED


def is_public() -> ColumnElement[bool]:
    """SQL twin of `Idea.is_public`."""
    return IS_PUBLIC


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ`."""
    is_kept = Idea.deleted_at.is_(None)
    is_seen = seen_by(actor, Idea)
    is_hidden = and_(Idea.hidden_at.is_not(None), Idea.status != "draft", is_kept)
    clauses = [and_(IS_PUBLISHED, is_seen), and_(is_hidden, stands_in(actor, Idea, Idea.author_id))]
    if actor.is_coordinator:
        clauses.append(and_(Idea.status != "draft", is_kept))
    elif actor.facilitates:
        clauses.append(and_(Idea.community_id.in_(actor.facilitates), Idea.status != "draft", is_kept))
    return or_(*clauses)


def own_of(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_OWN`."""
    return and_(Idea.author_id == actor.id, Idea.deleted_at.is_(None)) if actor.is_someone else false()


def with_author() -> list[ExecutableOption]:
    """Load who wrote it, and nothing else of the account."""
    author = joinedload(Idea.author).load_only(User.name, User.closed_at, User.shows_organisation)
    return [
        author.joinedload(User.organisation).load_only(Organisation.name),
        joinedload(Idea.imported_author).load_only(ImportedAuthor.name),
    ]


def get_idea(actor: Actor, idea_id: int, permission: Permission) -> Idea:
    """Return an idea by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    idea = find_idea(actor, idea_id, permission)
    if idea is None:
        raise NotFound()
    return idea


def find_idea(actor: Actor, idea_id: int, permission: Permission) -> Idea | None:
    """Return the idea as `get_idea` does, or None."""
    idea: Idea | None = db.session.scalar(select_one(actor), reader_parameters(actor, idea=idea_id))
    return idea if idea and permission.permits(actor, idea) else None


@cached_statement
def select_one(actor: Actor) -> Select[tuple[Idea]]:
    """Select the idea `IDEA` as its page shows it, if this person may read it or wrote it."""
    query = select(Idea).where(Idea.id == IDEA, or_(readable_by(actor), own_of(actor)))
    return query.options(*with_author(), joinedload(Idea.thread))


def get_ideas(actor: Actor, ids: Collection[int], threads: Collection[int]) -> dict[int, Idea]:
    """Return those of these ideas, and of the ideas of these threads, that a person may read or wrote."""
    found = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids), threads=list(threads)))
    return {idea.id: idea for idea in found}


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Idea]]:
    which = or_(Idea.id.in_(numbers_parameter("ids")), Idea.thread_id.in_(numbers_parameter("threads")))
    return select(Idea).where(which, or_(readable_by(actor), own_of(actor))).options(*with_author())


def lock_ideas(which: ColumnElement[bool]) -> Sequence[Idea]:
    """Read anew and lock some ideas inside a command, as one is: their threads first, each in the order of ids."""
    threads = select(Thread.id).where(Thread.id.in_(select(Idea.thread_id).where(which))).order_by(Thread.id)
    db.session.scalars(dialect.lock(threads)).all()
    ideas = select(Idea).where(which).order_by(Idea.id).execution_options(populate_existing=True)
    return db.session.scalars(dialect.lock(ideas)).all()


def get_idea_of_thread(actor: Actor, thread_id: int, permission: Permission) -> Idea:
    """Find the idea that owns a thread."""
    idea_id = db.session.scalar(select(Idea.id).where(Idea.thread_id == thread_id))
    return get_idea(actor, idea_id or 0, permission)


class HiddenIdea(NamedTuple):
    """An idea that its team hid, when and why."""

    id: int
    slug: str
    title: str
    hidden_at: datetime
    hidden_reason: str


def list_hidden(actor: Actor, community_id: int) -> list[HiddenIdea]:
    """Return what is hidden in a community to those who may read it there, the last hidden first; kept for each."""
    return versions.get_or_load(("hidden", community_id, actor), lambda: _load_hidden(actor, community_id))


def _load_hidden(actor: Actor, community_id: int) -> list[HiddenIdea]:
    query = select(Idea.id, Idea.slug, Idea.title, Idea.hidden_at, Idea.hidden_reason)
    query = query.where(Idea.community_id == community_id, Idea.hidden_at.is_not(None), readable_by(actor))
    rows = db.session.execute(query.order_by(Idea.hidden_at.desc(), Idea.id.desc()).limit(50))
    return list(starmap(HiddenIdea, rows))


def list_own(actor: Actor, *, before: int | None = None) -> Page[Idea]:
    """Return what a person wrote, in every state, the last begun first."""
    query = select(Idea).where(own_of(actor), Idea.id < before if before else true())
    rows = db.session.scalars(query.order_by(Idea.id.desc()).limit(SIZE + 1)).all()
    return page_by_id(rows, is_first=not before)


def list_steps(idea: Idea) -> Sequence[StatusChange]:
    """Return the steps of an idea, the oldest first."""
    return db.session.scalars(_select_steps(), {IDEA.key: idea.id}).all()


@cache
def _select_steps() -> Select[tuple[StatusChange]]:
    with_name = joinedload(StatusChange.by).load_only(User.name, User.closed_at)
    query = select(StatusChange).where(StatusChange.idea_id == IDEA).options(with_name)
    return query.order_by(StatusChange.at, StatusChange.id)


def list_revisions(idea: Idea) -> Sequence[Revision]:
    """Return every published text, the last first."""
    query = select(Revision).where(Revision.idea_id == idea.id)
    return db.session.scalars(query.order_by(Revision.number.desc())).all()


def get_revision(idea: Idea, which: int, since: int | None = None) -> tuple[Revision, Revision | None]:
    """Return one published text and an earlier one: `since`, else the one before it.

    Nobody reads one that was hidden: raise NotFound.
    """
    before = since or which - 1
    query = select(Revision).where(Revision.idea_id == idea.id, Revision.number.in_((which, before)))
    found = {row.number: row for row in db.session.scalars(query.where(Revision.hidden_at.is_(None)))}
    if which not in found or (since and since >= which):
        raise NotFound()
    return found[which], found.get(before)


def list_public_addresses(limit: int = 50_000) -> Sequence[Row[tuple[int, str, datetime | None, datetime | None]]]:
    """Return id, slug, last edit and publication of the public ideas, for a map of the site."""
    query = select(Idea.id, Idea.slug, Idea.edited_at, Idea.published_at).where(in_public())
    return db.session.execute(query.order_by(Idea.id.desc()).limit(limit)).all()


def find_duplicate(actor: Actor, title: str, body: str) -> Idea | None:
    """Find an idea of these very words, sent within the hour: a form that one goes back to has a new key."""
    if not title:
        return None
    return db.session.scalar(
        select(Idea)
        .where(
            Idea.author_id == actor.id,
            Idea.title == title,
            Idea.body == body,
            Idea.deleted_at.is_(None),
            Idea.status.in_(("draft", "pending", "published")),
            Idea.created_at > clock.now() - timedelta(hours=1),
        )
        .order_by(Idea.id.desc())
        .limit(1)
    )


def find_last_draft(actor: Actor) -> Idea | None:
    """Return the draft that a person wrote in last, None without one."""
    query = select(Idea).where(own_of(actor), Idea.status == "draft")
    return db.session.scalar(query.order_by(Idea.saved_at.desc(), Idea.id.desc()).limit(1))


NUMBER = re.compile(r"(?:#|(?:.*/)?ideas/)?([1-9][0-9]{0,8})(?:[-/?#].*)?")


def is_named(q: str) -> ColumnElement[bool]:
    """Match the idea of a number or an address, and those that hold all the words."""
    number, terms = NUMBER.fullmatch(q.strip()), search_words(q)
    by_number = Idea.id == int(number[1]) if number else false()
    by_words = and_(*(has_word(Idea.search_text, word) for word in terms)) if terms else false()
    return or_(by_number, by_words)

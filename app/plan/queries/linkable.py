"""Which ideas an action may be linked to now, and what is asked first of the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, not_, or_, select
from sqlalchemy.orm import joinedload

from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE
from app.ideas.models import LINKED, Idea
from app.ideas.queries import reading as ideas
from app.ideas.queries.lists import select_ideas
from app.plan.models.links import Link
from app.plan.queries.links import is_in_force, is_waiting, may_feed


@dataclass(frozen=True)
class Candidate:
    """An idea that may be linked to an action, or may not yet.

    `obstacle` says what is asked first, "" where nothing is: a status, or "merged", "hidden", "private", "linked",
    "waiting". `link` is the one that stands already; `into` is the idea that received this one, if the reader may
    read it.
    """

    idea: Idea
    obstacle: str = ""
    link: Link | None = None
    into: Idea | None = None


@dataclass(frozen=True)
class Sought:
    """What is looked for: an idea by its number, its address or words; without any, these ideas."""

    q: str
    near_ids: Collection[int] = ()

    def matches(self) -> ColumnElement[bool]:
        return ideas.is_named(self.q) if self.q else Idea.id.in_(self.near_ids)


def list_linkable(actor: Actor, action_id: int, sought: Sought) -> list[Candidate]:
    """Return what may be linked to an action, or proposed: the ideas of which nothing is asked first come first."""
    is_ready = case((Idea.status.in_(LINKED), 0), else_=1)
    query = _select(actor, sought).where(may_feed(), Idea.id.not_in(_select_linked(action_id))).order_by(is_ready)
    return [Candidate(idea, "" if idea.status in LINKED else idea.status) for idea in _read(query)]


def list_unlinkable(actor: Actor, action_id: int, sought: Sought) -> list[Candidate]:
    """Return what may not be linked to an action now, as far as a person may read it."""
    cannot = or_(not_(may_feed()), Idea.id.in_(_select_linked(action_id)))
    found = _read(_select(actor, sought).where(cannot))
    links = _get_links(action_id, [idea.id for idea in found])
    receiver_ids = {idea.merged_into for idea in found if idea.merged_into}
    receivers = ideas.get_ideas(actor, receiver_ids, ()) if receiver_ids else {}
    return [_judge(idea, links.get(idea.id), receivers.get(idea.merged_into or 0)) for idea in found]


def _select(actor: Actor, sought: Sought) -> Select[tuple[Idea]]:
    return select_ideas().where(sought.matches(), ideas.readable_by(actor))


def _select_linked(action_id: int) -> Select[tuple[int]]:
    return select(Link.idea_id).where(Link.action_id == action_id, or_(is_in_force(), is_waiting()))


def _read(query: Select[tuple[Idea]]) -> Sequence[Idea]:
    return db.session.scalars(query.order_by(Idea.published_at.desc(), Idea.id.desc()).limit(SIZE)).all()


def _get_links(action_id: int, idea_ids: Sequence[int]) -> dict[int, Link]:
    query = select(Link).where(
        Link.action_id == action_id, Link.idea_id.in_(idea_ids), or_(is_in_force(), is_waiting())
    )
    query = query.options(joinedload(Link.idea), joinedload(Link.action)).order_by(Link.id)
    return {link.idea_id: link for link in db.session.scalars(query)} if idea_ids else {}


def _judge(idea: Idea, link: Link | None, into: Idea | None) -> Candidate:
    """Say what is asked first of an idea: what must be undone comes before what is merely said already."""
    if idea.is_merged:
        return Candidate(idea, "merged", link, into)
    if idea.is_hidden:
        return Candidate(idea, "hidden", link)
    if not idea.is_open:
        return Candidate(idea, idea.status, link)
    if idea.is_private:
        return Candidate(idea, "private", link)
    return Candidate(idea, "waiting" if link and link.is_waiting else "linked", link)

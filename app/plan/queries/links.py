"""Links between ideas and actions: one, those of an idea, those of an action, what waits for a team."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import get_rooms
from app.communities.sql_policy import of_another, stands_in
from app.core.actor import Actor
from app.core.db import constant, db, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission
from app.ideas.models import OPEN, Idea
from app.ideas.queries import reading as ideas
from app.plan.models.links import Link
from app.plan.models.structure import Action, Objective, Orientation, Plan
from app.plan.progress import Tally, percent
from app.plan.queries import actions, tallies
from app.plan.queries.actions import is_living


@dataclass(frozen=True)
class LinkRow:
    """A link as pages show it: with how far its action is, and the idea that received its own (`into`), if any."""

    link: Link
    tally: Tally = field(default_factory=Tally)
    into: Idea | None = None

    @property
    def percent(self) -> int:
        return percent(self.tally.progress(self.link.action.progress))


def decided_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.decides_on_its_idea`, where ideas are joined."""
    if actor.is_coordinator:
        return or_(of_another(actor, Idea), and_(Idea.author_id == actor.id, _where_alone(actor)))
    if not actor.facilitates:
        return false()
    mine = or_(Idea.community_id.in_(actor.facilitates), stands_in(actor, Idea, Idea.author_id))
    return and_(mine, of_another(actor, Idea))


def _where_alone(actor: Actor) -> ColumnElement[bool]:
    """Match the ideas of the communities where nobody but this coordinator may decide (`ideas.policy.is_alone`)."""
    places = [(None, False), *((room.id, room.is_private) for room in get_rooms().all)]
    lone = (
        room_id
        for room_id, is_private in places
        if len({who for where, who in actor.charges if where in (None, room_id) or not is_private}) <= 1
    )
    return or_(false(), *(Idea.community_id.is_not_distinct_from(room_id) for room_id in lone))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_LINK`, where ideas and actions are joined."""
    mine = Link.proposed_by == actor.id if actor.is_someone else false()
    is_shown = or_(Link.answer == "accepted", mine, decided_by(actor))
    return and_(reads_ends(actor), is_shown)


def reads_ends(actor: Actor) -> ColumnElement[bool]:
    """Match, where ideas and actions are joined, the links of which they read both ends: enough once accepted."""
    return and_(ideas.readable_by(actor), actions.readable_by(actor))


def select_links(actor: Actor) -> Select[Any]:
    """Select the links that a person may read, with what they tie and who answers for them."""
    return _with_ends(select(Link)).where(readable_by(actor))


def _with_ends(links: Select[Any]) -> Select[Any]:
    """Load the idea, the action and the people of links."""
    query = links.join(Idea, Idea.id == Link.idea_id).join(Action, Action.id == Link.action_id)
    names = [joinedload(who).load_only(User.name, User.closed_at) for who in (Link.proposer, Link.answerer, Link.ender)]
    idea = contains_eager(Link.idea)
    authors = (
        idea.joinedload(Idea.author).load_only(User.name, User.closed_at),
        idea.joinedload(Idea.imported_author).load_only(ImportedAuthor.name),
    )
    return query.options(idea, *authors, contains_eager(Link.action), *names)


def get_link(actor: Actor, link_id: int, permission: Permission) -> Link:
    """Return a link by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    link: Link | None = db.session.scalar(select_links(actor).where(Link.id == link_id))
    if link is None or not permission.permits(actor, link):
        raise NotFound()
    return link


def find_open(idea: Idea, action: Action) -> Link | None:
    """Return the link of an idea and an action that waits or is in force."""
    query = select(Link).where(Link.idea_id == idea.id, Link.action_id == action.id, Link.ended_at.is_(None))
    return db.session.scalar(query.where(or_(Link.answer.is_(None), Link.answer == constant("accepted"))))


def describe_earlier_link(link: Link) -> str:
    """Tell whether the idea of a link led to the plan before: "still" by another link, "again" by one that is over."""
    leads = and_(Link.ended_at.is_(None), Action.state != "dropped", Action.removed_at.is_(None))
    is_over = case((leads, 0), else_=1)
    query = (
        select(is_over)
        .join(Action, Action.id == Link.action_id)
        .where(Link.idea_id == link.idea_id, Link.id != link.id, Link.answer == "accepted")
    )
    found = db.session.scalar(query.order_by(is_over).limit(1))
    return "" if found is None else "again" if found else "still"


def get_end_reason(idea_id: int, action_id: int) -> str:
    """Return why the last link of an idea and an action ended; "" where it is in force, or nobody said why."""
    query = select(Link.ended_reason).where(
        Link.idea_id == idea_id, Link.action_id == action_id, Link.answer == "accepted"
    )
    return db.session.scalar(query.order_by(Link.id.desc()).limit(1)) or ""


def list_links(actor: Actor, action_id: int, *, before: int | None = None) -> Page[LinkRow]:
    """Return the links of an action that were accepted, the last first."""
    query = select_links(actor).where(
        Link.action_id == action_id, Link.answer == "accepted", Link.id < before if before else true()
    )
    page = page_by_id(db.session.scalars(query.order_by(Link.id.desc()).limit(SIZE + 1)).all(), is_first=not before)
    return Page(_lead_on(actor, page.items), page.next, is_first=page.is_first)


def list_links_of_ideas(actor: Actor, idea_ids: Collection[int]) -> list[LinkRow]:
    """Return the links of ideas that were accepted, the first first, with how far each action is."""
    rows = db.session.execute(_select_of_ideas(actor), reader_parameters(actor, ideas=list(idea_ids)))
    return [LinkRow(row[0], tallies.build_tally(row)) for row in rows]


@cached_statement
def _select_of_ideas(actor: Actor) -> Select[Any]:
    """Select accepted links, which whoever reads both ends reads: `readable_by` is for no statement that is kept."""
    tally = tallies.select_by_action().subquery()
    query = _with_ends(select(Link, *tally.c)).outerjoin(tally, tally.c.action_id == Link.action_id)
    query = query.where(Link.idea_id.in_(numbers_parameter("ideas")), Link.answer == "accepted", reads_ends(actor))
    return query.order_by(Link.id)


def list_proposed_links(actor: Actor, action_id: int) -> list[LinkRow]:
    """Return what waits for an answer about an action: to whoever answers it, and one's own."""
    query = select_links(actor).where(Link.action_id == action_id, is_waiting(), may_feed())
    return _lead_on(actor, db.session.scalars(query.order_by(Link.id).limit(SIZE)).all())


def list_proposed_links_of_idea(actor: Actor, idea_id: int) -> Sequence[Link]:
    """Return what waits for an answer about an idea: to whoever answers it, and one's own."""
    query = select_links(actor).where(Link.idea_id == idea_id, is_waiting(), is_living())
    links: Sequence[Link] = db.session.scalars(query.order_by(Link.id).limit(SIZE)).all()
    return links


def count_linked_ideas(plan: Plan) -> int:
    """Count the ideas that are linked to the actions of a plan now."""
    query = select(func.count(Link.idea_id.distinct())).join(Action, Action.id == Link.action_id)
    return db.session.scalar(query.where(Action.plan_id == plan.id, is_in_force())) or 0


def is_in_force() -> ColumnElement[bool]:
    """SQL twin of `Link.is_in_force`."""
    return and_(Link.answer == constant("accepted"), Link.ended_at.is_(None))


def is_waiting() -> ColumnElement[bool]:
    """SQL twin of `Link.is_waiting`, in the words of the index that holds these links."""
    return and_(Link.answer.is_(None), Link.ended_at.is_(None))


def may_feed() -> ColumnElement[bool]:
    """SQL twin of `policy.may_feed`."""
    return and_(ideas.is_public(), Idea.is_private.is_(False), Idea.status.in_(OPEN))


def _lead_on(actor: Actor, links: Sequence[Link]) -> list[LinkRow]:
    """Show the links of ideas that were joined to others through those that received them."""
    ids = {link.idea.merged_into for link in links if link.idea.merged_into}
    received = ideas.get_ideas(actor, ids, ()) if ids else {}
    return [LinkRow(link, into=received.get(link.idea.merged_into or 0)) for link in links]


def list_linkable_actions(actor: Actor, idea: Idea | None = None) -> Sequence[Action]:
    """Return the living actions of the current plan, in its order and with their place, but those an idea has."""
    query = select(Action).join(Action.objective).join(Objective.orientation).join(Orientation.plan)
    query = query.where(Plan.is_current, is_living(), actions.readable_by(actor)).options(
        contains_eager(Action.objective).contains_eager(Objective.orientation)
    )
    if idea is not None:
        linked = select(Link.action_id).where(Link.idea_id == idea.id, is_in_force())
        query = query.where(Action.id.not_in(linked))
    return db.session.scalars(
        query.order_by(
            Orientation.position, Orientation.id, Objective.position, Objective.id, Action.position, Action.id
        )
    ).all()

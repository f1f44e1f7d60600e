"""What the page of an idea shows beside its text: its steps, its places, its links with the plan, its updates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.ideas.models import Idea, StatusChange
from app.ideas.queries import facets, reading
from app.ideas.queries.facets import Placing
from app.plan.models.links import Link, UpdateLink
from app.plan.models.structure import Action
from app.plan.queries import concerns, links, tallies
from app.plan.queries.links import LinkRow
from app.updates.models import Update

PARTS = ("step", "place", "link", "update")


@dataclass
class IdeaParts:
    """The steps of an idea, the first first; what was accepted for it, the first first; the last updates on it."""

    placing: Placing
    steps: Sequence[StatusChange] = ()
    link_rows: list[LinkRow] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


def get_idea_parts(actor: Actor, idea: Idea, joined_ids: Collection[int] = (), *, is_in_plan: bool) -> IdeaParts:
    """Return the parts of an idea, with the links of those that were joined to it, in one statement.

    Unless `is_in_plan`, nothing of the plan is asked for.
    """
    if not is_in_plan:
        return IdeaParts(facets.get_placings([idea])[idea.id], reading.list_steps(idea))
    places: list[tuple[str, int, str, str]] = []
    steps: dict[int, StatusChange] = {}
    link_rows: dict[int, LinkRow] = {}
    found: dict[int, Update] = {}
    parameters = reader_parameters(actor, idea=idea.id, ideas=[idea.id], feeding=[idea.id, *joined_ids])
    for row in db.session.execute(_select_parts(actor), parameters):
        step, link, update, axis, ref, slug, name = row[:7]
        if step:
            steps[step.id] = step
        elif axis:
            places.append((axis, ref, slug, name))
        elif link:
            link_rows[link.id] = LinkRow(link, tallies.build_tally(row))
        elif update:
            found[update.id] = update
    in_order = sorted(steps.values(), key=lambda step: (step.at, step.id))
    latest = sorted(found.values(), key=lambda update: (update.published_at, update.id), reverse=True)
    return IdeaParts(
        facets.build_placing(places), in_order, [link_rows[number] for number in sorted(link_rows)], latest
    )


@cached_statement
def _select_parts(actor: Actor) -> Select[Any]:
    """Select rows that each hold one thing: a step, a place, a link with how far its action is, an update.

    Links are accepted ones, which whoever reads both ends reads; no cached statement may hold
    `links.readable_by`, which depends on more.
    """
    parts = union_all(*(select(literal(part).label("name")) for part in PARTS)).subquery()
    tally = tallies.select_by_action().subquery()
    name, place = parts.c.name, facets.select_placings().subquery()
    query = select(StatusChange, Link, Update, place.c.axis, place.c.ref, place.c.slug, place.c.name, *tally.c)
    query = query.select_from(parts).outerjoin(StatusChange, and_(name == "step", StatusChange.idea_id == reading.IDEA))
    query = query.outerjoin(place, and_(name == "place", place.c.idea_id == reading.IDEA))
    query = query.outerjoin(
        Link, and_(name == "link", Link.idea_id.in_(numbers_parameter("feeding")), Link.answer == "accepted")
    )
    query = query.outerjoin(Idea, Idea.id == Link.idea_id).outerjoin(Action, Action.id == Link.action_id)
    query = query.outerjoin(tally, tally.c.action_id == Link.action_id)
    last = concerns.select_last(actor, UpdateLink.idea_id == reading.IDEA).with_only_columns(Update.id)
    query = query.outerjoin(Update, and_(name == "update", Update.id.in_(last.correlate(None))))
    return query.where(or_(name != "link", links.reads_ends(actor))).options(*_with_names())


def _with_names() -> list[Any]:
    """Load who made each step, and what `links.select_links` loads."""
    idea, name = contains_eager(Link.idea), (User.name, User.closed_at)
    people = (StatusChange.by, Link.proposer, Link.answerer, Link.ender)
    return [
        *(joinedload(who).load_only(*name) for who in people),
        idea,
        contains_eager(Link.action),
        idea.joinedload(Idea.author).load_only(*name),
        idea.joinedload(Idea.imported_author).load_only(ImportedAuthor.name),
    ]

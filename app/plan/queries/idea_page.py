"""What the page of an idea shows of its road: its steps, where it is placed, its links with the plan, its updates."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea, StatusChange
from app.ideas.queries import facets, reading
from app.ideas.queries.facets import Placing
from app.plan.models.links import Link, UpdateLink
from app.plan.models.structure import Action
from app.plan.progress import Tally
from app.plan.queries import concerns, links
from app.plan.queries.links import Feeding
from app.updates.models import Update

PARTS = ("step", "place", "link", "update")


@dataclass
class Road:
    """The steps of an idea, the first first; what was accepted for it, the first first; the last updates on it."""

    placing: Placing
    steps: Sequence[StatusChange] = ()
    feedings: list[Feeding] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


def road_of(actor: Actor, idea: Idea, joined_ids: Collection[int] = (), *, is_in_plan: bool) -> Road:
    """Return the road of an idea, with the links of those that were joined to it, in one statement.

    Unless `is_in_plan`, nothing of the plan is asked for.
    """
    if not is_in_plan:
        return Road(facets.placings([idea])[idea.id], reading.steps(idea))
    places: list[tuple[str, int, str, str]] = []
    steps: dict[int, StatusChange] = {}
    feedings: dict[int, Feeding] = {}
    found: dict[int, Update] = {}
    rows = db.session.execute(_select_parts(actor, idea, [idea.id, *joined_ids]), {facets.IDEAS.key: [idea.id]})
    for step, link, update, axis, ref, slug, name, *numbers in rows:
        if step:
            steps[step.id] = step
        elif axis:
            places.append((axis, ref, slug, name))
        elif link:
            feedings[link.id] = Feeding(link, Tally(*(number or 0 for number in numbers)))
        elif update:
            found[update.id] = update
    in_order = sorted(steps.values(), key=lambda step: (step.at, step.id))
    latest = sorted(found.values(), key=lambda update: (update.published_at, update.id), reverse=True)
    return Road(facets.placing_of(places), in_order, [feedings[number] for number in sorted(feedings)], latest)


def _select_parts(actor: Actor, idea: Idea, idea_ids: Collection[int]) -> Select[Any]:
    """Select rows that each hold one thing: a step, a place, a link with how far its action is, an update."""
    parts, tally = union_all(*(select(literal(part).label("name")) for part in PARTS)).subquery(), links.tallies()
    name, place = parts.c.name, facets.select_placings().subquery()
    query = select(
        StatusChange, Link, Update, place.c.axis, place.c.ref, place.c.slug, place.c.name,
        tally.c.count, tally.c.reached, tally.c.weight, tally.c.weight_reached)
    query = query.select_from(parts).outerjoin(StatusChange, and_(name == "step", StatusChange.idea_id == idea.id))
    query = query.outerjoin(place, and_(name == "place", place.c.idea_id == idea.id))
    query = query.outerjoin(Link, and_(name == "link", Link.idea_id.in_(idea_ids), Link.answer == "accepted"))
    query = query.outerjoin(Idea, Idea.id == Link.idea_id).outerjoin(Action, Action.id == Link.action_id)
    query = query.outerjoin(tally, tally.c.action_id == Link.action_id)
    last = concerns.select_last(actor, UpdateLink.idea_id == idea.id).with_only_columns(Update.id)
    query = query.outerjoin(Update, and_(name == "update", Update.id.in_(last.correlate(None))))
    return query.where(or_(name != "link", links.readable_by(actor))).options(*_with_names())


def _with_names() -> list[Any]:
    """Load who made each step, and what `links.select_links` loads."""
    idea, name = contains_eager(Link.idea), (User.name, User.closed_at)
    people = (StatusChange.by, Link.proposer, Link.answerer, Link.ender)
    return [*(joinedload(who).load_only(*name) for who in people), idea, contains_eager(Link.action),
            idea.joinedload(Idea.author).load_only(*name),
            idea.joinedload(Idea.imported_author).load_only(ImportedAuthor.name)]

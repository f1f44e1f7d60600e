"""From an outline to the rows: what a version holds is written, what it no longer holds is marked as removed."""
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from app.comments import threads
from app.communities.queries import catalogue as communities
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.text import markdown
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionDocument,
    ActionIssue,
    ActionPartner,
    ActionTerritory,
    Funding,
    Indicator,
    Milestone,
    Objective,
    Orientation,
    Plan,
)
from app.plan.outline import ActionOutline, Outline
from app.reference import service as reference
from app.reference.queries import catalogue, organisation_named
from app.search import following


def write(actor: Actor, plan: Plan, outline: Outline) -> None:
    """Bring the rows of a plan to what an outline says, inside the command that publishes it.

    Each new part of the outline gets the `id` of its row; one with the `id` of a row of another plan, or of another
    action, is new.
    """
    _renew_others(plan, outline)
    plan.title, plan.summary = outline.title, outline.summary
    plan.starts_on, plan.ends_on = date.fromisoformat(outline.starts_on), date.fromisoformat(outline.ends_on)
    for place, orientation in enumerate(outline.orientations):
        row = _row(Orientation, orientation, place, plan_id=plan.id, code=orientation.code, summary=orientation.summary)
        for number, objective in enumerate(orientation.objectives):
            _row(Objective, objective, number, orientation_id=row.id, code=objective.code)
            for position, action in enumerate(objective.actions):
                _write_action(actor, plan, objective.id, position, action)
    _remove_others(plan, outline)


def _renew_others(plan: Plan, outline: Outline) -> None:
    """Take for new what has the number of a row that is not of this plan, or not of the same action."""
    orientations = select(Orientation.id).where(Orientation.plan_id == plan.id)
    actions = select(Action.id).where(Action.plan_id == plan.id)
    _renew(outline.orientations, orientations)
    _renew([objective for orientation in outline.orientations for objective in orientation.objectives],
           select(Objective.id).where(Objective.orientation_id.in_(orientations)))
    _renew(list(outline.actions()), actions)
    for model, name in ((Milestone, "milestones"), (Indicator, "indicators")):
        rows = db.session.execute(select(model.id, model.action_id).where(model.action_id.in_(actions))).tuples()
        of_action = dict(rows.all())
        for action in outline.actions():
            for part in getattr(action, name):
                part.id = part.id if of_action.get(part.id) == action.id else 0


def _renew(parts: Sequence[Any], ids: Any) -> None:
    own = set(db.session.scalars(ids))
    for part in parts:
        part.id = part.id if part.id in own else 0


def _row(model: Any, part: Any, position: int, **columns: Any) -> Any:
    """Write one part over its row, or over a new one, whose id the part then has."""
    row = db.session.get(model, part.id) if part.id > 0 else None
    if row is None:
        row = model()
        db.session.add(row)
    values = {"title": part.title, "weight": part.weight, "position": position, "removed_at": None} | columns
    for column, value in values.items():
        setattr(row, column, value)
    db.session.flush()
    part.id = row.id
    return row


def _write_action(actor: Actor, plan: Plan, objective_id: int, position: int, action: ActionOutline) -> None:
    community = communities().by_slug.get(action.community)
    columns: dict[str, Any] = {
        "plan_id": plan.id, "objective_id": objective_id, "code": action.code,
        "body": action.body, "body_html": markdown.render(action.body), "renderer": markdown.VERSION,
        "lead_id": _organisation(action.lead), "community_id": community.id if community else None,
        "starts_on": _day(action.starts_on), "ends_on": _day(action.ends_on), "budget": action.budget}
    if action.id <= 0:
        columns |= {"author_id": actor.own_id, "thread_id": _thread(actor, action, columns["community_id"])}
    row = _row(Action, action, position, **columns)
    keep_thread(row)
    _place(row, action)
    _list(Funding, row, action.funding)
    _list(ActionDocument, row, action.documents)
    for number, indicator in enumerate(action.indicators):
        _write_indicator(row, number, indicator)
    for number, milestone in enumerate(action.milestones):
        _row(Milestone, milestone, number, action_id=row.id, due_on=_day(milestone.due_on))


def _thread(actor: Actor, action: ActionOutline, community_id: int | None) -> int:
    return threads.create(
        "action", action.title, community_id=community_id, author_id=None, is_public=True, is_open=True).id


def _organisation(name: str) -> int | None:
    """Return the organisation of a name, added on first use; one that is no longer offered stays what it is here."""
    if not name:
        return None
    found = organisation_named(name)
    return found.id if found else reference.organisation(name)


def keep_thread(action: Action) -> None:
    """Keep what the thread knows of its action in step; under what was removed or dropped nobody speaks any more."""
    threads.keep(
        action.thread_id, title=action.title, community_id=action.community_id, is_public=action.is_public,
        is_open=action.is_living)


def _write_indicator(action: Action, position: int, indicator: Any) -> None:
    row = db.session.get(Indicator, indicator.id) if indicator.id > 0 else None
    if row is None:
        row = Indicator(action_id=action.id)
        db.session.add(row)
    row.position, row.name, row.unit, row.removed_at = position, indicator.name, indicator.unit, None
    row.baseline, row.target = indicator.baseline, indicator.target
    db.session.flush()
    indicator.id = row.id


def _place(action: Action, outline: ActionOutline) -> None:
    """Put an action in its places on the axes and beside its partners, and in no other."""
    axes, rooms = catalogue(), communities().by_slug
    partners = map(_organisation, outline.partners)
    _link(ActionPartner.organisation_id, action, filter(None, partners))
    _link(ActionCommunity.community_id, action, (rooms[slug].id for slug in outline.communities if slug in rooms))
    _link(ActionIssue.issue_id, action, (
        axes.issue_by_slug[slug].id for slug in outline.issues if slug in axes.issue_by_slug))
    places = {place.code: place.id for place in axes.places}
    _link(ActionTerritory.territory_id, action, (places[code] for code in outline.territories if code in places))


def _link(column: Any, action: Action, ids: Iterable[int]) -> None:
    table, wanted = column.class_, set(ids)
    present = set(db.session.scalars(select(column).where(table.action_id == action.id)))
    if present - wanted:
        run(delete(table).where(table.action_id == action.id, column.in_(present - wanted)))
    db.session.add_all(table(**{"action_id": action.id, column.key: row_id}) for row_id in sorted(wanted - present))


def _list(model: Any, action: Action, parts: Sequence[Any]) -> None:
    """Write a list of an action that has no identity of its own: only what changed is written again."""
    rows = db.session.scalars(select(model).where(model.action_id == action.id).order_by(model.position)).all()
    if [vars(part) for part in parts] == [{name: getattr(row, name) for name in vars(part)}
                                         for row, part in zip(rows, parts, strict=False)] and len(rows) == len(parts):
        return
    for row in rows:
        db.session.delete(row)
    db.session.add_all(model(action_id=action.id, position=n, **vars(part)) for n, part in enumerate(parts))


def _remove_others(plan: Plan, outline: Outline) -> None:
    """Mark as removed what this version no longer holds."""
    actions = list(outline.actions())
    orientations, objectives = select(Orientation.id).where(Orientation.plan_id == plan.id), [
        objective.id for orientation in outline.orientations for objective in orientation.objectives]
    mine = select(Action.id).where(Action.plan_id == plan.id)
    _remove(Orientation, Orientation.plan_id == plan.id, [part.id for part in outline.orientations])
    _remove(Objective, Objective.orientation_id.in_(orientations), objectives)
    _remove(Action, Action.plan_id == plan.id, [action.id for action in actions])
    following.note("action", db.session.scalars(mine))
    _remove(Milestone, Milestone.action_id.in_(mine), [part.id for action in actions for part in action.milestones])
    _remove(Indicator, Indicator.action_id.in_(mine), [part.id for action in actions for part in action.indicators])


def _remove(model: Any, mine: Any, ids: Sequence[int]) -> None:
    gone = update(model).where(mine, model.removed_at.is_(None), model.id.not_in(ids))
    run(gone.values(removed_at=clock.now()).execution_options(synchronize_session=False))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

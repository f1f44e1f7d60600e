"""From an outline to the rows: what a version holds is written, what it no longer holds is marked as removed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from app.comments import threads
from app.communities.queries import get_rooms
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
from app.plan.outline import ActionOutline, Outline, parse_day
from app.plan.queries import rows as queries
from app.plan.queries.rows import Rows
from app.reference import service as reference
from app.reference.former_names import get_organisations
from app.reference.queries import get_catalogue
from app.search.index import index_sync

Written = tuple[Any, dict[str, Any]]
"""A part of an outline, and the columns of its row."""


def write_rows(actor: Actor, plan: Plan, outline: Outline) -> None:
    """Bring the rows of a plan to what an outline says, inside the command that publishes it.

    Each new part of the outline gets the `id` of its row; one with the `id` of a row of another plan, or of another
    action, is new. All the rows of a kind are written together: a plan of 500 actions takes a few dozen statements.
    """
    rows = queries.get_rows(plan)
    _renew_others(rows, outline)
    plan.title, plan.summary = outline.title, outline.summary
    plan.starts_on, plan.ends_on = date.fromisoformat(outline.starts_on), date.fromisoformat(outline.ends_on)
    organisations = _organisations(outline)
    _write_headings(plan, rows, outline)
    sync_threads(_write_actions(actor, plan, rows, outline, organisations))
    _write_milestones(rows, outline)
    _write_indicators(rows, outline)
    for action in outline.actions():
        _write_list(Funding, rows, action.id, action.funding)
        _write_list(ActionDocument, rows, action.id, action.documents)
    _write_axes(rows, outline, organisations)
    _remove_others(plan, outline)


def _renew_others(rows: Rows, outline: Outline) -> None:
    """Clear the ids that are of no row of this plan, or of another action: such a part is new."""
    levels: Sequence[tuple[Iterable[Any], dict[int, Any]]] = (
        (outline.orientations, rows.orientations),
        (_objectives(outline), rows.objectives),
        (outline.actions(), rows.actions),
    )
    for parts, present in levels:
        for part in parts:
            part.id = part.id if part.id in present else 0
    for action in outline.actions():
        inner: Sequence[tuple[Iterable[Any], dict[int, Any]]] = (
            (action.milestones, rows.milestones),
            (action.indicators, rows.indicators),
        )
        for parts, present in inner:
            for part in parts:
                part.id = part.id if part.id in present and present[part.id].action_id == action.id else 0


def _objectives(outline: Outline) -> list[Any]:
    return [objective for orientation in outline.orientations for objective in orientation.objectives]


def _write_rows(model: Any, present: dict[int, Any], parts: Iterable[Written]) -> list[Any]:
    """Write parts over their rows, or over new ones, whose ids they then have. Return the rows, in the same order."""
    written = []
    for part, columns in parts:
        row = present.get(part.id) or model()
        for column, value in ({"removed_at": None} | columns).items():
            setattr(row, column, value)
        db.session.add(row)
        written.append((part, row))
    db.session.flush()
    for part, row in written:
        part.id = row.id
    return [row for _part, row in written]


def _columns(part: Any, position: int, **more: Any) -> dict[str, Any]:
    return {"title": part.title, "weight": part.weight, "position": position} | more


def _write_headings(plan: Plan, rows: Rows, outline: Outline) -> None:
    _write_rows(
        Orientation,
        rows.orientations,
        (
            (part, _columns(part, n, plan_id=plan.id, code=part.code, summary=part.summary))
            for n, part in enumerate(outline.orientations)
        ),
    )
    _write_rows(
        Objective,
        rows.objectives,
        (
            (part, _columns(part, n, orientation_id=orientation.id, code=part.code))
            for orientation in outline.orientations
            for n, part in enumerate(orientation.objectives)
        ),
    )


def _write_actions(
    actor: Actor, plan: Plan, rows: Rows, outline: Outline, organisations: dict[str, int]
) -> list[Action]:
    parts = [
        (
            part,
            _columns(
                part,
                n,
                plan_id=plan.id,
                objective_id=objective.id,
                code=part.code,
                budget=part.budget,
                lead_id=organisations.get(part.lead),
                community_id=_community(part.community),
                starts_on=parse_day(part.starts_on),
                ends_on=parse_day(part.ends_on),
            )
            | _text(part, rows.actions.get(part.id)),
        )
        for objective in _objectives(outline)
        for n, part in enumerate(objective.actions)
    ]
    _add_threads(actor, [(part, columns) for part, columns in parts if not part.id])
    return _write_rows(Action, rows.actions, parts)


def _add_threads(actor: Actor, parts: Sequence[tuple[ActionOutline, dict[str, Any]]]) -> None:
    """Add the thread of each of these new actions, and write in its columns which it is, and who made it."""
    new = [
        threads.add(
            "action", part.title, community_id=columns["community_id"], author_id=None, is_public=True, is_open=True
        )
        for part, columns in parts
    ]
    db.session.flush()
    for (_part, columns), thread in zip(parts, new, strict=True):
        columns |= {"author_id": actor.own_id, "thread_id": thread.id}


def _text(action: ActionOutline, row: Action | None) -> dict[str, Any]:
    """Return the columns of the text of an action; none where its row has it as it would be drawn now."""
    if row is not None and (row.body, row.renderer) == (action.body, markdown.VERSION):
        return {}
    return {"body": action.body, "body_html": markdown.render(action.body), "renderer": markdown.VERSION}


def _community(slug: str) -> int | None:
    room = get_rooms().by_slug.get(slug)
    return room.id if room else None


def _organisations(outline: Outline) -> dict[str, int]:
    """Return the organisations that are named, added on first use; one that is no longer offered stays what it is."""
    names = {name for action in outline.actions() for name in (action.lead, *action.partners) if name}
    present = get_organisations(names)
    return {
        name: present[name].id if name in present else reference.get_or_add_organisation(name) for name in sorted(names)
    }


def sync_thread(action: Action) -> None:
    """Keep what the thread knows of its action in step; under what was removed or dropped nobody speaks any more."""
    threads.sync(action.thread_id, **_facts(action))


def sync_threads(actions: Iterable[Action]) -> None:
    """Keep the threads of several actions in step, as `sync_thread` does."""
    threads.sync_each({action.thread_id: _facts(action) for action in actions})


def _facts(action: Action) -> dict[str, Any]:
    return {
        "title": action.title,
        "community_id": action.community_id,
        "is_public": action.is_public,
        "is_open": action.is_living,
    }


def _write_milestones(rows: Rows, outline: Outline) -> None:
    _write_rows(
        Milestone,
        rows.milestones,
        (
            (part, _columns(part, n, action_id=action.id, due_on=parse_day(part.due_on)))
            for action in outline.actions()
            for n, part in enumerate(action.milestones)
        ),
    )


def _write_indicators(rows: Rows, outline: Outline) -> None:
    _write_rows(
        Indicator,
        rows.indicators,
        (
            (
                part,
                {
                    "action_id": action.id,
                    "position": n,
                    "name": part.name,
                    "unit": part.unit,
                    "baseline": part.baseline,
                    "target": part.target,
                },
            )
            for action in outline.actions()
            for n, part in enumerate(action.indicators)
        ),
    )


def _write_axes(rows: Rows, outline: Outline, organisations: dict[str, int]) -> None:
    """Put each action in its places on the axes and beside its partners, and in no other."""
    axes = get_catalogue()
    places = {place.code: place.id for place in axes.places}
    for action in outline.actions():
        issues = (axes.issue_at(slug) for slug in action.issues)
        for column, ids in (
            (ActionPartner.organisation_id, map(organisations.get, action.partners)),
            (ActionCommunity.community_id, map(_community, action.communities)),
            (ActionIssue.issue_id, (issue.id for issue in issues if issue)),
            (ActionTerritory.territory_id, map(places.get, action.territories)),
        ):
            _write_axis(column, action.id, rows.axes[column].get(action.id, set()), set(filter(None, ids)))


def _write_axis(column: Any, action_id: int, present: set[int], wanted: set[int]) -> None:
    table = column.class_
    if present - wanted:
        run(delete(table).where(table.action_id == action_id, column.in_(present - wanted)))
    db.session.add_all(table(**{"action_id": action_id, column.key: row_id}) for row_id in sorted(wanted - present))


def _write_list(model: Any, rows: Rows, action_id: int, parts: Sequence[Any]) -> None:
    """Write a list of an action that has no identity of its own: only what changed is written again."""
    present = rows.lists[model].get(action_id, [])
    if len(present) == len(parts) and all(map(_is_equal, present, parts)):
        return
    for row in present:
        db.session.delete(row)
    db.session.add_all(model(action_id=action_id, position=n, **vars(part)) for n, part in enumerate(parts))


def _is_equal(row: Any, part: Any) -> bool:
    return all(getattr(row, name) == value for name, value in vars(part).items())


def _remove_others(plan: Plan, outline: Outline) -> None:
    """Mark as removed what this version no longer holds."""
    actions = list(outline.actions())
    orientations = select(Orientation.id).where(Orientation.plan_id == plan.id)
    mine = select(Action.id).where(Action.plan_id == plan.id)
    _remove(Orientation, Orientation.plan_id == plan.id, outline.orientations)
    _remove(Objective, Objective.orientation_id.in_(orientations), _objectives(outline))
    _remove(Action, Action.plan_id == plan.id, actions)
    index_sync.mark_changed("action", db.session.scalars(mine))
    _remove(Milestone, Milestone.action_id.in_(mine), [part for action in actions for part in action.milestones])
    _remove(Indicator, Indicator.action_id.in_(mine), [part for action in actions for part in action.indicators])


def _remove(model: Any, mine: Any, parts: Sequence[Any]) -> None:
    others = update(model).where(mine, model.removed_at.is_(None), model.id.not_in([part.id for part in parts]))
    run(others.values(removed_at=clock.now()).execution_options(synchronize_session=False))

"""Writing the draft of a plan, a part at a time; the first change of a published plan begins it."""
from collections.abc import Callable
from typing import Any

from app.core.actor import Actor
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.plan import editing, policy
from app.plan.models.structure import Plan
from app.plan.outline import Outline
from app.plan.queries import plans as queries
from app.plan.service import publishing

GONE = N_("Cette partie du plan n'est plus dans le brouillon, ou celle où vous la placez : quelqu'un l'a retirée.")


@command
def write_head(
        actor: Actor, plan: Plan, *, title: str, summary: str, starts_on: str, ends_on: str, version: str) -> None:
    """Change the plan's own words and years. Raise Conflict for another version, Invalid for years that end first."""
    def act(outline: Outline) -> bool:
        outline.title, outline.summary, outline.starts_on, outline.ends_on = title, summary, starts_on, ends_on
        publishing.check(outline)
        return True

    _change(actor, plan, act, version)


@command
def write_part(actor: Actor, plan: Plan, level: str, part: Any, *, under: int, version: str) -> int:
    """Write a part of the plan (a new one has the id 0) under its parent (0: the plan itself). Return its id.

    `version` is that of the `WorkingCopy` on the page. Raise Conflict where it is another one now or the part is gone,
    Invalid for a code that another part has.
    """
    def act(outline: Outline) -> bool:
        is_there = (editing.write if part.id else editing.add)(outline, level, part, under)
        publishing.check(outline)
        return is_there

    _change(actor, plan, act, version)
    return int(part.id)


@command
def move_part(actor: Actor, plan: Plan, level: str, part_id: int, *, step: int, version: str) -> None:
    """Move a part before (-1) or after (1) its neighbour. Raise Conflict as `write_part` does."""
    _change(actor, plan, lambda outline: editing.move(outline, level, part_id, step), version)


@command
def remove_part(actor: Actor, plan: Plan, level: str, part_id: int, *, version: str) -> None:
    """Remove a part with all that it holds. Raise Conflict as `write_part` does."""
    _change(actor, plan, lambda outline: editing.remove(outline, level, part_id), version)


def _change(actor: Actor, plan: Plan, act: Callable[[Outline], bool], version: str) -> None:
    """Change the present draft with an act that returns whether it found what it changes."""
    require(actor, policy.WRITE, plan)
    working = queries.working_copy(plan)
    if working.version != version:
        raise Conflict(publishing.CHANGED)
    before = working.outline.dump()
    if not act(working.outline):
        raise Conflict(GONE)
    if working.outline.dump() != before:
        publishing.save_draft(actor, plan, working.outline, version=working.draft.version if working.draft else "")

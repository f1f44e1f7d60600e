"""Writing the draft of a plan, a part at a time; the first change of a published plan begins it."""

from collections.abc import Callable
from typing import Any

from app.accounts.submissions import Sending
from app.core.actor import Actor
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.plan import editing, policy
from app.plan.draft_tree import build_tree
from app.plan.models.structure import Plan
from app.plan.outline import Outline
from app.plan.queries import plans as queries
from app.plan.service import publishing

GONE = N_("Cette partie du plan n'est plus dans le brouillon, ou celle où vous la placez : quelqu'un l'a retirée.")
MOVED = N_("Cette partie ou sa voisine a changé de place entre-temps : voici leur ordre.")
OTHER_PART = N_("Quelqu'un a changé cette partie pendant que vous la lisiez : relisez-la avant de l'enlever.")

OTHER_CHANGE = N_("Quelqu'un a changé cette partie pendant que vous la lisiez : voici ce qui change maintenant.")
NO_PLACE = N_("Ce qui tenait cette partie n'est plus dans le brouillon : remettez-le d'abord à sa place.")


@command
def write_head(actor: Actor, plan: Plan, *, title: str, summary: str, starts_on: str, ends_on: str) -> None:
    """Change the plan's own words and years. Raise Invalid for years that end first."""

    def act(outline: Outline) -> None:
        outline.title, outline.summary, outline.starts_on, outline.ends_on = title, summary, starts_on, ends_on
        publishing.check(outline)

    _change(actor, plan, act)


@command
def write_part(actor: Actor, plan: Plan, level: str, part: Any, *, under: int, form_key: str | None = None) -> int:
    """Write a part of the plan (a new one has the id 0) under its parent (0: the plan itself). Return its id.

    What its present words are is for the caller to compare; the same form sent twice adds one part. Raise Conflict
    where the part or its parent is gone, Invalid for a code that another part has.
    """

    def act(outline: Outline) -> None:
        if not (editing.write if part.id else editing.add)(outline, level, part, under):
            raise Conflict(GONE)
        publishing.check(outline)

    sending = Sending(actor, "plan_part", None if part.id else form_key)
    first_id = sending.first_result()
    if first_id:
        return first_id
    _change(actor, plan, act)
    sending.record(part.id)
    return int(part.id)


@command
def move_part(actor: Actor, plan: Plan, level: str, part_id: int, *, step: int, neighbour_id: int) -> None:
    """Move a part before (-1) or after (1) its neighbour. Raise Conflict where another one is there now."""

    def act(outline: Outline) -> None:
        if not editing.move(outline, level, part_id, step, neighbour_id):
            raise Conflict(MOVED)

    _change(actor, plan, act)


@command
def remove_part(actor: Actor, plan: Plan, level: str, part_id: int, *, version: str) -> None:
    """Remove a part with all that it holds. Raise Conflict where `editing.compute_version` names it otherwise now."""

    def act(outline: Outline) -> None:
        position = editing.find_position(outline, level, part_id)
        if position is None:
            raise Conflict(GONE)
        if editing.compute_version(position.part) != version:
            raise Conflict(OTHER_PART)
        editing.remove(outline, level, part_id)

    _change(actor, plan, act)


@command
def restore_part(actor: Actor, plan: Plan, level: str, part_id: int, *, version: str) -> None:
    """Bring one part back to what the last version says of it, in its place; what it holds stays.

    Raise Conflict where `DraftPart.version` names what became of it otherwise now, or where its parent is gone; Invalid
    for a code that another part has now.
    """
    published = queries.get_published_outline(plan)

    def act(outline: Outline) -> None:
        found = build_tree(published, outline).find(level, part_id)
        if found is None or found.version != version:
            raise Conflict(OTHER_CHANGE)
        if not editing.restore(published, outline, level, part_id):
            raise Conflict(NO_PLACE)
        publishing.check(outline)

    _change(actor, plan, act)


def _change(actor: Actor, plan: Plan, act: Callable[[Outline], None]) -> None:
    """Change the draft as it is now; the first change of a published plan begins it."""
    require(actor, policy.CHANGE, plan)
    working = queries.get_working_copy(plan)
    before = working.outline.dump()
    act(working.outline)
    if working.outline.dump() != before:
        publishing.save_draft(actor, plan, working.outline, version=working.draft.version if working.draft else "")

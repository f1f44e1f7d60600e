"""The statuses of ideas derive from the plan: whatever moves an action or a link calls this, inside its command."""

from collections.abc import Sequence

from app.core.actor import Actor
from app.core.unit import command
from app.ideas import service as ideas
from app.ideas.models import LINKED, Idea
from app.ideas.queries import reading
from app.plan.models.structure import Action
from app.plan.queries import statuses as queries
from app.plan.queries.statuses import DerivedStatus, Mismatch


def update_ideas_of(actor: Actor, actions: Sequence[Action]) -> None:
    """Update the ideas that feed some actions, once these moved, went or came back: the last of them is the cause.

    The ideas are held before the plan is asked where they stand: what another command did meanwhile is seen.
    """
    causes = queries.get_last_action_ids([action.id for action in actions]) if actions else {}
    ideas = reading.lock_ideas(Idea.id.in_(causes)) if causes else ()
    statuses = queries.get_derived_statuses(causes)
    for idea in ideas:
        _apply(actor.own_id, idea, statuses[idea.id], causes[idea.id])


def update_idea(actor: Actor, idea: Idea, action_id: int) -> None:
    """Update an idea, once its link with an action began or ended."""
    _apply(actor.own_id, idea, queries.get_derived_statuses([idea.id])[idea.id], action_id)


@command
def repair() -> Sequence[Mismatch]:
    """Bring every idea to the status that derives from the plan, and return those that had another.

    Nobody is told. An idea that was archived, declined or withdrawn keeps its status: its link is what is wrong.
    """
    found = list(queries.list_mismatches())
    ids = [one.idea_id for one in found]
    ideas = reading.lock_ideas(Idea.id.in_(ids))
    statuses = queries.get_derived_statuses(ids)
    for idea in ideas:
        _apply(None, idea, statuses[idea.id], idea.action_id)
    return found


def _apply(by: int | None, idea: Idea, derived: DerivedStatus, cause_id: int | None) -> None:
    """Add a step, unless the idea has that status already; one that a team had set names its action from now on.

    `cause_id` is the action that the step names where none leads the idea any more.
    """
    if idea.status not in LINKED:
        return
    action_id = derived.action_for(idea)
    if idea.status == derived.status and (action_id is None or idea.action_id is not None):
        idea.action_id = action_id
        return
    ideas.set_derived_status(by, idea, derived.status, leads=action_id, action_id=action_id or cause_id)

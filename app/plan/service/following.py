"""The steps of ideas follow the plan: whatever moves an action or a link calls this, inside its command."""
from collections.abc import Sequence

from app.core.actor import Actor
from app.core.unit import command
from app.ideas import service as ideas
from app.ideas.models import LINKED, Idea
from app.ideas.queries import reading
from app.plan.models.structure import Action
from app.plan.queries import following as queries
from app.plan.queries.following import Mismatch, Step


def follow_action(actor: Actor, action: Action) -> None:
    """Bring each idea that feeds an action to the step that follows, once the action moved, went or came back."""
    follow_actions(actor, [action])


def follow_actions(actor: Actor, actions: Sequence[Action]) -> None:
    """Bring each idea that feeds some of these actions to the step that follows, once: the last of them is its cause.

    The ideas are held before the plan is asked where they stand: what another command did meanwhile is seen.
    """
    causes = queries.actions_fed_by([action.id for action in actions]) if actions else {}
    ideas = reading.hold(Idea.id.in_(causes)) if causes else ()
    steps = queries.steps(causes)
    for idea in ideas:
        _follow(actor.own_id, idea, steps[idea.id], causes[idea.id])


def follow_link(actor: Actor, idea: Idea, action_id: int) -> None:
    """Bring an idea to the step that follows, once its link with an action began or ended."""
    _follow(actor.own_id, idea, queries.steps([idea.id])[idea.id], action_id)


@command
def mend() -> Sequence[Mismatch]:
    """Bring every idea to the step that follows from the plan, and return those that were elsewhere.

    Nobody is told. An idea that was taken out of the way keeps its step: its link is what is wrong.
    """
    found = list(queries.mismatches())
    ideas = reading.hold(Idea.id.in_([one.idea_id for one in found]))
    steps = queries.steps([one.idea_id for one in found])
    for idea in ideas:
        _follow(None, idea, steps[idea.id], idea.action_id)
    return found


def _follow(by: int | None, idea: Idea, step: Step, cause_id: int | None) -> None:
    """Take the step, unless the idea stands there already; one that a team had set names its action from now on."""
    if idea.status not in LINKED:
        return
    leads = step.leads(idea)
    if idea.status == step.status and (leads is None or idea.action_id is not None):
        idea.action_id = leads
        return
    ideas.follow(by, idea, step.status, leads=leads, action_id=leads or cause_id)

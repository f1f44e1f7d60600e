"""An action out of sight and back, with all that is said under it."""

from app.core.actor import Actor
from app.core.permits import require
from app.core.unit import command
from app.plan import policy
from app.plan.models.structure import Action
from app.plan.queries import statuses as queries
from app.plan.service import applying, statuses


@command(also=lambda _actor, action: queries.list_ideas_of_action(action.id))
def hide(actor: Actor, action: Action, *, reason: str) -> None:
    """Take an action out of sight, with its bulletins and its thread; ideas follow it no more.

    Raise Forbidden without the right to.
    """
    require(actor, policy.HIDE_ACTION, action)
    action.hide(actor.own_id, reason)
    applying.sync_thread(action)
    statuses.update_ideas_of(actor, [action])


@command(also=lambda _actor, action: queries.list_ideas_of_action(action.id))
def restore(actor: Actor, action: Action) -> None:
    """Show an action again. Raise Forbidden without the right to."""
    require(actor, policy.RESTORE_ACTION, action)
    action.show()
    applying.sync_thread(action)
    statuses.update_ideas_of(actor, [action])

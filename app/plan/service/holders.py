"""The charge of keeping an action up to date, given to persons by the coordination."""

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.plan import policy
from app.plan.models.progress import Holder
from app.plan.models.structure import Action, Plan
from app.plan.queries import holders as queries
from app.plan.signals import HolderNamed, HolderRelieved

NO_ACCOUNT = N_("Aucun compte confirmé n'a cette adresse : vérifiez-la, ou invitez la personne à s'inscrire.")
ARCHIVED = N_(
    "Ce plan est aux archives : personne n'a plus à tenir ses actions à jour. Sortez-le d'abord des archives."
)


@command
def appoint(actor: Actor, action: Action, user: User | None) -> None:
    """Give a person the charge of an action; a second time changes nothing.

    Raise Conflict where the plan is archived, Invalid for an account that is not there, not confirmed or closed: all
    are answered alike.
    """
    require(actor, policy.NAME_HOLDER, action)
    if db.session.get_one(Plan, action.plan_id).is_archived:
        raise Conflict(ARCHIVED)
    if user is None or user.confirmed_at is None or user.closed_at is not None or not user.active:
        raise Invalid(NO_ACCOUNT, "email")
    if any(holder.user_id == user.id for holder in queries.list_holders(action.id)):
        return
    holder = Holder(action_id=action.id, user_id=user.id, given_by=actor.own_id)
    db.session.add(holder)
    db.session.flush()
    tell(HolderNamed(holder.id))


@command
def relieve(actor: Actor, action: Action, user_id: int) -> None:
    """End the charge of a person, if they have it."""
    require(actor, policy.NAME_HOLDER, action)
    for holder in queries.lock_holders(Holder.action_id == action.id, Holder.user_id == user_id):
        holder.ended_at, holder.ended_by = clock.now(), actor.id
        tell(HolderRelieved(holder.id, by=actor.own_id))

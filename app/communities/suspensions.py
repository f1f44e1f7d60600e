"""Suspending an account as an administrator does: not for what it said, but because it is in the wrong hands."""

from datetime import datetime

from sqlalchemy import select

from app.accounts import policy, sessions
from app.accounts.models.people import User
from app.communities.models import Restriction
from app.communities.queries import in_force
from app.communities.signals import AccountSuspended, SuspensionLifted
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command

PAST = N_("La fin de la suspension doit être dans l'avenir.")
NO_END = N_("La connexion reste empêchée jusqu'à ce qu'on lève la suspension : n'indiquez pas de fin.")
STILL_ADMIN = N_("Retirez d'abord à cette personne son rôle d'administration.")
ALREADY = N_("Ce compte est déjà suspendu par l'administration.")
NOT_YET = N_("Ce compte n'est pas suspendu par l'administration.")


@command
def suspend(actor: Actor, user: User, *, reason: str, until: datetime | None = None, locks: bool = False) -> None:
    """Keep an account from taking part, until a time if one is said; `locks`: from signing in too.

    Raise Invalid for a wrong end, Conflict where it holds already.
    """
    require(actor, policy.PROTECT, user)
    _check(user, until, locks=locks)
    db.session.add(
        Restriction(
            user_id=user.id,
            kind="suspend",
            reason=reason,
            is_administrative=True,
            by_id=actor.id,
            at=clock.now(),
            until=until,
        )
    )
    if locks:
        user.active = False
        sessions.end_others(user.id, but=None)
    tell(AccountSuspended(user.id, reason, by=actor.own_id))


def _check(user: User, until: datetime | None, *, locks: bool) -> None:
    if until is not None and until <= clock.now():
        raise Invalid(PAST, "until")
    if until is not None and locks:
        raise Invalid(NO_END, "until")
    if user.site_role == "admin":
        raise Conflict(STILL_ADMIN)
    if find_suspension(user) is not None:
        raise Conflict(ALREADY)


@command
def lift(actor: Actor, user: User, *, reason: str) -> None:
    """Restore to an account what its suspension took. Raise Conflict where none holds."""
    require(actor, policy.PROTECT, user)
    restriction = find_suspension(user)
    if restriction is None:
        raise Conflict(NOT_YET)
    restriction.lifted_at, restriction.lifted_by = clock.now(), actor.id
    user.active = True
    tell(SuspensionLifted(user.id, reason, by=actor.own_id))


def find_suspension(user: User) -> Restriction | None:
    """Return the suspension by the administration that holds now; those of facilitation are not its to lift."""
    query = select(Restriction).where(Restriction.user_id == user.id, Restriction.is_administrative, in_force())
    return db.session.scalar(query.order_by(Restriction.id.desc()).limit(1))

"""What an administrator does for the accounts of others, and for the site: the person is told, readings are kept."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from app.accounts import policy, service, sessions
from app.accounts.models.accesses import Access
from app.accounts.models.people import User
from app.accounts.signals import SecondFactorDropped, SettingsChanged, SignedOut
from app.core import clock, settings
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command

SAME_READING = timedelta(minutes=15)
ACCESS_RETENTION = timedelta(days=730)
NO_FACTOR = N_("Ce compte n'a pas de vérification en deux étapes.")


@command
def note(actor: Actor, user_ids: Sequence[int], what: str) -> None:
    """Write down that the actor read what these accounts keep to themselves; a reading that goes on is one."""
    require(actor, policy.ADMINISTER)
    same = (Access.by_id == actor.id, Access.what == what, Access.at > clock.now() - SAME_READING)
    recent_ids = set(db.session.scalars(select(Access.user_id).where(Access.user_id.in_(user_ids), *same)))
    new = [
        {"by_id": actor.id, "user_id": user_id, "what": what, "at": clock.now()}
        for user_id in user_ids
        if user_id not in recent_ids and user_id != actor.id
    ]
    if new:
        db.session.execute(insert(Access), new)


@command
def sign_out(actor: Actor, user: User) -> None:
    """Close every session of an account; whoever holds it signs in again."""
    require(actor, policy.CHANGE, user)
    sessions.end_all(user)
    tell(SignedOut(user.id, by=actor.own_id))


@command
def drop_second_factor(actor: Actor, user: User, *, reason: str) -> None:
    """Turn off the second factor of somebody who lost it, and close their sessions.

    Raise Conflict when there is none.
    """
    require(actor, policy.PROTECT, user)
    if not user.has_two_factor:
        raise Conflict(NO_FACTOR)
    service.drop_second_factor(user)
    tell(SecondFactorDropped(user.id, reason, by=actor.own_id))


@command
def change_settings(actor: Actor, **values: Any) -> None:
    """Keep the settings that differ from what they are, and tell which ones."""
    require(actor, policy.SET)
    new = {key: value for key, value in values.items() if settings.get_value(key) != value}
    if new:
        settings.change(actor.id, **new)
        tell(SettingsChanged(tuple(sorted(new)), by=actor.own_id))


@command
def forget_old_accesses() -> None:
    run(delete(Access).where(Access.at < clock.now() - ACCESS_RETENTION))

from typing import Any

from app.accounts.models.people import Profile, User
from app.core.actor import Actor
from app.core.permits import Permission, anyone, is_admin, is_coordinator, is_of_another


def is_self(actor: Actor, user: User) -> bool:
    return actor.is_someone and user.id == actor.id


def is_someone(actor: Actor, _subject: Any) -> bool:
    return actor.is_someone


def is_present(_actor: Actor, user: User) -> bool:
    return user.is_present


def is_another(actor: Actor, user: User) -> bool:
    return user.id != actor.id


def is_own(actor: Actor, profile: Profile) -> bool:
    return actor.is_someone and profile.author_id == actor.id


def is_public(_actor: Actor, profile: Profile) -> bool:
    return profile.is_public


def is_of_present(_actor: Actor, profile: Profile) -> bool:
    """The account of this person is not closed."""
    return profile.author.is_present


def is_hidden(_actor: Actor, profile: Profile) -> bool:
    return profile.is_hidden


def is_to_read(_actor: Actor, profile: Profile) -> bool:
    """It is shown, or it is hidden and its words changed since."""
    return not profile.is_hidden or profile.changed_at is not None


READ = Permission("account:read", [is_present])
MANAGE = Permission("account:manage", [is_self])
SIGNED_IN = Permission("account:signed_in", [is_someone])
ADMINISTER = Permission("account:administer", [is_admin])
CHANGE = Permission("account:change", [is_admin, is_present])
PROTECT = Permission("account:protect", [is_admin, is_another, is_present])
READ_ACCESSES = Permission("access:read", [is_admin], [is_coordinator])
SET = Permission("setting:edit", [is_admin])
READ_CHARTER = Permission("charter:read", [anyone])
EDIT_CHARTER = Permission("charter:edit", [is_coordinator])
READ_PROFILE = Permission("profile:read", [is_public], [is_coordinator, is_of_present])
READ_OWN_PROFILE = Permission("profile:read_own", [is_own, is_of_present])
HIDE_PROFILE = Permission("profile:hide", [is_coordinator, is_of_another, is_of_present, is_to_read])
RESTORE_PROFILE = Permission("profile:restore", [is_coordinator, is_of_another, is_of_present, is_hidden])

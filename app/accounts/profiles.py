"""Profiles out of sight: hiding takes the words of a person out of their account, restoring puts them back."""

from collections.abc import Mapping

from app.accounts import changes, policy
from app.accounts import queries as accounts
from app.accounts.models.people import Profile, User
from app.accounts.signals import ProfileChanged
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import sort_key
from app.core.unit import command
from app.reference import service as reference

HIDDEN_NAME = N_("Nom masqué")
"""What an account is named while its profile is hidden; pages say it in the reader's language."""
CHANGED = N_("Ce profil a changé pendant que vous le lisiez. Relisez-le avant de décider.")


def get_or_add_profile(user: User) -> Profile:
    """Return the row of a profile, made on first use inside a command that was given the account."""
    insert_once(Profile, author_id=user.id)
    return accounts.get_profile(user)


@command
def hide(actor: Actor, profile: Profile, *, reason: str) -> None:
    """Take a profile out of sight, or leave out of sight what its author wrote since."""
    require(actor, policy.HIDE_PROFILE, profile)
    if not profile.is_hidden:
        changes.drop(user_id=profile.author_id)
        _move_words(profile.author, profile)
        keep_words(profile.author, name=HIDDEN_NAME, about="", organisation_id=None)
    profile.hide(actor.own_id, reason)
    profile.changed_at = None


@command
def restore(actor: Actor, profile: Profile) -> None:
    """Show a profile again, in the words that its author wrote last."""
    require(actor, policy.RESTORE_PROFILE, profile)
    _move_words(profile, profile.author)
    empty(profile)
    profile.show()


def check_version(profile: Profile, version: str) -> None:
    """Refuse to decide of words that were not read: their author may still write others."""
    if profile.version != version:
        raise Conflict(CHANGED)


def keep_words(holder: User | Profile, *, name: str, about: str, organisation_id: int | None) -> bool:
    """Keep the words of a person where they stand now; tell whether any of them is new."""
    before = holder.name, holder.about, holder.organisation_id
    holder.name, holder.about, holder.organisation_id = name, about, organisation_id
    if isinstance(holder, User):
        holder.sort_key = sort_key(name)
    return before != (name, about, organisation_id)


def hold_words(profile: Profile, words: Mapping[str, str]) -> bool:
    """Keep what the author of a hidden profile writes, and have the team read it; return whether it waits for that."""
    organisation = words["organisation"]
    organisation_id = (
        reference.get_or_add_organisation(organisation, present=profile.organisation_id) if organisation else None
    )
    if keep_words(profile, name=words["name"], about=words["about"], organisation_id=organisation_id):
        was_waiting, profile.changed_at = profile.changed_at is not None, clock.now()
        db.session.flush()
        if not was_waiting:
            tell(ProfileChanged(profile.id))
    return profile.changed_at is not None


def empty(profile: Profile) -> None:
    profile.changed_at = None
    keep_words(profile, name="", about="", organisation_id=None)


def _move_words(source: User | Profile, target: User | Profile) -> None:
    keep_words(target, name=source.name, about=source.about, organisation_id=source.organisation_id)

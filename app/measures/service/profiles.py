"""What is reported and decided of a profile: its row is made as it is first needed, under the lock of the account."""
from app.accounts import profiles
from app.accounts.models.people import Profile, User
from app.core.actor import Actor
from app.core.unit import command
from app.moderation.service import cases, measures


@command
def report(actor: Actor, user: User, *, reason: str, words: str = "") -> bool:
    return cases.report(actor, profiles.row_of(user), reason=reason, words=words)


@command
def hide(actor: Actor, user: User, *, reason: str, version: str = "") -> None:
    """Hide what a person says of themselves; `version` names the words that were read, once they wait."""
    profile = profiles.row_of(user)
    profiles.check(profile, version)
    measures.hide(actor, profile, reason=reason)


@command
def restore(actor: Actor, profile: Profile, *, reason: str, version: str) -> None:
    """Show it again, in the words that `version` names."""
    profiles.check(profile, version)
    measures.restore(actor, profile, reason=reason)

"""Who may act on a member, and who reads what the teams know of one: never where they have no charge."""

from app.accounts import policy as accounts
from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator
from app.moderation.measures.models import Person, Target


def is_another(actor: Actor, person: Person) -> bool:
    return person.user.id != actor.id


def is_here(actor: Actor, person: Person) -> bool:
    return accounts.is_present(actor, person.user)


def wrote_to_them(actor: Actor, person: Person) -> bool:
    """The person posted in a community that the actor has the charge of."""
    return bool(actor.facilitates & person.community_ids)


def target_is_another(actor: Actor, target: Target) -> bool:
    """Neither themselves, nor about or on the author of words that they reported and a colleague still examines."""
    is_judge = actor.reported_subjects.isdisjoint({("user", target.person.user.id), target.about})
    return is_judge and is_another(actor, target.person) and is_here(actor, target.person)


def has_charge_there(actor: Actor, target: Target) -> bool:
    return target.community_id is not None and target.community_id in actor.facilitates


def posted_there(_actor: Actor, target: Target) -> bool:
    return target.community_id in target.person.community_ids


def is_everywhere(_actor: Actor, target: Target) -> bool:
    return target.community_id is None


def has_no_role(_actor: Actor, target: Target) -> bool:
    """Neither coordinator nor admin."""
    return target.person.user.site_role == "member"


def is_no_colleague(_actor: Actor, target: Target) -> bool:
    return target.community_id not in target.person.charges


PERSON_READ = Permission("member:follow", [is_coordinator, is_another, is_here], [wrote_to_them, is_another, is_here])
WARN = Permission(
    "member:warn",
    [is_coordinator, target_is_another, posted_there],
    [is_coordinator, target_is_another, is_everywhere],
    [has_charge_there, target_is_another, posted_there, has_no_role, is_no_colleague],
)
RESTRICT = Permission(
    "member:restrict",
    [is_coordinator, target_is_another, posted_there],
    [is_coordinator, target_is_another, is_everywhere, has_no_role],
    [has_charge_there, target_is_another, posted_there, has_no_role, is_no_colleague],
)

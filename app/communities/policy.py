"""Who may do what in a community; most other rooms ask `facilitates`."""

from typing import Any, Protocol

from app.core.actor import Actor
from app.core.permits import Permission, anyone, is_admin, is_coordinator, may_take_part


class HasCommunity(Protocol):
    @property
    def community_id(self) -> Any: ...


class HasPrivacy(HasCommunity, Protocol):
    @property
    def is_private(self) -> Any: ...


def sees(actor: Actor, subject: HasPrivacy) -> bool:
    """What belongs to a private community is for its members, and those who have the charge of it."""
    is_inside = subject.community_id in actor.memberships | actor.facilitates
    return not subject.is_private or is_inside or actor.is_coordinator


def have_same_readers(here: HasPrivacy, there: HasPrivacy) -> bool:
    """Both are public, or both in one private community: what was said among members stays among them."""
    return not (here.is_private or there.is_private) or here.community_id == there.community_id


def may_take_part_there(actor: Actor, subject: HasPrivacy) -> bool:
    """They may take part on the site, see this community, and were not asked to stay out of it."""
    return may_take_part(actor, subject) and subject.community_id not in actor.barred_ids and sees(actor, subject)


def facilitates(actor: Actor, subject: HasCommunity) -> bool:
    """The actor has the charge of the community this content belongs to; a coordinator has all of them."""
    is_in_charge = subject.community_id is not None and subject.community_id in actor.facilitates
    return actor.is_coordinator or is_in_charge


def alone_in_charge(actor: Actor, community_id: int | None) -> int | None:
    """Return who alone has the charge of a community, coordinators counted, as far as the actor knows."""
    team = {who for place, who in actor.charges if place in (None, community_id)}
    return team.pop() if len(team) == 1 else None


def stands_in(actor: Actor, place: HasPrivacy, author_id: int | None) -> bool:
    """They animate another community, and whoever wrote this is alone in charge of its own, which is not private."""
    is_open = bool(actor.facilitates) and not place.is_private and author_id is not None
    return is_open and alone_in_charge(actor, place.community_id) == author_id


def has_colleagues(actor: Actor, place: HasPrivacy, author_id: int | None = None) -> bool:
    """Somebody but the author has a charge that lets them decide: of this place, of all, of another (`stands_in`)."""
    places, parties = (None, place.community_id), (actor.id, author_id)
    return any(who not in parties and (where in places or not place.is_private) for where, who in actor.charges)


def has_any_charge(actor: Actor, _subject: Any) -> bool:
    return actor.is_coordinator or bool(actor.facilitates)


def has_charge(actor: Actor, community: Any) -> bool:
    return actor.is_coordinator or community.id in actor.facilitates


def sees_room(actor: Actor, community: Any) -> bool:
    is_inside = community.id in actor.memberships | actor.facilitates
    return not community.is_private or is_inside or actor.is_coordinator


def may_join(actor: Actor, community: Any) -> bool:
    """A private community takes those whom it invites (docs/decisions)."""
    return not community.is_private and community.id not in actor.barred_ids


def is_public(_actor: Actor, community: Any) -> bool:
    return not community.is_private


def is_private(_actor: Actor, community: Any) -> bool:
    return bool(community.is_private)


def is_current(_actor: Actor, community: Any) -> bool:
    return not community.is_archived


def is_someone(actor: Actor, _community: Any) -> bool:
    return actor.is_someone


def has_charge_of_them(actor: Actor, account: Any) -> bool:
    """They have the charge of a community where the frozen account posted."""
    return actor.is_coordinator or bool(actor.facilitates & account.community_ids)


def account_is_another(actor: Actor, account: Any) -> bool:
    """It is not their own account, nor that of somebody whose words they reported."""
    return actor.id != account.user_id and ("user", account.user_id) not in actor.reported_subjects


READ = Permission("community:read", [sees_room])
JOIN = Permission("community:join", [may_take_part, may_join, is_current])
LEAVE = Permission("community:leave", [is_someone, sees_room])
MODERATE = Permission("community:moderate", [has_charge])
INVITE = Permission("community:invite", [has_charge, is_private, is_current])
OPEN_INVITATION = Permission("invitation:open", [anyone])
ACCEPT = Permission("invitation:accept", [may_take_part])
LIST_MEMBERS = Permission("community:list_members", [has_charge])
PART = Permission("community:part", [has_charge, is_private])
# Whoever has the charge of a community types what was said at its meetings; other charges to come are clauses here.
SIT = Permission("sitting:open", [has_charge, is_current])
EDIT = Permission("community:edit", [is_coordinator])
REVIEW = Permission("account:review", [has_charge_of_them, account_is_another])
GRANT = Permission("community:grant", [is_coordinator], [is_admin, is_public])

"""Who may do what in a community; most other rooms ask `facilitates`."""
from typing import Any, Protocol

from app.core.actor import Actor
from app.core.permits import Permission, anyone, is_admin, is_confirmed, is_coordinator


class InCommunity(Protocol):
    community_id: Any


def facilitates(actor: Actor, subject: InCommunity) -> bool:
    """The actor has the charge of the community this content belongs to; a coordinator has all of them."""
    is_in_charge = subject.community_id is not None and subject.community_id in actor.facilitates
    return actor.is_coordinator or is_in_charge


def has_charge(actor: Actor, community: Any) -> bool:
    return actor.is_coordinator or community.id in actor.facilitates


def is_current(_actor: Actor, community: Any) -> bool:
    return not community.is_archived


def is_someone(actor: Actor, _community: Any) -> bool:
    return actor.is_someone


READ = Permission("community:read", [anyone])
JOIN = Permission("community:join", [is_confirmed, is_current])
LEAVE = Permission("community:leave", [is_someone])
MODERATE = Permission("community:moderate", [has_charge])
EDIT = Permission("community:edit", [is_coordinator])
GRANT = Permission("community:grant", [is_coordinator], [is_admin])

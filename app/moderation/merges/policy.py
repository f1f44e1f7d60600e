"""Who may join an idea to another, part it again, draw one out of it, or say that two are related."""

from app.communities import policy as communities
from app.communities.policy import facilitates, has_any_charge
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.merges.models import IdeaPair


def is_open(_actor: Actor, idea: Idea) -> bool:
    """Public and open to support, so that those whose support is counted under the other may withdraw it."""
    return idea.is_open


def is_merged(_actor: Actor, idea: Idea) -> bool:
    return idea.is_merged


def is_kept(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_deleted


def is_public(_actor: Actor, idea: Idea) -> bool:
    return idea.is_public


def reads_it(actor: Actor, idea: Idea) -> bool:
    return ideas.READ.permits(actor, idea)


def are_two(_actor: Actor, pair: IdeaPair) -> bool:
    return pair.idea.id != pair.other.id


def are_of_others(actor: Actor, pair: IdeaPair) -> bool:
    return is_of_another(actor, pair.idea) and is_of_another(actor, pair.other)


def has_charge_of_both(actor: Actor, pair: IdeaPair) -> bool:
    return facilitates(actor, pair.idea) and facilitates(actor, pair.other)


def has_charge_of_one(actor: Actor, pair: IdeaPair) -> bool:
    return facilitates(actor, pair.idea) or facilitates(actor, pair.other)


def are_open(_actor: Actor, pair: IdeaPair) -> bool:
    return pair.idea.is_open and pair.other.is_open


def are_public(_actor: Actor, pair: IdeaPair) -> bool:
    return pair.idea.is_public and pair.other.is_public


def reads_both(actor: Actor, pair: IdeaPair) -> bool:
    return reads_it(actor, pair.idea) and reads_it(actor, pair.other)


def are_in_one_circle(_actor: Actor, pair: IdeaPair) -> bool:
    """The same people read both."""
    return communities.have_same_readers(pair.idea, pair.other)


MERGE = Permission("merge:choose", [facilitates, is_of_another, is_open])
JOIN = Permission("merge:join", [are_two, are_of_others, has_charge_of_both, are_open, are_in_one_circle])
PART = Permission("merge:part", [facilitates, is_of_another, is_merged, is_kept])
SPLIT = Permission("split:make", [facilitates, is_of_another, is_open])
JOIN_BACK = Permission("split:undo", [facilitates, is_of_another, is_open])
CONSIDER = Permission("relation:consider", [has_any_charge, is_of_another, reads_it, is_public])
RELATE = Permission("relation:make", [are_two, are_of_others, has_charge_of_one, reads_both, are_public])
UNRELATE = Permission("relation:undo", [are_two, are_of_others, has_charge_of_one, reads_both])

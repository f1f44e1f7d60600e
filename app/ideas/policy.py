"""Who may do what with an idea: the page of law."""

from typing import Any

from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another, may_take_part
from app.ideas.models import OPEN, Answer, Idea
from app.ideas.transitions import NEXT


def is_published(actor: Actor, idea: Idea) -> bool:
    """Published where this person sees it; what was merged into another stays readable."""
    return idea.is_published and communities.sees(actor, idea)


def is_answerable(_actor: Actor, idea: Idea) -> bool:
    return idea.is_public


def is_author(actor: Actor, idea: Idea) -> bool:
    return actor.is_someone and idea.author_id == actor.id


def is_not_author(actor: Actor, idea: Idea) -> bool:
    """What a team says among itself is not for whoever wrote the idea; to decide on it is `is_of_another`."""
    return idea.author_id != actor.id


def is_alone(actor: Actor, idea: Idea) -> bool:
    """A coordinator, and nobody else has a charge that lets them decide."""
    return actor.is_coordinator and not communities.has_colleagues(actor, idea)


def is_kept(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_deleted


def is_draft(_actor: Actor, idea: Idea) -> bool:
    return idea.is_draft


def was_submitted(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_draft


def is_shown(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_hidden


def is_hidden(_actor: Actor, idea: Idea) -> bool:
    return idea.is_hidden


def is_open(_actor: Actor, idea: Idea) -> bool:
    return idea.is_open


def has_next(_actor: Actor, idea: Idea) -> bool:
    return bool(NEXT.get(idea.status))


def is_living(_actor: Actor, idea: Idea) -> bool:
    """Not yet out of the way: a draft, or in a status that is open."""
    return idea.status in ("draft", "pending", *OPEN)


def is_single(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_merged


def is_pending(_actor: Actor, idea: Idea) -> bool:
    return idea.status == "pending"


def moderates_it(actor: Actor, idea: Idea) -> bool:
    return communities.facilitates(actor, idea)


def decides_on_it(actor: Actor, idea: Idea) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    return moderates_it(actor, idea) or communities.stands_in(actor, idea, idea.author_id)


def answers_it(actor: Actor, answer: Answer) -> bool:
    return ANSWER.permits(actor, answer.idea)


def is_asked(_actor: Actor, answer: Answer) -> bool:
    return answer.is_asked and answer.published_at is None and answer.dropped_at is None


def is_colleague(actor: Actor, answer: Answer) -> bool:
    """Somebody else than who wrote the present words."""
    return answer.by_id != actor.id


def has_charge(actor: Actor, community: Any) -> bool:
    return communities.has_charge(actor, community)


def is_in_the_open(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_private


def may_take_part_there(actor: Actor, idea: Idea) -> bool:
    return communities.may_take_part_there(actor, idea)


def takes_lists_away(actor: Actor, subject: Any) -> bool:
    """A charge of any community: what the list holds is what they may read anyway."""
    return communities.has_any_charge(actor, subject)


READ = Permission(
    "idea:read",
    [is_published],
    [moderates_it, was_submitted, is_kept],
    [decides_on_it, was_submitted, is_kept, is_hidden],
)
READ_OWN = Permission("idea:read_own", [is_author, is_kept])
EXPORT = Permission("idea:export", [takes_lists_away])
WRITE = Permission("idea:write", [may_take_part])
EDIT = Permission(
    "idea:edit",
    [is_author, may_take_part_there, is_kept, is_single, is_living],
    [is_author, may_take_part, is_kept, is_draft],
)
PUBLISH = Permission("idea:publish", [is_author, may_take_part_there, is_draft, is_kept])
DISCARD = Permission("idea:discard", [is_author, is_draft, is_kept])
WITHDRAW = Permission("idea:withdraw", [is_author, may_take_part_there, is_open])
ANSWER = Permission(
    "idea:answer",
    [decides_on_it, is_of_another, is_answerable, has_next],
    [is_author, is_alone, is_answerable, has_next],
)
SUPPORT = Permission("idea:support", [may_take_part_there, is_open])
ADMIT = Permission("idea:admit", [moderates_it, is_of_another, is_pending, is_kept, is_shown])
UNPUBLISH = Permission("idea:unpublish", [moderates_it, is_of_another, was_submitted, is_kept])
MODERATE = Permission("idea:moderate", [moderates_it, was_submitted, is_kept])
HIDE = Permission("idea:hide", [decides_on_it, is_of_another, was_submitted, is_kept, is_shown])
RESTORE = Permission("idea:restore", [decides_on_it, is_of_another, was_submitted, is_kept, is_hidden])
MOVE = Permission("idea:move", [moderates_it, is_of_another, was_submitted, is_kept, is_single, is_in_the_open])
REVIEW = Permission("answer:review", [answers_it, is_asked, is_colleague])
ANSWER_MANY = Permission("answer:many", [has_charge])

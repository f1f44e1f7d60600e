"""Who may take the lead of an idea, offer it to a community, ask for another one, and answer what was asked."""

from app.communities import policy as communities
from app.communities.policy import has_any_charge
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.moves.models import Offer


def is_public_idea(_actor: Actor, idea: Idea) -> bool:
    return idea.is_public


def is_led(_actor: Actor, idea: Idea) -> bool:
    return idea.community_id is not None


def offered_it(actor: Actor, offer: Offer) -> bool:
    """The charge of the community that leads the idea and offers it."""
    return communities.facilitates(actor, offer.idea)


def is_offered_it(actor: Actor, offer: Offer) -> bool:
    return actor.is_coordinator or offer.handover.to_id in actor.facilitates


def is_of_public_idea(_actor: Actor, offer: Offer) -> bool:
    return offer.idea.is_public


def waits(_actor: Actor, offer: Offer) -> bool:
    return offer.handover.state == "open"


def offer_is_of_another(actor: Actor, offer: Offer) -> bool:
    return is_of_another(actor, offer.idea)


def still_stands(_actor: Actor, offer: Offer) -> bool:
    """Its idea is public, and led by the community that offered it."""
    return offer.idea.is_public and offer.idea.community_id == offer.handover.from_id


TAKE_THE_LEAD = Permission(
    "community:take_the_lead", [communities.has_charge, communities.is_public, communities.is_current]
)
MOVE_ASK = Permission(
    "move_request:ask", [ideas.is_author, ideas.may_take_part_there, ideas.is_in_the_open, ideas.is_open, is_led]
)
MOVE_ANSWER = Permission(
    "move_request:answer", [ideas.moderates_it, is_of_another, ideas.is_in_the_open, is_public_idea, is_led]
)
MOVE_READ = Permission(
    "move_request:read",
    [ideas.is_author, ideas.is_in_the_open, is_public_idea],
    [ideas.moderates_it, ideas.is_in_the_open, is_public_idea],
)
MOVE_WITHDRAW = Permission("move_request:withdraw", [ideas.is_author, ideas.is_in_the_open, is_public_idea])
OFFER = Permission("handover:offer", [ideas.moderates_it, is_of_another, ideas.is_in_the_open, is_public_idea, is_led])
HANDOVER_LIST = Permission("handover:list", [has_any_charge])
HANDOVER_READ = Permission("handover:read", [offered_it, is_of_public_idea], [is_offered_it, is_of_public_idea])
HANDOVER_ANSWER = Permission("handover:answer", [is_offered_it, offer_is_of_another, waits, still_stands])
HANDOVER_FOLLOW = Permission("handover:follow", [offered_it])
HANDOVER_CANCEL = Permission("handover:cancel", [offered_it, offer_is_of_another, waits])

"""Who may move what, hand an idea over, act on a member, and undo what was done: never where they have no charge."""
from app.accounts import policy as accounts
from app.comments import policy as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator, is_of_another
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.models.dossiers import Aim, Contested, Offer, Person
from app.moderation.policy import merges
from app.moderation.policy.cases import (
    CONTENT_RESTORE,
    OUT_OF_SIGHT,
    decides_on_it,
    has_any_charge,
    has_effect,
    is_not_concerned,
    is_on_another,
)
from app.updates.models import Update

KIN = {"merge": merges.PART, "split": merges.JOIN_BACK}
CAN_BE_UNDONE = ("hide", "refuse", "lock", "slow", "move", "hand_over", "merge", "split", "warn", "suspend", "block")


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


def is_another(actor: Actor, person: Person) -> bool:
    return person.user.id != actor.id


def is_here(_actor: Actor, person: Person) -> bool:
    return accounts.is_present(_actor, person.user)


def wrote_to_them(actor: Actor, person: Person) -> bool:
    """The person posted in a community that the actor has the charge of."""
    return bool(actor.facilitates & person.places)


def aim_is_at_another(actor: Actor, aim: Aim) -> bool:
    """Not themselves, nor somebody whose words they reported and a colleague still examines, nor about such words."""
    is_judge = actor.reported.isdisjoint({("user", aim.person.user.id), aim.about})
    return is_judge and is_another(actor, aim.person) and is_here(actor, aim.person)


def has_charge_there(actor: Actor, aim: Aim) -> bool:
    return aim.community_id is not None and aim.community_id in actor.facilitates


def posted_there(_actor: Actor, aim: Aim) -> bool:
    return aim.community_id in aim.person.places


def is_everywhere(_actor: Actor, aim: Aim) -> bool:
    return aim.community_id is None


def has_no_role(_actor: Actor, aim: Aim) -> bool:
    """Neither coordinator nor admin."""
    return aim.person.user.site_role == "member"


def is_no_colleague(_actor: Actor, aim: Aim) -> bool:
    return aim.community_id not in aim.person.charges


def is_undoable(_actor: Actor, contested: Contested) -> bool:
    """A measure of a kind that is undone, and not itself what undid another."""
    return contested.measure.kind in CAN_BE_UNDONE and contested.measure.undoes_id is None


def may_put_it_back(actor: Actor, contested: Contested) -> bool:
    """What was moved goes back with the charge of both places; a comment under a hidden idea waits for the idea."""
    measure, content = contested.measure, contested.content
    if content is None:
        return True
    if measure.kind in OUT_OF_SIGHT:
        return CONTENT_RESTORE[type(content)].permits(actor, content)
    if measure.kind in KIN:
        return KIN[measure.kind].permits(actor, content)
    if isinstance(content, Comment):
        return comments.MOVE.permits(actor, content)
    if measure.kind in ("move", "hand_over"):
        before = (measure.data or {}).get("from")
        return ideas.MOVE.permits(actor, content) and (actor.is_coordinator or before in actor.facilitates)
    return isinstance(content, Idea | Update) and comments.SLOW.permits(actor, content.thread)


TAKE_THE_LEAD = Permission(
    "community:take_the_lead", [communities.has_charge, communities.is_public, communities.is_current])
MOVE_ASK = Permission("move_request:ask", [
    ideas.is_author, ideas.may_take_part_there, ideas.is_in_the_open, ideas.is_open, is_led])
MOVE_ANSWER = Permission("move_request:answer", [
    ideas.moderates_it, is_of_another, ideas.is_in_the_open, is_public_idea, is_led])
MOVE_READ = Permission("move_request:read", [
    ideas.is_author, ideas.is_in_the_open, is_public_idea], [ideas.moderates_it, ideas.is_in_the_open, is_public_idea])
MOVE_WITHDRAW = Permission("move_request:withdraw", [ideas.is_author, ideas.is_in_the_open, is_public_idea])
OFFER = Permission(
    "handover:offer", [ideas.moderates_it, is_of_another, ideas.is_in_the_open, is_public_idea, is_led])
HANDOVER_LIST = Permission("handover:list", [has_any_charge])
HANDOVER_READ = Permission("handover:read", [offered_it, is_of_public_idea], [is_offered_it, is_of_public_idea])
HANDOVER_ANSWER = Permission("handover:answer", [is_offered_it, offer_is_of_another, waits, still_stands])
HANDOVER_FOLLOW = Permission("handover:follow", [offered_it])
HANDOVER_CANCEL = Permission("handover:cancel", [offered_it, offer_is_of_another, waits])
PERSON_READ = Permission("member:follow", [is_coordinator, is_another, is_here], [wrote_to_them, is_another, is_here])
WARN = Permission(
    "member:warn", [is_coordinator, aim_is_at_another, posted_there],
    [is_coordinator, aim_is_at_another, is_everywhere],
    [has_charge_there, aim_is_at_another, posted_there, has_no_role, is_no_colleague])
RESTRICT = Permission(
    "member:restrict", [is_coordinator, aim_is_at_another, posted_there],
    [is_coordinator, aim_is_at_another, is_everywhere, has_no_role],
    [has_charge_there, aim_is_at_another, posted_there, has_no_role, is_no_colleague])
MEASURE_LIST = Permission("measure:list", [has_any_charge])
MEASURE_READ = Permission("measure:read", [decides_on_it, is_not_concerned, is_undoable])
MEASURE_UNDO = Permission(
    "measure:undo", [decides_on_it, is_on_another, is_undoable, has_effect, may_put_it_back])

"""Who undoes a measure, who appeals against one, and who judges the appeal: never where they have no charge."""

from datetime import timedelta

from app.comments import policy as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.communities.policy import has_any_charge
from app.contents.models import Content
from app.contents.policy import CONTENT_RESTORE, is_concerned, is_not_concerned, stands_in, wrote_it
from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission
from app.events.models.meetings import Event
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.appeals.models import ContestedMeasure
from app.moderation.merges import policy as merges
from app.plan.models.structure import Action
from app.updates.models import Update

TIME_TO_APPEAL = timedelta(days=30)
OUT_OF_SIGHT = ("hide", "refuse")
MAY_BE_APPEALED = ("hide", "refuse", "warn", "suspend", "block")
CAN_BE_UNDONE = ("hide", "refuse", "lock", "slow", "move", "hand_over", "merge", "split", "warn", "suspend", "block")
MERGE_UNDOING = {"merge": merges.PART, "split": merges.JOIN_BACK}


def decides_on_it(actor: Actor, contested_measure: ContestedMeasure) -> bool:
    """The charge of its community, or that of another when nobody but its author has it.

    Whoever stands in decides only on what took a content out of sight. A profile and a person stand in no community.
    """
    is_theirs = contested_measure.measure.kind in OUT_OF_SIGHT and stands_in(actor, contested_measure.content)
    return communities.facilitates(actor, contested_measure) or is_theirs


def is_masked(_actor: Actor, content: Content) -> bool:
    return content.is_hidden and not content.is_deleted


def can_be_appealed(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.measure.kind in MAY_BE_APPEALED


def is_in_time(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return clock.now() - contested_measure.measure.at < TIME_TO_APPEAL


def has_effect(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.has_effect


def was_never_appealed(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.appeal is None


def is_appealed(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.appeal is not None


def waits_for_judgement(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.appeal is not None and contested_measure.appeal.state == "open"


def did_not_take_it(actor: Actor, contested_measure: ContestedMeasure) -> bool:
    return contested_measure.measure.by_id != actor.id


def is_on_another(actor: Actor, contested_measure: ContestedMeasure) -> bool:
    """It is neither on them, nor on what they wrote or reported."""
    return is_not_concerned(actor, contested_measure) and not contested_measure.is_party


def is_undoable(_actor: Actor, contested_measure: ContestedMeasure) -> bool:
    """A measure of a kind that is undone, and not itself what undid another."""
    return contested_measure.measure.kind in CAN_BE_UNDONE and contested_measure.measure.undoes_id is None


def may_put_it_back(actor: Actor, contested_measure: ContestedMeasure) -> bool:
    """What was moved goes back with the charge of both places; a comment under a hidden idea waits for the idea."""
    measure, content = contested_measure.measure, contested_measure.content
    if content is None:
        return True
    if measure.kind in OUT_OF_SIGHT:
        return CONTENT_RESTORE[type(content)].permits(actor, content)
    if measure.kind in MERGE_UNDOING:
        return MERGE_UNDOING[measure.kind].permits(actor, content)
    if isinstance(content, Comment):
        return comments.MOVE.permits(actor, content)
    if measure.kind in ("move", "hand_over"):
        former_id = (measure.data or {}).get("from")
        return ideas.MOVE.permits(actor, content) and (actor.is_coordinator or former_id in actor.facilitates)
    return isinstance(content, Idea | Update | Action | Event) and comments.SLOW.permits(actor, content.thread)


CONTEST = Permission("content:contest", [wrote_it, is_masked])
MEASURE_FOLLOW = Permission("measure:follow", [is_concerned, can_be_appealed])
MEASURE_APPEAL = Permission(
    "measure:appeal", [is_concerned, can_be_appealed, is_in_time, has_effect, was_never_appealed]
)
APPEAL_READ = Permission("appeal:read", [decides_on_it, is_not_concerned, is_appealed])
APPEAL_JUDGE = Permission("appeal:judge", [decides_on_it, is_on_another, did_not_take_it, waits_for_judgement])
MEASURE_LIST = Permission("measure:list", [has_any_charge])
MEASURE_READ = Permission("measure:read", [decides_on_it, is_not_concerned, is_undoable])
MEASURE_UNDO = Permission("measure:undo", [decides_on_it, is_on_another, is_undoable, has_effect, may_put_it_back])

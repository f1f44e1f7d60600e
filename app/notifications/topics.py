"""Every kind of notice: what it is about, as people choose among topics, and the pages that show what it tells.

A kind that is not here can't be told: `get_topic` knows no other.
"""

from typing import NamedTuple

USUAL = {"reply": "now", "contribution": "now", "task": "now", "support": "weekly", "follow": "weekly", "desk": "daily"}
"""The topics one chooses a pace for, each with the pace that it has before one chooses."""
SECURITY = "security"
"""What an administrator did to an account: told at once, whatever one chose."""
COMING = "coming"
"""What becomes of a meeting that one comes to: on the site alone, whatever one chose, since a mail says it too."""
OF_TEAMS = ("task", "desk")
"""The topics of those who answer for a community."""
SAID_WHOLE = "notices"
"""The page of notices itself: it says whole what stands on no other page."""
CONTENTS = ("idea", "comment", "update", "action", "event", "topic")
FOR_GOOD = "for good"
"""How long it is told: whatever becomes of the thing, of which it holds no word."""
WITH_ROOM = "with a community"
"""Whatever becomes of the idea, for as long as the reader sees the community that leads it."""
WITH_COMMENT, WITH_IDEA, WITH_UPDATE = "with a comment", "with an idea", "with an update"
"""For as long as the reader may read what was said, the idea or the work of a community."""
WITH_ACTION = "with an action"
"""For as long as everybody may read the action of the plan, and the idea that led to it."""
WITH_EVENT = "with an event"
"""For as long as the reader may read the meeting."""
HEARERS = {"coming": COMING, "team": "task", "follower": "follow"}
"""Who hears what becomes of a meeting, each with the topic of it: who comes, who looks after it, who follows it."""
MINUTES = {"coming": "contribution"}
"""Those for whom its minutes are of another topic: no mail of the meeting says them to a member."""

PITCHED = {"host": "contribution", "interested": "follow"}
"""Who hears what becomes of a topic of a forum, each with the topic of it: who holds it, who is interested in it."""


BESIDE = ("offered.host", "left.host", "accepted.offered")
"""What is told of those who hold a topic with its host: to its host, and to whoever offered."""


class Kind(NamedTuple):
    """A topic; how long it is told; the pages of which each shows what is told: whoever opens one of them has read it.

    A page is named by what it shows (`queries/page_notices.py`). `level` is what the author of a thread hears of it as
    one of its followers (`models.LEVELS`): "" for what silence does not stop.
    """

    topic: str
    lasts: str
    pages: tuple[str, ...]
    level: str = ""


def _kind(topic: str, lasts: str, page: str, *pages: str, level: str = "") -> Kind:
    return Kind(topic, lasts, (page, *pages), level)


KINDS = {
    "comment.post": _kind("reply", WITH_COMMENT, "comment", level="all"),
    "comment.reply": _kind("reply", WITH_COMMENT, "comment"),
    "comment.used": _kind("reply", WITH_COMMENT, "comment"),
    "follow.comment": _kind("follow", WITH_COMMENT, "comment"),
    "follow.idea": _kind("follow", WITH_IDEA, "idea"),
    "follow.update": _kind("follow", WITH_UPDATE, "update"),
    "follow.step": _kind("follow", WITH_IDEA, "idea"),
    "follow.merge": _kind("follow", WITH_IDEA, "idea"),
    "follow.part": _kind("follow", WITH_IDEA, "idea"),
    "follow.event": _kind("follow", WITH_EVENT, "event"),
    **{
        f"{what}.{who}": _kind(topic, WITH_EVENT, "event")
        for what in ("moved", "changed", "cancelled")
        for who, topic in HEARERS.items()
    },
    **{f"minutes.{who}": _kind(topic, WITH_EVENT, "event") for who, topic in (HEARERS | MINUTES).items()},
    "topic_pitched.host": _kind("contribution", WITH_EVENT, "topic"),
    **{
        f"topic_{what}.{who}": _kind(topic, WITH_EVENT, "topic")
        for what in ("placed", "moved", "taken_off", "withdrawn", "joined")
        for who, topic in PITCHED.items()
    },
    **{f"topic_{what}": _kind("contribution", WITH_EVENT, "topic") for what in BESIDE},
    "topic_interest.host": _kind("support", WITH_EVENT, "topic"),
    "topic_noted.interested": _kind("follow", WITH_EVENT, "topic"),
    "review.there": _kind("contribution", WITH_EVENT, "event"),
    "said.holder": _kind("contribution", WITH_ACTION, "action"),
    "place.given": _kind(COMING, WITH_EVENT, "event"),
    "support.first": _kind("support", WITH_ROOM, "idea", level="all"),
    "support.tens": _kind("support", WITH_ROOM, "idea", level="all"),
    "status": _kind("contribution", WITH_ROOM, "idea", level="steps"),
    "status.joined": _kind("contribution", WITH_ROOM, "idea", level="steps"),
    "merge.author": _kind("contribution", WITH_ROOM, "idea"),
    "merge.received": _kind("contribution", WITH_ROOM, "idea"),
    "merge.support": _kind("contribution", WITH_ROOM, "idea"),
    "part.author": _kind("contribution", WITH_ROOM, "idea"),
    "part.support": _kind("contribution", WITH_ROOM, "idea"),
    "split.author": _kind("contribution", FOR_GOOD, "idea"),
    "chain.author": _kind("contribution", WITH_ACTION, "bulletin", level="steps"),
    "chain.supporter": _kind("follow", WITH_ACTION, "bulletin"),
    "chain.follower": _kind("follow", WITH_ACTION, "bulletin"),
    "chain.action": _kind("follow", WITH_ACTION, "bulletin"),
    "linked.author": _kind("contribution", WITH_ACTION, "idea", "action", level="steps"),
    "linked.supporter": _kind("follow", WITH_ACTION, "idea", "action"),
    "linked.follower": _kind("follow", WITH_ACTION, "idea", "action"),
    "unlinked.author": _kind("contribution", WITH_ACTION, SAID_WHOLE, level="steps"),
    "unlinked.supporter": _kind("follow", WITH_ACTION, SAID_WHOLE),
    "unlinked.follower": _kind("follow", WITH_ACTION, SAID_WHOLE),
    "unlinked.proposer": _kind("contribution", WITH_ACTION, SAID_WHOLE),
    "link.open": _kind("desk", FOR_GOOD, "links"),
    "link.accepted": _kind("contribution", FOR_GOOD, "idea", "action"),
    "link.declined": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "plan.changed": _kind("follow", WITH_ACTION, "version"),
    "action.late": _kind("task", WITH_ACTION, "action", "report"),
    "charge.action": _kind("contribution", FOR_GOOD, "action"),
    "charge.action_ended": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "charge.door": _kind("contribution", WITH_EVENT, "event"),
    "charge.secretary": _kind("contribution", WITH_EVENT, "event"),
    "charge.given": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "charge.withdrawn": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "member.removed": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.hide": _kind("contribution", FOR_GOOD, *CONTENTS),
    "measure.restore": _kind("contribution", FOR_GOOD, *CONTENTS),
    "measure.publish": _kind("contribution", FOR_GOOD, "idea", "comment"),
    "measure.refuse": _kind("contribution", FOR_GOOD, "idea", "comment"),
    "measure.publish_change": _kind("contribution", FOR_GOOD, "idea", "comment", "profile"),
    "measure.refuse_change": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.hide_profile": _kind("contribution", FOR_GOOD, "profile"),
    "measure.restore_profile": _kind("contribution", FOR_GOOD, "profile"),
    "measure.freeze": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.lift": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.warn": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.unwarn": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.suspend": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.unsuspend": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.block": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.unblock": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "measure.lead": _kind("contribution", FOR_GOOD, "idea"),
    "measure.move": _kind("contribution", FOR_GOOD, "comment"),
    "report.handled": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "report.dismissed": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "report.reopened": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "report.against": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "report.cleared": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "appeal.granted": _kind("contribution", FOR_GOOD, "measure"),
    "appeal.refused": _kind("contribution", FOR_GOOD, "measure"),
    "handover.accepted": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "handover.returned": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "move_request.granted": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "move_request.refused": _kind("contribution", FOR_GOOD, SAID_WHOLE),
    "answers.review": _kind("task", FOR_GOOD, "draft"),
    "answers.reviews": _kind("task", FOR_GOOD, "reviews"),
    "answers.agreed": _kind("task", FOR_GOOD, "draft"),
    "answers.remark": _kind("task", FOR_GOOD, "draft"),
    "answers.due": _kind("desk", FOR_GOOD, "unanswered"),
    "desk.idea": _kind("task", FOR_GOOD, "idea"),
    "desk.case": _kind("task", FOR_GOOD, "case"),
    "case.opened": _kind("desk", FOR_GOOD, "case"),
    "appeal.opened": _kind("desk", FOR_GOOD, "appeal"),
    "handover.open": _kind("desk", FOR_GOOD, "handover"),
    "move_request.open": _kind("desk", FOR_GOOD, "idea"),
    "freeze.review": _kind("desk", FOR_GOOD, "frozen"),
    "profile.changed": _kind("desk", FOR_GOOD, "profile"),
    "joined.member": _kind("desk", FOR_GOOD, "profile"),
    "idea.revised": _kind("desk", FOR_GOOD, "revision"),
    "idea.revised_since": _kind("desk", FOR_GOOD, "revision"),
    "idea.back": _kind("desk", FOR_GOOD, "idea"),
    "account.suspended": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "account.restored": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "account.signed_out": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "account.second_factor": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "role.member": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "role.coordinator": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
    "role.admin": _kind(SECURITY, FOR_GOOD, SAID_WHOLE),
}
# Of a decision about oneself, which may be appealed: it stays among the notices whatever one chose.
ALWAYS_SHOWN = ("measure", "report", "appeal", "charge", "member", "account", "role")


def kinds_told(lasts: str) -> tuple[str, ...]:
    """Return the kinds that are told for so long."""
    return tuple(name for name, kind in KINDS.items() if kind.lasts == lasts)


TALK = kinds_told(WITH_COMMENT)
"""The kinds of something that was said."""
STOPPED = tuple(name for name, kind in KINDS.items() if kind.level)
"""The kinds that somebody who wants to hear nothing of their own thread is not told."""


def get_topic(kind: str) -> str:
    return KINDS[kind].topic


def get_usual_pace(topic: str) -> str:
    return "site" if topic == COMING else USUAL.get(topic, "now")


def is_always_shown(kind: str) -> bool:
    return kind.partition(".")[0] in ALWAYS_SHOWN


def get_level(kind: str) -> str:
    """Return the level at which one follows a thread to be told this of it; "" for what silence does not stop."""
    return KINDS[kind].level


def is_said_whole(kind: str) -> bool:
    """Tell whether a notice says all that there is to read of what it tells."""
    return KINDS[kind].pages == (SAID_WHOLE,)


def list_kinds_of_page(page: str) -> tuple[str, ...]:
    """Return the kinds of the notices that a page shows."""
    return tuple(name for name, kind in KINDS.items() if page in kind.pages)

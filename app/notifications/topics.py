"""Every kind of notice: what it is about, as people choose among topics, and the pages that show what it tells.

A kind that is not here can't be told: `topic_of` knows no other.
"""

from typing import NamedTuple

USUAL = {"reply": "now", "contribution": "now", "task": "now", "support": "weekly", "follow": "weekly", "desk": "daily"}
"""The topics one chooses a pace for, each with the pace that it has before one chooses."""
SECURITY = "security"
"""What an administrator did to an account: told at once, whatever one chose."""
OF_TEAMS = ("task", "desk")
"""The topics of those who answer for a community."""
SAID_WHOLE = "notices"
"""The page of notices itself: it says whole what stands on no other page."""
CONTENTS = ("idea", "comment", "update", "action")


class Kind(NamedTuple):
    """A topic, and the pages of which each shows what is told: whoever opens one of them has read it.

    A page is named by what it shows (`queries/shown.py`).
    """

    topic: str
    pages: tuple[str, ...]


def _kind(topic: str, *pages: str) -> Kind:
    return Kind(topic, pages)


KINDS = {
    "comment.post": _kind("reply", "comment"),
    "comment.reply": _kind("reply", "comment"),
    "comment.used": _kind("reply", "comment"),
    "follow.comment": _kind("follow", "comment"),
    "follow.idea": _kind("follow", "idea"),
    "follow.update": _kind("follow", "update"),
    "follow.step": _kind("follow", "idea"),
    "follow.merge": _kind("follow", "idea"),
    "follow.part": _kind("follow", "idea"),
    "support.first": _kind("support", "idea"),
    "support.tens": _kind("support", "idea"),
    "status": _kind("contribution", "idea"),
    "status.joined": _kind("contribution", "idea"),
    "merge.author": _kind("contribution", "idea"),
    "merge.received": _kind("contribution", "idea"),
    "merge.support": _kind("contribution", "idea"),
    "part.author": _kind("contribution", "idea"),
    "part.support": _kind("contribution", "idea"),
    "split.author": _kind("contribution", "idea"),
    "chain.author": _kind("contribution", "bulletin"),
    "chain.supporter": _kind("follow", "bulletin"),
    "chain.follower": _kind("follow", "bulletin"),
    "chain.action": _kind("follow", "bulletin"),
    "linked.author": _kind("contribution", "idea", "action"),
    "linked.supporter": _kind("follow", "idea", "action"),
    "linked.follower": _kind("follow", "idea", "action"),
    "unlinked.author": _kind("contribution", SAID_WHOLE),
    "unlinked.supporter": _kind("follow", SAID_WHOLE),
    "unlinked.follower": _kind("follow", SAID_WHOLE),
    "unlinked.proposer": _kind("contribution", SAID_WHOLE),
    "link.open": _kind("desk", "links"),
    "link.accepted": _kind("contribution", "idea", "action"),
    "link.declined": _kind("contribution", SAID_WHOLE),
    "plan.changed": _kind("follow", "version"),
    "action.late": _kind("task", "action", "report"),
    "charge.action": _kind("contribution", "action"),
    "charge.action_ended": _kind("contribution", SAID_WHOLE),
    "charge.given": _kind("contribution", SAID_WHOLE),
    "charge.withdrawn": _kind("contribution", SAID_WHOLE),
    "member.removed": _kind("contribution", SAID_WHOLE),
    "measure.hide": _kind("contribution", *CONTENTS),
    "measure.restore": _kind("contribution", *CONTENTS),
    "measure.publish": _kind("contribution", "idea", "comment"),
    "measure.refuse": _kind("contribution", "idea", "comment"),
    "measure.publish_change": _kind("contribution", "idea", "comment", "profile"),
    "measure.refuse_change": _kind("contribution", SAID_WHOLE),
    "measure.hide_profile": _kind("contribution", "profile"),
    "measure.restore_profile": _kind("contribution", "profile"),
    "measure.freeze": _kind("contribution", SAID_WHOLE),
    "measure.lift": _kind("contribution", SAID_WHOLE),
    "measure.warn": _kind("contribution", SAID_WHOLE),
    "measure.unwarn": _kind("contribution", SAID_WHOLE),
    "measure.suspend": _kind("contribution", SAID_WHOLE),
    "measure.unsuspend": _kind("contribution", SAID_WHOLE),
    "measure.block": _kind("contribution", SAID_WHOLE),
    "measure.unblock": _kind("contribution", SAID_WHOLE),
    "measure.lead": _kind("contribution", "idea"),
    "measure.move": _kind("contribution", "comment"),
    "report.handled": _kind("contribution", SAID_WHOLE),
    "report.dismissed": _kind("contribution", SAID_WHOLE),
    "report.reopened": _kind("contribution", SAID_WHOLE),
    "report.against": _kind("contribution", SAID_WHOLE),
    "report.cleared": _kind("contribution", SAID_WHOLE),
    "appeal.granted": _kind("contribution", "measure"),
    "appeal.refused": _kind("contribution", "measure"),
    "handover.accepted": _kind("contribution", SAID_WHOLE),
    "handover.returned": _kind("contribution", SAID_WHOLE),
    "move_request.granted": _kind("contribution", SAID_WHOLE),
    "move_request.refused": _kind("contribution", SAID_WHOLE),
    "answers.review": _kind("task", "draft"),
    "answers.reviews": _kind("task", "reviews"),
    "answers.agreed": _kind("task", "draft"),
    "answers.remark": _kind("task", "draft"),
    "answers.due": _kind("desk", "unanswered"),
    "desk.idea": _kind("task", "idea"),
    "desk.case": _kind("task", "case"),
    "case.opened": _kind("desk", "case"),
    "appeal.opened": _kind("desk", "appeal"),
    "handover.open": _kind("desk", "handover"),
    "move_request.open": _kind("desk", "idea"),
    "freeze.review": _kind("desk", "frozen"),
    "profile.changed": _kind("desk", "profile"),
    "joined.member": _kind("desk", "profile"),
    "idea.revised": _kind("desk", "revision"),
    "idea.revised_since": _kind("desk", "revision"),
    "idea.back": _kind("desk", "idea"),
    "account.suspended": _kind(SECURITY, SAID_WHOLE),
    "account.restored": _kind(SECURITY, SAID_WHOLE),
    "account.signed_out": _kind(SECURITY, SAID_WHOLE),
    "account.second_factor": _kind(SECURITY, SAID_WHOLE),
    "role.member": _kind(SECURITY, SAID_WHOLE),
    "role.coordinator": _kind(SECURITY, SAID_WHOLE),
    "role.admin": _kind(SECURITY, SAID_WHOLE),
}
# What the author of a thread hears of it as one of its followers, and the level that it takes (see `models.LEVELS`).
LEVELS = {
    "comment.post": "all",
    "support.first": "all",
    "support.tens": "all",
    "status": "steps",
    "status.joined": "steps",
    "chain.author": "steps",
    "linked.author": "steps",
    "unlinked.author": "steps",
}
# Of a decision about oneself, which may be appealed: it stays among the notices whatever one chose.
ALWAYS_SHOWN = ("measure", "report", "appeal", "charge", "member", "account", "role")


def topic_of(kind: str) -> str:
    return KINDS[kind].topic


def usual_pace(topic: str) -> str:
    return USUAL.get(topic, "now")


def is_always_shown(kind: str) -> bool:
    return kind.partition(".")[0] in ALWAYS_SHOWN


def level_of(kind: str) -> str:
    """Return the level at which one follows a thread to be told this of it; "" for what silence does not stop."""
    return LEVELS.get(kind, "")


def is_said_whole(kind: str) -> bool:
    """Tell whether a notice says all that there is to read of what it tells."""
    return KINDS[kind].pages == (SAID_WHOLE,)


def kinds_shown_on(page: str) -> tuple[str, ...]:
    """Return the kinds of the notices that a page shows."""
    return tuple(kind for kind, (_topic, pages) in KINDS.items() if page in pages)

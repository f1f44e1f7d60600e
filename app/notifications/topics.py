"""What notices are about, as people choose among them: the topic of each kind, and its usual pace."""

USUAL = {
    "reply": "now", "contribution": "now", "task": "now", "support": "weekly", "follow": "weekly", "desk": "daily"}
"""The topics one chooses a pace for, each with the pace that it has before one chooses."""
SECURITY = "security"
"""What an administrator did to an account: told at once, whatever one chose."""
OF_TEAMS = ("task", "desk")
"""The topics of those who answer for a community."""
# A kind, or its first part, and its topic; the whole kind counts first.
_TOPICS = {
    "comment": "reply", "follow": "follow", "support": "support",
    "status": "contribution", "merge": "contribution", "part": "contribution", "split": "contribution",
    "measure": "contribution", "report": "contribution", "appeal": "contribution", "handover": "contribution",
    "move_request": "contribution", "charge": "contribution", "member": "contribution",
    "answers": "task", "desk": "task",
    "answers.due": "desk", "case": "desk", "appeal.opened": "desk", "handover.open": "desk",
    "move_request.open": "desk", "freeze": "desk", "profile": "desk", "idea": "desk", "joined": "desk",
    "chain.author": "contribution", "linked.author": "contribution", "unlinked.author": "contribution",
    "unlinked.proposer": "contribution", "chain": "follow", "linked": "follow", "unlinked": "follow",
    "link": "contribution", "link.open": "desk", "plan": "follow", "action": "task",
    "account": SECURITY, "role": SECURITY,
}
# What the author of a thread hears of it as one of its followers, and the level that it takes (see `models.LEVELS`).
LEVELS = {
    "comment.post": "all", "support.first": "all", "support.tens": "all", "status": "steps", "status.joined": "steps",
    "chain.author": "steps", "linked.author": "steps", "unlinked.author": "steps"}
# Of a decision about oneself, which may be appealed: it stays among the notices whatever one chose.
ALWAYS_SHOWN = ("measure", "report", "appeal", "charge", "member", "account", "role")


def topic_of(kind: str) -> str:
    return _TOPICS.get(kind) or _TOPICS[kind.partition(".")[0]]


def usual_pace(topic: str) -> str:
    return USUAL.get(topic, "now")


def is_always_shown(kind: str) -> bool:
    return kind.partition(".")[0] in ALWAYS_SHOWN


def level_of(kind: str) -> str:
    """Return the level at which one follows a thread to be told this of it; "" for what silence does not stop."""
    return LEVELS.get(kind, "")

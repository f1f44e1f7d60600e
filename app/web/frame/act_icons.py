"""What is drawn for each thing that happens: one icon for one meaning, in the news and in the journal."""

MEANINGS = {
    "sprout": ("published", "publish"),
    "eye": ("under_review",),
    "check": ("retained",),
    "signpost": ("planned", "plan", "action"),
    "arrow-right": ("underway",),
    "sun": ("achieved",),
    "x": ("declined", "archived", "withdrawn", "dropped", "cancelled", "refused", "dismissed"),
    "message-circle": ("answer",),
    "megaphone": ("update",),
    "pencil": ("kind", "publish_change", "charter"),
    "link": ("link", "relate", "unrelate"),
    "git-merge": ("merge", "joined", "join_back", "part", "split"),
    "users": ("move", "hand_over", "coverage"),
    "user": ("role", "holder"),
    "calendar-plus": ("event",),
    "quote": ("sitting",),
    "flag": ("case",),
    "circle-question-mark": ("appeal",),
    "hand": (
        *("hide", "lock", "slow", "warn", "refuse", "suspend"),
        *("block", "freeze", "refuse_change", "unpublish", "removal"),
    ),
    "undo-2": ("restore", "unlock", "lift"),
    "sliders-horizontal": ("settings",),
}
"""The icon of each meaning, and the acts and states that have it: each has one."""
ICONS = {act: icon for icon, acts in MEANINGS.items() for act in acts}
END, CLOSED, OTHER = "x", "lock", "history"
"""What came to an end, a line that its reader may not open, and what has no icon of its own."""


def get_icon(act: str) -> str:
    """Return what is drawn for an act or a state."""
    return ICONS.get(act, OTHER)


def get_look(icon: str) -> str:
    """Return how its stop looks: the sun for a result, a square for an end or for what was held back."""
    return {"sun": "sun", END: "end", "hand": "end"}.get(icon, "")

"""What is said where, as maps and lists of places count it: needs that wait, needs that an action answers, ideas.

It is told from the values under which an idea is counted, and says of it: one word, in each of its extents.
"""

from collections.abc import Collection

from app.reference.extents import pick_extents

AXIS = "said"
BESIDE = ("community", "issue", "tag")
"""The axes beside which it is counted."""
WAITING, TIED = "gap:1", "gap:0"
NEED, IDEAS = "kind:need", frozenset(("kind:idea", "kind:project"))
WORDS = ("waiting", "tied", "closed", "idea")
"""Every public need is one of the first three; an idea or a project is the last, an aspiration none."""


def tell(codes: Collection[str]) -> str:
    """Return the word for an idea whose facets are these; an empty one for none."""
    if NEED in codes:
        return "waiting" if WAITING in codes else "tied" if TIED in codes else "closed"
    return "" if IDEAS.isdisjoint(codes) else "idea"


def list_said(codes: Collection[str]) -> list[str]:
    """Return what an idea says in each of its extents, such as `waiting:all`, `waiting:mrc:3`."""
    word = tell(codes)
    return [f"{word}:{extent}" for extent in pick_extents(codes)] if word else []

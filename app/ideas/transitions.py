"""From which step to which: what a team may answer, and what leads back."""

from app.ideas.models import IN_PLAN, Idea

NEXT = {
    "published": ("under_review", "retained", "declined", "archived"),
    "under_review": ("published", "retained", "declined", "archived"),
    "retained": ("under_review", "declined", "archived"),
    "planned": ("retained", "declined", "archived"),
    "underway": ("retained", "declined", "archived"),
    "achieved": ("retained", "archived"),
    "declined": ("under_review", "archived"),
    "archived": ("published", "under_review"),
    "withdrawn": (),
}
"""The steps that a team may set; those of the plan derive from it, and lead back by hand without an action."""
BY_HAND = ("published", "under_review", "retained", "declined", "archived")
STATIONS = {"published": 1, "under_review": 2, "retained": 3, "declined": 3, "planned": 4, "underway": 4, "achieved": 5}
"""The number of the station at which each status stands; an archived or withdrawn idea stays where it was."""
STATUS_ORDER, SAME = ("published", "under_review", "retained", *IN_PLAN), "same"


def list_next_steps(idea: Idea) -> tuple[str, ...]:
    """Return the steps that a team may set for an idea; none while its status derives from the plan."""
    return () if idea.action_id else NEXT.get(idea.status, ())


def find_status_after(idea: Idea, answer: str) -> str | None:
    """Return the status that an answer brings an idea to, or None where it is no next one; SAME leaves it."""
    return idea.status if answer == SAME else answer if answer in list_next_steps(idea) else None


def leads_back(present: str, status: str) -> bool:
    """Tell whether this step undoes an earlier one."""
    ranks = {step: rank for rank, step in enumerate(STATUS_ORDER)}
    present_rank = (ranks | {"declined": ranks["retained"], "archived": len(STATUS_ORDER)}).get(present, 0)
    return status in ranks and ranks[status] < present_rank

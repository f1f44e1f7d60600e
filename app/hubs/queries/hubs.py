"""All that the page of an issue, a territory, a tag or an organisation gathers: the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.hubs.queries import actions, ideas, overview
from app.hubs.queries.actions import HubAction
from app.hubs.queries.overview import HubOverview
from app.hubs.queries.subjects import HubSubject
from app.ideas.queries.rows import IdeaRow


@dataclass(frozen=True)
class Hub:
    """What the page of a subject gathers."""

    subject: HubSubject
    overview: HubOverview
    actions: Sequence[HubAction]
    latest: Sequence[IdeaRow]
    waiting: Sequence[IdeaRow]


def get_hub(subject: HubSubject) -> Hub:
    """Return the hub of a subject in three statements; it is the same for every reader."""
    found = overview.get_overview(subject)
    shown = ideas.get_hub_ideas(subject, found)
    return Hub(subject, found, actions.list_actions(subject), shown.latest, shown.waiting)

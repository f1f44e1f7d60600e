"""All that the page of an issue, a territory, a tag or an organisation gathers: the same for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.hubs.queries import actions, ideas, overview
from app.hubs.queries.actions import HubAction
from app.hubs.queries.overview import HubOverview
from app.hubs.queries.subjects import HubSubject
from app.ideas.models import Idea
from app.ideas.queries import facets
from app.ideas.queries.facets import Placing


@dataclass(frozen=True)
class Hub:
    """What the page of a subject gathers; `placings` are those of its ideas, by number of idea."""

    subject: HubSubject
    overview: HubOverview
    actions: Sequence[HubAction]
    latest: Sequence[Idea]
    waiting: Sequence[Idea]
    placings: Mapping[int, Placing]


def get_hub(subject: HubSubject) -> Hub:
    """Return the hub of a subject in four statements; it is the same for every reader."""
    found = overview.get_overview(subject)
    shown = ideas.get_hub_ideas(subject, found)
    placings = facets.get_placings([*shown.latest, *shown.waiting])
    return Hub(subject, found, actions.list_actions(subject), shown.latest, shown.waiting, placings)

"""All that the page of a community, an issue, a territory, a tag or an organisation gathers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.communities import queries as communities
from app.core.actor import ANYONE, Actor
from app.events.queries import lists
from app.events.queries.lists import EventRow
from app.hubs.queries import actions, idea_counts, ideas, news
from app.hubs.queries.actions import HubAction
from app.hubs.queries.idea_counts import Counts
from app.hubs.queries.news import HubStep, HubUpdate
from app.hubs.queries.subjects import HubSubject
from app.ideas.queries.rows import IdeaRow

NEXT = 3
"""How many meetings to come are shown."""


@dataclass(frozen=True)
class Hub:
    """What the page of a subject gathers.

    `counts` are of its public ideas. `teams` are the names of who animates each community, by its number. `region`
    counts, beside a territory, the actions that name none.
    """

    counts: Counts
    latest: Sequence[IdeaRow]
    waiting: Sequence[IdeaRow]
    actions: Sequence[HubAction]
    region: int
    steps: Sequence[HubStep]
    updates: Sequence[HubUpdate]
    events: Sequence[EventRow]
    teams: Mapping[int, Sequence[str]]

    @property
    def total(self) -> int:
        """How many public ideas the subject has."""
        return sum(self.counts["kind"].values())


def get_hub(subject: HubSubject, actor: Actor = ANYONE) -> Hub:
    """Return the hub of a subject; it is the same for every reader, but for the meetings that one sees."""
    counts = idea_counts.count_ideas(subject)
    steps, updates = news.list_news(subject)
    latest, waiting = ideas.get_hub_ideas(subject, sum(counts["kind"].values()))
    return Hub(
        counts,
        latest,
        waiting,
        actions.list_actions(subject),
        actions.count_without_territory() if subject.axis == "territory" else 0,
        steps,
        updates,
        lists.list_next(actor, subject.event_filters(), size=NEXT),
        communities.get_facilitator_names(),
    )

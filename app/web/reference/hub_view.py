"""Hubs as pages show them: what stands around a community, an issue, a place, a tag or an organisation, in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.communities import queries as communities
from app.communities.queries import Room
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.events.queries.lists import EventRow
from app.hubs.queries import hubs
from app.hubs.queries.hubs import Hub
from app.hubs.queries.idea_counts import Counts
from app.hubs.queries.ideas import is_unanswered
from app.hubs.queries.news import HubUpdate
from app.hubs.queries.subjects import HubSubject
from app.ideas import transitions as ideas
from app.ideas.models import KINDS, PUBLIC
from app.ideas.queries.rows import IdeaRow
from app.plan import tree
from app.plan.progress import Rollup
from app.reference.queries import get_catalogue
from app.web.frame import stations, words
from app.web.frame.minimap import MiniMap, view_minimap
from app.web.frame.news import NewsItem
from app.web.plan.lines import ActionLine, build_lines
from app.web.reference import hub_news

DRAWN = ("community", "issue", "tag")
"""The axes whose pages say where the ideas come from."""
ACTIONS = 12
"""How many actions are shown before the way to all of them."""


@dataclass(frozen=True)
class HubCount:
    """How many ideas are of a kind or at a step, and the address of their list, "" where there is none."""

    label: Any
    count: int
    url: str

    @property
    def said(self) -> str:
        return str(format_decimal(self.count))


@dataclass(frozen=True)
class Team:
    """A community that has ideas or actions here, and who animates it."""

    room: Room
    names: Sequence[str]
    ideas: int
    actions: int


@dataclass(frozen=True)
class WaitingIdea:
    """An idea that waits, and what it waits for, in words."""

    idea: IdeaRow
    reason: str


@dataclass(frozen=True)
class HubView:
    """A hub as its page shows it: `total` counts its public ideas, which `kinds` divide; `stops` count its stations.

    `all_ideas`, `least_discussed`, `all_actions` and `all_events` are addresses of lists, "" where there is none.
    `lines` are the actions that are shown, of all that `rollup` counts; `region` counts, beside a territory, those that
    name none. `today` is the day on which it was read.
    `minimap` says where its ideas come from, of a community, an issue or a tag that has some; `updates` are the last
    of a community.
    """

    total: int
    kinds: Sequence[HubCount]
    stops: Sequence[HubCount]
    rollup: Rollup
    lines: Sequence[ActionLine]
    all_ideas: str
    least_discussed: str
    all_actions: str
    region: int
    events: Sequence[EventRow]
    all_events: str
    news: Sequence[NewsItem]
    wanted: Sequence[WaitingIdea]
    teams: Sequence[Team]
    latest: Sequence[IdeaRow]
    today: date
    minimap: MiniMap | None
    updates: Sequence[HubUpdate]

    @property
    def more_ideas(self) -> int:
        return self.total - len(self.latest)

    @property
    def more_actions(self) -> int:
        return self.rollup.count - len(self.lines)


def get_hub_view(
    subject: HubSubject,
    filter_of: Mapping[str, str],
    all_actions: str = "",
    *,
    most: int = ACTIONS,
    actor: Actor = ANYONE,
) -> HubView:
    """Read a hub.

    `filter_of` are the parameters that narrow the list of ideas to it, none where the list has no such filter;
    `all_actions` is the address of all its actions, of which `most` are shown; `actor` sees the meetings.
    """
    hub = hubs.get_hub(subject, actor)
    today = clock.today()
    rows = [action.row for action in hub.actions]
    return HubView(
        total=hub.total,
        kinds=_parts(hub, "kind", KINDS, words.KINDS, filter_of),
        stops=list_stops(hub.counts["status"], filter_of),
        rollup=tree.roll_up_actions(rows, today),
        lines=build_lines(rows[:most], today),
        all_ideas=_ideas_url(filter_of),
        least_discussed=_ideas_url(filter_of, sort="least_discussed"),
        all_actions=all_actions,
        region=hub.region,
        events=hub.events,
        all_events=_events_url(subject, filter_of),
        news=hub_news.list_news(hub),
        wanted=[WaitingIdea(idea, _tell_want(idea)) for idea in hub.waiting],
        teams=_teams(hub),
        latest=hub.latest,
        today=today,
        minimap=draw_minimap(hub.counts) if subject.axis in DRAWN and hub.total else None,
        updates=hub.updates,
    )


def _ideas_url(filter_of: Mapping[str, str], **more: str | Sequence[str]) -> str:
    """Return the address of the list of ideas of a subject, "" for one that is no filter of the list."""
    return f"{url_for('ideas.index')}?{urlencode({**filter_of, **more}, doseq=True)}" if filter_of else ""


def _events_url(subject: HubSubject, filter_of: Mapping[str, str]) -> str:
    """Return the address of the meetings of a subject, "" for one that is no filter of their list."""
    return (
        f"{url_for('events.index')}?{urlencode(filter_of)}"
        if subject.axis in ("community", "issue", "territory")
        else ""
    )


def _parts(
    hub: Hub,
    axis: str,
    codes: Sequence[str],
    names: Mapping[str, Any],
    filter_of: Mapping[str, str],
) -> list[HubCount]:
    counts = hub.counts[axis]
    return [
        HubCount(names[code], counts[code], _ideas_url(filter_of, **{axis: code})) for code in codes if code in counts
    ]


def list_stops(counts: Mapping[str, int], filter_of: Mapping[str, str]) -> list[HubCount]:
    """Return the five stations with how many ideas stand at each; those that were taken back or archived do at none."""
    stops = []
    for number, name in enumerate(stations.STATIONS, start=1):
        statuses = [status for status in PUBLIC if ideas.STATIONS.get(status) == number]
        count = sum(counts.get(status, 0) for status in statuses)
        stops.append(HubCount(name, count, _ideas_url(filter_of, status=statuses) if count else ""))
    return stops


def draw_minimap(counts: Counts) -> MiniMap:
    """Draw where ideas come from: how many name each MRC."""
    said = counts.get("mrc", {})
    return view_minimap({mrc.code: said.get(str(mrc.id), 0) for mrc in get_catalogue().places if mrc.is_mrc})


def _tell_want(idea: IdeaRow) -> str:
    if not is_unanswered(idea):
        return _("pas encore d'avis")
    return _("encore sans réponse") if idea.comments_count else _("ni réponse ni avis encore")


def _teams(hub: Hub) -> list[Team]:
    """List the public communities that have something here, in their order."""
    ideas = hub.counts["community"]
    actions = Counter(number for action in hub.actions for number in action.row.communities)
    return [
        Team(room, hub.teams.get(room.id, ()), ideas.get(str(room.id), 0), actions[room.id])
        for room in communities.get_public_rooms().all
        if str(room.id) in ideas or room.id in actions
    ]

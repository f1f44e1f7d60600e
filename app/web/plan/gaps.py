"""What waits for an action: the needs that none answers, the oldest first, and the last that wait no more."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import get_public_rooms
from app.core import clock
from app.core.actor import ANYONE
from app.core.text.plain import excerpt
from app.forms.places import group_territories, place_name
from app.hubs.queries import gaps as queries
from app.hubs.queries import places
from app.hubs.queries.gaps import Exit, Gap
from app.ideas.models import IN_PLAN
from app.ideas.queries import facets
from app.ideas.queries.facets import Counts
from app.ideas.queries.lists import Filters
from app.plan import policy
from app.plan.queries import plans
from app.reference import queries as reference
from app.web.frame import links, news, stations
from app.web.frame.filters import label
from app.web.frame.news import NewsItem
from app.web.frame.params import single_param
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.plan.bp import bp

EXITS = 6
ACTS = {
    "link": _l("Lié à une action"),
    "joined": _l("Ce qui lui est joint est lié à une action"),
    "merge": _l("Joint à un autre besoin"),
    "kind": _l("N'est plus un besoin, dit la personne qui l'a écrit"),
    "declined": _l("Non retenu"),
    "archived": _l("Archivé"),
    "withdrawn": _l("Retiré par la personne qui l'a écrit"),
}
"""What took a need out of those that wait."""
LINKED = {
    "link": _l("Lié à l'action %(code)s du plan"),
    "joined": _l("Ce qui lui est joint est lié à l'action %(code)s du plan"),
}
"""The same, where everybody reads the action."""


@dataclass(frozen=True)
class GapQuery:
    """What the address asks for, one value at most on each axis: a community, an issue, a territory."""

    codes: dict[str, str]

    def filters(self) -> Filters:
        catalogue = reference.get_catalogue()
        room, issue = get_public_rooms().by_slug.get(self.codes["community"]), catalogue.issue_at(self.codes["issue"])
        place = catalogue.place_at(self.codes["territory"])
        return Filters(
            community=(room.id,) if room else (),
            issue=(issue.id,) if issue else (),
            territory=tuple(inner.id for inner in catalogue.within(place)) if place else (),
        )

    def url(self, *, leave: str = "", endpoint: str = ".gaps", **more: str) -> str:
        """Return the address of this list, without the filter `leave`."""
        pairs = {axis: code for axis, code in self.codes.items() if code and axis != leave} | more
        return url_for(endpoint) + (f"?{urlencode(pairs)}" if pairs else "")


@bp.get("/plan/gaps")
@public(policy.READ, lists=plans.readable_by)
def gaps() -> str:
    """Show what waits; without a plan in force, nothing is said to."""
    query = _read_query()
    filters, has_plan = query.filters(), places.count_waiting() is not None
    counts = facets.get_counts(ANYONE, replace(filters, gap=("1",)))
    listing = queries.list_gaps(filters, after=single_param("after")) if has_plan else None
    return render(
        "plan/gaps.html",
        query=query,
        counts=counts,
        listing=listing,
        choices=_list_choices(counts, query),
        chips=_list_chips(query),
        exits=[_view_exit(one) for one in queries.list_exits(EXITS, filters)] if has_plan else [],
        tell_wait=tell_wait,
        tell_last=tell_last,
    )


def _read_query() -> GapQuery:
    """Read the address; answer 400 to an unknown value."""
    catalogue = reference.get_catalogue()
    choices: dict[str, Any] = {
        "community": get_public_rooms().by_slug,
        "issue": catalogue.issue_by_slug,
        "territory": {place.code for place in catalogue.places},
    }
    return GapQuery({axis: single_param(axis, known) for axis, known in choices.items()})


def _list_choices(counts: Counts, query: GapQuery) -> dict[str, Any]:
    """Return the choices of each filter, with how many needs wait under each."""
    rooms, issues = get_public_rooms().all, reference.get_catalogue().issues
    found = {
        "community": [(room.slug, label(room), counts.of("community", room.id)) for room in rooms],
        "issue": [(issue.slug, label(issue), counts.of("issue", issue.id)) for issue in issues],
    }
    offered = {
        axis: [(None, [one for one in options if one[2] != 0 or one[0] == query.codes[axis]])]
        for axis, options in found.items()
    }
    return offered | {"territory": group_territories(counts.of)}


def _list_chips(query: GapQuery) -> list[tuple[str, str, str | None]]:
    """Return each filter in force: its name, the address without it, its colour."""
    catalogue, codes = reference.get_catalogue(), query.codes
    room, issue = get_public_rooms().by_slug.get(codes["community"]), catalogue.issue_at(codes["issue"])
    place = catalogue.place_at(codes["territory"])
    chips = [
        (place_name(place), query.url(leave="territory"), None) if place else None,
        (label(room), query.url(leave="community"), room.colour) if room else None,
        (label(issue), query.url(leave="issue"), None) if issue else None,
    ]
    return [chip for chip in chips if chip]


def tell_wait(since: datetime) -> str:
    """Say for how long a need waits: 14 mois, 3 jours."""
    return str(format_timedelta(clock.now() - since, granularity="day", threshold=1.5))


def tell_last(gap: Gap) -> Any:
    """Say the last act on a need that waits; "" where nobody did anything since it was published."""
    step = gap.last
    if step is None or (step.status == "published" and not step.stays):
        return ""
    name = stations.step_name(step, "need")
    return _("%(step)s, à un plan qui n'est plus le plan courant", step=name) if step.status in IN_PLAN else name


def _view_exit(one: Exit) -> NewsItem:
    """Return a need that waits no more as news, which leads to it; `text` is the public reason."""
    state = {"link": "underway", "joined": "underway", "merge": "planned", "kind": "planned"}.get(one.act, "dropped")
    words: Any = ACTS[one.act]
    if one.action:
        words = LINKED[one.act] % {"code": one.action.code}
    need: Any = one.need
    text, icon = excerpt(one.reason, news.LONGEST), news.get_icon(one.act, state)
    colour = news.get_colour(need.community_id)
    return NewsItem(one.at, state, words, need, links.idea_url(need), text, "fr", icon, colour)

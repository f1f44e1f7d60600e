"""The actions of the plan by MRC, issue, community, year or lead: a name, the actions and what they add up to."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import gettext as _

from app.plan.progress import Rollup
from app.plan.tree import ActionRow, Tree, get_end_year, group_rows, roll_up_actions
from app.reference.queries import get_catalogue
from app.web.frame.filters import label
from app.web.frame.session import rooms
from app.web.plan.lines import ActionLine, build_lines

Key = Hashable
# The key of what belongs nowhere on an axis: it comes last.
NOWHERE = 0


class View(NamedTuple):
    """A way to group actions: the keys of an action, the name of each key in order, its colour."""

    keys: Callable[[ActionRow], Iterable[Key]]
    names: Callable[[Tree], list[tuple[Key, str]]]
    colour: Callable[[Any], str] = lambda _key: "neutral"


@dataclass(frozen=True)
class Group:
    anchor: str
    name: str
    colour: str
    lines: Sequence[ActionLine]
    rollup: Rollup


def build_groups(view: str, tree: Tree) -> list[Group]:
    """Return the groups of a view, in the order of its axis; an action that has two values of it is in both."""
    keys, names, colour = VIEWS[view]
    rows, today = group_rows(tree.actions, lambda row: set(keys(row)) or {NOWHERE}), tree.today
    return [
        Group(f"{view}-{key}", name, colour(key), build_lines(rows[key], today), roll_up_actions(rows[key], today))
        for key, name in names(tree)
        if key in rows
    ]


def _mrcs(row: ActionRow) -> Iterable[int]:
    """Return the MRCs of an action, those of its municipalities among them."""
    places = [get_catalogue().place[number] for number in row.territories]
    return [(get_catalogue().parent(place) or place).id for place in places]


def _name_mrcs(_tree: Tree) -> list[tuple[Key, str]]:
    return [
        *((place.id, place.name) for place in get_catalogue().places if not place.parent_id),
        (NOWHERE, _("Toute la région")),
    ]


def _name_issues(_tree: Tree) -> list[tuple[Key, str]]:
    return [*((issue.id, label(issue)) for issue in get_catalogue().issues), (NOWHERE, _("Sans enjeu précisé"))]


def _communities(row: ActionRow) -> Iterable[int]:
    return [number for number in row.communities if number in rooms().by_id]


def _name_communities(_tree: Tree) -> list[tuple[Key, str]]:
    return [*((room.id, label(room)) for room in rooms().all), (NOWHERE, _("Sans communauté"))]


def _name_years(tree: Tree) -> list[tuple[Key, str]]:
    years = sorted({get_end_year(row) for row in tree.actions} - {NOWHERE})
    return [*((year, _("Se termine en %(year)s", year=year)) for year in years), (NOWHERE, _("Sans date de fin"))]


def _name_leads(tree: Tree) -> list[tuple[Key, str]]:
    leads = sorted({(row.lead, row.lead_id) for row in tree.actions if row.lead_id})
    return [*((number, name) for (_key, name), number in leads), (NOWHERE, _("Sans responsable"))]


def _colour_of_room(key: Any) -> str:
    return rooms().by_id[key].colour if key else "neutral"


VIEWS = {
    "territory": View(_mrcs, _name_mrcs),
    "issue": View(lambda row: row.issues, _name_issues),
    "community": View(_communities, _name_communities, _colour_of_room),
    "year": View(lambda row: [get_end_year(row)], _name_years),
    "lead": View(lambda row: [row.lead_id or NOWHERE], _name_leads),
}

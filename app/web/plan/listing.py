"""What the address of the plan asks for: a view and filters, with the choices and links that the page shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _

from app.forms.places import group_territories, place_name
from app.plan.models.structure import STATES
from app.plan.tree import Filters, Tree, get_end_year
from app.reference import queries as reference
from app.reference.queries import Catalogue, Place
from app.web.frame import plan_words, words
from app.web.frame.filters import label
from app.web.frame.params import many_params, single_param
from app.web.frame.session import me, rooms

AXES = ("territory", "issue", "community", "lead", "state", "year")
# The parameters that the page reads.
FLAGS = ("late", "mine", "exact")
NAMES = (*AXES, "view", *FLAGS)
# A choice of a filter: its value in the address, its name, how many actions it would keep.
Option = tuple[str, str, int | None]


@dataclass(frozen=True)
class PlanQuery:
    """`codes` by axis, the view, and whether late actions, or those of the reader, alone are asked for.

    `exact`: those that name the territory itself, nothing around it; without one, those that name none.
    `url` is the page without any of it.
    """

    codes: dict[str, list[str]]
    view: str
    late: bool
    mine: bool
    exact: bool
    url: str

    @property
    def count(self) -> int:
        return sum(map(len, self.codes.values())) + self.late + self.mine + self.exact

    def chosen(self, axis: str) -> str:
        """Return what the select of an axis shows, "" for nothing."""
        return next(iter(self.codes[axis]), "")

    def pairs(self, *, leave: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        pairs = [(axis, code) for axis, codes in self.codes.items() for code in codes]
        pairs += [(name, "1") for name in FLAGS if getattr(self, name)]
        pairs += [("view", self.view)] if self.view != "orientation" else []
        return [pair for pair in pairs if pair != leave]

    def hidden_pairs(self) -> list[tuple[str, str]]:
        """Return what the filters have no control for: view, exact, the values after the first of each axis."""
        more = [(axis, code) for axis, codes in self.codes.items() for code in codes[1:]]
        return [pair for pair in self.pairs() if pair[0] in ("view", "exact")] + more

    def address(self, pairs: Iterable[tuple[str, str]]) -> str:
        parameters = urlencode(list(pairs))
        return self.url + (f"?{parameters}" if parameters else "")

    def clear_url(self) -> str:
        return self.address(pair for pair in self.pairs() if pair[0] == "view")

    def views(self) -> list[tuple[str, str, bool]]:
        """Return the tabs: name, address, whether it is the present one."""
        others = [pair for pair in self.pairs() if pair[0] != "view"]
        pairs = {code: [("view", code)] if code != "orientation" else [] for code in plan_words.VIEWS}
        return [
            (str(name), self.address(others + pairs[code]), code == self.view)
            for code, name in plan_words.VIEWS.items()
        ]

    def filters(self) -> Filters:
        catalogue = reference.get_catalogue()
        places = [place for code in self.codes["territory"] if (place := catalogue.place_at(code))]
        return Filters(
            territory={n for place in places for n in ([place.id] if self.exact else _around(catalogue, place))},
            issue={catalogue.issue_by_slug[slug].id for slug in self.codes["issue"]},
            community={rooms().by_slug[slug].id for slug in self.codes["community"]},
            lead=set(map(int, self.codes["lead"])),
            state=self.codes["state"],
            year=set(map(int, self.codes["year"])),
            late=self.late,
            only=me().holds if self.mine else None,
            is_placeless=self.exact and not places,
        )


def _around(catalogue: Catalogue, place: Place) -> list[int]:
    """Return what concerns a place: an MRC with its municipalities, a municipality with the whole of its MRC."""
    parent = catalogue.parent(place)
    return [inner.id for inner in catalogue.within(place)] + ([parent.id] if parent else [])


def read_query(tree: Tree, url: str) -> PlanQuery:
    """Read the address; answer 400 to a value that is no choice."""
    catalogue = reference.get_catalogue()
    choices: dict[str, Any] = {
        "territory": {place.code for place in catalogue.places},
        "issue": catalogue.issue_by_slug,
        "community": rooms().by_slug,
        "state": STATES,
        "lead": {str(row.lead_id) for row in tree.actions if row.lead_id},
        "year": {str(get_end_year(row)) for row in tree.actions},
    }
    codes = {axis: many_params(axis, choices[axis]) for axis in AXES}
    late, mine, exact = (single_param(name, ("1",)) == "1" for name in FLAGS)
    return PlanQuery(codes, single_param("view", plan_words.VIEWS, "orientation"), late, mine, exact, url)


def list_chips(query: PlanQuery, tree: Tree) -> list[tuple[str, str, str | None]]:
    """Return each filter in force: its name, the address without it, its colour."""
    names = {axis: dict(option[:2] for option in options) for axis, options in _names(tree).items()}
    found: list[tuple[str, str, str | None]] = [
        (names[axis][code], query.address(query.pairs(leave=(axis, code))), None)
        for axis, codes in query.codes.items()
        for code in codes
    ]
    found += [
        (name, query.address(query.pairs(leave=(key, "1"))), None)
        for key, name in (
            ("late", _("En retard")),
            ("mine", _("Mes actions")),
            ("exact", str(words.EXACT[bool(query.codes["territory"])])),
        )
        if getattr(query, key)
    ]
    return found


def list_choices(query: PlanQuery, tree: Tree) -> dict[str, Any]:
    """Return the choices of each filter: those that an action of the plan has, or that are in force."""
    names, counts = _names(tree), _counts(tree)
    found: dict[str, Any] = {}
    for axis in AXES[1:]:
        options = [(code, name, counts[axis].get(code, 0)) for code, name in names[axis]]
        found[axis] = [(None, [option for option in options if option[2] or option[0] in query.codes[axis]])]
    found["territory"] = group_territories()
    return found


def _names(tree: Tree) -> dict[str, list[tuple[str, str]]]:
    catalogue = reference.get_catalogue()
    leads = {(row.lead, str(row.lead_id)) for row in tree.actions if row.lead_id}
    years = {get_end_year(row) for row in tree.actions}
    return {
        "territory": [(place.code, place_name(place)) for place in catalogue.places],
        "issue": [(slug, label(issue)) for slug, issue in catalogue.issue_by_slug.items()],
        "community": [(slug, label(room)) for slug, room in rooms().by_slug.items()],
        "lead": [(code, name) for (_key, name), code in sorted(leads)],
        "state": [(code, str(name)) for code, name in plan_words.STATES.items()],
        "year": [(str(year), str(year or _("Sans date de fin"))) for year in sorted(years)],
    }


def _counts(tree: Tree) -> dict[str, dict[str, int]]:
    """Count the actions of each choice."""
    catalogue, room = reference.get_catalogue(), rooms().by_id
    codes: dict[str, Callable[[Any], list[str]]] = {
        "issue": lambda row: [catalogue.issue[n].slug for n in row.issues],
        "community": lambda row: [room[n].slug for n in row.communities if n in room],
        "lead": lambda row: [str(row.lead_id)],
        "state": lambda row: [row.state],
        "year": lambda row: [str(get_end_year(row))],
    }
    found: dict[str, dict[str, int]] = {axis: {} for axis in codes}
    for axis, of in codes.items():
        for row in tree.actions:
            for code in of(row):
                found[axis][code] = found[axis].get(code, 0) + 1
    return found

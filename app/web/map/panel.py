"""The panel of the map: what is said at the place that was chosen, or in the region, and what waits there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.core.actor import ANYONE
from app.forms.places import kind_name, place_name
from app.hubs.queries.places import Numbers, RegionNumbers
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.ideas.queries.rows import IdeaRow
from app.plan.queries import places as plan_places
from app.plan.tree import ActionRow
from app.reference.queries import Place, get_catalogue
from app.web.frame import locale
from app.web.frame.map_words import GAPS, PlaceCount, tell_count
from app.web.map.address import MapQuery
from app.web.map.counts import COLUMN, count_place
from app.web.map.place_lists import CountLinks, choose_columns

MOST = 5
"""How many contributions it shows, those that have waited longest first; or how many actions."""
NOTHING = Numbers(0, None, None, 0, 0)


@dataclass(frozen=True)
class PanelCount:
    number: int
    words: str
    url: str


@dataclass(frozen=True)
class PlacePanel:
    """What is known of a place: `around` is what is said for the whole of its MRC, or of no place.

    `wait` says what waits, and since when; `more` is the address of all that `ideas`, or `actions`, begins.
    """

    place: Place | None
    name: str
    facts: Sequence[str]
    counts: Sequence[PanelCount]
    wait: str
    ideas: Sequence[IdeaRow]
    actions: Sequence[ActionRow]
    more: str
    around: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    new_need: str


def build_panel(query: MapQuery, region: RegionNumbers) -> PlacePanel:
    place, links = query.place, CountLinks(query)
    numbers = region.by_code.get(place.code, NOTHING) if place else region.once
    is_town = place is not None and not place.is_mrc
    counts = [
        PanelCount(n, _name(name, n), links.find(name, query.code, is_exact=is_town and name == "actions"))
        for name in choose_columns(region)
        if (n := getattr(numbers, name))
    ]
    column = _choose_column(query, region, numbers)
    filters = replace(query.filters, territory=tuple(one.id for one in get_catalogue().within(place)) if place else ())
    ideas = _list_ideas(filters, column) if column not in ("", "actions") else []
    return PlacePanel(
        place,
        _name_place(place),
        _list_facts(place) if place else [],
        counts,
        _tell_wait(query, region, numbers, ideas),
        ideas,
        plan_places.list_actions(filters, MOST) if column == "actions" else [],
        links.find(column, query.code, is_exact=is_town and column == "actions") if column else "",
        list(_list_around(query, region, links)),
        "" if place and place.is_archived else _find_form(place),
    )


def _name_place(place: Place | None) -> str:
    if place is None:
        return _("Toute la région")
    return _("%(name)s (MRC)", name=place.name) if place.is_mrc else place_name(place)


def _list_facts(place: Place) -> list[str]:
    mrc = get_catalogue().parent(place)
    people = place.population
    return [
        *([kind_name(place.kind).capitalize(), _("MRC %(name)s", name=mrc.name)] if mrc else []),
        *([ngettext("%(n)s habitant", "%(n)s habitants", people, n=format_decimal(people))] if people else []),
    ]


def _name(column: str, number: int) -> str:
    return {
        "needs": ngettext("besoin", "besoins", number),
        "waiting": _("sans action"),
        "ideas": ngettext("idée ou projet", "idées et projets", number),
        "actions": ngettext("action du plan", "actions du plan", number),
    }[column]


def _find_form(place: Place | None) -> str:
    return url_for("ideas.new", kind="need", territory=place.code if place else None)


def _choose_column(query: MapQuery, region: RegionNumbers, numbers: Numbers) -> str:
    """Return what the panel lists, by its number: needs that wait, where some do; "" where there is nothing."""
    column = COLUMN[query.words]
    if column == "needs" and region.has_plan and numbers.waiting != 0:
        return "waiting"
    return column if getattr(numbers, column) != 0 else ""


def _list_ideas(filters: Filters, column: str) -> Sequence[IdeaRow]:
    kinds: dict[str, Filters] = {
        "needs": replace(filters, kind=("need",)),
        "waiting": replace(filters, gap=("1",)),
        "ideas": replace(filters, kind=("idea", "project")),
    }
    sort = "oldest" if column == "waiting" else "recent"
    return lists.list_ideas(ANYONE, kinds[column], sort=sort, size=MOST).items


def _tell_wait(query: MapQuery, region: RegionNumbers, numbers: Numbers, ideas: Sequence[IdeaRow]) -> str:
    if query.words not in ("needs", GAPS):
        is_silent = getattr(numbers, COLUMN[query.words]) == 0
        return f"{tell_count(query.words, PlaceCount()).capitalize()}." if is_silent else ""
    if numbers.needs is None:
        return ""
    if not numbers.needs:
        return _("Aucun besoin sous ces filtres.") if query.narrowed else _("Personne n'a encore dit de besoin ici.")
    if not region.has_plan or numbers.waiting is None:
        return ""
    if not numbers.waiting:
        is_all = numbers.tied == numbers.needs
        answered = ngettext("Une action du plan y répond.", "Une action du plan répond à chacun.", numbers.needs)
        return answered if is_all else _("Rien n'attend d'action ici.")
    since = locale.format_day(ideas[0].published_at) if ideas and ideas[0].published_at else ""
    said = (
        _("Aucune action n'y répond encore.")
        if numbers.waiting == numbers.needs
        else ngettext("%(num)s attend encore une action.", "%(num)s attendent encore une action.", numbers.waiting)
    )
    return f"{said} {_('Le plus ancien attend depuis le %(day)s.', day=since)}" if since else said


def _list_around(
    query: MapQuery, region: RegionNumbers, links: CountLinks
) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Yield what is said for the whole MRC of a place, then of no place: numbers in words, each with its list."""
    mrc = (get_catalogue().parent(query.place) or query.place) if query.place else None
    whole = next((one.whole for one in region.mrcs if mrc and one.mrc.id == mrc.id), None)
    wholes = [(_("Pour toute la MRC"), whole, mrc.code)] if whole and mrc else []
    for name, numbers, code in [*wholes, (_("Sans lieu nommé, pour toute la région"), region.nowhere, "")]:
        found = [
            (tell_count(words, count), links.find(COLUMN[words], code, is_exact=True))
            for words in dict.fromkeys((query.words, "actions"))
            if (count := count_place(words, numbers)) and count.count
        ]
        if found:
            yield name, found

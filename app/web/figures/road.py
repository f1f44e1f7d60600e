"""The plate of what contributions became: the stations that they reached, told by MRC, community, issue or year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import get_public_rooms
from app.figures import plates
from app.figures.plates import OUT, Road
from app.ideas.figure_codes import IMPORTED
from app.reference.queries import get_catalogue
from app.web.figures.address import VIEWS, Address
from app.web.figures.tables import (
    Cell,
    Plate,
    Table,
    format_share,
    leave_out_empty,
    write_days,
    write_half,
    write_number,
    write_text,
)
from app.web.frame.charts import Bar, Chart, draw_bars
from app.web.frame.filters import label

REACHED = {
    "heard": _l("Entendues"),
    "studied": _l("Étudiées"),
    "retained": _l("Retenues"),
    "planned": _l("Au plan"),
    "achieved": _l("Réalisées"),
    "declined": _l("Non retenues"),
    "out": _l("Archivées ou retirées"),
}
LOOKS = {"achieved": "sun", "declined": "open", "out": "hatched"}
AT_PLAN = ("planned", "underway", "achieved")
STATUSES: dict[str, tuple[str, ...]] = {
    "heard": (),
    "studied": ("under_review", "retained", *AT_PLAN, "declined"),
    "retained": ("retained", *AT_PLAN),
    "planned": AT_PLAN,
    "achieved": ("achieved",),
    "declined": ("declined",),
    "out": OUT,
}
"""Where the ideas that each number counts are now; none: anywhere."""
PACES = {
    2: _l("Entendue, puis étudiée"),
    3: _l("Étudiée, puis retenue"),
    4: _l("Retenue, puis au plan"),
    5: _l("Au plan, puis réalisée"),
}


def build_road(address: Address) -> Plate | None:
    """Build the plate of the stations that the contributions of a period reached."""
    road, groups = plates.get_road(address.scope), _read_groups(address)
    if road is None or groups is None:
        return None
    finding = _tell(road)
    definition = _(
        "Chaque contribution publiée pendant la période compte où elle est maintenant, et à chaque étape d'avant. "
        "Celles qui ne sont pas retenues ont été étudiées, et chacune a sa raison publique."
    )
    paces = list(_list_paces(address))
    tables = [*paces, _list_roads(address, road, groups)]
    title = _("Ce que les contributions sont devenues")
    return Plate("road", title, finding, definition, _draw(road, finding), tables, address.list_views(), len(paces))


def _tell(road: Road) -> str:
    return _(
        "Sur %(heard)s : %(planned)s au plan, dont %(achieved)s avec un résultat; %(declined)s non retenues, avec une "
        "raison.",
        heard=ngettext("%(num)s contribution", "%(num)s contributions", road.heard),
        planned=format_decimal(road.planned),
        achieved=format_decimal(road.achieved),
        declined=format_decimal(road.declined),
    )


def _draw(road: Road, finding: str) -> Chart:
    bars = []
    for name, words in REACHED.items():
        number = getattr(road, name)
        value = format_decimal(number)
        if name != "heard" and road.heard:
            value = f"{value} · {format_share(number, road.heard)}"
        bars.append(Bar(str(words), value, [(0, number, LOOKS.get(name, "solid"))]))
    title = _("Les étapes que les contributions ont atteintes")
    return draw_bars("road", title, finding, bars, most=road.heard or 1)


def _read_groups(address: Address) -> Mapping[int, Road] | None:
    if address.by == "year":
        return plates.get_roads_by_year(address.scope)
    return plates.get_roads_by(address.by, address.scope)


def _list_roads(address: Address, road: Road, groups: Mapping[int, Road]) -> Table:
    rows = [_cells(_("En tout"), road, address, {})]
    for name, number, narrowed in _list_groups(address, groups):
        rows.append(_cells(name, groups[number], address, narrowed))
    head = [str(VIEWS[address.by]), *map(str, REACHED.values()), _("Dont venues d'ailleurs")]
    several = "" if address.by == "year" else _("Une contribution qui en a plusieurs compte à chaque ligne.")
    table = leave_out_empty(head, rows, [len(head) - 1])
    return replace(table, name="road", caption=_("Étapes atteintes"), note=several)


def _cells(name: str, road: Road, address: Address, narrowed: Mapping[str, str]) -> list[Cell]:
    span = (f"{narrowed['year']}-01", f"{narrowed['year']}-12") if "year" in narrowed else None
    if span:
        span = max(span[0], address.scope.first), min(span[1], address.scope.last)
    more = {key: value for key, value in narrowed.items() if key != "year"}
    numbers = [
        write_number(getattr(road, reached), address.list_url, span=span, status=STATUSES[reached], **more)
        for reached in REACHED
    ]
    imported = write_number(road.imported, address.list_url, span=span, origin=IMPORTED, **more)
    return [write_text(name), *numbers, imported]


def _list_groups(address: Address, groups: Mapping[int, Road]) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield the name of each group, its number, and what its lists are narrowed to."""
    if address.by == "year":
        yield from ((str(year), year, {"year": str(year)}) for year in groups)
        return
    catalogue = get_catalogue()
    things: dict[str, Iterable[tuple[Any, str, str]]] = {
        "mrc": ((place, "territory", place.code) for place in catalogue.places),
        "issue": ((issue, "issue", issue.slug) for issue in catalogue.issues),
        "community": ((room, "community", room.slug) for room in get_public_rooms().all),
    }
    for thing, name, value in things[address.by]:
        if thing.id in groups:
            yield label(thing), thing.id, {name: value}


def _list_paces(address: Address) -> Iterator[Table]:
    paces = plates.get_paces(address.scope)
    if paces:
        head = [_("D'une étape à l'autre"), _("Passages"), _("Médiane"), _("Moitié du milieu")]
        rows = [
            [
                write_text(str(PACES[station])),
                write_number(spread.number),
                write_days(spread, spread.median),
                write_half(spread),
            ]
            for station, spread in paces.items()
        ]
        note = _("Un passage compte celles qui ont franchi les deux étapes, où qu'elles soient maintenant.")
        yield Table("paces", _("Temps passé d'une étape à l'autre"), head, rows, note)

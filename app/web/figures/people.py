"""The plate of persons: fixed tables, counted once a month, whose small numbers no page says."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.communities.queries import Room, get_public_rooms
from app.core.masking import FEW, HIDDEN, Count
from app.core.small_counts import LEAST
from app.figures.models import SUPPORTED, WROTE
from app.figures.persons import NOWHERE, Persons
from app.figures.queries.persons import get_persons
from app.forms.places import get_place_names
from app.reference.queries import Place, get_catalogue
from app.web.figures.tables import Cell, Plate, Table, write_persons, write_text
from app.web.frame.charts import Bar, Chart, Series, draw_bars
from app.web.frame.filters import label
from app.web.frame.locale import format_date_day
from app.web.frame.maps import find_address
from app.web.frame.person_counts import format_persons


def build_persons() -> Plate | None:
    """Build the plate of persons; None before they were counted."""
    wrote, supported = get_persons(WROTE), get_persons(SUPPORTED)
    if wrote is None or supported is None:
        return None
    finding = _(
        "Personnes qui ont écrit : %(wrote)s. Personnes qui ont appuyé : %(supported)s. C'était avant le %(day)s.",
        wrote=format_persons(wrote.total),
        supported=format_persons(supported.total),
        day=format_date_day(wrote.before),
    )
    definition = _(
        "Des personnes, et non des textes, comptées une fois par mois, sans période ni filtre. Sous %(least)s, le "
        "nombre n'est pas dit. D'autres ne le sont pas non plus, pour qu'aucun calcul ne le rende.",
        least=LEAST,
    )
    tables = [
        _list_years(wrote, supported),
        _list_cells(wrote, "wrote", _("Personnes qui ont écrit, par MRC et communauté")),
        _list_cells(supported, "supported", _("Personnes qui ont appuyé, par MRC et communauté")),
        _list_places(wrote, supported),
    ]
    drawn = _draw(_list_mrcs(wrote, supported), wrote, supported, finding)
    return Plate("persons", _("Combien de personnes"), finding, definition, drawn, tables)


def _list_mrcs(*found: Persons) -> list[Place]:
    """Return the MRC that are not archived, and those others of which persons spoke."""
    spoken = {number for one in found for number in one.list_numbers("mrc")}
    return [p for p in get_catalogue().places if p.is_mrc and (not p.is_archived or p.id in spoken)]


def _draw(mrcs: Sequence[Place], wrote: Persons, supported: Persons, finding: str) -> Chart:
    bars = [
        Bar(
            mrc.name,
            _("%(wrote)s; appuis : %(supported)s", wrote=format_persons(first), supported=format_persons(second)),
            [_strip(first, "solid"), _strip(second, "hatched")],
        )
        for mrc in mrcs
        for first, second in [(wrote.of_mrc(mrc.id), supported.of_mrc(mrc.id))]
    ]
    series = [Series("solid", _("ont écrit")), Series("hatched", _("ont appuyé"))]
    if any(count == FEW for mrc in mrcs for count in (wrote.of_mrc(mrc.id), supported.of_mrc(mrc.id))):
        series.append(Series("open", format_persons(FEW)))
    return draw_bars("persons", _("Personnes par MRC"), finding, bars, series=series)


def _strip(count: Count, look: str) -> tuple[float, float, str]:
    """Return the strip of a number: nothing for one that is not said, all that a small one may be."""
    if isinstance(count, int):
        return (0, count, look)
    return (0, 0 if count == HIDDEN else LEAST, "open")


def _list_cells(found: Persons, name: str, caption: str) -> Table:
    """Return the table of an act: MRC by community, with the totals of both, which are persons and no sums."""
    mrcs: list[tuple[str, int]] = [(mrc.name, mrc.id) for mrc in _list_mrcs(found)]
    rooms = [(label(room), room.id) for room in _list_rooms(found)]
    if NOWHERE in found.list_numbers("mrc"):
        mrcs.append((_("Sans lieu nommé"), NOWHERE))
    if NOWHERE in found.list_numbers("community"):
        rooms.append((_("Sans communauté"), NOWHERE))
    head = [_("MRC"), *(room for room, _id in rooms), _("Personnes")]
    rows = [
        [
            write_text(mrc),
            *(write_persons(found.of_cell(n, room)) for _name, room in rooms),
            write_persons(found.of_mrc(n)),
        ]
        for mrc, n in mrcs
    ]
    totals = [write_persons(found.of_community(room)) for _name, room in rooms]
    rows.append([write_text(_("Personnes")), *totals, write_persons(found.total)])
    note = _("Qui a participé dans deux communautés, ou dans deux MRC, compte une fois dans chaque total.")
    return Table(name, caption, head, rows, note)


def _list_rooms(found: Persons) -> list[Room]:
    spoken = found.list_numbers("community")
    return [room for room in get_public_rooms().all if not room.is_archived or room.id in spoken]


def _list_years(wrote: Persons, supported: Persons) -> Table:
    years = sorted({*wrote.list_numbers("year"), *supported.list_numbers("year")})
    rows = [[write_text(str(year)), *_write_both(wrote.of_year(year), supported.of_year(year))] for year in years]
    return Table("years", _("Personnes, par année"), [_("Année"), *_acts()], rows)


def _list_places(wrote: Persons, supported: Persons) -> Table:
    rows, names, (before, after, _whole) = [], get_place_names(), find_address("reference.territory", "code")
    for place in get_catalogue().places:
        both = wrote.of_municipality(place.id), supported.of_municipality(place.id)
        if not place.is_mrc and (any(both) or not place.is_archived):
            name = write_text(names[place.id], f"{before}{place.code}{after}")
            rows.append([name, *_write_both(*both)])
    return Table("places", _("Personnes, par municipalité"), [_("Municipalité"), *_acts()], rows)


def _acts() -> list[str]:
    return [_("Ont écrit"), _("Ont appuyé")]


def _write_both(wrote: Count, supported: Count) -> list[Cell]:
    return [write_persons(wrote), write_persons(supported)]

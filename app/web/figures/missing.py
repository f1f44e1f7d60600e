"""The plate of who is missing: people and contributions by MRC, and the municipalities of which nothing was said."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.figures import plates
from app.figures.plates import Missing, MrcShare
from app.forms.places import get_place_names
from app.web.figures.address import Address
from app.web.figures.tables import Cell, Plate, Table, format_share, write_number, write_text
from app.web.frame.charts import Bar, Chart, Series, draw_bars
from app.web.frame.maps import find_address

NEAR = 1.5
"""Shares that are within so many points are alike."""


def build_missing(address: Address) -> Plate | None:
    """Build the plate of who is missing."""
    found = plates.get_missing(address.scope)
    if found is None:
        return None
    finding = " ".join(filter(None, [_tell_difference(found.mrcs), _tell_silent(found)]))
    definition = _(
        "Part de la population et part des contributions de la période qui nomment chaque MRC; celle qui en nomme deux "
        "compte dans chacune. Ce n'est pas un classement : c'est où aller écouter."
    )
    drawn = _draw(found.mrcs, finding) if len(found.mrcs) > 1 else None
    tables = [_list(found), _list_shares(address, found)]
    return Plate("missing", _("Qui manque"), finding, definition, drawn, tables)


def _tell_difference(lines: Sequence[MrcShare]) -> str:
    if not sum(line.voices for line in lines) or len(lines) < 2:
        return ""
    line = max(lines, key=lambda line: line.population_share - line.voices_share)
    if line.population_share - line.voices_share < NEAR:
        return _("Chaque MRC a une part des contributions proche de sa part de la population.")
    return _(
        "%(name)s a %(people)s de la population et %(voices)s des contributions.",
        name=line.place.name,
        people=format_share(line.population_share, 100),
        voices=format_share(line.voices_share, 100),
    )


def _tell_silent(found: Missing) -> str:
    number = len(found.silent)
    if not number:
        return _("Pendant la période, chaque municipalité est nommée au moins une fois.")
    return ngettext(
        "D'une municipalité, rien n'a été dit pendant la période : %(people)s personnes y vivent.",
        "De %(num)s municipalités, rien n'a été dit pendant la période : %(people)s personnes y vivent.",
        number,
        people=format_decimal(found.silent_population),
    )


def _draw(lines: Sequence[MrcShare], finding: str) -> Chart:
    bars = [
        Bar(
            line.place.name,
            _write_difference(line),
            [(0, line.population_share, "open"), (0, line.voices_share, "solid")],
        )
        for line in lines
    ]
    series = [Series("open", _("part de la population")), Series("solid", _("part des contributions"))]
    return draw_bars("missing", _("Population et contributions, par MRC"), finding, bars, series=series)


def _write_difference(line: MrcShare) -> str:
    points = round(line.voices_share) - round(line.population_share)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return ngettext("%(sign)s%(num)s point", "%(sign)s%(num)s points", abs(points), sign=sign)


def _list_shares(address: Address, found: Missing) -> Table:
    head = [
        _("MRC"),
        _("Habitants"),
        _("Part des habitants"),
        _("Contributions"),
        _("Part des contributions"),
        _("Écart"),
    ]
    rows = [
        [
            write_text(line.place.name, url_for("reference.territory", code=line.place.code)),
            write_number(line.population),
            _write_share(line.population_share),
            write_number(line.voices, address.list_url, territory=line.place.code),
            _write_share(line.voices_share),
            Cell(round(line.voices_share - line.population_share, 1), _write_difference(line)),
        ]
        for line in found.mrcs
    ]
    return Table("shares", _("Population et contributions, par MRC"), head, rows)


def _write_share(share: float) -> Cell:
    return Cell(round(share, 1), format_share(share, 100))


def _list(found: Missing) -> Table:
    names, (before, after, _whole) = get_place_names(), find_address("reference.territory", "code")
    rows = [
        [write_text(names[place.id], f"{before}{place.code}{after}"), write_number(place.population or 0)]
        for place in found.silent
    ]
    return Table(
        "silent", _("Municipalités dont rien n'a été dit pendant la période"), [_("Municipalité"), _("Habitants")], rows
    )

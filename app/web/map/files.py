"""What is taken away of the map: its shapes with their numbers, and its list as a table."""

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.exchange import sheets
from app.forms.places import kind_name, place_name
from app.hubs.queries.places import Numbers, RegionNumbers
from app.reference import policy
from app.reference.queries import Place
from app.reference.shapes import get_shapes, write_area
from app.web.frame import files, links, locale
from app.web.frame.routes import public
from app.web.map.address import MapQuery
from app.web.map.bp import bp
from app.web.map.place_lists import COLUMNS, build_lists, choose_columns, name_columns
from app.web.map.read import read_numbers


@bp.get("/map.geojson")
@public(policy.READ)
def geojson() -> Response:
    query, region = read_numbers()
    shapes = get_shapes()
    content = {
        "type": "FeatureCollection",
        "attribution": shapes.attribution_in(locale.get_language()) if shapes else "",
        "date": clock.today().isoformat(),
        "address": links.absolute_url(query.url(query.narrowed, query.mrc.code if query.mrc else "")),
        "features": [_describe(*row) for row in _rows(query, region)],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return files.send([text], _name(), "geojson")


@bp.get("/map.csv")
@public(policy.READ)
def table() -> Response:
    query, region = read_numbers()
    rows = [[_("MRC"), _("Territoire"), *name_columns(choose_columns(region)), _("Compté le")]]
    for one in build_lists(query, region):
        for row in one.rows:
            numbers = ["" if count.number is None else str(count.number) for count in row.counts]
            rows.append([one.name, row.name, *numbers, clock.today().isoformat()])
    return files.send(list(sheets.csv_lines(rows)), _name(), "csv")


def _name() -> str:
    return f"{'map' if locale.get_language() == 'en' else 'carte'}-{clock.today()}"


def _rows(query: MapQuery, region: RegionNumbers) -> Iterator[tuple[Place | None, str, str, Numbers]]:
    """Yield each place with what is counted of it: `municipality`, `whole` MRC, MRC `once`, `nowhere`, `all`."""
    for one in region.mrcs:
        if query.mrc is None or query.mrc.id == one.mrc.id:
            for place, numbers in one.municipalities:
                yield place, "municipality", one.mrc.name, numbers
            yield one.mrc, "whole", one.mrc.name, one.whole
            yield one.mrc, "once", one.mrc.name, one.once
    if query.mrc is None:
        yield None, "nowhere", "", region.nowhere
        yield None, "all", "", region.once


def _describe(place: Place | None, scope: str, mrc: str, numbers: Numbers) -> dict[str, Any]:
    """Return a feature: a municipality has its shape, what is said of more than one has none."""
    shapes = get_shapes()
    shape = shapes.by_code.get(place.code) if shapes and place and scope == "municipality" else None
    facts = {
        "scope": scope,
        "code": place.code if place else "",
        "name": place_name(place) if place else "",
        "kind": kind_name(place.kind) if place else "",
        "mrc": mrc,
    }
    counts = {name: getattr(numbers, name) for name in COLUMNS}
    return {
        "type": "Feature",
        "geometry": write_area(shape.area) if shape else None,
        "properties": facts | counts,
    }

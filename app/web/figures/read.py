"""The page of figures, and each of its tables as a file."""

from collections.abc import Callable

from flask import abort, jsonify, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.core import clock
from app.exchange import sheets
from app.figures import plates, policy
from app.reference.queries import get_catalogue
from app.web.figures import missing, people, road, talk
from app.web.figures.address import ENDINGS, Address, list_mrcs, list_rooms, read_address
from app.web.figures.bp import bp
from app.web.figures.tables import Plate, Table
from app.web.frame import files, links
from app.web.frame.responses import render
from app.web.frame.routes import public

PLATES: dict[str, Callable[[Address], Plate | None]] = {
    "months": talk.build_months,
    "delays": talk.build_delays,
    "road": road.build_road,
    "missing": missing.build_missing,
    "persons": lambda _address: people.build_persons(),
}
TABLES = {
    "months": "months",
    "delays": "delays",
    "road": "road",
    "paces": "road",
    "shares": "missing",
    "silent": "missing",
    "wrote": "persons",
    "supported": "persons",
    "years": "persons",
    "places": "persons",
}
"""The plate of each table."""


@bp.get("/figures")
@public(policy.READ)
def show() -> str:
    address = read_address()
    built = {
        name: build(address) for name, build in PLATES.items() if name != "persons" or not address.scope.is_narrowed
    }
    return render(
        "figures/show.html",
        address=address,
        lead=_tell_lead(address),
        plates=[plate for plate in built.values() if plate],
        is_empty=_is_empty(address),
        is_cut=any(built[name] is None for name in ("months", "delays", "road", "missing")),
        rooms=list_rooms(),
        mrcs=list_mrcs(),
        endings=ENDINGS,
        today=clock.today(),
    )


def _tell_lead(address: Address) -> str:
    """Say what the figures are of, and of how many municipalities something was said."""
    found = plates.get_missing(address.scope)
    if found is None:
        return _("%(figures)s. Chaque nombre de contributions mène à sa liste.", figures=address.words)
    inside = {line.place.id for line in found.mrcs}
    places = [p for p in get_catalogue().places if p.parent_id in inside and not p.is_archived]
    named = len(places) - len(found.silent)
    return ngettext(
        "%(figures)s : on a parlé de %(num)s municipalité sur %(places)s. Chaque nombre de contributions mène à sa "
        "liste.",
        "%(figures)s : on a parlé de %(num)s municipalités sur %(places)s. Chaque nombre de contributions mène à sa "
        "liste.",
        named,
        figures=address.words,
        places=len(places),
    )


def _is_empty(address: Address) -> bool:
    """Tell whether nothing was said under these filters, and nothing waits."""
    found, delays = plates.get_road(address.scope), plates.list_delays(address.scope)
    return found is not None and not found.heard and not delays


@bp.get(f"/figures/<any({', '.join(TABLES)}):table>.<any({', '.join(ENDINGS)}):ending>")
@public(policy.READ)
def export(table: str, ending: str) -> Response:
    """Send a table: what the page shows of it, under the same filters."""
    address = read_address()
    plate = PLATES[TABLES[table]](address)
    found = next((one for one in plate.tables if one.name == table), None) if plate else None
    if plate is None or found is None:
        abort(404)
    if ending == "json":
        return _send_json(plate, found, address)
    rows = [list(found.head), *([cell.value for cell in row] for row in found.rows)]
    name = f"{table}-{clock.today()}"
    if ending == "csv":
        return files.send(sheets.csv_lines([str(value) for value in row] for row in rows), name, "csv")
    return files.send([sheets.build_xlsx(rows, found.caption[:31])], name, "xlsx")


def _send_json(plate: Plate, table: Table, address: Address) -> Response:
    return jsonify(
        title=table.caption,
        definition=plate.definition,
        note=table.note,
        source=links.absolute_url(url_for(".show", **address.parameters)),
        on=clock.today().isoformat(),
        columns=list(table.head),
        rows=[[cell.value for cell in row] for row in table.rows],
    )

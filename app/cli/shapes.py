"""import shapes: bring in what the maps of the region are drawn from."""

import sys
from pathlib import Path

import click
from flask_babel import force_locale, gettext

from app.cli.terminal import answer, as_json, on_app, say, tell
from app.exchange import geojson, shapes
from app.exchange.shapes import Refusal, ShapeFile


@click.command("shapes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--code", "code_property", default="code", show_default=True, help="The property that holds the code.")
@click.option("--source", default="", metavar="TEXT", help="Whose shapes they are, where FILE does not say it.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@as_json
@on_app()
def import_shapes(file: Path, code_property: str, source: str, dry_run: bool, as_json: bool) -> None:
    """Draw the maps from the shapes of FILE (GeoJSON), and no more from those that are there; docs/map.md says how.

    Where one feature can't be taken nothing is, and the exit code is 1; each is reported with its line and its reason.
    """
    with file.open("rb") as opened:
        content = opened.read(geojson.MOST_BYTES + 1)
    found = shapes.read(content, source=source, code_property=code_property)
    for refusal in found.refusals:
        what = f"{refusal.code}: " if refusal.code else ""
        tell(f"{file}:{refusal.line or '-'}: {what}{_reason(refusal)}")
    for place in found.without_shape:
        tell(f"{file}: no shape for {place.code} {place.name}")
    if not found.refusals and not dry_run:
        shapes.bring(found)
    if as_json:
        answer(
            {
                "shapes": found.shape_count,
                "without_shape": [place.code for place in found.without_shape],
                "refused": [{"line": one.line, "code": one.code, "message": _reason(one)} for one in found.refusals],
            }
        )
    else:
        say(_sentence(found, dry_run=dry_run))
    sys.exit(1 if found.refusals else 0)


def _sentence(found: ShapeFile, *, dry_run: bool) -> str:
    if found.refusals:
        return f"Nothing is imported: {len(found.refusals)} refused."
    missing = f", {len(found.without_shape)} without a shape" if found.without_shape else ""
    return f"shapes: {found.shape_count} {'would be ' if dry_run else ''}taken{missing}"


def _reason(refusal: Refusal) -> str:
    with force_locale("en"):
        return str(gettext(refusal.message) % refusal.values)

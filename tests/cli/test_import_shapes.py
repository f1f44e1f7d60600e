"""`reflexe import shapes`: a dry run says what would come, the real one draws the maps anew, a wrong file nothing."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from app.operations.reference import DATA
from app.reference import frames, shapes
from tests.exchange.test_shapes import BESIDE, area, file_of
from tests.support.terminal import run


def list_drawn() -> set[str]:
    """Return the codes of the municipalities that maps show by now."""
    db.session.rollback()
    return set(frames.get_neighbours())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.geojson"
    path.write_bytes(file_of(area(), area("69075", BESIDE)))
    return path


def test_a_dry_run_changes_nothing_and_the_import_draws_the_maps_anew(app: Flask, file: Path) -> None:
    dry = run(app, "import", "shapes", file, "--dry-run")
    assert dry.stdout == "shapes: 2 would be taken, 63 without a shape\n"
    assert f"{file}: no shape for 69060 Godmanchester\n" in dry.stderr and dry.stderr.count("no shape for") == 63
    assert len(list_drawn()) == 65
    assert run(app, "import", "shapes", file).stdout == "shapes: 2 taken, 63 without a shape\n"
    assert list_drawn() == {"69070", "69075"}
    assert run(app, "import", "shapes", DATA / "shapes.geojson").stdout == "shapes: 65 taken\n"
    assert len(list_drawn()) == 65


def test_what_is_refused_is_one_line_each_and_nothing_is_imported(app: Flask, file: Path) -> None:
    file.write_bytes(file_of(area(), area("99999"), area("69075", [[1]])))
    result = run(app, "import", "shapes", file, code=1)
    assert f"{file}:3: 99999: This is the code of no territory.\n" in result.stderr
    assert f"{file}:4: 69075: Coordinates are a longitude, then a latitude, in degrees (WGS84).\n" in result.stderr
    assert result.stdout == "Nothing is imported: 2 refused.\n" and len(list_drawn()) == 65
    answer = json.loads(run(app, "import", "shapes", file, "--json", code=1).stdout)
    assert answer["refused"][0] == {"line": 3, "code": "99999", "message": "This is the code of no territory."}
    assert answer["shapes"] == 0 and "69060" in answer["without_shape"]
    file.write_bytes(b"[]")
    assert "This file is not GeoJSON." in run(app, "import", "shapes", file, code=1).stderr


def test_the_source_and_the_property_of_codes_may_be_said(app: Flask, file: Path) -> None:
    file.write_bytes(file_of(area(None, MUS_CO_GEO="69070"), attribution=""))
    refusal = run(app, "import", "shapes", file, "--code", "MUS_CO_GEO", code=1).stderr
    assert f"{file}:-: Say whose shapes these are: it is written beside every map.\n" in refusal
    run(app, "import", "shapes", file, "--code", "MUS_CO_GEO", "--source", "La région, CC BY 4.0")
    db.session.rollback()
    found = shapes.get_shapes()
    assert found and found.attribution_in("en") == "La région, CC BY 4.0"

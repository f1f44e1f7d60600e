"""Shapes from a GeoJSON file: what is taken, and each thing that can't be, by its line."""

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.exchange import geojson, shapes
from app.operations.reference import DATA
from app.reference import frames, queries
from app.reference import shapes as stored_shapes

SQUARE = [[[-74.0, 45.0], [-73.9, 45.0], [-73.9, 45.1], [-74.0, 45.1], [-74.0, 45.0]]]
BESIDE = [[[-73.9, 45.0], [-73.8, 45.0], [-73.8, 45.1], [-73.9, 45.1], [-73.9, 45.0]]]


def area(code: Any = "69070", coordinates: Any = SQUARE, shape: str = "Polygon", **facts: Any) -> dict[str, Any]:
    properties = facts if code is None else {"code": code, **facts}
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def name_of(code: Any = "69", coordinates: Any = (-74.0, 45.2), shape: str = "Point", **facts: Any) -> dict[str, Any]:
    return area(code, list(coordinates), shape, **facts)


def file_of(*features: Any, **members: Any) -> bytes:
    """Return a file, a feature a line, the first of them on line 2."""
    rows = ",\n".join(json.dumps(feature) for feature in features)
    head = {"type": "FeatureCollection", "attribution": "Chez nous", **members}
    return f'{json.dumps(head)[:-1]}, "features": [\n{rows}\n]}}'.encode()


def refused(*features: Any, **options: Any) -> list[tuple[int, str, str]]:
    return [(one.line, one.code, one.message) for one in shapes.read(file_of(*features), **options).refusals]


def test_shapes_take_the_place_of_those_that_are_there(app: Flask) -> None:
    file = shapes.read(file_of(area(), area("69075", BESIDE), name_of(), attribution_en="Ours"))
    assert (file.shape_count, len(file.without_shape), file.refusals) == (2, 63, [])
    assert "69060" in {place.code for place in file.without_shape}
    before = frames.find_frame()
    shapes.bring(file)
    found = stored_shapes.get_shapes()
    assert found and list(found.by_code) == ["69070", "69075"] and found.water == []
    assert (found.attribution_in("fr"), found.attribution_in("en")) == ("Chez nous", "Ours")
    assert frames.get_neighbours() == {"69070": ["69075"], "69075": ["69070"]}
    frame = frames.find_frame()
    assert frame and frame != before and set(frame.cells) == {"69070", "69075"} and set(frame.borders) == {"69"}
    assert frames.find_frame("67") is None and frames.find_frame("67005") is None
    # The square has its point in its middle, within what no picture shows.
    x, y = found.by_code["69070"].point
    assert abs(x + 73.95) < 0.001 and abs(y - 45.05) < 0.02 and found.by_code["69070"].disc == (x, y)


def test_what_is_stored_can_be_brought_in_again_and_changes_nothing(app: Flask) -> None:
    said, features = stored_shapes.list_features()
    content = json.dumps({"type": "FeatureCollection", "attribution": said["fr"], "features": features})
    again = shapes.read(content.encode())
    assert again.features == features and again.without_shape == []
    first = shapes.read((DATA / "shapes.geojson").read_bytes())
    assert first.features == features and first.attribution == said


def test_a_code_may_stand_elsewhere_and_be_a_number(app: Flask) -> None:
    file = shapes.read(file_of(area(None, MUS_CO_GEO=69070)), code_property="MUS_CO_GEO")
    assert file.refusals == [] and file.features[0]["properties"]["code"] == "69070"


def test_whose_shapes_they_are_is_said_by_the_file_or_by_who_brings_them(app: Flask) -> None:
    assert shapes.read(file_of(area(), attribution=" ")).refusals[0].message == shapes.NO_SOURCE
    assert shapes.read(file_of(area(), attribution=3)).refusals[0].message == shapes.NO_SOURCE
    file = shapes.read(file_of(area(), attribution_en="Ours"), source="La région")
    assert file.attribution == {"fr": "La région"}
    with pytest.raises(Invalid, match="de qui viennent"):
        shapes.bring(shapes.read(file_of(area(), attribution="")))


def test_what_can_not_be_taken_is_told_by_its_line(app: Flask) -> None:
    assert refused(area(), area("99999"), area(None, name="Rien"), area("69")) == [
        (3, "99999", shapes.UNKNOWN),
        (4, "", shapes.NO_CODE),
        (5, "69", shapes.IS_MRC),
    ]
    file = shapes.read(file_of(area(), area("69075", BESIDE), area()))
    assert [(one.line, one.message, one.values) for one in file.refusals] == [(4, shapes.TWICE, {"line": 2})]
    assert file.features == []
    assert refused(3, None, {}, {"properties": [], "geometry": []}) == [(n, "", shapes.NO_CODE) for n in range(2, 6)]
    assert refused(area(None, kind="water", coordinates=SQUARE)) == [(0, "", shapes.NO_AREA)]
    assert refused() == [(0, "", shapes.NO_AREA)]


@pytest.mark.parametrize(
    ("coordinates", "shape", "reason"),
    [
        ([-74.0, 45.0], "MultiPoint", geojson.NOT_AN_AREA),
        ([], "Polygon", geojson.NOT_AN_AREA),
        ([[]], "Polygon", geojson.NOT_AN_AREA),
        ("x", "Polygon", geojson.NOT_AN_AREA),
        ([[[-74.0, 45.0], [-73.9, 45.0], [-74.0, 45.0]]], "Polygon", geojson.NOT_AN_AREA),
        ([[[-74.0, 45.0], [-73.9, 45.0], [-73.8, 45.0], [-74.0, 45.0]]], "Polygon", geojson.NOT_AN_AREA),
        ([[[297000.5, 5040000.5]] * 4], "Polygon", geojson.NOT_DEGREES),
        ([[[-74.0, True]] * 4], "Polygon", geojson.NOT_DEGREES),
        ([[[-74.0]] * 4], "Polygon", geojson.NOT_DEGREES),
        ([[[10**400, 45.0]] * 4], "Polygon", geojson.NOT_DEGREES),
        ([[[-74.0, float("nan")]] * 4], "Polygon", geojson.NOT_DEGREES),
        ([["-74", "45"]], "Polygon", geojson.NOT_DEGREES),
    ],
)
def test_what_is_no_area_is_refused(app: Flask, coordinates: Any, shape: str, reason: str) -> None:
    assert refused(area(coordinates=coordinates, shape=shape)) == [(2, "69070", reason)]


def test_a_name_has_a_place_and_what_names_need(app: Flask) -> None:
    lake = {"kind": "water", "name": " Lac  Saint-Louis ", "angle": -20, "anchor": "start"}
    line = name_of(coordinates=[[-74.0, 45.2], [-73.95, 45.05]], shape="LineString")
    features = shapes.read(file_of(area(), name_of(None, **lake), line)).features
    assert features[1]["properties"] == {
        "anchor": "start",
        "kind": "water",
        "name": "Lac Saint-Louis",
        "angle": -20,
    }
    assert features[2]["geometry"]["type"] == "LineString" and features[2]["properties"]["code"] == "69"
    for wrong, reason in (
        (name_of("69070"), shapes.NOT_AN_MRC),
        (name_of(None, **{**lake, "name": ""}), shapes.NO_NAME),
        (name_of(None, **{**lake, "name": "x" * 61}), shapes.NO_NAME),
        (name_of(None, **{**lake, "angle": 91}), shapes.BAD_ANGLE),
        (name_of(None, **{**lake, "angle": 1.5}), shapes.BAD_ANGLE),
        (name_of(None, **{**lake, "anchor": "top"}), shapes.BAD_ANCHOR),
        (name_of(coordinates=[[-74.0, 45.2]], shape="LineString"), geojson.NOT_A_NAME),
        (name_of(coordinates=[400, 45]), geojson.NOT_DEGREES),
    ):
        assert [one[2] for one in refused(area(), wrong)] == [reason], wrong
    assert [one[2] for one in refused(area(disc=["x"]))] == [geojson.NOT_DEGREES]


def test_a_point_is_taken_where_it_is_inside_and_a_disc_wherever_it_is(app: Flask) -> None:
    inside, outside = [-73.98, 45.02], [-73.5, 45.02]
    facts = shapes.read(file_of(area(point=inside, disc=outside))).features[0]["properties"]
    assert facts == {"code": "69070", "point": inside, "disc": outside}
    assert shapes.read(file_of(area(point=outside))).features[0]["properties"]["point"] != outside


def test_points_that_no_picture_shows_are_left_out(app: Flask) -> None:
    ring = [[-74.0, 45.0], [-73.95, 45.00001], [-73.9, 45.0], [-73.9, 45.1], [-74.0, 45.1], [-74.0, 45.0]]
    (found,) = shapes.read(file_of(area(coordinates=[ring]))).features[0]["geometry"]["coordinates"]
    assert found[0] == found[-1] and sorted(found[1:]) == sorted(SQUARE[0][1:])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", geojson.NOT_JSON),
        (b"[]", geojson.NOT_JSON),
        (b"{", geojson.NOT_JSON),
        (b"\xff\xfe", geojson.NOT_JSON),
        (b'{"type": "FeatureCollection", "features": [3', geojson.NOT_JSON),
        (b'{"type": "FeatureCollection" "features": []}', geojson.NOT_JSON),
        (b'{"type" 3}', geojson.NOT_JSON),
        (b"{[1]: 2}", geojson.NOT_JSON),
        (b'{"features": [' + b"[" * 200_000, geojson.NOT_JSON),
        (b'{"type": "FeatureCollection"}', geojson.NOT_FEATURES),
        (b'{"type": "Feature", "features": []}', geojson.NOT_FEATURES),
        (b'{"type": "FeatureCollection", "features": {}}', geojson.NOT_FEATURES),
    ],
)
def test_what_is_no_collection_is_said_so(app: Flask, content: bytes, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        shapes.read(content)
    assert refusal.value.message == reason


def test_a_file_that_is_too_large_is_not_read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MOST_POINTS", 3)
    with pytest.raises(Invalid) as refusal:
        shapes.read(file_of(area()))
    assert refusal.value.message == geojson.TOO_MANY
    monkeypatch.setattr(geojson, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refusal:
        shapes.read(file_of(area()))
    assert refusal.value.message == geojson.TOO_LARGE


KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Point", "LineString"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats() | st.text(max_size=5) | st.just("69070"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "code", "kind", "name", "angle", "anchor", "point", "disc", "coordinates"]), inner
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"properties": JSON, "geometry": JSON | st.fixed_dictionaries({"type": KINDS, "coordinates": JSON})}
        ),
        max_size=3,
    )
)
def test_whatever_a_file_holds_is_taken_or_refused(app: Flask, features: list[Any]) -> None:
    file = shapes.read(file_of(area(), *features))
    assert file.refusals or stored_shapes.build_shapes(file.features, file.attribution).by_code


def test_the_line_of_a_feature_is_that_of_the_file_however_it_is_laid_out(app: Flask) -> None:
    laid_out = json.dumps(json.loads(file_of(area(), area("99999"))), indent=1)
    (refusal,) = shapes.read(laid_out.encode()).refusals
    before = laid_out[: laid_out.index('"99999"')].splitlines()
    assert before[refusal.line - 1].strip() == "{" and len(before) - refusal.line == 3
    flat = json.dumps(json.loads(laid_out))
    assert shapes.read(b"\xef\xbb\xbf" + flat.encode()).refusals[0].line == 1
    assert queries.get_catalogue().place_at("99999") is None

"""The shapes of the region: what a site stores of them, as the GeoJSON of one file, and what is read from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from app.core import clock, versions
from app.core.db import db, run
from app.core.geometry.areas import Area, Box, Point, bound, list_points
from app.core.unit import command
from app.reference.models import RegionShapes
from app.reference.queries import KEY

WATER, BESIDE = "water", "beside"
KINDS = (WATER, BESIDE)
ANCHORS = ("start", "middle", "end")
ATTRIBUTIONS = {"fr": "attribution", "en": "attribution_en"}
Feature = Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """A municipality, in longitudes and latitudes, with a `point` inside it and the place of its disc in its MRC."""

    code: str
    area: Area
    point: Point
    disc: Point


@dataclass(frozen=True)
class NamePlace:
    """A name that is no municipality's: of an MRC by its code, or of what is there (`kind`), from a point on.

    `leader` is where a line leads from it, `angle` in degrees, clockwise.
    """

    code: str
    kind: str
    text: str
    point: Point
    leader: Point | None
    anchor: str
    angle: int


@dataclass(frozen=True)
class Shapes:
    """What a map is drawn from: municipalities by code, water, what lies beside the region, names, whose they are."""

    by_code: Mapping[str, Shape]
    water: Sequence[Area]
    beside: Sequence[Area]
    names: Sequence[NamePlace]
    attribution: Mapping[str, str]

    @property
    def box(self) -> Box:
        """Return the box of longitudes and latitudes that the municipalities fill."""
        return bound(point for shape in self.by_code.values() for point in list_points(shape.area))

    def attribution_in(self, language: str) -> str:
        """Return the sentence to show beside every map, and inside what is taken away."""
        return self.attribution.get(language) or self.attribution["fr"]


def get_shapes() -> Shapes | None:
    """Return the shapes of the site, or None where there are none."""
    return versions.get_or_load("shapes", _load, under=KEY)


def has_shapes() -> bool:
    return db.session.scalar(select(RegionShapes.id).limit(1)) is not None


def list_features() -> tuple[Mapping[str, str], list[Feature]]:
    """Return the attribution and the features of the site, as they are stored; nothing where there are none."""
    content = db.session.scalar(select(RegionShapes.content)) or {"features": []}
    return {lang: content[name] for lang, name in ATTRIBUTIONS.items() if content.get(name)}, content["features"]


@command
def store(features: Sequence[Feature], attribution: Mapping[str, str]) -> None:
    """Put shapes that were checked in the place of those that are there; the maps are drawn from them from now on."""
    said = {ATTRIBUTIONS[lang]: text for lang, text in attribution.items()}
    content = {"type": "FeatureCollection", **said, "features": features}
    run(delete(RegionShapes))
    db.session.add(RegionShapes(id=1, content=content, stored_at=clock.now()))
    versions.touch(KEY)


def _load() -> Shapes | None:
    attribution, features = list_features()
    return build_shapes(features, attribution) if features else None


def build_shapes(features: Iterable[Feature], attribution: Mapping[str, str]) -> Shapes:
    """Read features that were checked."""
    by_code: dict[str, Shape] = {}
    areas: dict[str, list[Area]] = {kind: [] for kind in KINDS}
    names: list[NamePlace] = []
    for feature in features:
        facts, geometry = feature["properties"], feature["geometry"]
        if geometry["type"] in ("Point", "LineString"):
            names.append(_read_name(facts, geometry))
        elif "code" in facts:
            by_code[facts["code"]] = _read_shape(facts, geometry)
        else:
            areas[facts["kind"]].append(read_area(geometry))
    return Shapes(by_code, areas[WATER], areas[BESIDE], names, attribution)


def _read_shape(facts: Mapping[str, Any], geometry: Feature) -> Shape:
    point = tuple(facts["point"])
    return Shape(facts["code"], read_area(geometry), point, tuple(facts.get("disc", point)))


def _read_name(facts: Mapping[str, Any], geometry: Feature) -> NamePlace:
    points = [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]
    return NamePlace(
        code=facts.get("code", ""),
        kind=facts.get("kind", ""),
        text=facts.get("name", ""),
        point=tuple(points[0]),
        leader=tuple(points[-1]) if len(points) > 1 else None,
        anchor=facts.get("anchor", "middle"),
        angle=facts.get("angle", 0),
    )


def read_area(geometry: Feature) -> Area:
    """Return a GeoJSON polygon, or several, whose rings are closed, as an area, whose rings are not."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[[(point[0], point[1]) for point in ring[:-1]] for ring in polygon] for polygon in polygons]


def write_area(area: Area) -> dict[str, Any]:
    """Return an area as a GeoJSON geometry."""
    polygons = [[[list(point) for point in [*ring, ring[0]]] for ring in polygon] for polygon in area]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}

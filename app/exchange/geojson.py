"""Read a GeoJSON file: its features with the line where each begins, and what their geometries hold."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from app.core.errors import N_, Invalid
from app.core.geometry.areas import Point, measure

MOST_BYTES = 32 * 2**20
MOST_POINTS = 500_000
TOO_LARGE = N_("Ce fichier est trop gros : 32 Mo au plus.")
TOO_MANY = N_("Ce fichier a trop de points : 500 000 au plus. Simplifiez les formes d'abord.")
NOT_JSON = N_("Ce fichier n'est pas du GeoJSON.")
NOT_FEATURES = N_("Ce fichier n'est pas une collection de formes (FeatureCollection).")
NOT_AN_AREA = N_("Une forme est un Polygon ou un MultiPolygon, dont chaque tour a trois points ou plus.")
NOT_A_NAME = N_("La place d'un nom est un Point, ou une LineString de deux points.")
NOT_DEGREES = N_("Les coordonnées sont une longitude puis une latitude, en degrés (WGS84).")
DECIMALS = 5
"""How precise coordinates are kept: about a metre."""
_SPACE = re.compile(r"\s*")
_decode = json.JSONDecoder().raw_decode


class Placed(NamedTuple):
    """A feature, and the line of the file where it begins."""

    line: int
    feature: Any


@dataclass(frozen=True)
class Collection:
    """What a file holds: its features, and its other members by name."""

    features: list[Placed]
    members: Mapping[str, Any]


class BadGeometryError(Exception):
    """The geometry can't be taken; the message is a message id."""


def parse_collection(content: bytes) -> Collection:
    """Read the text of a file. Raise Invalid where it is no collection of features."""
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
        members, placed = _read_members(text)
    except (ValueError, RecursionError):
        raise Invalid(NOT_JSON) from None
    if members.get("type") != "FeatureCollection" or placed is None:
        raise Invalid(NOT_FEATURES)
    return Collection(placed, members)


def _read_members(text: str) -> tuple[dict[str, Any], list[Placed] | None]:
    """Read the outermost object by hand, since it is its features whose lines are told. Raise ValueError."""
    members: dict[str, Any] = {}
    placed: list[Placed] | None = None
    for key, at in _walk(text, _skip(text, 0), ("{", "}")):
        if key == "features" and text[at : at + 1] == "[":
            placed, line, counted = [], 1, 0
            for _key, start in _walk(text, at, ("[", "]")):
                line, counted = line + text.count("\n", counted, start), start
                placed.append(Placed(line, _decode(text, start)[0]))
        else:
            members[key] = _decode(text, at)[0]
    return members, placed


def _walk(text: str, at: int, marks: tuple[str, str]) -> Iterator[tuple[str, int]]:
    """Yield where each value of an object or an array begins, with its key. Raise ValueError for what is neither."""
    opening, closing = marks
    if text[at : at + 1] != opening:
        raise ValueError
    at = _skip(text, at + 1)
    while text[at : at + 1] != closing:
        key = ""
        if opening == "{":
            key, at = _decode(text, at)
            at = _skip(text, at)
            if not isinstance(key, str) or text[at : at + 1] != ":":
                raise ValueError
            at = _skip(text, at + 1)
        yield key, at
        at = _skip(text, _decode(text, at)[1])
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != closing:
            raise ValueError


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def read_area(geometry: Any) -> list[list[list[Point]]]:
    """Return a polygon or several. Raise BadGeometryError for anything else, or for what covers nothing."""
    kind, coordinates = _open(geometry)
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadGeometryError(NOT_AN_AREA)
    polygons = [
        [_read_ring(ring) for ring in _list(polygon)]
        for polygon in _list(coordinates if kind == "MultiPolygon" else [coordinates])
    ]
    if not polygons or not all(polygons):
        raise BadGeometryError(NOT_AN_AREA)
    return polygons


def read_name_place(geometry: Any) -> list[Point]:
    """Return the place of a name, and perhaps where a line leads from it. Raise BadGeometryError for anything else."""
    kind, coordinates = _open(geometry)
    if kind == "Point":
        return [read_point(coordinates)]
    points = [read_point(point) for point in _list(coordinates)]
    if kind != "LineString" or len(points) != 2:
        raise BadGeometryError(NOT_A_NAME)
    return points


def _open(geometry: Any) -> tuple[Any, Any]:
    if not isinstance(geometry, dict):
        raise BadGeometryError(NOT_AN_AREA)
    return geometry.get("type"), geometry.get("coordinates")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadGeometryError(NOT_AN_AREA)
    return value


def _read_ring(value: Any) -> list[Point]:
    points = [read_point(point) for point in _list(value)]
    points = [point for n, point in enumerate(points) if not n or point != points[n - 1]]
    points = points[:-1] if points[:1] == points[-1:] else points
    if len(points) < 3 or not measure(points):
        raise BadGeometryError(NOT_AN_AREA)
    return points


def read_point(value: Any) -> Point:
    """Return a place. Raise BadGeometryError for what is no longitude and latitude."""
    if not isinstance(value, list) or len(value) < 2 or not all(map(_is_number, value)):
        raise BadGeometryError(NOT_DEGREES)
    longitude, latitude = value[0], value[1]
    if abs(longitude) > 180 or abs(latitude) > 85:
        raise BadGeometryError(NOT_DEGREES)
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < inf

"""The shapes of a region from a file: what can't be taken is told by line, and all of it comes in, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.core.errors import N_, Invalid
from app.core.geometry.areas import Area, bound, contains, find_centre, list_points
from app.core.geometry.borders import simplify
from app.core.geometry.planes import WIDTH, choose_plane
from app.core.text.plain import clean_line
from app.exchange import geojson
from app.exchange.geojson import DECIMALS, BadGeometryError, Collection, Placed
from app.reference import queries, shapes
from app.reference.queries import Catalogue, Place
from app.reference.shapes import ANCHORS, KINDS

NAME = 60
ATTRIBUTION = 1_000
NO_SOURCE = N_("Dites de qui viennent ces formes : c'est écrit près de chaque carte.")
NO_AREA = N_("Ce fichier n'a la forme d'aucune municipalité.")
UNKNOWN = N_("Ce code n'est celui d'aucun territoire.")
IS_MRC = N_("Une MRC se dessine de ses municipalités : retirez sa forme.")
TWICE = N_("Ce territoire a déjà une forme, à la ligne %(line)d.")
NO_CODE = N_("Rien ne dit ce que c'est : ni code de territoire, ni sorte (water ou beside).")
NO_NAME = N_("Un nom compte de 1 à 60 caractères.")
NOT_AN_MRC = N_("Seule une MRC a une place pour son nom : les autres noms se placent près de leur rond.")
BAD_ANCHOR = N_("Un nom est placé par son début, son milieu ou sa fin : start, middle ou end.")
BAD_ANGLE = N_("Un angle est un nombre entier de degrés, de -90 à 90.")
Facts = Mapping[str, Any]
Feature = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """What can't be taken: the line where it begins (0 for the whole file), its code, and why.

    `message` is a message id, filled with `values`.
    """

    line: int
    code: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class ShapeFile:
    """What a file would bring: features as they are stored, what is refused, which territories have no shape then."""

    features: list[Feature] = field(default_factory=list)
    attribution: Mapping[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    without_shape: list[Place] = field(default_factory=list)

    @property
    def shape_count(self) -> int:
        return sum("point" in feature["properties"] for feature in self.features)


class Taken(NamedTuple):
    """A feature that was taken: its properties as they are stored, and its area, or its geometry where it is a name."""

    facts: dict[str, Any]
    area: Area
    geometry: Feature | None = None


class BadFeatureError(Exception):
    """The feature can't be taken: a message id, and what fills it."""

    def __init__(self, message: str, **values: object):
        super().__init__(message)
        self.message, self.values = message, values


def read(content: bytes, *, source: str = "", code_property: str = "code") -> ShapeFile:
    """Check a file, and simplify its shapes as far as no picture shows it; nothing is written.

    `source` is whose shapes they are, where the file does not say it; `code_property` is where the code of a
    territory stands in its feature. Raise Invalid for what is no collection of features.
    """
    collection = geojson.parse_collection(content)
    catalogue = queries.get_catalogue()
    file = ShapeFile(attribution=_read_attribution(collection, source))
    if not file.attribution:
        file.refusals.append(Refusal(0, "", NO_SOURCE))
    reader, taken = _Reader(catalogue, code_property), []
    for placed in collection.features:
        try:
            taken.append(reader.read(placed))
        except BadGeometryError as error:
            file.refusals.append(Refusal(placed.line, reader.code, str(error)))
        except BadFeatureError as error:
            file.refusals.append(Refusal(placed.line, reader.code, error.message, error.values))
    if not reader.lines and not file.refusals:
        file.refusals.append(Refusal(0, "", NO_AREA))
    if sum(1 for one in taken for _point in list_points(one.area)) > geojson.MOST_POINTS:
        raise Invalid(geojson.TOO_MANY)
    file.without_shape = [
        place
        for place in catalogue.places
        if not place.is_mrc and not place.is_archived and place.code not in reader.lines
    ]
    if not file.refusals:
        file.features = _simplify(taken)
    return file


def bring(file: ShapeFile) -> None:
    """Put the shapes of a file in the place of those that are there. Raise Invalid where something is refused."""
    if file.refusals:
        raise Invalid(file.refusals[0].message, **file.refusals[0].values)
    shapes.store(file.features, file.attribution)


def _read_attribution(collection: Collection, source: str) -> dict[str, str]:
    """Return whose shapes they are, in French and perhaps in English; nothing where nobody says it."""
    members = {"attribution": source} if source else collection.members
    said = {"fr": members.get("attribution"), "en": members.get("attribution_en")}
    texts = {lang: clean_line(text)[:ATTRIBUTION] for lang, text in said.items() if isinstance(text, str)}
    return {lang: text for lang, text in texts.items() if text} if texts.get("fr") else {}


class _Reader:
    """Reads feature after feature; `code` is that of the last one, `lines` has those of the shapes that were taken."""

    def __init__(self, catalogue: Catalogue, code_property: str):
        self.places = {place.code: place for place in catalogue.places}
        self.code_property = code_property
        self.code = ""
        self.lines: dict[str, int] = {}

    def read(self, placed: Placed) -> Taken:
        """Raise BadFeatureError or BadGeometryError for what can't be taken."""
        feature = placed.feature if isinstance(placed.feature, dict) else {}
        facts, geometry = feature.get("properties"), feature.get("geometry")
        facts = facts if isinstance(facts, dict) else {}
        self.code = self._read_code(facts)
        if self.code and self.code not in self.places:
            raise BadFeatureError(UNKNOWN)
        if not self.code and facts.get("kind") not in KINDS:
            raise BadFeatureError(NO_CODE)
        if isinstance(geometry, dict) and geometry.get("type") in ("Point", "LineString"):
            return self._read_name(facts, geometry)
        area = geojson.read_area(geometry)
        return Taken(self._read_shape(placed, facts) if self.code else {"kind": facts["kind"]}, area)

    def _read_code(self, facts: Facts) -> str:
        value = facts.get(self.code_property)
        return str(value).strip() if isinstance(value, str | int) and facts.get("kind") not in KINDS else ""

    def _read_shape(self, placed: Placed, facts: Facts) -> dict[str, Any]:
        if self.places[self.code].is_mrc:
            raise BadFeatureError(IS_MRC)
        if self.code in self.lines:
            raise BadFeatureError(TWICE, line=self.lines[self.code])
        stored: dict[str, Any] = {"code": self.code}
        for name in ("point", "disc"):
            if facts.get(name) is not None:
                stored[name] = list(geojson.read_point(facts[name]))
        self.lines[self.code] = placed.line
        return stored

    def _read_name(self, facts: Facts, geometry: Any) -> Taken:
        points = geojson.read_name_place(geometry)
        stored: dict[str, Any] = {"anchor": _read_anchor(facts)}
        if self.code:
            if not self.places[self.code].is_mrc:
                raise BadFeatureError(NOT_AN_MRC)
            stored["code"] = self.code
        else:
            stored |= {"kind": facts["kind"], "name": _read_text(facts)}
        if facts.get("angle"):
            stored["angle"] = _read_angle(facts["angle"])
        shape = {"type": "Point", "coordinates": list(points[0])}
        if len(points) > 1:
            shape = {"type": "LineString", "coordinates": [list(point) for point in points]}
        return Taken(stored, (), shape)


def _read_anchor(facts: Facts) -> str:
    anchor = facts.get("anchor", "middle")
    if anchor not in ANCHORS:
        raise BadFeatureError(BAD_ANCHOR)
    return str(anchor)


def _read_text(facts: Facts) -> str:
    text = clean_line(facts["name"]) if isinstance(facts.get("name"), str) else ""
    if not 1 <= len(text) <= NAME:
        raise BadFeatureError(NO_NAME)
    return text


def _read_angle(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 90:
        raise BadFeatureError(BAD_ANGLE)
    return value


def _simplify(taken: list[Taken]) -> list[Feature]:
    """Return features as they are stored: what moves by less than half a unit of the picture of the region is left out.

    Each municipality has a point inside it: that of the file, or the one that is farthest from its borders.
    """
    plane = choose_plane(bound(point for one in taken if "code" in one.facts for point in list_points(one.area)))
    back = {plane.project(point): point for one in taken for point in list_points(one.area)}
    areas = {n: plane.project_area(one.area) for n, one in enumerate(taken) if one.area}
    box = bound(point for n, area in areas.items() if "code" in taken[n].facts for point in list_points(area))
    tolerance = (box.right - box.left) / WIDTH / 2
    found = []
    for n, simple in simplify(areas, tolerance).items():
        facts = taken[n].facts
        area = [[[back[point] for point in ring] for ring in polygon] for polygon in simple]
        if "code" in facts and not ("point" in facts and contains(area, (facts["point"][0], facts["point"][1]))):
            longitude, latitude = plane.unproject(find_centre(simple, tolerance / 2))
            facts["point"] = [round(longitude, DECIMALS), round(latitude, DECIMALS)]
        found.append({"type": "Feature", "properties": facts, "geometry": shapes.write_area(area)})
    names = [{"type": "Feature", "properties": one.facts, "geometry": one.geometry} for one in taken if one.geometry]
    return [*found, *names]

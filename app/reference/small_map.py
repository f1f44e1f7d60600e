"""The MRC of the region as one small picture: what each covers, and where a number stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core import versions
from app.core.geometry.areas import Area, bound, find_centre, list_points, measure
from app.core.geometry.borders import outline, simplify
from app.core.geometry.planes import WIDTH, look_at
from app.reference.drawing import Drawing
from app.reference.queries import KEY, get_catalogue
from app.reference.shapes import get_shapes

LOSS, SMALLEST, MARGIN, PRECISION = 5, 300, 8, 5
"""How far a line may be drawn from where it is, the smallest island, the edge and how exact middles are, in units."""


@dataclass(frozen=True)
class SmallMap:
    """Paths of MRC by code, each with the point where its number stands; `WIDTH` by `height`."""

    height: int
    paths: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


def find_small_map() -> SmallMap | None:
    """Return the small picture, drawn once in a process; None where a site has no shapes."""
    return versions.get_or_load("small map", _load, under=KEY)


def _load() -> SmallMap | None:
    shapes = get_shapes()
    return draw_small(Drawing(shapes, get_catalogue())) if shapes else None


def draw_small(drawing: Drawing) -> SmallMap | None:
    """Draw the outline of each MRC, which meets its neighbours'; what is too small to be seen is left out."""
    wholes = {mrc: outline(drawing.areas[code] for code in codes) for mrc, codes in drawing.codes_by_mrc.items()}
    if not wholes:
        return None
    view = look_at(bound(point for area in wholes.values() for point in list_points(area)), margin=MARGIN)
    lines = simplify(wholes, LOSS / view.scale)
    areas = {mrc: _leave_out(area, SMALLEST / view.scale**2) for mrc, area in lines.items()}
    points = {mrc: view.place(find_centre(area, PRECISION / view.scale)) for mrc, area in areas.items()}
    return SmallMap(
        view.height,
        {mrc: view.draw([area]) for mrc, area in areas.items()},
        {mrc: (round(x), round(y)) for mrc, (x, y) in points.items()},
    )


def _leave_out(area: Area, least: float) -> Area:
    """Return the polygons of an area that are large enough, or the largest one."""
    kept = [polygon for polygon in area if abs(measure(polygon[0])) > least]
    return kept or [max(area, key=lambda polygon: abs(measure(polygon[0])))]

"""The pictures that maps are made of: the region, an MRC, a municipality among its neighbours.

Each is drawn once in a process, when it is asked for first, until a territory or the shapes change.
"""

from collections.abc import Mapping, Sequence

from app.core import versions
from app.core.geometry.borders import find_neighbours
from app.reference.drawing import Drawing, Frame
from app.reference.queries import KEY, get_catalogue
from app.reference.shapes import get_shapes


def get_neighbours() -> Mapping[str, Sequence[str]]:
    """Return the codes of the municipalities that have a border with each one; none where a site has no shapes."""
    return versions.get_or_load("neighbours", _load_neighbours, under=KEY)


def _load_neighbours() -> Mapping[str, Sequence[str]]:
    shapes = get_shapes()
    return find_neighbours({code: shape.area for code, shape in shapes.by_code.items()}) if shapes else {}


def find_frame(code: str = "") -> Frame | None:
    """Return the picture of the region, or of a territory by its code; None where there is nothing to draw of it."""
    return versions.get_or_load(("frame", code), lambda: _load_frame(code), under=KEY)


def _load_frame(code: str) -> Frame | None:
    shapes = get_shapes()
    if shapes is None:
        return None
    drawing = Drawing(shapes, get_catalogue())
    if not code:
        return drawing.draw_region()
    if code in shapes.by_code:
        return drawing.draw_municipality(code, get_neighbours().get(code, ()))
    return drawing.draw_mrc(code) if code in drawing.codes_by_mrc else None

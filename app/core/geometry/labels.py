"""Names beside discs, where none of them meets a disc or another name."""

from collections.abc import Iterable, Sequence
from math import ceil, cos, hypot, radians, sin

from app.core.geometry.areas import Box, Point

SIDES = ("below", "above", "right", "left")
"""The sides of a disc, those that are tried first before the others."""
LETTER = 0.54
"""How wide a letter is beside its size, of those that are wide: names are rather thought too long than too short."""
LINE = 1.15
"""How high a line is beside the size of its letters."""


def measure_text(text: str, size: float) -> float:
    """Return about how wide a text is."""
    return len(text) * LETTER * size


def find_box(point: Point, text: str, size: float, *, side: str = "", radius: float = 0, anchor: str = "middle") -> Box:
    """Return the box of a name that stands on a side of a disc, or at a point."""
    width, height, gap = measure_text(text, size), LINE * size, 0.2 * size
    x, y = point
    if side in ("below", "above"):
        top = y + radius if side == "below" else y - radius - height
        return Box(x - width / 2, top, x + width / 2, top + height)
    if side in ("right", "left"):
        anchor = "start" if side == "right" else "end"
        x += radius + gap if side == "right" else -radius - gap
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - height / 2, left + width, y + height / 2)


class Room:
    """What a picture has still room for: discs and names that are put in take theirs."""

    def __init__(self, box: Box, discs: Iterable[tuple[Point, float]] = ()):
        self.box = box
        self.discs = list(discs)
        self.names: list[Box] = []

    def take(self, box: Box) -> bool:
        """Take the room of a name, where it is free; tell whether it was."""
        is_inside = self.box.left <= box.left and box.right <= self.box.right
        is_inside = is_inside and self.box.top <= box.top and box.bottom <= self.box.bottom
        if not is_inside or any(map(box.meets, self.names)):
            return False
        if any(_measure_gap(box, centre) < radius for centre, radius in self.discs):
            return False
        self.names.append(box)
        return True

    def take_line(self, point: Point, text: str, size: float, angle: float) -> bool:
        """Take the room of a name that is turned around its middle, as a row of discs."""
        half, step = measure_text(text, size) / 2, size / 2
        x, y = cos(radians(angle)), sin(radians(angle))
        row = [(point[0] + x * n * step, point[1] + y * n * step) for n in _steps(half / step)]
        if not all(self.box.meets(Box(x, y, x, y)) for x, y in row):
            return False
        if any(hypot(a - c, b - d) < radius + step for a, b in row for (c, d), radius in self.discs):
            return False
        if any(_measure_gap(box, one) < step for one in row for box in self.names):
            return False
        self.discs += [(one, step) for one in row]
        return True


def choose_sides(
    room: Room, discs: Sequence[tuple[Point, str]], radius: float, size: float, *, tries: int = 1
) -> list[str]:
    """Return the side of each disc where its name has room, "" where it has none.

    Names that come first choose first; at each further try, those that had no room choose before the others.
    """
    order, taken = list(range(len(discs))), list(room.names)
    best: dict[int, str] = {}
    for _try in range(tries):
        room.names = list(taken)
        sides = {n: _choose_side(room, *discs[n], radius, size) for n in order}
        if sum(map(bool, sides.values())) > sum(map(bool, best.values())):
            best, names = sides, room.names
        if all(sides.values()):
            break
        order.sort(key=lambda n: bool(sides[n]))
    room.names = names if best else taken
    return [best.get(n, "") for n in range(len(discs))]


def _choose_side(room: Room, point: Point, text: str, radius: float, size: float) -> str:
    sides = (side for side in SIDES if room.take(find_box(point, text, size, side=side, radius=radius)))
    return next(sides, "")


def _steps(most: float) -> range:
    return range(-ceil(most), ceil(most) + 1)


def _measure_gap(box: Box, point: Point) -> float:
    """Return how far a point is from a box, 0 inside it."""
    x = max(box.left - point[0], 0, point[0] - box.right)
    y = max(box.top - point[1], 0, point[1] - box.bottom)
    return hypot(x, y)

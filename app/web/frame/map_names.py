"""The names that are written on a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.geometry.labels import LINE
from app.forms.places import place_name
from app.reference.drawing import MRC_TEXT, WIDE_TEXT, Name
from app.reference.queries import Place, get_catalogue
from app.web.frame.map_words import PlaceCount, tell_whole

NOTHING = PlaceCount()
MOVES = {"below": ("", ".92em"), "above": ("", "-.25em"), "right": (".2em", ".35em"), "left": ("-.2em", ".35em")}


@dataclass(frozen=True)
class MapName:
    """A name, moved by `dx` and `dy` from its point; `line` is written under it, and `code` makes it a link.

    The line that leads from it begins at `start`, under what is written.
    """

    name: Name
    text: str
    dx: str
    dy: str
    code: str = ""
    line: str = ""
    start: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class MapNames:
    """Names of one size, with those of MRC, of another."""

    size: float
    names: Sequence[MapName]
    mrc_size: float = MRC_TEXT


def write_names(names: Iterable[Name], wholes: Mapping[str, PlaceCount]) -> list[MapName]:
    """Place names as their room was measured (`app/core/geometry/labels.py`)."""
    places = {place.code: place for place in get_catalogue().places}
    written = []
    for name in names:
        place = places.get(name.code)
        dx, dy = MOVES.get(name.side, ("", ".35em"))
        is_mrc = place is not None and place.is_mrc
        written.append(
            MapName(
                name,
                name.text or _write_place(place),
                dx,
                dy,
                name.code if is_mrc else "",
                tell_whole(wholes.get(name.code, NOTHING)) if is_mrc else "",
                _find_start(name),
            )
        )
    return written


def _write_place(place: Place | None) -> str:
    """Write the name of a territory; an MRC is never taken for a municipality that is called alike."""
    return "" if place is None else place.name if place.is_mrc else place_name(place)


def _find_start(name: Name) -> tuple[int, int]:
    """Return where the line of a name that leads down begins: under its two lines of words."""
    if name.leader is None:
        return name.x, name.y
    x, y = name.leader
    drop = min(LINE * (MRC_TEXT / 2 + WIDE_TEXT) + 2, max(y - name.y, 0))
    return round(name.x + (x - name.x) * drop / ((y - name.y) or 1)), round(name.y + drop)

"""The day that rises over the road of an idea: where the sun stands, and which stops it has passed."""

from typing import NamedTuple

STOPS = ((250, 201), (310, 194), (372, 183), (430, 168), (512, 112))
# By state: where the sun is (x, y, radius), from its glow behind the hill to the end of the road; the stops passed.
STATES = {
    "sent": (440, 214, 50, 0),
    "published": (440, 152, 50, 0),
    "under_review": (446, 124, 50, 1),
    "retained": (436, 100, 52, 2),
    "planned": (484, 76, 54, 3),
    "underway": (484, 76, 54, 3),
    "achieved": (530, 52, 56, 4),
}


class Dawn(NamedTuple):
    """What changes in the drawing: the sun with its halos behind the hills, the stops of the road before them."""

    x: int
    y: int
    radius: int
    halos: tuple[int, int]
    passed: tuple[tuple[int, int], ...]
    now: tuple[int, int]
    ahead: tuple[tuple[int, int], ...]


def view_dawn(state: str) -> Dawn:
    """Draw a state: "sent", or the status of an idea that goes on."""
    x, y, radius, reached = STATES[state]
    halos = round(radius * 2.5), round(radius * 1.7)
    return Dawn(x, y, radius, halos, STOPS[:reached], STOPS[reached], STOPS[reached + 1 :])

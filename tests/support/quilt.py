"""Draw the blocks of a quilt that stand for people and organisations: `python -m tests.support.quilt` writes the file.

A block is four squares by four. It has a corner, a side and a middle, of four kinds each, hence 64 blocks; each of the
three is one shape, and the same shape turned three more times around the middle of the block.
"""

from itertools import product
from pathlib import Path

FILE = Path(__file__).parents[2] / "static" / "img" / "quilt.svg"
SIZE = 4
Point = tuple[int, int]
# What is drawn before it is turned, by its points.
CORNERS: tuple[tuple[Point, ...], ...] = (
    ((1, 0), (1, 1), (0, 1)),
    ((0, 0), (1, 0), (1, 1)),
    ((0, 0), (1, 1), (0, 1)),
    ((0, 0), (1, 0), (1, 1), (0, 1)),
)
SIDES: tuple[tuple[Point, ...], ...] = (
    ((1, 0), (3, 0), (2, 1)),
    ((2, 0), (3, 1), (1, 1)),
    ((1, 0), (2, 0), (3, 1), (2, 1)),
    ((1, 0), (2, 0), (2, 1), (1, 1)),
)
MIDDLES: tuple[tuple[Point, ...], ...] = (
    ((2, 1), (3, 2), (2, 2)),
    ((1, 1), (2, 1), (1, 2)),
    ((1, 1), (2, 1), (2, 2)),
    (),
)


def draw() -> str:
    blocks = product(CORNERS, SIDES, MIDDLES)
    paths = "".join(
        f'<path id="b{number}" d="{"".join(_draw_turned(shape) for shape in block)}"/>'
        for number, block in enumerate(blocks)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">{paths}</svg>\n'


def _draw_turned(shape: tuple[Point, ...]) -> str:
    drawn = ""
    for _quarter in range(4 if shape else 0):
        drawn += "M" + " ".join(f"{x} {y}" for x, y in shape) + "z"
        shape = tuple((SIZE - y, x) for x, y in shape)
    return drawn


if __name__ == "__main__":
    FILE.write_text(draw())

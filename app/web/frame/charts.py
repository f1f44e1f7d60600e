"""Columns and bars, as shapes that `components/chart.html` draws; a table of the same figures stands beside each.

Across, places are percents of the chart; down, they are letters (em). So what is written keeps its size, whatever the
width. A chart is never narrower than `NARROWEST` letters, nor, where `spare` words are shown, than `WIDE`:
`static/css/components/chart.css` sees to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from app.core.geometry.labels import measure_text

LOOKS = ("solid", "hatched", "sun", "open")
"""How a part is drawn: a pattern or an outline always goes with a colour."""
LINES = ("axis", "grid", "target", "start", "middle")
"""At zero, at a number, at what is aimed at or where one began, and in the middle of what a bar shows."""
NARROWEST, WIDE = 24, 43
HEAD, BODY, FOOT, GAP = 1.5, 11.0, 1.8, 0.4
"""Of columns: what stands over them, the highest of them, the words under them; between a column and its value."""
SHARE, WIDEST = 0.66, 14
"""How much of its place a column fills, and the most of the chart, in percents."""
NAME, STRIP, BETWEEN, AFTER = 1.5, 0.9, 0.2, 0.9
"""Of bars: the line of a name, the height of a strip, between two strips, between two bars."""
LEEWAY, BESIDE = 1, 0.3
"""How far a word may leave the chart, since pages have margins, and how far it stands from the next; in letters."""
EDGE = 8
"""Within this many percents of an edge, a word under bars leans away from it."""


@dataclass(frozen=True)
class Part:
    """A rectangle; `colour` is that of a community, or none."""

    x: float
    y: float
    width: float
    height: float
    look: str = "solid"
    colour: str = ""


@dataclass(frozen=True)
class Line:
    """A line; its look is one of `LINES`."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str


@dataclass(frozen=True)
class Words:
    """What is written at a place, its `value` in bold after it; `is_spare` is left out where the chart is narrow."""

    x: float
    y: float
    text: str
    value: str = ""
    anchor: str = "start"
    is_spare: bool = False


@dataclass(frozen=True)
class Series:
    """What the parts of one look stand for."""

    look: str
    name: str


@dataclass(frozen=True)
class Chart:
    """One drawing, `height` letters high: what it shows (`title`) and what is to be seen on it (`finding`).

    `name` is its own on the page; `series` are explained under it.
    """

    name: str
    title: str
    finding: str
    height: float
    parts: Sequence[Part]
    lines: Sequence[Line]
    words: Sequence[Words]
    series: Sequence[Series] = ()

    @property
    def is_hatched(self) -> bool:
        return any(part.look == "hatched" for part in self.parts)


@dataclass(frozen=True)
class Column:
    """A number of each look, from the bottom up, with the words over and under it; one alone may be under zero."""

    label: str
    value: str
    amounts: Sequence[tuple[float, str]]

    @property
    def total(self) -> float:
        return sum(amount for amount, _look in self.amounts)


@dataclass(frozen=True)
class Level:
    """A line across columns, with a word over it or none; its look is `target` or `start`."""

    amount: float
    look: str
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """A name and a value over strips, each of a look, from an amount to another; `middle` is marked on them."""

    name: str
    value: str
    strips: Sequence[tuple[float, float, str]]
    middle: float | None = None
    colour: str = ""


def draw_columns(
    name: str,
    title: str,
    finding: str,
    columns: Sequence[Column],
    *,
    levels: Sequence[Level] = (),
    series: Sequence[Series] = (),
) -> Chart:
    """Draw columns side by side, and levels across them."""
    amounts = [0.0, *(column.total for column in columns), *(level.amount for level in levels)]
    low, high = min(amounts), max(amounts)
    unit = BODY / ((high - low) or 1)
    zero, pace = HEAD + high * unit, 100 / max(len(columns), 1)
    foot = round(HEAD + BODY + FOOT, 2)
    parts = [part for n, column in enumerate(columns) for part in _pile(column, pace * (n + 0.5), pace, zero, unit)]
    tops = [round(zero - max(column.total, 0) * unit - GAP, 2) for column in columns]
    words = [
        *_spread_words([column.label for column in columns], [foot - GAP] * len(columns)),
        *_spread_words([column.value for column in columns], tops, is_value=True),
    ]
    lines = [Line(0, round(zero, 2), 100, round(zero, 2), "axis")]
    for level in levels:
        y = round(zero - level.amount * unit, 2)
        lines.append(Line(0, y, 100, y, level.look))
        if level.text:
            words.append(Words(0, round(y - GAP, 2), "", level.text))
    return Chart(name, title, finding, foot, parts, lines, words, series)


def _pile(column: Column, middle: float, pace: float, zero: float, unit: float) -> Iterator[Part]:
    width = min(pace * SHARE, WIDEST)
    below = zero
    for amount, look in column.amounts:
        height = abs(amount) * unit
        top = below - height if amount > 0 else below
        if height:
            yield Part(round(middle - width / 2, 2), round(top, 2), round(width, 2), round(height, 2), look)
        below = top


def _spread_words(texts: Sequence[str], heights: Sequence[float], *, is_value: bool = False) -> Iterator[Words]:
    """Write each text at its column, or every second one, every third… so that none meets the next; always the last.

    Where texts are so long that the first and the last would leave the chart, these two lean inwards.
    """
    count = len(texts)
    longest = max((measure_text(text, 1) for text in texts), default=0) + BESIDE
    leans = count > 1 and longest - NARROWEST / count > 2 * LEEWAY
    narrow, wide = (_find_step(count, longest, width, leans=leans) for width in (NARROWEST, WIDE))
    for n, (text, y) in enumerate(zip(texts, heights, strict=True)):
        after = count - 1 - n
        x, anchor = round(100 / count * (n + 0.5), 2), "middle"
        if leans and n in (0, count - 1):
            x, anchor = (100, "end") if n else (0, "start")
        is_out = anchor == "middle" and x / 100 * NARROWEST + LEEWAY < longest / 2
        if text and after % wide == 0 and not is_out:
            yield Words(x, y, *(("", text) if is_value else (text, "")), anchor, after % narrow > 0)


def _find_step(count: int, longest: float, width: float, *, leans: bool) -> int:
    """Return how many columns a text needs, in a chart that is so many letters wide."""
    pace = width / max(count, 1)
    need = 1.5 * longest - pace / 2 if leans else longest
    return max(1, ceil(need / pace))


def draw_bars(
    name: str,
    title: str,
    finding: str,
    bars: Sequence[Bar],
    *,
    most: float = 0,
    ticks: Sequence[tuple[float, str]] = (),
    target: float | None = None,
    series: Sequence[Series] = (),
) -> Chart:
    """Draw bars under one another, up to `most`, which is the greatest where it is not said; `ticks` are under them."""
    ends = [end for bar in bars for _start, end, _look in bar.strips]
    most = most or max(ends, default=0) or 1
    parts: list[Part] = []
    lines: list[Line] = []
    words: list[Words] = []
    y = 0.0
    for bar in bars:
        words.append(Words(0, round(y + 1, 2), bar.name, bar.value))
        top = y + NAME
        y = top + len(bar.strips) * (STRIP + BETWEEN) - BETWEEN
        lines += [_stand(amount / most * 100, top, y, "grid") for amount, _text in ticks if amount != target]
        parts += _lay(bar, top, most)
        if target is not None:
            lines.append(_stand(target / most * 100, top, y, "target"))
        if bar.middle is not None:
            lines.append(_stand(bar.middle / most * 100, top, y, "middle"))
        y += AFTER
    if ticks:
        y += 0.6
        words += [_write_tick(amount / most * 100, y, text) for amount, text in ticks]
        y += GAP
    else:
        y -= AFTER
    return Chart(name, title, finding, round(max(y, 0), 2), parts, lines, words, series)


def _lay(bar: Bar, top: float, most: float) -> Iterable[Part]:
    for n, (start, end, look) in enumerate(bar.strips):
        x, width = round(start / most * 100, 2), round((end - start) / most * 100, 2)
        y = round(top + n * (STRIP + BETWEEN), 2)
        if width > 0:
            yield Part(x, y, width, STRIP, look, bar.colour)


def _stand(x: float, top: float, foot: float, look: str) -> Line:
    return Line(round(x, 2), round(top - BETWEEN, 2), round(x, 2), round(foot + BETWEEN, 2), look)


def _write_tick(x: float, y: float, text: str) -> Words:
    anchor = "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"
    return Words(round(x, 2), round(y, 2), text, anchor=anchor)

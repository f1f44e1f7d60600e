"""The charts of the plan, as shapes that a template draws; each stands beside a table of the same figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core.text.plain import excerpt
from app.plan.models.structure import Indicator
from app.plan.queries.details import DataPoint
from app.web.frame.locale import format_date_day, format_short_day
from app.web.plan.grouping import Group

WIDTH, ROW, NAME = 360, 46, 44
# Where columns stand in their chart, and how many of the last values it shows.
LEFT, RIGHT, HEAD, FOOT, MOST_COLUMNS = 8, 372, 34, 214, 12
# Between a shape and what is written over it; the widest column.
GAP, WIDEST = 6, 44


@dataclass(frozen=True)
class Bar:
    """A bar of `width`, with its name above it; `value` is written at its end, at `x`."""

    y: float
    width: float
    name: str
    value: str
    colour: str


@dataclass(frozen=True)
class Bars:
    """`text` says in words what the bars show."""

    height: int
    bars: Sequence[Bar]
    text: str
    width: int = WIDTH


def of_groups(groups: Sequence[Group]) -> Bars:
    """Draw how far each group is, from 0 to 100."""
    bars = [_bar(index, group) for index, group in enumerate(groups)]
    text = ", ".join(_("%(name)s : %(percent)s %%", name=group.name, percent=group.rollup.percent) for group in groups)
    return Bars(ROW * len(groups), bars, text)


def _bar(index: int, group: Group) -> Bar:
    percent = group.rollup.percent
    return Bar(
        ROW * index,
        round(WIDTH * percent / 100, 1),
        excerpt(group.name, NAME),
        _("%(percent)s %%", percent=percent),
        group.colour,
    )


@dataclass(frozen=True)
class Column:
    """What was measured on a day: a column from `y` down, `height` high; `label` is written under some of them."""

    x: float
    y: float
    height: float
    value: str
    label: str
    anchor: str

    @property
    def top(self) -> float:
        """Return where the value is written, above the column."""
        return self.y - GAP


@dataclass(frozen=True)
class ReferenceLine:
    """A line across a chart, at `y`: the baseline, which the caption says, or the target; `look` is either."""

    y: float
    text: str
    look: str

    @property
    def text_y(self) -> float:
        return self.y - GAP


@dataclass(frozen=True)
class Columns:
    """The last values of an indicator, and the lines of its baseline and target; `text` says them in words."""

    columns: Sequence[Column]
    lines: Sequence[ReferenceLine]
    text: str
    zero: float
    column_width: float

    @property
    def half(self) -> float:
        return self.column_width / 2


def of_indicator(indicator: Indicator, values: Sequence[DataPoint]) -> Columns | None:
    """Draw what was measured; None where nothing was."""
    points = values[-MOST_COLUMNS:]
    if not points:
        return None
    marks = [mark for mark in (indicator.baseline, indicator.target) if mark is not None]
    numbers = [point.value for point in points]
    low, high = min(0.0, *numbers, *marks), max(0.0, *numbers, *marks)
    scale = (FOOT - HEAD) / ((high - low) or 1)
    pace = (RIGHT - LEFT) / len(points)

    def place(number: float) -> float:
        return round(FOOT - (number - low) * scale, 1)

    columns = [
        Column(
            round(LEFT + pace * (n + 0.5), 1),
            min(place(number), place(0)),
            abs(place(number) - place(0)),
            format_decimal(number),
            *_label(n, points),
        )
        for n, number in enumerate(numbers)
    ]
    width = round(min(pace * 0.7, WIDEST), 1)
    return Columns(columns, _reference_lines(indicator, place), _describe(indicator, points), place(0), width)


def _label(index: int, points: Sequence[DataPoint]) -> tuple[str, str]:
    """Return the day under the first and the last column, and its anchor, so that neither leaves the chart."""
    if index not in (0, len(points) - 1):
        return "", "middle"
    day = format_short_day(points[index].on)
    if len(points) == 1:
        return day, "middle"
    return day, "end" if index else "start"


def _reference_lines(indicator: Indicator, place: Callable[[float], float]) -> list[ReferenceLine]:
    lines, baseline, target = [], indicator.baseline, indicator.target
    if baseline is not None:
        lines.append(ReferenceLine(place(baseline), "", "baseline"))
    if target is not None:
        lines.append(ReferenceLine(place(target), _("Cible : %(number)s", number=format_decimal(target)), "target"))
    return lines


def _describe(indicator: Indicator, points: Sequence[DataPoint]) -> str:
    first, last = points[0], points[-1]
    return _(
        "%(name)s : de %(first)s le %(first_day)s à %(last)s le %(last_day)s.",
        name=indicator.name,
        first=format_decimal(first.value),
        first_day=format_date_day(first.on),
        last=format_decimal(last.value),
        last_day=format_date_day(last.on),
    )

"""The charts of the plan; each stands beside a table of the same figures."""

from collections.abc import Sequence

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core.text.plain import excerpt
from app.plan.models.structure import Indicator
from app.plan.queries.details import DataPoint
from app.web.frame import plan_words
from app.web.frame.charts import Bar, Chart, Column, Level, draw_bars, draw_columns
from app.web.frame.locale import format_date_day, format_short_day
from app.web.plan.grouping import Group

NAME = 34
# How many of the last values of an indicator are drawn.
MOST_COLUMNS = 12


def of_groups(view: str, groups: Sequence[Group]) -> Chart:
    """Draw how far each group of a view is, from 0 to 100."""
    bars = [
        Bar(excerpt(group.name, NAME), _percent(percent), [(0, percent, "solid")], colour=group.colour)
        for group in groups
        for percent in [group.rollup.percent]
    ]
    finding = ", ".join(
        _("%(name)s : %(percent)s %%", name=group.name, percent=group.rollup.percent) for group in groups
    )
    ticks = [(number, _percent(number)) for number in (0, 25, 50, 75, 100)]
    title = _("Le chemin fait, %(view)s", view=str(plan_words.VIEWS[view]).lower())
    return draw_bars("way", title, finding, bars, most=100, ticks=ticks)


def _percent(number: int) -> str:
    return _("%(percent)s %%", percent=number)


def of_indicator(indicator: Indicator, values: Sequence[DataPoint]) -> Chart | None:
    """Draw what was measured, the last value in the sun, with baseline and target; None where nothing was."""
    points = values[-MOST_COLUMNS:]
    if not points:
        return None
    columns = [
        Column(format_short_day(point.on), format_decimal(point.value), [(point.value, look)])
        for point, look in zip(points, ["solid"] * (len(points) - 1) + ["sun"], strict=True)
    ]
    levels = [Level(indicator.baseline, "start")] if indicator.baseline is not None else []
    if indicator.target is not None:
        words = _("Cible : %(number)s", number=format_decimal(indicator.target))
        levels.append(Level(indicator.target, "target", words))
    return draw_columns(f"chart-{indicator.id}", indicator.name, _describe(indicator, points), columns, levels=levels)


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

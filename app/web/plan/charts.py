"""The charts of the plan, as shapes that a template draws; each stands beside a table of the same figures."""
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.text.plain import excerpt
from app.web.plan.grouping import Group

WIDTH, ROW, NAME = 360, 46, 44


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
    bars = [Bar(ROW * place, round(WIDTH * group.level.percent / 100, 1), excerpt(group.name, NAME),
                _("%(percent)s %%", percent=group.level.percent), group.colour) for place, group in enumerate(groups)]
    text = ", ".join(_("%(name)s : %(percent)s %%", name=group.name, percent=group.level.percent) for group in groups)
    return Bars(ROW * len(groups), bars, text)

"""What a file said of the progress of actions, which is told with the next version of their plan, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from app.exchange.plan_file.progress import list_changes
from app.plan.news import ActionNews, load_news
from app.plan.queries.plans import WorkingCopy
from app.web.plan.import_wording import ProgressGroup, group_progress


@dataclass(frozen=True)
class NewsView:
    """What waits with a draft: in one line, then by kind."""

    summary: str
    groups: Sequence[ProgressGroup]


def view_waiting(working: WorkingCopy) -> NewsView:
    """Return what is told when a draft is published; nothing without a draft."""
    news = load_news(working.draft.progress, working.outline) if working.draft else []
    return NewsView(summarise(news), group_progress(list(list_changes(news))))


def summarise(news: Iterable[ActionNews]) -> str:
    """Return what moves: « 12 jalons franchis · 3 actions changent d'état »; nothing for nothing."""
    news = list(news)
    reached = sum(len(one.completions) for one in news)
    moved = sum(bool(one.state) for one in news)
    declared = sum(one.progress is not None for one in news)
    words = (
        reached and ngettext("%(num)s jalon franchi", "%(num)s jalons franchis", reached),
        moved and ngettext("%(num)s action change d'état", "%(num)s actions changent d'état", moved),
        declared and ngettext("%(num)s avancement déclaré", "%(num)s avancements déclarés", declared),
    )
    return " · ".join(str(one) for one in words if one)

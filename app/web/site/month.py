"""What moved this month, on the first page: a sentence, then a few things, and how far the plan is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel.lists import format_list
from flask_babel import get_locale, ngettext

from app.core import clock
from app.ideas.queries import lists
from app.plan.models.structure import Action
from app.plan.progress import Rollup
from app.plan.queries import month as queries
from app.plan.queries.month import Month
from app.plan.tree import Tree
from app.web.frame import links, news
from app.web.frame.news import NewsItem
from app.web.plan.summary import get_colour

SPAN, SHOWN, LOOKED = timedelta(days=30), 5, 12


@dataclass(frozen=True)
class Line:
    """An orientation of the plan: its number, its title in French, its colour, and how far it is in percent."""

    id: int
    title: str
    colour: str
    percent: int


@dataclass(frozen=True)
class MonthView:
    """What happened, which `counts` says in words ("" for nothing); `plan` adds the plan up, where there is one."""

    plan: Rollup | None
    lines: Sequence[Line]
    counts: str
    news: Sequence[NewsItem]


def find_month_view() -> MonthView:
    """Return what the public may read of the month, and how far the plan is."""
    tree = queries.find_current_tree()
    since = clock.now() - SPAN
    month = queries.get_month(since, LOOKED)
    steps = [
        news.of_step(step, idea, links.idea_url(idea))
        for step, idea in lists.list_last_steps(LOOKED, by_hand=True)
        if step.at >= since
    ]
    bulletins = [
        news.of_bulletin(bulletin, bulletin.body_html, action, news.get_colour(action.community_id))
        for bulletin, action in month.bulletins
    ]
    found = sorted([*bulletins, *steps], key=lambda item: item.at, reverse=True)
    return MonthView(tree.rollup if tree else None, _list_lines(tree), _count(month), _choose(found))


def _list_lines(tree: Tree | None) -> list[Line]:
    return [
        Line(one.heading.id, one.heading.title, get_colour(index), one.rollup.percent)
        for index, one in enumerate(tree.orientations if tree else ())
    ]


def _choose(items: Sequence[NewsItem]) -> list[NewsItem]:
    """Keep the newest, one of them from the plan and one of them a no, if there are any."""
    needed = [
        next((item for item in items if test(item)), None)
        for test in (lambda item: isinstance(item.subject, Action), lambda item: item.state == "dropped")
    ]
    first = dict.fromkeys(item for item in needed if item)
    chosen = list(dict.fromkeys([*first, *items]))[:SHOWN]
    return sorted(chosen, key=lambda item: item.at, reverse=True)


def _count(month: Month) -> str:
    actions, milestones, ideas, answers = month.actions, month.milestones, month.ideas, month.answers
    parts = [
        (actions, ngettext("%(num)s action a avancé", "%(num)s actions ont avancé", actions)),
        (milestones, ngettext("%(num)s jalon a été franchi", "%(num)s jalons ont été franchis", milestones)),
        (ideas, ngettext("%(num)s idée a rejoint le plan", "%(num)s idées ont rejoint le plan", ideas)),
        (answers, ngettext("%(num)s réponse a été donnée", "%(num)s réponses ont été données", answers)),
    ]
    return format_list([text for number, text in parts if number], locale=get_locale())

"""What moved this month, on the first page: a sentence, then a few things, and how far the plan is."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.ideas.models import Idea, StatusChange
from app.ideas.queries import lists
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.progress import Rollup
from app.plan.queries import month as queries
from app.plan.queries.month import Month
from app.web.frame import links, plan_words, words

SPAN, SHOWN, LOOKED, WORDS = timedelta(days=30), 5, 12, 160


@dataclass(frozen=True)
class Move:
    """What happened to an action or an idea: `state` draws its mark, `text` is its first words."""

    at: datetime
    state: str
    name: Any
    title: str
    url: str
    text: str
    is_of_plan: bool = False


@dataclass(frozen=True)
class MonthView:
    """`counts` is what the month held, in words ("" for nothing)."""

    rollup: Rollup
    counts: str
    moves: Sequence[Move]


def read() -> MonthView | None:
    """Return what the public may read of the month, None where there is no plan."""
    tree = queries.read_tree()
    if tree is None:
        return None
    since = clock.now() - SPAN
    month = queries.read(since, LOOKED)
    steps = [_of_step(*pair) for pair in lists.moves(LOOKED, by_hand=True) if pair[0].at >= since]
    moves = sorted([*(_of_bulletin(*pair) for pair in month.bulletins), *steps], key=lambda move: move.at, reverse=True)
    return MonthView(tree.rollup, _count(month), _choose(moves))


def _choose(moves: Sequence[Move]) -> list[Move]:
    """Keep the newest, one of them from the plan and one of them a no, if there are any."""
    needed = [next((move for move in moves if test(move)), None) for test in (
        lambda move: move.is_of_plan, lambda move: move.state == "dropped")]
    first = dict.fromkeys(move for move in needed if move)
    kept = list(dict.fromkeys([*first, *moves]))[:SHOWN]
    return sorted(kept, key=lambda move: move.at, reverse=True)


def _of_bulletin(bulletin: Bulletin, action: Action) -> Move:
    name = plan_words.STATES[bulletin.state] if bulletin.has_moved else _l("Au plan")
    return Move(
        bulletin.at, bulletin.state, name, action.title, url_for("plan.action", action_id=action.id),
        excerpt(markdown.to_text(bulletin.body_html), WORDS), is_of_plan=True)


def _of_step(step: StatusChange, idea: Idea) -> Move:
    state = "dropped" if step.status in ("declined", "archived", "withdrawn") else "underway"
    return Move(step.at, state, words.step_name(step), idea.title, links.idea(idea), excerpt(step.reason, WORDS))


def _count(month: Month) -> str:
    actions, milestones, ideas, answers = month.actions, month.milestones, month.ideas, month.answers
    parts = [
        (actions, ngettext("%(num)s action a avancé", "%(num)s actions ont avancé", actions)),
        (milestones, ngettext("%(num)s jalon a été franchi", "%(num)s jalons ont été franchis", milestones)),
        (ideas, ngettext("%(num)s idée a rejoint le plan", "%(num)s idées ont rejoint le plan", ideas)),
        (answers, ngettext("%(num)s réponse a été donnée", "%(num)s réponses ont été données", answers))]
    return format_list([text for number, text in parts if number], locale=get_locale())

"""The actions that the reader keeps up to date: what is late, what comes, and what to say of it."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup

from app.core import clock, versions
from app.plan import policy
from app.plan.queries import due as queries
from app.plan.queries.due import DueAction
from app.web.frame import locale
from app.web.frame.drawings import draw
from app.web.frame.responses import render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan.bp import bp

# So many actions are shown on the first page.
MOST = 3


class OwnActions(NamedTuple):
    anchor: str
    title: str
    actions: Sequence[DueAction]


@bp.get("/plan/mine")
@members(policy.REPORT_ON, lists=lambda actor: queries.match(actor.holds))
def own_actions() -> str:
    held = queries.list_due_actions(me().holds)
    return render("plan/own.html", groups=[group for group in _group(held) if group.actions], count=len(held))


def _group(held: Sequence[DueAction]) -> list[OwnActions]:
    late = [due for due in held if due.since]
    ahead = [due for due in held if due.action.is_unfinished and not due.since]
    over = [due for due in held if not due.action.is_unfinished]
    return [
        OwnActions("late", _("En retard"), late),
        OwnActions("ahead", _("Ce qui vient"), ahead),
        OwnActions("over", _("Réalisées ou abandonnées"), over),
    ]


def render_first() -> Markup:
    """Draw, for the first page, what is due of the actions of the reader first; nothing for whoever holds none.

    It is drawn once for whoever holds the same, until a content changes.
    """
    holds = me().holds
    if not holds:
        return Markup()
    name = ("own actions", holds, locale.get_language(), clock.today())
    return versions.get_or_load(name, lambda: _draw_first(holds))


def _draw_first(holds: Collection[int]) -> Markup:
    held = [due for due in queries.list_due_actions(holds, is_brief=True) if due.action.is_unfinished]
    late = sum(due.since is not None for due in held)
    return draw("plan/_own.html", shown=held[:MOST], count=len(held), late=late) if held else Markup()

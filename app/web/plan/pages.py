"""The pages of the plan: the current one, and the others."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.plan import policy, tree
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.queries import tree as trees
from app.web.frame import loaders, params, shared
from app.web.frame.drawings import draw
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import lead_on
from app.web.plan import charts, grouping, listing, summary, tools
from app.web.plan.bp import bp


@bp.get("/plan")
@public(policy.READ, lists=queries.readable_by)
def show() -> str:
    return _show(0, lambda: queries.current(me()), url_for(".show"))


@bp.get("/plan/<id:plan_id>")
@public(policy.READ, of=loaders.PLAN)
def show_one(plan: Plan) -> str | Response:
    """Show a plan that is not the current one, whose address is /plan."""
    if plan.is_current:
        return lead_on(url_for(".show"), 302)
    return _show(plan.id, lambda: plan, url_for(".show_one", plan_id=plan.id))


def _show(plan_id: int, find: Callable[[], Plan | None], url: str) -> str:
    name = (plan_id, params.pairs(*listing.NAMES))
    return shared.page(
        "plan/show.html",
        None,
        name,
        lambda: _read(plan_id, url),
        own=lambda: _draw_own(find),
        is_personal=bool(me().holds) and _is_mine(),
    )


def _is_mine() -> bool:
    """Tell whether the reader asks for the actions that they keep up to date."""
    return params.single("mine", ("1",)) == "1"


def _draw_own(find: Callable[[], Plan | None]) -> dict[str, Markup]:
    """Draw what the coordination can do with the plan, and the filter of whoever keeps actions of it up to date."""
    found = tools.of_plan(find()) if policy.WRITE.permits(me()) else []
    return ({"tools": draw("plan/_plan_tools.html", tools=found)} if found else {}) | (
        {"mine": draw("plan/_mine_filter.html", is_chosen=_is_mine())} if me().holds else {}
    )


def _read(plan_id: int, url: str) -> dict[str, Any]:
    """Read a plan, the current one for 0, as the address asks for it; there may be none yet."""
    plans = queries.listing(me())
    plan = next((one for one in plans if (one.id == plan_id if plan_id else one.is_current)), None)
    if plan is None:
        return {"plan": None, "plans": ()}
    whole = trees.read(plan)
    query = listing.read_query(whole, url)
    shown = tree.filter_tree(whole, query.filters()) if query.count else whole
    groups = [] if query.view == "orientation" else grouping.groups_of(query.view, shown)
    return {
        "plan": plan,
        "plans": [other for other in plans if other.id != plan.id],
        "whole": whole,
        "shown": shown,
        "query": query,
        "summary": summary.summarise(plan, whole),
        "chips": listing.list_chips(query, whole),
        "choices": listing.list_choices(query, whole),
        "files": tools.files_of(plan),
        "orientations": summary.view_tree(whole, shown),
        "groups": groups,
        "chart": charts.of_groups(groups),
    }

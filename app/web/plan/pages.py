"""The pages of the plan: the current one, and the others."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.hubs.queries import places
from app.plan import policy, tree
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.queries import tree as trees
from app.web.frame import loaders, params
from app.web.frame.responses import lead_on, render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.plan import charts, grouping, listing, summary, tools
from app.web.plan.bp import bp


@bp.get("/plan")
@public(policy.READ, lists=queries.readable_by)
def show() -> str:
    return _show(0, url_for(".show"))


@bp.get("/plan/<id:plan_id>")
@public(policy.READ, of=loaders.PLAN)
def show_one(plan: Plan) -> str | Response:
    """Show a plan that is not the current one, whose address is /plan."""
    if plan.is_current:
        return lead_on(url_for(".show"), 302)
    return _show(plan.id, url_for(".show_one", plan_id=plan.id))


def _show(plan_id: int, url: str) -> str:
    """Show a plan, the current one for 0, as the address asks for it; there may be none yet."""
    plans = queries.list_plans(me())
    plan = next((one for one in plans if (one.id == plan_id if plan_id else one.is_current)), None)
    return render(
        "plan/show.html",
        plan=plan,
        tools=tools.of_plan(plan) if policy.WRITE.permits(me()) else [],
        is_mine_chosen=params.single_param("mine", ("1",)) == "1" if me().holds else None,
        **(_read(plan, plans, url) if plan else {}),
    )


def _read(plan: Plan, plans: Sequence[Plan], url: str) -> dict[str, Any]:
    """Read what a plan holds, as the address asks for it."""
    whole = trees.get_tree(plan)
    query = listing.read_query(whole, url)
    shown = tree.filter_tree(whole, query.filters()) if query.count else whole
    groups = [] if query.view == "orientation" else grouping.build_groups(query.view, shown)
    return {
        "plans": [other for other in plans if other.id != plan.id],
        "whole": whole,
        "shown": shown,
        "query": query,
        "waiting": places.count_waiting() if plan.is_current else None,
        "summary": summary.build_summary(plan, whole),
        "chips": listing.list_chips(query, whole),
        "choices": listing.list_choices(query, whole),
        "files": tools.list_files(plan),
        "orientations": summary.view_tree(whole, shown),
        "groups": groups,
        "drawn": charts.of_groups(query.view, groups),
    }

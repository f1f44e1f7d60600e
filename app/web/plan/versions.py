"""The versions of a plan: what each one changed, when, why, by whom, and the whole plan as it was then."""

from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.plan import differences, policy
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanVersion
from app.plan.queries import plans
from app.plan.queries import versions as queries
from app.web.frame import loaders, read_state
from app.web.frame.params import id_param
from app.web.frame.responses import go, render
from app.web.frame.routes import Loader, public
from app.web.frame.session import me
from app.web.plan import wording
from app.web.plan.bp import bp


@bp.get("/plan/versions")
@public(policy.READ, lists=plans.readable_by)
def versions() -> str | Response:
    """Show the versions of the current plan."""
    plan = plans.find_current_plan(me())
    return _list(plan) if plan else go(".show")


@bp.get("/plan/<id:plan_id>/versions")
@public(policy.READ, of=loaders.PLAN)
def versions_of(plan: Plan) -> str:
    return _list(plan)


def _list(plan: Plan) -> str:
    return render("plan/versions.html", plan=plan, versions=queries.list_versions(plan))


@bp.get("/plan/<id:plan_id>/versions/differences")
@public(policy.READ, of=loaders.PLAN)
def compare_versions(plan: Plan) -> str:
    """Say what changed from one version to another; to the last one, from the one before it, unless two are chosen."""
    earlier, later = id_param("from") or max(plan.number - 1, 1), id_param("to") or plan.number
    outlines = queries.get_two_outlines(me(), plan, (earlier, later))
    items = wording.view_differences(differences.list_differences(*outlines))
    return render("plan/comparison.html", plan=plan, items=items, earlier=earlier, later=later)


def get_version(actor: Actor, plan_id: int, number: int, permission: Permission) -> tuple[Plan, PlanVersion]:
    """Return a version of a plan with its plan. Raise NotFound."""
    plan = plans.get_plan(actor, plan_id, permission)
    return plan, queries.get_version(plan, number)


@bp.get("/plan/<id:plan_id>/versions/<id:number>")
@public(policy.READ, of=Loader(get_version, "plan_id", "number"))
def version(found: tuple[Plan, PlanVersion]) -> str:
    plan, now = found
    read_state.note_shown("version", [now.id])
    before, outline = queries.get_outlines(me(), plan, now)
    changes = differences.list_differences(before, outline) if before else []
    return render(
        "plan/version.html",
        plan=plan,
        version=now,
        outline=outline,
        items=wording.view_differences(changes),
        wording=wording,
        before=now.number - 1,
        following=now.number + 1,
    )

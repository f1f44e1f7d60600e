"""The plans: their list, a new one, the one that is current."""
from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.plan import PlanForm
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.service import publishing
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.routes import members, public
from app.web.frame.session import me
from app.web.frame.support import done, refuse, render
from app.web.plan.bp import bp

BOTH = ["GET", "POST"]


@bp.get("/plan/all")
@public(policy.READ, lists=queries.readable_by)
def plans() -> str:
    return render("plan/plans.html", plans=queries.listing(me()))


@bp.route("/plan/new", methods=BOTH)
@members(policy.WRITE)
def new_plan() -> str | Response:
    form = PlanForm()
    if request.method != "POST":
        return render("plan/new.html", form=form)
    outcome = attempt(form, lambda: _begin(form))
    if outcome.code:
        return refuse("plan/new.html", code=outcome.code, form=form)
    return done(
        url_for(".draft", plan_id=outcome.result.id),
        _("Le plan est commencé : écrivez ses orientations, puis publiez-le."))


def _begin(form: PlanForm) -> Plan:
    return publishing.begin(
        me(), title=form.title.data, summary=form.summary.data or "", starts_on=form.starts_on.data,
        ends_on=form.ends_on.data, form_key=form.form_key.data)


@bp.post("/plan/<id:plan_id>/current")
@members(policy.WRITE, of=loaders.PLAN)
def make_current(plan: Plan) -> Response:
    publishing.make_current(me(), plan)
    return done(
        url_for(".plans", _anchor=f"plan-{plan.id}"), _("« %(title)s » est le plan courant.", title=plan.title))

"""The draft of a plan: its tree, its own words, the order of its parts, what is removed from it, and its end."""
from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.plan import MoveForm, PlanForm, VersionForm
from app.plan import editing, policy
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.service import drafting, publishing
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.params import single
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import done, go, refuse, render
from app.web.plan.bp import bp
from app.web.plan.parts import LEVEL_RULE, position_or_404

BOTH = ["GET", "POST"]


@bp.get("/plan/<id:plan_id>/draft")
@members(policy.WRITE, of=loaders.PLAN)
def draft(plan: Plan) -> Response:
    return _show(plan, MoveForm(formdata=None))


def _show(plan: Plan, form: MoveForm, code: int = 200) -> Response:
    """Show the tree of what is written now; its order changes from there."""
    working = queries.working_copy(plan)
    form.version.data = working.version
    return refuse("plan/draft.html", code=code, plan=plan, working=working, form=form, at=single("at"))


@bp.route("/plan/<id:plan_id>/draft/edit", methods=BOTH)
@members(policy.WRITE, of=loaders.PLAN)
def edit_head(plan: Plan) -> str | Response:
    working = queries.working_copy(plan)
    if request.method != "POST":
        return render("plan/edit.html", plan=plan, form=PlanForm.of(working.outline, working.version))
    form = PlanForm()
    outcome = attempt(form, lambda: drafting.write_head(me(), plan, version=form.version.data, **form.words()))
    if outcome.code:
        form.version.data = queries.working_copy(plan).version
        return refuse("plan/edit.html", code=outcome.code, plan=plan, form=form)
    return done(url_for(".draft", plan_id=plan.id), _("C'est dans le brouillon."))


@bp.post("/plan/<id:plan_id>/draft/position")
@members(policy.WRITE, of=loaders.PLAN)
def move_part(plan: Plan) -> Response:
    """Move the part that the button names before or after its neighbour."""
    form = MoveForm()
    level, part_id, step = form.choice()
    outcome = attempt(form, lambda: drafting.move_part(
        me(), plan, level, part_id, step=step, version=form.version.data))
    if outcome.code:
        return _show(plan, form, outcome.code)
    return go(".draft", plan_id=plan.id, at=f"{level}{part_id}", anchor=f"{level}{part_id}")


@bp.route(f"/plan/<id:plan_id>/draft/{LEVEL_RULE}/<part:part_id>/removal", methods=BOTH)
@members(policy.WRITE, of=loaders.PLAN)
def remove_part(plan: Plan, level: str, part_id: int) -> str | Response:
    """Say what goes with a part, and remove it."""
    working, form = queries.working_copy(plan), VersionForm()
    position = editing.find(working.outline, level, part_id)
    if position is None and request.method == "POST":
        return done(url_for(".draft", plan_id=plan.id), _(drafting.GONE), "warning")
    part = position_or_404(working, level, part_id).part
    if request.method == "POST":
        outcome = attempt(form, lambda: drafting.remove_part(me(), plan, level, part_id, version=form.version.data))
        if not outcome.code:
            return done(
                url_for(".draft", plan_id=plan.id), _("« %(title)s » n'est plus dans le brouillon.", title=part.title))
    form.version.data = working.version
    return refuse("plan/removal.html", code=409 if form.errors else 200, plan=plan, form=form, level=level, part=part,
                  inside=list(editing.list_inner(part)))


@bp.route("/plan/<id:plan_id>/draft/discard", methods=BOTH)
@members(policy.WRITE, of=loaders.PLAN)
def discard_draft(plan: Plan) -> str | Response:
    form, working = VersionForm(), queries.working_copy(plan)
    if working.draft is None:
        return go(".draft", plan_id=plan.id)
    if request.method == "POST":
        outcome = attempt(form, lambda: publishing.drop_draft(me(), plan, version=form.version.data))
        if not outcome.code:
            return done(
                url_for(".draft", plan_id=plan.id),
                _("Le brouillon est jeté : le plan est celui de sa dernière version."))
    form.version.data = working.version
    return refuse("plan/discard.html", code=409 if form.errors else 200, plan=plan, form=form)

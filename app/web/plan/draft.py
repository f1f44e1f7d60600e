"""The draft of a plan: its tree, its own words, the order of its parts, what is removed from it, and its end."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.plan import MoveForm, PlanForm, VersionForm
from app.plan import differences, editing, policy
from app.plan.draft_tree import DraftPart
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.service import drafting, publishing
from app.web.frame import loaders, order
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import add_colleague_changes, attempt_over
from app.web.frame.params import single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan import news, wording
from app.web.plan.bp import bp
from app.web.plan.draft_view import compare, view_draft
from app.web.plan.parts import LEVEL_RULE, get_position

BOTH = ["GET", "POST"]


@bp.get("/plan/<id:plan_id>/draft")
@members(policy.CHANGE, of=loaders.PLAN)
def draft(plan: Plan) -> Response:
    return _show(plan, MoveForm(formdata=None))


def _show(plan: Plan, form: MoveForm, code: int = 200) -> Response:
    """Show the tree of what is written now; its order changes from there."""
    working, at = queries.get_working_copy(plan), single_param("at")
    return refuse(
        "plan/draft.html",
        code=code,
        plan=plan,
        working=working,
        form=form,
        at=at,
        view=view_draft(plan, working, at=at, has_only_changes=_read_show() != ""),
        news=news.view_waiting(working),
        wording=wording,
    )


def _read_show() -> str:
    """Return what the page of the draft was asked to show: "changes", or "" for all of it."""
    return single_param("show", ["changes"])


@bp.route("/plan/<id:plan_id>/draft/edit", methods=BOTH)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def edit_head(plan: Plan) -> str | Response:
    if request.method != "POST":
        return render("plan/edit.html", plan=plan, form=_fill_head(plan))
    form = PlanForm()
    outcome = attempt_over(
        form, plan, lambda: _fill_head(plan), lambda: drafting.write_head(me(), plan, **form.words())
    )
    if outcome.code:
        return refuse("plan/edit.html", code=outcome.code, plan=plan, form=form)
    return done(url_for(".draft", plan_id=plan.id), add_colleague_changes(_("C'est dans le brouillon."), form))


def _fill_head(plan: Plan) -> PlanForm:
    return PlanForm.of(queries.get_working_copy(plan).outline)


@bp.post("/plan/<id:plan_id>/draft/position")
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def move_part(plan: Plan) -> Response:
    """Move the part that the button names before or after its neighbour."""
    form = MoveForm()
    level, part_id, step, neighbour_id = form.choice()
    outcome = attempt(
        form, lambda: drafting.move_part(me(), plan, level, part_id, step=step, neighbour_id=neighbour_id)
    )
    if outcome.code:
        return _show(plan, form, outcome.code)
    return done(_place_of(plan, level, part_id), _describe_move(plan, level, part_id, step))


def _place_of(plan: Plan, level: str, part_id: int) -> str:
    """Return the address of a part in the draft, where it takes the focus."""
    here = f"{level}{part_id}"
    return url_for(".draft", plan_id=plan.id, at=here, _anchor=here)


def _place_of_parent(plan: Plan, level: str, parent_id: int) -> str:
    """Return the address, in the draft, of what holds the parts of a level; that of the draft, for the plan."""
    if not parent_id:
        return url_for(".draft", plan_id=plan.id)
    return _place_of(plan, editing.LEVELS[editing.LEVELS.index(level) - 1], parent_id)


def _describe_move(plan: Plan, level: str, part_id: int, step: int) -> str:
    position = get_position(queries.get_working_copy(plan), level, part_id)
    moved = order.describe_move([part.title for part in position.siblings], position.index, step)
    return f"{moved} {_('Les codes restent les mêmes.')}" if position.part.code else moved


@bp.route(f"/plan/<id:plan_id>/draft/{LEVEL_RULE}/<part:part_id>/removal", methods=BOTH)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def remove_part(plan: Plan, level: str, part_id: int) -> str | Response:
    """Say what goes with a part, and remove it as it was shown."""
    form, working = VersionForm(), queries.get_working_copy(plan)
    if request.method == "POST" and editing.find_position(working.outline, level, part_id) is None:
        return done(url_for(".draft", plan_id=plan.id), _(drafting.GONE), "warning")
    position = get_position(working, level, part_id)
    part = position.part
    if request.method == "POST":
        outcome = attempt(form, lambda: drafting.remove_part(me(), plan, level, part_id, version=form.version.data))
        if not outcome.code:
            return done(
                _place_of_parent(plan, level, position.parent_id),
                _("« %(title)s » n'est plus dans le brouillon.", title=part.title),
            )
    form.version.data = editing.compute_version(part)
    return refuse(
        "plan/removal.html",
        code=409 if form.errors else 200,
        plan=plan,
        form=form,
        level=level,
        part=part,
        inside=list(editing.list_inner(part)),
    )


@bp.route(f"/plan/<id:plan_id>/draft/{LEVEL_RULE}/<part:part_id>/reversal", methods=BOTH)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def restore_part(plan: Plan, level: str, part_id: int) -> str | Response:
    """Say what changed of a part, and bring it back to the last version as it was shown."""
    form, show, code = VersionForm(), _read_show(), 200
    node = _find_changed(plan, level, part_id)
    if node is None:
        return done(url_for(".draft", plan_id=plan.id, show=show or None), _("Cette partie est comme publiée."), "info")
    if request.method == "POST":
        outcome = attempt(form, lambda: drafting.restore_part(me(), plan, level, part_id, version=form.version.data))
        if not outcome.code:
            return done(_place_back(plan, node, show), _describe_return(node))
        node, code = _find_changed(plan, level, part_id) or node, outcome.code
    form.version.data = node.version
    items = wording.view_differences([node.difference] if node.difference and "removed" not in node.kinds else [])
    return refuse("plan/reversal.html", code=code, plan=plan, form=form, node=node, items=items, show=show)


def _find_changed(plan: Plan, level: str, part_id: int) -> DraftPart | None:
    """Return a part that can come back to what the last version says of it, or None."""
    found = compare(plan, queries.get_working_copy(plan)).find(level, part_id)
    return found if found and found.kinds and "added" not in found.kinds else None


def _place_back(plan: Plan, node: DraftPart, show: str) -> str:
    """Return the address of what changes where that was shown, else of the part in the draft."""
    if show:
        return url_for(".draft", plan_id=plan.id, show=show)
    return _place_of(plan, node.level, node.part.id)


def _describe_return(node: DraftPart) -> str:
    if "removed" in node.kinds:
        return _("« %(title)s » est de retour dans le brouillon.", title=node.part.title)
    return _("« %(title)s » est comme dans la version publiée.", title=node.part.title)


def leave_without_draft(plan: Plan) -> Response:
    """Lead to the plan as it is, and say so to whoever acts on a draft that is gone or not begun."""
    page = url_for(".draft", plan_id=plan.id)
    return done(page, _("Il n'y a pas de brouillon : le plan est celui de sa dernière version."), "info")


@bp.route("/plan/<id:plan_id>/draft/discard", methods=BOTH)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def discard_draft(plan: Plan) -> str | Response:
    """Say what a draft changes, and throw it away as it was shown."""
    form = VersionForm()
    if not queries.has_draft(plan):
        return leave_without_draft(plan)
    if request.method == "POST":
        outcome = attempt(form, lambda: publishing.drop_draft(me(), plan, version=form.version.data))
        if not outcome.code:
            return done(
                url_for(".draft", plan_id=plan.id),
                _("Le brouillon est jeté : le plan est celui de sa dernière version."),
            )
    working = queries.get_working_copy(plan)
    form.version.data = working.version
    found = differences.list_differences(queries.get_published_outline(plan), working.outline)
    return refuse(
        "plan/discard.html",
        code=409 if form.errors else 200,
        plan=plan,
        form=form,
        items=wording.view_differences(found),
        news=news.view_waiting(working),
    )

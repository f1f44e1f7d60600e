"""The publication of a draft: what it changes, what follows, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.text.plain import clean_line
from app.forms.plan import PublicationForm
from app.plan import differences, policy
from app.plan.differences import Difference
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanVersion
from app.plan.outline import ActionOutline, Outline
from app.plan.queries import plans as queries
from app.plan.queries.plans import WorkingCopy
from app.plan.service import publishing
from app.reference import near_names
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan import news, wording
from app.web.plan.bp import bp
from app.web.plan.draft import leave_without_draft


class NewOrganisation(NamedTuple):
    name: str
    near: Sequence[str]
    action: ActionOutline


@bp.route("/plan/<id:plan_id>/draft/publication", methods=["GET", "POST"])
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def publish_draft(plan: Plan) -> Response:
    working = queries.get_working_copy(plan)
    if working.draft is None:
        return leave_without_draft(plan)
    found = differences.list_differences(queries.get_published_outline(plan), working.outline)
    form = PublicationForm.of([one for one in found if one.level == "action" and one.kind == "removed"])
    if request.method != "POST":
        return _show(plan, form, working, found)
    outcome = attempt(form, lambda: _publish(plan, form))
    if outcome.code:
        return _show(plan, form, working, found, outcome.code)
    number = outcome.result.number
    return done(url_for(".version", plan_id=plan.id, number=number), _("La version %(n)s est publiée.", n=number))


def _publish(plan: Plan, form: PublicationForm) -> PlanVersion:
    return publishing.publish_draft(
        me(), plan, version=form.version.data, reason=form.reason.data, dropped_reasons=form.dropped_reasons()
    )


def _show(
    plan: Plan, form: PublicationForm, working: WorkingCopy, found: Sequence[Difference], code: int = 200
) -> Response:
    """Show what the draft changes of the last version."""
    form.version.data = working.version
    items, waiting = wording.view_differences(found), news.view_waiting(working)
    new = _list_new_organisations(working.outline)
    return refuse("plan/publication.html", code=code, plan=plan, form=form, items=items, news=waiting, new=new)


def _list_new_organisations(outline: Outline) -> list[NewOrganisation]:
    """Return the organisations that a publication would make, each with those near it and an action that names it."""
    actions = {clean_line(name): action for action in outline.actions() for name in (action.lead, *action.partners)}
    found = near_names.list_questions(actions)
    return [NewOrganisation(name, near, actions[name]) for name, near in found.items()]

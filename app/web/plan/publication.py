"""The publication of a draft: what it changes, what follows, and why."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.plan import PublicationForm
from app.plan import differences, policy
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.queries.plans import WorkingCopy
from app.plan.service import publishing
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan import news, wording
from app.web.plan.bp import bp
from app.web.plan.draft import leave_without_draft


@bp.route("/plan/<id:plan_id>/draft/publication", methods=["GET", "POST"])
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def publish_draft(plan: Plan) -> Response:
    form = PublicationForm()
    working = queries.get_working_copy(plan)
    if working.draft is None:
        return leave_without_draft(plan)
    if request.method != "POST":
        return _show(plan, form, working)
    outcome = attempt(
        form, lambda: publishing.publish_draft(me(), plan, version=form.version.data, reason=form.reason.data)
    )
    if outcome.code:
        return _show(plan, form, queries.get_working_copy(plan), outcome.code)
    number = outcome.result.number
    return done(url_for(".version", plan_id=plan.id, number=number), _("La version %(n)s est publiée.", n=number))


def _show(plan: Plan, form: PublicationForm, working: WorkingCopy, code: int = 200) -> Response:
    """Show what the draft changes of the last version."""
    found = differences.list_differences(queries.get_published_outline(plan), working.outline)
    removed = [one for one in found if one.level == "action" and one.kind == "removed"]
    form.version.data = working.version
    return refuse(
        "plan/publication.html",
        code=code,
        plan=plan,
        form=form,
        items=wording.view_differences(found),
        removed=removed,
        news=news.view_waiting(working),
    )

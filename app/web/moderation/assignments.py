"""An idea or a case in somebody's hands: given, taken, released."""
from collections.abc import Callable, Sequence

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.cases import policy as cases_policy
from app.cases.queries import cases
from app.desk import policy
from app.desk.queries import assignments
from app.desk.service import assignments as service
from app.forms.base import Form
from app.forms.desk import AssignmentForm
from app.ideas.queries import reading
from app.web.frame import links
from app.web.frame.attempt import taken
from app.web.frame.filters import person
from app.web.frame.session import me
from app.web.frame.support import members
from app.web.moderation import desk_return
from app.web.moderation.bp import bp

IDEA, CASE = "/ideas/<id:idea_id>/assignment", "/moderation/cases/<id:case_id>/assignment"


@bp.post(IDEA)
@members(policy.ASSIGN)
def assign_idea(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.ASSIGN)
    _give(assignments.for_idea(idea).able, lambda to: service.assign(me(), idea, to=to))
    return desk_return.back(links.idea(idea, _anchor="hands"))


@bp.post(f"{IDEA}/withdrawal")
@members(policy.ASSIGN)
def release_idea(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.ASSIGN)
    service.release(me(), idea)
    flash(_("L'idée est de nouveau à toute l'équipe."), "success")
    return desk_return.back(links.idea(idea, _anchor="hands"))


@bp.post(CASE)
@members(cases_policy.CASE_READ)
def assign_case(case_id: int) -> Response:
    case_file = cases.one(me(), case_id, cases_policy.CASE_READ)
    _give(assignments.for_case(case_file).able, lambda to: service.assign_case(me(), case_file.case, to=to))
    return desk_return.back(url_for("moderation.show_case", case_id=case_id, _anchor="hands"))


@bp.post(f"{CASE}/withdrawal")
@members(cases_policy.CASE_READ)
def release_case(case_id: int) -> Response:
    case_file, form = cases.one(me(), case_id, cases_policy.CASE_READ), Form()
    if taken(form, lambda: service.release_case(me(), case_file.case)):
        flash(_("Le cas est de nouveau à toute l'équipe."), "success")
    else:
        flash(form.form_errors[0], "warning")
    return desk_return.back(url_for("moderation.show_case", case_id=case_id, _anchor="hands"))


bp.add_app_template_global(assignments.for_idea, "hands_of_idea")
bp.add_app_template_global(assignments.for_case, "hands_of_case")


def _give(able: Sequence[User], act: Callable[[int], None]) -> None:
    """Give it to whoever was chosen of the list, and say so; a choice that is not there gives it to nobody."""
    form = AssignmentForm().offer((user.id, person(user)) for user in able)
    if not request.form.get("to"):
        flash(_("Choisissez d'abord quelqu'un dans la liste."), "warning")
    elif not taken(form, lambda: act(int(form.to.data))):
        flash(form.form_errors[0] if form.form_errors else _(service.NOT_IN_CHARGE), "warning")
    elif form.to.data == str(me().id):
        flash(_("C'est entre vos mains."), "success")
    else:
        flash(_("C'est confié à %(name)s, qui en reçoit un avis.", name=_named(able, form)), "success")


def _named(able: Sequence[User], form: Form) -> str:
    return next(person(user) for user in able if str(user.id) == form.data["to"])

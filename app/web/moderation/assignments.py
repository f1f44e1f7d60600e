"""Give an idea or a case to somebody of the team, take it, release it."""

from collections.abc import Callable, Sequence

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.desk import policy, service
from app.desk.queries import assignments
from app.forms.base import Form
from app.forms.desk import AssignmentForm
from app.ideas.models import Idea
from app.moderation.cases import policy as cases_policy
from app.moderation.cases.models import CaseFile
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import finders
from app.web.moderation.bp import bp

IDEA, CASE = "/ideas/<id:idea_id>/assignment", "/moderation/cases/<id:case_id>/assignment"


@bp.post(IDEA)
@members(policy.ASSIGN, of=loaders.IDEA, limit="team")
def assign_idea(idea: Idea) -> Response:
    said = _assign(assignments.get_choice_for_idea(idea).candidates, lambda to: service.assign(me(), idea, to=to))
    return done(links.idea_url(idea, _anchor="hands"), *said)


@bp.post(f"{IDEA}/withdrawal")
@members(policy.ASSIGN, of=loaders.IDEA, limit="team")
def release_idea(idea: Idea) -> Response:
    service.release(me(), idea)
    return done(links.idea_url(idea, _anchor="hands"), _("L'idée est de nouveau à toute l'équipe."))


@bp.post(CASE)
@members(cases_policy.CASE_READ, of=finders.CASE, limit="team")
def assign_case(case_file: CaseFile) -> Response:
    able = assignments.get_choice_for_case(case_file).candidates
    said = _assign(able, lambda to: service.assign_case(me(), case_file.case, to=to))
    return done(_case_place(case_file), *said)


@bp.post(f"{CASE}/withdrawal")
@members(cases_policy.CASE_READ, of=finders.CASE, limit="team")
def release_case(case_file: CaseFile) -> Response:
    form = Form()
    if attempt(form, lambda: service.release_case(me(), case_file.case)).code:
        return done(_case_place(case_file), form.form_errors[0], "warning")
    return done(_case_place(case_file), _("Le cas est de nouveau à toute l'équipe."))


def _case_place(case_file: CaseFile) -> str:
    """Return where to go on: the page of a case says in whose hands it is for as long as it is open."""
    is_open = policy.ASSIGN_CASE.permits(me(), finders.CASE.again(cases_policy.CASE_READ))
    return url_for("moderation.show_case", case_id=case_file.id, _anchor="hands" if is_open else None)


bp.add_app_template_global(assignments.get_choice_for_idea, "hands_of_idea")
bp.add_app_template_global(assignments.get_choice_for_case, "hands_of_case")


def _assign(able: Sequence[User], act: Callable[[int], None]) -> tuple[str, str]:
    """Assign to the person whom the form names, if the list has them. Return what to say, and its kind."""
    form = AssignmentForm().offer((user.id, person(user)) for user in able)
    if not request.form.get("to"):
        return _("Choisissez d'abord quelqu'un dans la liste."), "warning"
    if attempt(form, lambda: act(int(form.to.data))).code:
        return form.form_errors[0] if form.form_errors else _(service.NOT_IN_CHARGE), "warning"
    if form.to.data == str(me().id):
        return _("C'est entre vos mains."), "success"
    return _("C'est entre les mains de %(name)s, qui en reçoit un avis.", name=_name(able, form.to.data)), "success"


def _name(able: Sequence[User], user_id: str) -> str:
    return next(person(user) for user in able if str(user.id) == user_id)

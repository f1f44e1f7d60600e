"""An idea or a case in somebody's hands: given, taken, released."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import User
from app.forms.base import Form
from app.forms.desk import AssignmentForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.models.desk import Assignment
from app.moderation.models.dossiers import Dossier
from app.moderation.policy import cases as cases_policy
from app.moderation.policy import desk as policy
from app.moderation.queries import assignments, cases
from app.moderation.service import desk as service
from app.web import links, returning
from app.web.session import me
from app.web.support import members
from app.web.taking import taken

IDEA, CASE = "/ideas/<id:idea_id>/assignment", "/moderation/cases/<id:case_id>/assignment"
bp = Blueprint("assigning", __name__)


@dataclass(frozen=True)
class Hands:
    """Who has an idea or a case now, and whom it may be given to."""

    assignment: Assignment | None
    able: Sequence[User]

    @property
    def is_mine(self) -> bool:
        return self.assignment is not None and self.assignment.user_id == me().id

    @property
    def can_be_mine(self) -> bool:
        return not self.is_mine and any(user.id == me().id for user in self.able)


@bp.post(IDEA)
@members(policy.ASSIGN)
def give_idea(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.ASSIGN)
    _give(assignments.for_idea(idea), lambda to: service.assign(me(), idea, to=to))
    return returning.back(links.idea(idea, _anchor="hands"))


@bp.post(f"{IDEA}/withdrawal")
@members(policy.ASSIGN)
def release_idea(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.ASSIGN)
    service.release(me(), idea)
    flash(_("L'idée est de nouveau à toute l'équipe."), "success")
    return returning.back(links.idea(idea, _anchor="hands"))


@bp.post(CASE)
@members(cases_policy.CASE_READ)
def give_case(case_id: int) -> Response:
    dossier = cases.one(me(), case_id, cases_policy.CASE_READ)
    _give(assignments.for_case(dossier), lambda to: service.assign_case(me(), dossier.case, to=to))
    return returning.back(url_for("cases.show", case_id=case_id, _anchor="hands"))


@bp.post(f"{CASE}/withdrawal")
@members(cases_policy.CASE_READ)
def release_case(case_id: int) -> Response:
    dossier = cases.one(me(), case_id, cases_policy.CASE_READ)
    service.release_case(me(), dossier.case)
    flash(_("Le cas est de nouveau à toute l'équipe."), "success")
    return returning.back(url_for("cases.show", case_id=case_id, _anchor="hands"))


@bp.app_template_global()
def hands_of_idea(idea: Idea) -> Hands:
    return Hands(assignments.of("idea", [idea.id]).get(idea.id), assignments.for_idea(idea))


@bp.app_template_global()
def hands_of_case(dossier: Dossier) -> Hands:
    return Hands(assignments.of("case", [dossier.id]).get(dossier.id), assignments.for_case(dossier))


def _give(able: Sequence[User], act: Callable[[int], None]) -> None:
    """Give it to whoever was chosen of the list, and say so; a choice that is not there gives it to nobody."""
    form = AssignmentForm().offer((user.id, user.name) for user in able)
    if not taken(form, lambda: act(int(form.to.data))):
        flash(_(service.NOT_IN_CHARGE), "warning")
    elif form.to.data == str(me().id):
        flash(_("C'est entre vos mains."), "success")
    else:
        flash(_("C'est entre les mains de %(name)s, qui en reçoit un avis.", name=_named(able, form)), "success")


def _named(able: Sequence[User], form: Form) -> str:
    return next(user.name for user in able if str(user.id) == form.data["to"])

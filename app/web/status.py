"""The answer of a community: where an idea stands, and why."""
from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.base import choices
from app.forms.ideas import StatusForm
from app.ideas import policy, service
from app.ideas.models import NEXT, Idea
from app.ideas.queries import reading
from app.web import links, words
from app.web.session import me
from app.web.support import members, refused, render

bp = Blueprint("status", __name__, url_prefix="/ideas/<id:idea_id>/status")


@bp.get("")
@members(policy.ANSWER)
def show(idea_id: int) -> str:
    idea = reading.one(me(), idea_id, policy.ANSWER)
    return render("ideas/status.html", idea=idea, form=_form(idea))


@bp.post("")
@members(policy.ANSWER)
def move(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.ANSWER)
    form = _form(idea)
    if not form.validate():
        return refused("ideas/status.html", idea=idea, form=form)
    service.move(me(), idea, form.status.data, reason=form.reason.data)
    flash(_("L'étape est publiée, avec son motif."), "success")
    return redirect(links.idea(idea), 303)


def _form(idea: Idea) -> StatusForm:
    form = StatusForm(formdata=request.form if request.method == "POST" else None)
    form.status.choices = choices((status, words.STEPS[status]) for status in NEXT[idea.status])
    return form

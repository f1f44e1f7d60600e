"""What authors do with their own ideas: list their drafts, discard one, withdraw what is public."""
from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admission.queries import frozen_accounts as waiting
from app.admission.queries import held_revisions
from app.forms.base import Form
from app.forms.ideas import ReasonForm
from app.ideas import policy, service
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import go, refuse, render
from app.web.ideas.bp import bp


@bp.get("/ideas/drafts")
@members(policy.READ_OWN, lists=reading.own_of)
def drafts() -> str:
    """List the drafts of the reader, and those of their texts that wait for a team."""
    user_id = me().own_id
    return render("ideas/drafts.html", drafts=reading.drafts(me()),
                  pending_ideas=waiting.list_pending_ideas(me(), user_id),
                  pending_comments=waiting.list_pending_comments(me(), user_id),
                  revisions=held_revisions.of_author(me()))


@bp.route("/ideas/<id:idea_id>/discard", methods=["GET", "POST"])
@members(policy.DISCARD, of=loaders.IDEA)
def discard(idea: Idea) -> str | Response:
    form = Form()
    if not form.validate_on_submit():
        return render("ideas/discard.html", idea=idea, form=form)
    service.discard(me(), idea)
    flash(_("Le brouillon est jeté."), "success")
    return go("ideas.drafts")


@bp.route("/ideas/<id:idea_id>/withdrawal", methods=["GET", "POST"])
@members(policy.WITHDRAW, of=loaders.IDEA)
def withdraw(idea: Idea) -> str | Response:
    form = ReasonForm()
    if request.method != "POST":
        return render("ideas/withdraw.html", idea=idea, form=form)
    outcome = attempt(form, lambda: service.withdraw(me(), idea, reason=form.reason.data or ""))
    if outcome.code:
        return refuse("ideas/withdraw.html", code=outcome.code, idea=idea, form=form)
    flash(_("Votre contribution est retirée. Elle reste lisible, avec votre motif."), "success")
    return redirect(links.idea(idea), 303)

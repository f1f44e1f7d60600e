"""What authors do with their own ideas: discard a draft, withdraw what is public."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.base import Form
from app.forms.ideas import ReasonForm
from app.ideas import policy, service
from app.ideas.models import Idea
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.ideas.bp import bp


@bp.route("/ideas/<id:idea_id>/discard", methods=["GET", "POST"])
@members(policy.DISCARD, of=loaders.IDEA, limit="text")
def discard(idea: Idea) -> str | Response:
    form = Form()
    if not form.validate_on_submit():
        return render("ideas/discard.html", idea=idea, form=form)
    service.discard(me(), idea)
    return done(url_for("ideas.contributions"), _("Le brouillon est jeté."))


@bp.route("/ideas/<id:idea_id>/withdrawal", methods=["GET", "POST"])
@members(policy.WITHDRAW, of=loaders.IDEA, limit="text")
def withdraw(idea: Idea) -> str | Response:
    form = ReasonForm()
    if request.method != "POST":
        return render("ideas/withdraw.html", idea=idea, form=form)
    outcome = attempt(form, lambda: service.withdraw(me(), idea, reason=form.reason.data or ""))
    if outcome.code:
        return refuse("ideas/withdraw.html", code=outcome.code, idea=idea, form=form)
    return done(links.idea_url(idea), _("Votre contribution est retirée. Elle reste lisible, avec votre motif."))

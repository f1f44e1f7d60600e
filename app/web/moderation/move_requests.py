"""An author asks for another community for their idea, and its team answers: one page for both."""
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.forms.base import Form
from app.forms.measures import MoveForm, RequestForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moves import policy, queries
from app.moves.service import requests as service
from app.web.frame import links
from app.web.frame.attempt import Outcome, attempt
from app.web.frame.filters import label
from app.web.frame.session import me, rooms
from app.web.frame.support import go, members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

PAGE = "moderation/move_requests/show.html"


@bp.get("/ideas/<id:idea_id>/move/request")
@members(policy.MOVE_READ)
def show_move_request(idea_id: int) -> str:
    """Show the form to ask, or the request that waits: its author takes it back, the team answers it."""
    idea = reading.one(me(), idea_id, policy.MOVE_READ)
    if queries.open_request(idea) is None and not policy.MOVE_ASK.permits(me(), idea):
        raise NotFound()
    return render(PAGE, **_shown(idea))


@bp.post("/ideas/<id:idea_id>/move/request")
@members(policy.MOVE_ASK)
def ask_for_move(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.MOVE_ASK)
    form = _asking(idea, MoveForm())
    outcome = attempt(form, lambda: service.ask(
        me(), idea, rooms().by_slug[form.community.data], reason=form.reason.data or ""))
    if outcome.made is None:
        return refused(PAGE, code=outcome.code, **_shown(idea, form=form))
    flash(_("Votre demande est envoyée à l'équipe d'animation. Vous aurez un avis."), "success")
    return go(".show_move_request", idea_id=idea_id)


@bp.post("/ideas/<id:idea_id>/move/request/withdrawal")
@members(policy.MOVE_WITHDRAW)
def withdraw_move_request(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.MOVE_WITHDRAW)
    service.withdraw(me(), idea)
    flash(_("Votre demande est retirée : l'idée reste à sa communauté."), "success")
    return redirect(links.idea(idea), 303)


@bp.post("/ideas/<id:idea_id>/move/request/decision")
@members(policy.MOVE_ANSWER)
def answer_move_request(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.MOVE_ANSWER)
    form = RequestForm()
    if saved_replies.begun(form.words, idea.community_id):
        return render(PAGE, **_shown(idea, reply=form))
    outcome = _answered(idea, form)
    if outcome.code:
        return refused(PAGE, code=outcome.code, **_shown(reading.one(me(), idea_id, policy.MOVE_READ), reply=form))
    flash(_("C'est fait. La personne qui a écrit l'idée en est avisée."), "success")
    return redirect(links.idea(idea), 303)


def _answered(idea: Idea, form: RequestForm) -> Outcome[Any]:
    if form.act.data == "accept":
        return attempt(form, lambda: service.grant(me(), idea, form.request_id.data))
    return attempt(form, lambda: service.refuse(me(), idea, form.request_id.data, words=form.words.data or ""))


def _asking(idea: Idea, form: MoveForm) -> MoveForm:
    return form.offer([(room.slug, label(room)) for room in queries.places_to_ask(me(), idea)])


def _shown(idea: Idea, *, form: MoveForm | None = None, reply: RequestForm | None = None) -> dict[str, Any]:
    """Return what the page shows: the request that waits, the form to ask, the form to answer."""
    form, reply = form or _asking(idea, MoveForm(formdata=None)), reply or RequestForm(formdata=None)
    typed: Form = reply if reply.errors else form
    waiting = queries.open_request(idea)
    reply.request_id.data = waiting.id if waiting else 0
    return {"idea": idea, "waiting": waiting, "form": form, "reply": reply, "typed": typed}

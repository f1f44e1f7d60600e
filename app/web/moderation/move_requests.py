"""An author asks for another community for their idea, and its team answers: one page for both."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.measures import MoveForm, RequestForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.moves import policy, queries
from app.moderation.moves.models import MoveRequest
from app.moderation.moves.service import requests as service
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.form_limits import counted_by_service
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me, rooms
from app.web.moderation import finders, saved_replies
from app.web.moderation.bp import bp
from app.web.moderation.contents import IDEA

PAGE = "moderation/move_requests/show.html"


@bp.get(f"{IDEA}/move/request")
@members(policy.MOVE_READ, of=finders.IDEA_OF_REQUEST)
def show_move_request(found: tuple[Idea, MoveRequest | None]) -> str:
    """Show the form of a request, or the open request: its author may withdraw it, the team answers it."""
    return render(PAGE, **_values(*found))


@bp.post(f"{IDEA}/move/request")
@members(policy.MOVE_ASK, of=loaders.IDEA, limit=counted_by_service("move_request"), back_to_desk=False)
def ask_for_move(idea: Idea) -> str | Response:
    form = _with_places(MoveForm(), idea)
    outcome = attempt(
        form,
        lambda: service.request_move(me(), idea, rooms().by_slug[form.community.data], reason=form.reason.data or ""),
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, **_values(idea, queries.find_open_request(idea), form=form))
    return done(
        url_for(".show_move_request", idea_id=idea.id),
        _("Votre demande est envoyée à l'équipe d'animation. Vous aurez un avis."),
    )


@bp.post(f"{IDEA}/move/request/withdrawal")
@members(policy.MOVE_WITHDRAW, of=loaders.IDEA, limit="team", back_to_desk=False)
def withdraw_move_request(idea: Idea) -> Response:
    service.withdraw(me(), idea)
    return done(links.idea_url(idea), _("Votre demande est retirée : l'idée reste à sa communauté."))


@bp.post(f"{IDEA}/move/request/decision")
@members(policy.MOVE_ANSWER, of=loaders.IDEA, limit="team")
def answer_move_request(idea: Idea) -> str | Response:
    form = RequestForm()
    if saved_replies.insert(form.words, idea.community_id):
        return render(PAGE, **_values(idea, queries.find_open_request(idea), reply=form))
    outcome = attempt(form, lambda: _answer(idea, form))
    if outcome.code:
        idea = reading.get_idea(me(), idea.id, policy.MOVE_READ)
        return refuse(PAGE, code=outcome.code, **_values(idea, queries.find_open_request(idea), reply=form))
    return done(links.idea_url(idea), _("C'est fait. La personne qui a écrit l'idée en est avisée."))


def _answer(idea: Idea, form: RequestForm) -> None:
    if form.act.data == "accept":
        service.grant(me(), idea, form.request_id.data)
    else:
        service.refuse(me(), idea, form.request_id.data, answer=form.words.data or "")


def _with_places(form: MoveForm, idea: Idea) -> MoveForm:
    """Offer in the form the communities that an author may ask for."""
    return form.offer([(room.slug, label(room)) for room in queries.list_communities_to_ask(me(), idea)])


def _values(
    idea: Idea, move_request: MoveRequest | None, *, form: MoveForm | None = None, reply: RequestForm | None = None
) -> dict[str, Any]:
    """Return what the page shows: the open request, the form to ask, the form to answer."""
    form, reply = form or _with_places(MoveForm(formdata=None), idea), reply or RequestForm(formdata=None)
    reply.request_id.data = move_request.id if move_request else 0
    return {
        "idea": idea,
        "move_request": move_request,
        "form": form,
        "reply": reply,
        "active_form": reply if reply.errors else form,
    }

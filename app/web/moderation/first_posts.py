"""First posts: one press lets them appear, a page asks why not; and the accounts that the site froze."""
from collections.abc import Callable
from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admission.models import FrozenAccount, HeldChange
from app.admission.queries import frozen_accounts as queries
from app.admission.service import first_posts as service
from app.admission.service import frozen_accounts
from app.comments import policy as comments
from app.comments.models import Comment
from app.comments.queries import reading as talk
from app.communities import policy as communities
from app.core.errors import N_
from app.desk.queries.queues import Scope
from app.forms.moderation import AdmissionForm, JudgedWordsForm, MeasureForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.web.comments import subjects
from app.web.frame import errors
from app.web.frame.attempt import asked, kept, kept_late
from app.web.frame.filters import display_name
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.moderation import desk_return, saved_replies
from app.web.moderation.bp import bp

ADMITTED = N_("Ce texte n'attend plus : quelqu'un de l'équipe l'a publié ou refusé avant vous.")
IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
BOTH = ["GET", "POST"]


@bp.post(f"{IDEA}/admission")
@members(ideas.ADMIT)
def admit_idea(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, asked(ideas.ADMIT, ideas.is_pending, ideas.is_shown))
    return answer_admission(idea, service.publish_idea, subjects.of_idea(idea).url)


@bp.route(f"{IDEA}/refusal", methods=BOTH)
@members(ideas.ADMIT)
def refuse_idea(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, asked(ideas.ADMIT, ideas.is_pending, ideas.is_shown))
    return ask_refusal(idea, service.refuse_idea, idea.title, subjects.of_idea(idea).url, idea.community_id)


@bp.post(f"{COMMENT}/admission")
@members(comments.ADMIT)
def admit_comment(comment_id: int) -> Response:
    comment = talk.one(me(), comment_id, asked(comments.ADMIT, comments.is_pending, comments.is_shown))
    return answer_admission(comment, service.publish_comment, subjects.place(comment))


@bp.route(f"{COMMENT}/refusal", methods=BOTH)
@members(comments.ADMIT)
def refuse_comment(comment_id: int) -> str | Response:
    comment = talk.one(me(), comment_id, asked(comments.ADMIT, comments.is_pending, comments.is_shown))
    thread = comment.thread
    return ask_refusal(comment, service.refuse_comment, thread.title, subjects.place(comment), thread.community_id)


@bp.route("/members/<id:user_id>/freeze", methods=BOTH)
@members(communities.REVIEW)
def review_frozen(user_id: int) -> str | Response:
    """Look at a frozen account and at what waits of it; a reason lets it take part again."""
    frozen, form = queries.one(me(), user_id, communities.REVIEW, even_lifted=request.method == "POST"), MeasureForm()
    room = min(frozen.places & {room.id for room in Scope(me()).rooms}, default=None)
    if request.method == "GET" or saved_replies.begun(form.reason, room):
        return render("moderation/freeze.html", **_waiting(frozen), form=form, reply_room=room)
    code = kept(form, lambda: frozen_accounts.lift(me(), frozen.restriction, reason=form.reason.data))
    if code:
        return refused("moderation/freeze.html", code=code, **_waiting(frozen), form=form, reply_room=room)
    flash(_("La pause est levée : %(name)s peut de nouveau participer. Ce qui attend reste à lire.",
            name=display_name(frozen.name)), "success")
    return go("accounts.member", user_id=user_id)


def _waiting(frozen: FrozenAccount) -> dict[str, Any]:
    return {"frozen": frozen, "held": queries.held_ideas(me(), frozen.user_id),
            "said": queries.held_comments(me(), frozen.user_id)}


def answer_admission(content: Idea | Comment | HeldChange, publish: Callable[..., None], back: str) -> Response:
    """Let it appear and return to where that was asked; say so when its author or a colleague was faster."""
    form = AdmissionForm()
    if not form.validate():
        abort(400)
    code = kept_late(form, lambda: publish(me(), content, trusts=form.trust.data, version=form.version.data or ""),
                     late=ADMITTED)
    if code:
        name, why = desk_return.wanted(), form.form_errors[0]
        way = (_("Retour au bureau"), desk_return.address(name)) if name else (_("Voir ce texte"), back)
        return errors.page(code, _("Ce texte attend encore, car il ne peut pas paraître tel quel. %(why)s Vous "
                                   "pouvez aussi le refuser, avec un motif.", why=why) if code == 422 else why, way)
    flash(_("C'est publié. Ce que cette personne écrira paraîtra désormais tout de suite.") if form.trust.data
          else _("C'est publié."), "success")
    return desk_return.back(back)


def ask_refusal(
        content: Idea | Comment | HeldChange, refuse: Callable[..., None], title: str, back: str, room: int | None,
        page: str = "moderation/refusal.html", **more: Any) -> str | Response:
    """Ask why, then keep it from appearing and return to it."""
    form, name = JudgedWordsForm(), desk_return.wanted()
    shown: dict[str, Any] = {
        "content": content, "title": title, "back": desk_return.address(name) if name else back, "form": form,
        "desk": name, "reply_room": room} | more
    if request.method == "GET":
        form.version.data = content.version
    if request.method == "GET" or saved_replies.begun(form.reason, room):
        return render(page, **shown)
    code = kept_late(form, lambda: refuse(me(), content, reason=form.reason.data, version=form.version.data or ""))
    if code:
        form.version.data = content.version
        return refused(page, code=code, **shown)
    flash(_("C'est refusé. La personne qui l'a écrit est avisée de votre motif; son texte est gardé."), "success")
    return desk_return.back(back)

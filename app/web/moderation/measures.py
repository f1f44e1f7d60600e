"""Measures of moderation: each is a page that asks why, then the act."""
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.comments.queries import reading as comment_reading
from app.contents.models import place
from app.core.permits import require
from app.forms.moderation import MeasureForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.measures.service import contents as service
from app.updates import policy as updates
from app.updates.models import Update
from app.web.comments import subjects
from app.web.frame.attempt import asked, kept_late
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

Content = Idea | Comment | Update
IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
BOTH = ["GET", "POST"]
DONE = {
    "hide": _l("Le contenu est masqué, avec votre motif."), "restore": _l("Le contenu est rétabli."),
    "lock": _l("Le fil est verrouillé; le motif est affiché au-dessus des commentaires."),
    "unlock": _l("Le fil est rouvert."),
}


@bp.route(f"{IDEA}/hiding", methods=BOTH)
@members(ideas.HIDE)
def hide_idea(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, asked(ideas.HIDE, ideas.is_shown))
    return _measure("hide", idea, service.hide, idea.title, subjects.of_idea(idea).url)


@bp.route(f"{IDEA}/restoration", methods=BOTH)
@members(ideas.RESTORE)
def restore_idea(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, asked(ideas.RESTORE, ideas.is_hidden))
    return _measure("restore", idea, service.restore, idea.title, subjects.of_idea(idea).url)


@bp.route(f"{IDEA}/lock", methods=BOTH)
@members(comments.LOCK)
def lock_idea(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, ideas.READ)
    require(me(), asked(comments.LOCK, comments.is_unlocked), idea.thread)
    return _measure("lock", idea, service.lock, idea.title, subjects.of_idea(idea).url)


@bp.route(f"{IDEA}/unlock", methods=BOTH)
@members(comments.UNLOCK)
def unlock_idea(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, ideas.READ)
    require(me(), asked(comments.UNLOCK, comments.is_locked), idea.thread)
    return _measure("unlock", idea, service.unlock, idea.title, subjects.of_idea(idea).url)


@bp.route(f"{COMMENT}/hiding", methods=BOTH)
@members(comments.HIDE)
def hide_comment(comment_id: int) -> str | Response:
    comment = comment_reading.one(me(), comment_id, asked(comments.HIDE, comments.is_shown))
    return _measure("hide", comment, service.hide, comment.thread.title, subjects.place(comment))


@bp.route(f"{COMMENT}/restoration", methods=BOTH)
@members(comments.RESTORE)
def restore_comment(comment_id: int) -> str | Response:
    comment = comment_reading.one(me(), comment_id, asked(comments.RESTORE, comments.is_hidden))
    return _measure("restore", comment, service.restore, comment.thread.title, subjects.place(comment))


@bp.route(f"{UPDATE}/hiding", methods=BOTH)
@members(updates.HIDE)
def hide_update(slug: str, update_id: int) -> str | Response:
    update = subjects.update_at(slug, update_id, asked(updates.HIDE, updates.is_shown))
    return _measure("hide", update, service.hide, update.title, subjects.of_update(update).url)


@bp.route(f"{UPDATE}/restoration", methods=BOTH)
@members(updates.RESTORE)
def restore_update(slug: str, update_id: int) -> str | Response:
    update = subjects.update_at(slug, update_id, asked(updates.RESTORE, updates.is_hidden))
    return _measure("restore", update, service.restore, update.title, subjects.of_update(update).url)


@bp.route(f"{UPDATE}/lock", methods=BOTH)
@members(comments.LOCK)
def lock_update(slug: str, update_id: int) -> str | Response:
    update = subjects.update_at(slug, update_id, updates.READ)
    require(me(), asked(comments.LOCK, comments.is_unlocked), update.thread)
    return _measure("lock", update, service.lock, update.title, subjects.of_update(update).url)


@bp.route(f"{UPDATE}/unlock", methods=BOTH)
@members(comments.UNLOCK)
def unlock_update(slug: str, update_id: int) -> str | Response:
    update = subjects.update_at(slug, update_id, updates.READ)
    require(me(), asked(comments.UNLOCK, comments.is_locked), update.thread)
    return _measure("unlock", update, service.unlock, update.title, subjects.of_update(update).url)


def _measure(kind: str, content: Content, act: Callable[..., None], title: str, back: str) -> str | Response:
    """Ask why, then act and return to the content."""
    form = MeasureForm()
    room = place(content).community_id
    shown: dict[str, Any] = {
        "kind": kind, "content": content, "title": title, "back": back, "form": form, "reply_room": room}
    if request.method == "GET" or saved_replies.begun(form.reason, room):
        return render("moderation/measure.html", **shown)
    code = kept_late(form, lambda: act(me(), content, reason=form.reason.data))
    if code:
        return refused("moderation/measure.html", code=code, **shown)
    flash(DONE[kind], "success")
    return redirect(back, 303)

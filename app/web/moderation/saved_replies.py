"""The replies that a team keeps at hand: their page, and their words at the end of a reason that is being written."""
from collections.abc import Sequence
from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import queries as rooms
from app.core.errors import NotFound
from app.desk.models import SavedReply
from app.desk.policy import KEEP_REPLIES
from app.desk.queries import replies as queries
from app.desk.service import replies as service
from app.forms.base import BEGIN, Form
from app.forms.desk import ReplyForm
from app.web.frame.attempt import taken
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.moderation.bp import bp


@bp.get("/moderation/<slug>/replies")
@members(KEEP_REPLIES)
def list_saved_replies(slug: str) -> str:
    room = rooms.one(me(), slug, KEEP_REPLIES)
    replies, form = queries.of_room(room.id), ReplyForm(formdata=None)
    return render("moderation/saved_replies/index.html", room=room, replies=replies, form=form)


@bp.post("/moderation/<slug>/replies")
@members(KEEP_REPLIES)
def add_saved_reply(slug: str) -> Response:
    room, form = rooms.one(me(), slug, KEEP_REPLIES), ReplyForm()
    if not taken(form, lambda: service.add(
            me(), rooms.row(room.id), title=form.title.data, body=form.body.data, form_key=form.form_key.data)):
        return _listed(room, form)
    flash(_("La réponse est gardée pour votre équipe."), "success")
    return go(".list_saved_replies", slug=room.slug)


@bp.route("/moderation/<slug>/replies/<id:reply_id>/edit", methods=["GET", "POST"])
@members(KEEP_REPLIES)
def edit_saved_reply(slug: str, reply_id: int) -> str | Response:
    room = rooms.one(me(), slug, KEEP_REPLIES)
    reply = queries.find(room.id, reply_id)
    if reply is None:
        return _gone(room)
    form = ReplyForm(obj=reply)
    if request.method == "GET":
        return render("moderation/saved_replies/edit.html", room=room, reply=reply, form=form)
    if not taken(form, lambda: service.edit(
            me(), rooms.row(room.id), reply, title=form.title.data, body=form.body.data)):
        return refused("moderation/saved_replies/edit.html", room=room, reply=reply, form=form)
    flash(_("Vos changements sont enregistrés."), "success")
    return go(".list_saved_replies", slug=room.slug)


@bp.route("/moderation/<slug>/replies/<id:reply_id>/deletion", methods=["GET", "POST"])
@members(KEEP_REPLIES)
def delete_saved_reply(slug: str, reply_id: int) -> str | Response:
    room, form = rooms.one(me(), slug, KEEP_REPLIES), Form()
    reply = queries.find(room.id, reply_id)
    if reply is None:
        return _gone(room)
    if not form.validate_on_submit():
        return render("moderation/saved_replies/deletion.html", room=room, reply=reply, form=form)
    service.delete(me(), rooms.row(room.id), reply)
    flash(_("La réponse est supprimée."), "success")
    return go(".list_saved_replies", slug=room.slug)


def _gone(room: rooms.Room) -> Response:
    """Give back the words of a reply that a colleague deleted meanwhile: they may be kept as another one."""
    if request.method == "GET":
        raise NotFound()
    form = ReplyForm()
    form.say(None, _("Cette réponse n'est plus là : quelqu'un de l'équipe l'a supprimée. Si vous aviez écrit, vos mots "
                     "sont gardés ci-dessous."))
    return _listed(room, form, code=409)


def _listed(room: rooms.Room, form: ReplyForm, *, code: int = 0) -> Response:
    replies = queries.of_room(room.id)
    return refused("moderation/saved_replies/index.html", code=code, room=room, replies=replies, form=form)


@bp.app_template_global()
def saved_replies(community_id: int | None) -> tuple[Any, Sequence[SavedReply]]:
    """Give a community and its replies to those who have the charge of it; nothing to others."""
    room = rooms.visible(me()).by_id.get(community_id or 0)
    if room is None or not KEEP_REPLIES.permits(me(), room):
        return None, []
    return room, queries.of_room(room.id)


def begun(field: Any, community_id: int | None) -> bool:
    """Put the reply that was chosen at the end of what was typed, when its button was pressed; tell whether it was.

    Nothing else is done then, and nothing typed is lost: the page comes back as it was, with more words in it.
    """
    if BEGIN not in request.form:
        return False
    chosen = request.form.get("reply", "")
    if chosen:
        field.data = "\n\n".join(part for part in (field.data, _body(community_id, chosen)) if part)
    return True


def _body(community_id: int | None, chosen: str) -> str:
    room, known = saved_replies(community_id)
    found = next((reply for reply in known if str(reply.id) == chosen), None)
    if room is None or found is None:
        raise NotFound()
    return found.body

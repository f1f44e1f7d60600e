"""Saved replies of a team: their page, and their insertion at the end of a reason that is being written."""

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import ValidationError

from app.communities import queries as communities
from app.communities.queries import Room
from app.core.errors import N_, NotFound
from app.desk import service
from app.desk.models import SavedReply
from app.desk.policy import KEEP_REPLIES
from app.desk.queries import replies as queries
from app.forms.base import BEGIN, Form
from app.forms.desk import ReplyForm
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation.bp import bp

NOT_PUT = N_("Vous aviez choisi une réponse type sans l'ajouter au motif. Ajoutez-la, ou envoyez de nouveau sans elle.")
LIST, EDIT = "moderation/saved_replies/index.html", "moderation/saved_replies/edit.html"


@bp.get("/moderation/<slug>/replies")
@members(KEEP_REPLIES, of=loaders.COMMUNITY, back_to_desk=False)
def list_saved_replies(room: Room) -> str:
    return render(LIST, room=room, replies=queries.list_replies(room.id), form=ReplyForm(formdata=None))


@bp.post("/moderation/<slug>/replies")
@members(KEEP_REPLIES, of=loaders.COMMUNITY, limit="team", back_to_desk=False)
def add_saved_reply(room: Room) -> Response:
    form = ReplyForm()
    outcome = attempt(
        form,
        lambda: service.add_reply(
            me(),
            communities.get_community(room.id),
            title=form.title.data,
            body=form.body.data,
            form_key=form.form_key.data,
        ),
    )
    if outcome.code:
        return refuse(LIST, code=outcome.code, room=room, replies=queries.list_replies(room.id), form=form)
    return done(url_for(".list_saved_replies", slug=room.slug), _("La réponse est gardée pour votre équipe."))


@bp.route("/moderation/<slug>/replies/<id:reply_id>/edit", methods=["GET", "POST"])
@members(KEEP_REPLIES, of=loaders.COMMUNITY, limit="team", back_to_desk=False)
def edit_saved_reply(room: Room, reply_id: int) -> str | Response:
    reply = queries.find_reply(room.id, reply_id)
    if reply is None:
        return _refuse_absent(room)
    form = ReplyForm(obj=reply)
    if request.method != "POST":
        return render(EDIT, room=room, reply=reply, form=form)
    outcome = attempt_over(
        form,
        reply,
        lambda: ReplyForm(formdata=None, obj=reply),
        lambda: service.edit(
            me(), communities.get_community(room.id), reply, title=form.title.data, body=form.body.data
        ),
    )
    if outcome.code:
        return refuse(EDIT, code=outcome.code, room=room, reply=reply, form=form)
    return done(
        url_for(".list_saved_replies", slug=room.slug),
        *describe_edit(outcome, _("Vos changements sont enregistrés."), form),
    )


@bp.route("/moderation/<slug>/replies/<id:reply_id>/deletion", methods=["GET", "POST"])
@members(KEEP_REPLIES, of=loaders.COMMUNITY, limit="team", back_to_desk=False)
def delete_saved_reply(room: Room, reply_id: int) -> str | Response:
    reply, form = queries.find_reply(room.id, reply_id), Form()
    if reply is None:
        return _refuse_absent(room)
    if not form.validate_on_submit():
        return render("moderation/saved_replies/deletion.html", room=room, reply=reply, form=form)
    service.delete_reply(me(), communities.get_community(room.id), reply)
    return done(url_for(".list_saved_replies", slug=room.slug), _("La réponse est supprimée."))


def _refuse_absent(room: Room) -> Response:
    """Show the words of a reply that a colleague deleted meanwhile: they may be kept as another one."""
    if request.method != "POST":
        raise NotFound()
    form = ReplyForm()
    form.say(
        None,
        _(
            "Cette réponse n'est plus là : quelqu'un de l'équipe l'a supprimée. Si vous aviez écrit, vos mots "
            "sont gardés ci-dessous."
        ),
    )
    return refuse(LIST, code=409, room=room, replies=queries.list_replies(room.id), form=form)


@bp.app_template_global()
def saved_replies(community_id: int | None) -> tuple[Any, Sequence[SavedReply]]:
    """Return a community and its replies to those who have the charge of it; nothing to others."""
    room = communities.get_visible_rooms(me()).by_id.get(community_id or 0)
    if room is None or not KEEP_REPLIES.permits(me(), room):
        return None, []
    return room, queries.list_replies(room.id)


def insert(field: Any, community_id: int | None) -> bool:
    """Put the selected reply at the end of what was typed, if its button was pressed; return whether it was.

    The view then only shows the page again. Raise NotFound where there is no such reply. One that was selected and not
    put keeps the form from being right.
    """
    reply_id = request.form.get("reply", "")
    if BEGIN not in request.form:
        field.validators = [*field.validators, _refuse_unput] if reply_id else field.validators
        return False
    if reply_id:
        field.data = join(field.data, _body(community_id, reply_id))
    return True


def _refuse_unput(_form: Any, _field: Any) -> None:
    raise ValidationError(_(NOT_PUT))


def join(typed: str | None, body: str) -> str:
    """Put a reply at the end of what was typed, as a paragraph of its own (`replies.js` does the same)."""
    return "\n\n".join(part for part in ((typed or "").rstrip(), body) if part)


def _body(community_id: int | None, reply_id: str) -> str:
    _room, replies = saved_replies(community_id)
    reply = next((reply for reply in replies if str(reply.id) == reply_id), None)
    if reply is None:
        raise NotFound()
    return reply.body

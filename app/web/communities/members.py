"""Who belongs to a private community: the list of its team, and parting with a member."""
from flask import Blueprint, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import members as service
from app.communities import policy, queries
from app.core.errors import NotFound
from app.forms.private import RemovalForm
from app.web.frame.attempt import taken
from app.web.frame.params import number
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render

bp = Blueprint("membership", __name__, url_prefix="/communities/<slug>/members")


@bp.get("")
@members(policy.PART)
def index(slug: str) -> str:
    room = queries.one(me(), slug, policy.PART)
    return render(
        "membership/index.html", room=room, listing=service.listing(room.id, after=number("after")),
        count=queries.members_count(room.id))


@bp.route("/<id:user_id>/removal", methods=["GET", "POST"])
@members(policy.PART)
def remove(slug: str, user_id: int) -> str | Response:
    room, form = queries.one(me(), slug, policy.PART), RemovalForm()
    member = service.find(room.id, user_id)
    if member is None:
        return _gone(room, form)
    if request.method == "GET":
        return render("membership/removal.html", room=room, member=member, form=form)
    if not taken(form, lambda: service.remove(me(), queries.row(room.id), user_id, reason=form.reason.data or "")):
        return refused("membership/removal.html", room=room, member=member, form=form)
    flash(_("Cette personne n'est plus membre. Elle en est prévenue, avec le motif."), "success")
    return go(".index", slug=room.slug)


def _gone(room: queries.Room, form: RemovalForm) -> Response:
    """Give back the reason typed for somebody who is no member any more: a colleague was faster, or they left."""
    if request.method == "GET":
        raise NotFound()
    form.say(None, _("Cette personne n'est plus membre : quelqu'un de l'équipe l'a retirée, ou elle est partie. Votre "
                     "motif est gardé ci-dessous."))
    return refused("membership/removal.html", code=409, room=room, member=None, form=form)

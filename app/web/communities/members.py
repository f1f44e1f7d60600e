"""The members of a community: their list, for its team, and the removal of one of a private community."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import members as service
from app.communities import policy, queries
from app.communities.queries import Room
from app.core.errors import NotFound
from app.forms.communities import RemovalForm
from app.web.communities.bp import bp
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.get("/communities/<slug>/members")
@members(policy.LIST_MEMBERS, of=loaders.COMMUNITY)
def list_members(room: Room) -> str:
    q = single_param("q").strip()
    return render(
        "communities/members/index.html",
        room=room,
        q=q,
        listing=service.list_members(room.id, q=q, after=id_param("after")),
        count=queries.count_members(room.id),
    )


@bp.route("/communities/<slug>/members/<id:user_id>/removal", methods=["GET", "POST"])
@members(policy.PART, of=loaders.COMMUNITY, limit="team")
def remove_member(room: Room, user_id: int) -> str | Response:
    form, member = RemovalForm(), service.find_member(room.id, user_id)
    if member is None:
        return _refuse_late(room, form)
    if request.method != "POST":
        return render("communities/members/removal.html", room=room, member=member, form=form)
    outcome = attempt(
        form, lambda: service.remove(me(), queries.get_community(room.id), user_id, reason=form.reason.data or "")
    )
    if outcome.code:
        return refuse("communities/members/removal.html", code=outcome.code, room=room, member=member, form=form)
    return done(
        url_for(".list_members", slug=room.slug),
        _("Cette personne n'est plus membre. Elle en est avisée, avec le motif."),
    )


def _refuse_late(room: Room, form: RemovalForm) -> Response:
    """Show the reason again where the person is no longer a member. Raise NotFound when no reason was sent."""
    if request.method != "POST":
        raise NotFound()
    form.say(
        None,
        _(
            "Cette personne n'est plus membre : quelqu'un de l'équipe l'a retirée, ou elle est partie. Votre "
            "motif est gardé ci-dessous."
        ),
    )
    return refuse("communities/members/removal.html", code=409, room=room, member=None, form=form)

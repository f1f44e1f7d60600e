"""A sitting: somebody of a team types what was said at a meeting, from the desk to the form of ideas."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy
from app.communities import queries as communities
from app.communities import sittings as service
from app.communities.queries import Room
from app.forms import times
from app.web.frame import loaders
from app.web.frame.filters import label
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation.bp import bp


@bp.post("/moderation/<slug>/sitting")
@members(policy.SIT, of=loaders.COMMUNITY, limit="team")
def begin_sitting(room: Room) -> Response:
    sitting = service.begin(me(), communities.get_community(room.id))
    message = _(
        "La séance de saisie est ouverte dans « %(room)s » jusqu'à %(hour)s.",
        room=label(room),
        hour=times.hour(sitting.until),
    )
    return done(url_for("ideas.new", community=room.slug), message)


@bp.post("/moderation/<slug>/sitting/end")
@members(policy.MODERATE, of=loaders.COMMUNITY, limit="team")
def end_sitting(room: Room) -> Response:
    service.end(me(), communities.get_community(room.id))
    return done(url_for(".desk_of_community", slug=room.slug), _("La séance de saisie est terminée."))

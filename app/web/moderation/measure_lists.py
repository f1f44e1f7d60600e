"""The measures of one's own communities, and undoing one that still holds."""
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.appeals import policy
from app.appeals.models import ContestedMeasure
from app.appeals.queries import measures as queries
from app.appeals.service import undo as service
from app.communities import policy as communities
from app.communities import queries as rooms
from app.core.permits import require
from app.forms.moderation import MeasureForm
from app.measures import queries as measures
from app.web.frame import content_links
from app.web.frame.attempt import kept
from app.web.frame.params import number, single
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp


@bp.get("/moderation/measures")
@members(policy.MEASURE_LIST)
def list_measures() -> str:
    require(me(), policy.MEASURE_LIST)
    slug = single("community")
    room = rooms.one(me(), slug, communities.MODERATE) if slug else None
    listing = queries.listing(me(), community_id=room.id if room else None, before=number("after"))
    shown = [(one, content_links.named(one.content) if one.content else None) for one in listing.items]
    return render("moderation/measures/index.html", listing=listing, shown=shown, room=room)


@bp.route("/measures/<id:measure_id>/undoing", methods=["GET", "POST"])
@members(policy.MEASURE_READ)
def undo_measure(measure_id: int) -> str | Response:
    contested = queries.one(me(), measure_id, policy.MEASURE_READ)
    form = MeasureForm()
    if request.method == "GET" or saved_replies.begun(form.reason, contested.community_id):
        return render("moderation/measures/undo.html", **_shown(contested, form))
    if contested.has_effect:
        require(me(), policy.MEASURE_UNDO, contested)
    code = kept(form, lambda: service.undo(me(), contested.content, contested.measure, reason=form.reason.data or ""))
    if code:
        contested = queries.one(me(), measure_id, policy.MEASURE_READ)
        return refused("moderation/measures/undo.html", code=code, **_shown(contested, form))
    flash(_("La mesure est annulée. Les personnes concernées liront votre motif."), "success")
    return redirect(_where(contested), 303)


def _where(contested: ContestedMeasure) -> str:
    """Lead to the content as it is now, or to what is known of the person."""
    if contested.content is None:
        return url_for("moderation.show_member", user_id=contested.measure.user_id)
    return content_links.address(contested.content)


def _shown(contested: ContestedMeasure, form: MeasureForm) -> dict[str, Any]:
    content, (by, whom) = contested.content, measures.names_of(contested.measure)
    return {"by": by, "whom": whom, "contested": contested, "measure": contested.measure, "form": form,
            "named": content_links.named(content) if content else None}

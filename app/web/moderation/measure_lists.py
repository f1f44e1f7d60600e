"""The list of measures of one's own communities, and undoing one that has effect."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.communities import queries as community_queries
from app.forms.moderation import MeasureForm
from app.moderation.appeals import policy
from app.moderation.appeals.models import ContestedMeasure
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import undo as service
from app.moderation.measures import queries as measures
from app.web.frame import content_links
from app.web.frame.attempt import attempt
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import finders, saved_replies
from app.web.moderation.bp import bp
from app.web.moderation.finders import MEASURE

PAGE = "moderation/measures/undo.html"


@bp.get("/moderation/measures")
@members(policy.MEASURE_LIST)
def list_measures() -> str:
    slug = single_param("community")
    room = community_queries.get_room(me(), slug, communities.MODERATE) if slug else None
    listing = queries.list_measures(me(), community_id=room.id if room else None, before=id_param("after"))
    lines = [(one, content_links.describe(one.content) if one.content else None) for one in listing.items]
    return render("moderation/measures/index.html", listing=listing, lines=lines, room=room)


@bp.get("/measures/<id:measure_id>/undoing")
@members(policy.MEASURE_READ, of=MEASURE)
def undo_measure(contested_measure: ContestedMeasure) -> str:
    return render(PAGE, **_values(contested_measure, MeasureForm(formdata=None)))


@bp.post("/measures/<id:measure_id>/undoing")
@members(policy.MEASURE_UNDO, of=finders.MEASURE_TO_UNDO, limit="team")
def confirm_undoing(contested_measure: ContestedMeasure) -> str | Response:
    form = MeasureForm()
    if saved_replies.insert(form.reason, contested_measure.community_id):
        return render(PAGE, **_values(contested_measure, form))
    outcome = attempt(
        form,
        lambda: service.undo(me(), contested_measure.content, contested_measure.measure, reason=form.reason.data or ""),
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, **_values(MEASURE.again(policy.MEASURE_READ), form))
    return done(_url(contested_measure), _("La mesure est annulée. Les personnes concernées liront votre motif."))


def _url(contested_measure: ContestedMeasure) -> str:
    """Return the address of the content, else of the measures on the person."""
    if contested_measure.content is None:
        return url_for("moderation.show_member", user_id=contested_measure.measure.user_id)
    return content_links.content_url(contested_measure.content)


def _values(contested_measure: ContestedMeasure, form: MeasureForm) -> dict[str, Any]:
    content, (by, whom) = contested_measure.content, measures.get_names(contested_measure.measure)
    return {
        "by": by,
        "whom": whom,
        "contested_measure": contested_measure,
        "measure": contested_measure.measure,
        "form": form,
        "link": content_links.describe(content) if content else None,
    }

"""The minutes of a meeting: written by its team or its secretary, published, corrected; and who came, in numbers."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.events import policy, stored_minutes
from app.events.models.meetings import Event
from app.events.queries import attendance as attendance_queries
from app.events.queries import minutes as queries
from app.events.service import minutes as service
from app.forms.minutes import MinutesForm
from app.forms.places import get_place_names
from app.forms.rows import read_act
from app.web.events.bp import bp
from app.web.frame import links, loaders, local_drafts
from app.web.frame.overlaps import attempt_over, describe_edit, refresh
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members, public
from app.web.frame.session import me

SAVE = "save"
CELLS = {
    "text": _l("Ce qui est décidé"),
    "who": _l("Qui s'en occupe"),
    "due": _l("D'ici quand"),
    "leads_to": _l("Idée ou action (#12, une adresse ou un code)"),
}


@bp.route("/events/<id:event_id>/minutes", methods=["GET", "POST"])
@members(policy.WRITE_MINUTES, of=loaders.EVENT, limit="team")
def minutes(event: Event) -> Response:
    if request.method != "POST":
        return _show(event, _fill(event))
    form = MinutesForm.read().offer(event)
    if read_act():
        refresh(form, _fill(event))
        return _show(event, form)
    was_closed = event.is_closed
    outcome = attempt_over(form, event, lambda: _fill(event), lambda: _write(event, form))
    if outcome.code:
        return _show(event, form, outcome.code)
    local_drafts.mark_received(local_drafts.name_of(f"minutes-{event.id}"))
    if outcome.result == SAVE:
        return done(url_for(".minutes", event_id=event.id), _("Le brouillon est gardé. Votre équipe peut le lire."))
    message = _("La correction est publiée.") if was_closed else _("Le compte rendu est publié.")
    return done(links.event_url(event, _anchor="minutes"), *describe_edit(outcome, message, form))


def _show(event: Event, form: MinutesForm, code: int = 200) -> Response:
    arrived = attendance_queries.get_attendance(event).arrived
    return refuse("events/minutes.html", code=code, event=event, form=form, cell_names=CELLS, arrived=arrived)


def _fill(event: Event) -> MinutesForm:
    return MinutesForm.of(stored_minutes.get_words(me(), event), event)


def _write(event: Event, form: MinutesForm) -> str:
    """Do what the button asks: keep a draft, publish, or publish a correction."""
    if event.is_closed:
        service.correct(me(), event, form.words(), reason=form.reason.data or "")
    elif request.form.get("act") == SAVE:
        service.save_draft(me(), event, form.words())
        return SAVE
    else:
        service.publish(me(), event, form.words())
    return ""


@bp.get("/events/<id:event_id>/minutes/<id:number>")
@public(policy.READ | policy.READ_OWN, of=loaders.EVENT)
def minutes_version(event: Event, number: int) -> str:
    return render(
        "events/minutes_version.html",
        event=event,
        minutes=queries.get_version(me(), event, number),
        versions=queries.list_versions(event),
    )


@bp.get("/events/<id:event_id>/attendance")
@members(policy.READ_PEOPLE, of=loaders.EVENT)
def attendance(event: Event) -> str:
    found, names = attendance_queries.get_attendance(event), get_place_names()
    rows = [[names.get(number) or _("Non dite"), count] for number, count in found.places.shown.items()]
    if found.places.others:
        rows.append([_("Autres municipalités"), found.places.others])
    return render("events/attendance.html", event=event, attendance=found, rows=rows)

"""Somebody who comes to a meeting tells its team that they do not: the team gives their place back for them."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.events import policy
from app.events.models.meetings import Event
from app.events.queries import door
from app.events.service import door as door_service
from app.events.service import registrations as service
from app.forms.base import Form
from app.web.events.bp import bp
from app.web.events.door import DOOR, EVENT, name_guest
from app.web.frame import confirming, links
from app.web.frame.attempt import LATE, attempt
from app.web.frame.confirmation_texts import RELEASE
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.route(f"{DOOR}/<id:registration_id>/release", methods=["GET", "POST"])
@members(policy.RELEASE_PLACE, of=EVENT, late=[policy.is_on], limit="team")
def release_place(event: Event, registration_id: int) -> str | Response:
    """Say what it does to take somebody off the list, then do it; a colleague may have been faster."""
    form, back = Form(), url_for(".keep_door", event_id=event.id)
    guest = next((one for one in door.list_guests(event.id) if one.id == registration_id), None)
    code = 200
    if form.is_submitted():
        outcome = attempt(form, lambda: service.release(me(), event, registration_id), late=LATE)
        if not outcome.code:
            return done(back, _("C'est fait, et un courriel le dit à la personne."))
        code = outcome.code
    if guest is None:
        raise NotFound()
    if not form.is_submitted():
        door_service.note_reading(me(), event)
    return confirming.render_confirmation(
        RELEASE,
        form,
        code=code,
        name=name_guest(guest),
        back=back,
        steps=[(event.title, links.event_url(event)), (_("Accueil"), back)],
    )

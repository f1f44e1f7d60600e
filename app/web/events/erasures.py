"""What says who a guest is goes at once for whoever asks: on the page of their place, or through the team."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.events import policy
from app.events.models.meetings import Event
from app.events.models.registrations import IN, UNCONFIRMED, EventRegistration
from app.events.queries import door, registrations
from app.events.service import door as door_service
from app.events.service import erasure
from app.forms.base import Form
from app.web.events import place_links
from app.web.events.bp import bp
from app.web.events.door import EVENT
from app.web.events.place import COUNTED, act_on
from app.web.frame import confirming, links
from app.web.frame.attempt import attempt
from app.web.frame.confirmation_texts import ERASE_GUEST, ERASE_OWN
from app.web.frame.filters import display_name
from app.web.frame.responses import done, render
from app.web.frame.routes import members, public
from app.web.frame.session import me

GUESTS = "/events/<id:event_id>/guests"


@bp.route("/events/<id:event_id>/me/<token>/erasure", methods=["GET", "POST"])
@public(policy.READ, of=place_links.PLACE, limit=COUNTED)
def erase_place(registration: EventRegistration) -> str | Response:
    """Say to a guest what goes and what stays, then erase it; a member has an account to close."""
    if not registration.registrant_id:
        raise NotFound()
    form, code, event = Form(), 200, registration.event
    meeting, place = links.event_url(event), place_links.place_url(registration)
    steps, effects = [(event.title, meeting), (_("Votre place"), place)], _list_effects(event, registration)
    if form.is_submitted():
        outcome = attempt(form, act_on(registration, erasure.erase_own))
        if not outcome.code:
            return done(meeting, _("C'est fait : plus rien ici ne dit qui vous êtes."))
        code = outcome.code
    return confirming.render_confirmation(
        ERASE_OWN, form, code=code, back=place, steps=steps, effects=effects, is_grave=True
    )


@bp.get(GUESTS)
@members(policy.ERASE_GUEST, of=EVENT)
def list_guests(event: Event) -> str:
    """List who has no account, for the team to erase what one of them said; who reads it is written down."""
    door_service.note_reading(me(), event)
    return render("events/guests.html", event=event, guests=door.list_named_guests(event.id))


@bp.route(f"{GUESTS}/<id:registration_id>/erasure", methods=["GET", "POST"])
@members(policy.ERASE_GUEST, of=EVENT, limit="team")
def erase_guest(event: Event, registration_id: int) -> str | Response:
    """Say what goes and what stays of somebody who asks for it, then erase it; a colleague may have been faster."""
    form, code, back = Form(), 200, url_for(".list_guests", event_id=event.id)
    guest = next((one for one in door.list_named_guests(event.id) if one.id == registration_id), None)
    if form.is_submitted():
        outcome = attempt(form, lambda: erasure.erase(me(), event, registration_id))
        if not outcome.code:
            return done(back, _("C'est fait : plus rien ici ne dit qui est cette personne."))
        code = outcome.code
        if guest is None:
            return done(back, "; ".join(map(str, form.form_errors)), "warning")
    registration = registrations.find_registration(registration_id)
    if guest is None or registration is None:
        raise NotFound()
    if not form.is_submitted():
        door_service.note_reading(me(), event)
    return confirming.render_confirmation(
        ERASE_GUEST,
        form,
        code=code,
        name=display_name(guest.name),
        back=back,
        steps=[(event.title, links.event_url(event)), (_("Sans compte"), back)],
        effects=_list_effects(event, registration),
        is_grave=True,
    )


def _list_effects(event: Event, registration: EventRegistration) -> list[str]:
    """Say what becomes of a place, what goes, and what stays without a name."""
    is_free = erasure.gives_place_back(event, registration)
    return [
        _tell_place(registration, is_free=is_free),
        _(
            "S'effacent : le nom, l'adresse, les besoins, le repas, les réponses, et les courriels qui ne sont pas "
            "encore partis."
        ),
        _tell_rest(registration, is_free=is_free),
        _("La page de la place ne mène plus nulle part, et plus aucun courriel de cette rencontre ne part."),
    ]


def _tell_place(registration: EventRegistration, *, is_free: bool) -> str:
    if not is_free:
        return ""
    if registration.state == IN:
        return _("La place est libérée : elle va à qui attend.")
    return _("L'inscription quitte la liste d'attente.")


def _tell_rest(registration: EventRegistration, *, is_free: bool) -> str:
    if registration.state == UNCONFIRMED:
        return _("Il ne reste rien.")
    if registration.is_coming and not is_free:
        return _(
            "Restent des nombres, sans nom : combien de personnes avaient une place, d'où elles viennent, et si elles "
            "sont venues."
        )
    return _("Il reste seulement, sans nom, qu'une inscription a été annulée.")

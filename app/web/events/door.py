"""The door of a meeting: one list, one press for each person who arrives, and the network of the hall."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.events import halls, policy
from app.events.models.meetings import Event
from app.events.models.registrations import WAITING, EventRegistration
from app.events.queries import door, reading
from app.events.queries.door import Guest
from app.events.service import door as service
from app.forms import times
from app.forms.base import Form
from app.forms.door import PressForm, WelcomeForm
from app.web.events.bp import bp
from app.web.frame import hall, links, loaders, qr
from app.web.frame.attempt import attempt
from app.web.frame.filters import display_name
from app.web.frame.network import network_key
from app.web.frame.params import single_param
from app.web.frame.responses import done, done_in_part, is_htmx, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me

EVENT = loaders.EVENT
GUEST = Loader(door.get_registration, "event_id", "registration_id")
DOOR = "/events/<id:event_id>/door"


@bp.get(DOOR)
@members(policy.READ_DOOR, of=EVENT)
def keep_door(event: Event) -> str:
    service.note_reading(me(), event)
    return render("events/door.html", **_describe(event, WelcomeForm(formdata=None)))


def _describe(event: Event, form: WelcomeForm) -> dict[str, Any]:
    """Return what the page of the door shows: all who come, or those whom the typed words begin."""
    guests, typed = door.list_guests(event.id), single_param("q")
    found = [guest for guest in guests if guest.is_found(typed)]
    return {
        "event": event,
        "guests": found,
        "crowd": door.count_crowd(guests),
        "typed": typed,
        "form": form,
        "halls": halls.list_halls(event.id, network_key()),
    }


@bp.post(f"{DOOR}/<id:registration_id>/arrival")
@members(policy.KEEP_DOOR, of=GUEST, limit="team")
def note_arrival(registration: EventRegistration) -> str | Response:
    form, place = PressForm(), _place(registration)
    service.arrive(me(), registration, key=form.own_key(), waited=form.seconds)
    return _show(place, _say_arrival)


@bp.post(f"{DOOR}/<id:registration_id>/arrival/withdrawal")
@members(policy.KEEP_DOOR, of=GUEST, limit="team")
def undo_arrival(registration: EventRegistration) -> str | Response:
    form, place = PressForm(), _place(registration)
    service.withdraw(me(), registration, key=form.own_key())
    return _show(place, _say_withdrawal)


@bp.post(f"{DOOR}/welcomes")
@members(policy.KEEP_DOOR, of=EVENT, limit="team")
def welcome(event: Event) -> str | Response:
    form, event_id = WelcomeForm(), event.id
    outcome = attempt(
        form,
        lambda: service.welcome(me(), event, key=form.key.data, name=form.name.data or "", waited=form.seconds),
    )
    if outcome.code:
        event = reading.get_event(me(), event_id, policy.KEEP_DOOR)
        return refuse("events/door.html", code=outcome.code, **_describe(event, form))
    return _show((event_id, outcome.result.id), _say_arrival)


def _place(registration: EventRegistration) -> tuple[int, int]:
    """Return the numbers of a meeting and of who comes, which an act on them would have us read again."""
    return registration.event_id, registration.id


def _show(place: tuple[int, int], say: Any) -> str | Response:
    """Answer with the row of who comes and the sums, if a script asked, else with the door at that row."""
    event_id, registration_id = place
    guest = door.get_guest(registration_id, event_id)
    if is_htmx():
        event = reading.get_event(me(), event_id, policy.READ_DOOR)
        crowd = door.count_crowd(door.list_guests(event_id))
        part = render("events/_pressed.html", event=event, guest=guest, crowd=crowd)
        return done_in_part(part, say(guest))
    return done(url_for(".keep_door", event_id=event_id, _anchor=f"guest-{registration_id}"), say(guest))


def draw_code(registration: EventRegistration) -> str:
    """Return the address of an image that leads a phone at the door to the press of one person."""
    address = url_for("events.keep_door", event_id=registration.event_id, q=registration.code)
    return qr.draw(links.absolute_url(address))


def name_guest(guest: Guest) -> str:
    """Name who comes; without a name it is one person more."""
    return display_name(guest.name) or (_("Une personne de plus") if guest.is_walk_in else _("Nom effacé"))


def _say_arrival(guest: Guest) -> str:
    if guest.arrived_at is None:
        return _say_withdrawal(guest)
    if guest.by is None:
        return _(
            "%(name)s : arrivée à %(hour)s, par le code du jour.",
            name=name_guest(guest),
            hour=times.hour(guest.arrived_at),
        )
    return _(
        "%(name)s : arrivée à %(hour)s, par %(by)s.",
        name=name_guest(guest),
        hour=times.hour(guest.arrived_at),
        by=display_name(guest.by),
    )


def _say_withdrawal(guest: Guest) -> str:
    if guest.arrived_at is not None:
        return _say_arrival(guest)
    name = name_guest(guest)
    if guest.state == WAITING:
        return _("%(name)s : arrivée annulée; cette personne attend de nouveau une place.", name=name)
    return _("%(name)s : arrivée annulée.", name=name)


@bp.post(f"{DOOR}/hall")
@members(policy.KEEP_DOOR, of=EVENT, limit="team")
def declare_hall(event: Event) -> Response:
    form, event_id = Form(), event.id
    outcome = attempt(form, lambda: halls.declare(me(), event, network_key()))
    hall.forget()
    if outcome.code:
        return done(_hall_url(event_id), "; ".join(map(str, form.form_errors)), "error")
    return done(_hall_url(event_id), _("C'est noté : le réseau d'où vous êtes est celui de la salle."))


@bp.post(f"{DOOR}/hall/withdrawal")
@members(policy.KEEP_DOOR, of=EVENT, limit="team")
def withdraw_hall(event: Event) -> Response:
    event_id = event.id
    halls.withdraw(me(), event)
    hall.forget()
    return done(_hall_url(event_id), _("La salle n'est plus déclarée."))


def _hall_url(event_id: int) -> str:
    return url_for(".keep_door", event_id=event_id, _anchor="hall")

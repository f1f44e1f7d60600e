"""The page of a registration: what one has, what one said, and the acts on it; reading it does nothing."""

from collections.abc import Callable
from typing import Any

from flask import Response as FlaskResponse
from flask import make_response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import limits
from app.core.errors import N_
from app.events import calendar, policy, retention, seating
from app.events.models.registrations import CANCELLED, IN, UNCONFIRMED, WAITING, EventRegistration
from app.events.queries import details, registrations
from app.events.queries import door as door_queries
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.forms.base import Form
from app.forms.registrations import MODES, RegistrationForm, build_form
from app.forum.queries import topics
from app.web.events import coming, door, place_links, place_mails
from app.web.events.bp import bp
from app.web.frame.attempt import attempt
from app.web.frame.form_limits import counted_by_service
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import public

# What the page is called by the state of a registration, before the end of the meeting and after.
TITLES = {
    IN: (_l("Vous avez une place"), _l("Vous aviez une place")),
    WAITING: (_l("Vous attendez une place"), _l("Vous attendiez une place")),
    UNCONFIRMED: (_l("Confirmez votre place"), _l("Rien n'a été confirmé")),
    CANCELLED: (_l("Vous ne venez plus"), _l("Vous ne veniez plus")),
}
ENDED = ("over", "closed")
COUNTED = counted_by_service("place")
LATE = N_("Les inscriptions à cette rencontre sont closes. Ce que vous avez écrit est gardé ci-dessous.")


@bp.get("/events/<id:event_id>/me/<token>")
@public(policy.READ, of=place_links.PLACE)
def place(registration: EventRegistration) -> str:
    return render("events/place.html", **_values(registration, _form(registration, is_stored=True)))


@bp.post("/events/<id:event_id>/me/<token>")
@public(policy.READ, of=place_links.PLACE, limit=COUNTED)
def keep(registration: EventRegistration) -> str | Response:
    """Confirm a place, take it up again, or change what one said."""
    was_coming, former = registration.is_coming, registration.mode
    unseen_name = _get_unseen_name(registration)
    form, url, act = _form(registration), place_links.place_url(registration), act_on(registration, service.keep)
    outcome = attempt(form, lambda: act(Wishes(**form.values())), late=LATE)
    if outcome.code:
        found = registrations.get_registration(registration.event_id, registration.id, registration.code)
        return refuse("events/place.html", code=outcome.code, **_values(found, form))
    if not was_coming or form.values()["mode"] != former:
        return done(url, coming.tell_place(outcome.result))
    if unseen_name and form.values()["name"] not in ("", unseen_name):
        return done(url, _("C'est noté. Au mur du forum, votre nouveau nom paraît une fois votre arrivée notée."))
    return done(url, *outcome.describe(_("C'est noté.")))


def _get_unseen_name(registration: EventRegistration) -> str:
    """Return the name that the wall of a forum keeps of a guest who has yet to arrive in its room; "" for none."""
    guest, is_there = registration.registrant, registration.arrived_at or registration.is_online
    is_kept = guest and registration.event.question and not is_there and topics.is_named_on_wall(registration)
    return guest.name if guest and is_kept else ""


def act_on(registration: EventRegistration, act: Callable[..., Any]) -> Callable[..., Any]:
    """Return an act on a registration by its own person, counted for it: in a hall, everybody has the same network."""
    person, key = place_links.get_person(registration), f"registration:{registration.id}"

    def run(*values: Any) -> Any:
        limits.take("place", key)
        return act(person, registration, *values)

    return run


@bp.post("/events/<id:event_id>/me/<token>/seat")
@public(policy.READ, of=place_links.PLACE, limit=COUNTED)
def take_seat(registration: EventRegistration) -> Response:
    """Take a place that came free in the last hours; somebody else may have been faster."""
    form, url = Form(), place_links.place_url(registration)
    outcome = attempt(form, act_on(registration, service.take), late=LATE)
    if outcome.code:
        return done(url, str(form.form_errors[0]), "warning")
    return done(url, coming.tell_place(registration.state))


@bp.post("/events/<id:event_id>/me/<token>/cancellation")
@public(policy.READ, of=place_links.PLACE, limit=COUNTED)
def cancel_place(registration: EventRegistration) -> Response:
    form, url, was_waiting = Form(), place_links.place_url(registration), registration.state == WAITING
    outcome = attempt(form, act_on(registration, service.cancel), late=LATE)
    if outcome.code:
        return done(url, str(form.form_errors[0]), "warning")
    if was_waiting:
        return done(url, _("Vous n'attendez plus de place. Merci de l'avoir dit."))
    return done(url, _("Votre place est rendue. Merci de l'avoir dit."))


@bp.get("/events/<id:event_id>/me/<token>/calendar.ics")
@public(policy.READ, of=place_links.PLACE)
def place_calendar(registration: EventRegistration) -> FlaskResponse:
    answer = make_response(place_mails.write_file(registration, calendar.PUBLISH))
    answer.headers["Content-Type"] = calendar.KIND
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(registration: EventRegistration, *, is_stored: bool = False) -> RegistrationForm:
    event = registration.event
    modes = coming.list_modes(event)
    present = [registration.mode] if registration.is_coming and registration.mode not in modes else []
    return build_form(
        details.list_questions(event.id),
        modes=[*modes, *present],
        asks_meal=event.asks_meal,
        asks_territory=event.asks_territory,
        present=registration,
        is_stored=is_stored,
    )


def _lead_to_forum(registration: EventRegistration) -> str:
    """Return where a guest takes the pass of the forum that their meeting is, "" where it is none."""
    event = registration.event
    if not event.question or registration.registrant_id is None:
        return ""
    return url_for("forum.enter_from_place", forum_id=event.id, token=place_links.sign(registration))


def _values(registration: EventRegistration, form: RegistrationForm) -> dict[str, object]:
    event, is_waiting = registration.event, registration.state == WAITING
    state, seats = coming.get_state(event), coming.list_seats(event)
    return {
        "registration": registration,
        "event": event,
        "form": form,
        "move": details.find_last_move(event.id) if event.sequence else None,
        "way": MODES[registration.mode],
        "state": state,
        "title": _("Rencontre annulée") if state == "cancelled" else TITLES[registration.state][state in ENDED],
        "seats": seats,
        "is_full": all(one.is_full for one in seats),
        "url": place_links.place_url(registration),
        "take_url": place_links.place_url(registration, "events.take_seat"),
        "cancel_url": place_links.place_url(registration, "events.cancel_place"),
        "calendar_url": place_links.place_url(registration, "events.place_calendar"),
        "erase_url": place_links.place_url(registration, "events.erase_place") if registration.registrant_id else "",
        "forum_url": _lead_to_forum(registration),
        "has_place": registration.state == IN,
        "qr_code": door.draw_code(registration),
        "readers": door_queries.list_readers(event.id) if registration.is_coming else [],
        "is_waiting": is_waiting,
        "before": registrations.count_before(registration) if is_waiting else 0,
        "may_take": is_waiting and seating.fits(event, registration.mode, registration.party),
        "moves_by_itself": coming.moves_by_itself(event),
        "needs_until": event.ends_at + retention.NEEDS_FOR,
        "erased_at": retention.get_guest_end(event.ends_at),
    }

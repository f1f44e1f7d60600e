"""A guest registers: what they type waits for the worker, which alone looks who has the address, and writes to it.

An address with an account, one without, and one that is registered already are the same work, and the same answer.
"""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import mail_budget, requests
from app.accounts.models.people import User
from app.accounts.models.sessions import AccountRequest
from app.core.errors import Conflict, Forbidden
from app.events import mails, policy, retention
from app.events.models.meetings import Event
from app.events.queries import registrations
from app.events.service import registrations as service
from app.events.service.registrations import Guest, Wishes
from app.forms.registrations import GuestForm
from app.web.accounts import address_answers
from app.web.events import coming, place_mails
from app.web.events.bp import bp
from app.web.frame import documents, links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.locale import get_language
from app.web.frame.responses import done, go, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me

DOCUMENT = "privacy"


@bp.route("/events/<id:event_id>/registration", methods=["GET", "POST"])
@public(
    policy.REGISTER,
    of=loaders.EVENT,
    limit="guest",
    without_message="whoever has an account is led to their press, on the page of the meeting",
)
def register(event: Event) -> str | Response:
    """Take what a guest types; whoever has an account presses once, on the page of the meeting."""
    if me().is_someone:
        return go(".show", event_id=event.id, anchor="coming")
    form = GuestForm()
    form.offer(coming.list_modes(event))
    if request.method != "POST":
        return _page(event, form)
    outcome = attempt(form, lambda: _ask(event, form))
    if outcome.code:
        return refuse("events/registration.html", code=outcome.code, **_values(event, form))
    return done(url_for(".read_next", event_id=event.id), _tell_letter(form.email.data, is_now=outcome.result))


def _tell_letter(address: str, *, is_now: bool) -> str:
    """Say which letter leaves, and when: that depends on how often one was asked for there, never on who has it."""
    if is_now:
        return _("Presque : un courriel part à %(address)s.", address=address)
    return _(
        "Plusieurs courriels de nous viennent de partir à %(address)s. Le prochain part d'ici une heure, avec tout ce "
        "qui y attend d'être confirmé.",
        address=address,
    )


@bp.get("/events/<id:event_id>/registration/next")
@public(policy.REGISTER, of=loaders.EVENT)
def read_next(event: Event) -> str | Response:
    """Say what is left to do, in the same words to everybody: nothing here knows who registered."""
    if me().is_someone:
        return go(".show", event_id=event.id, anchor="coming")
    return render("events/registered.html", event=event)


def _page(event: Event, form: GuestForm) -> str:
    return render("events/registration.html", **_values(event, form))


def _values(event: Event, form: GuestForm) -> dict[str, object]:
    return {
        "event": event,
        "form": form,
        "coming": coming.of_event(event),
        "erased_at": retention.get_guest_end(event.ends_at),
        "login": url_for("security.login", next=links.event_url(event)),
    }


def _ask(event: Event, form: GuestForm) -> bool:
    """Write what was typed as a request, whatever is at its address; a machine that fills the trap learns nothing.

    Return whether its letter leaves at once.
    """
    service.check_open(event)
    if form.website.data:
        return True
    has_letter = mail_budget.claim(service.REQUEST, form.email.data)
    requests.add_request(
        service.REQUEST,
        form.email.data,
        event_id=event.id,
        name=form.name.data,
        lang=get_language(),
        version=documents.get_version(DOCUMENT),
        wishes=form.values(),
        has_letter=has_letter,
    )
    return has_letter


def answer(asked: AccountRequest, user: User | None) -> None:
    """Keep what was typed at an address until it is confirmed, and write to it, in the command of the worker.

    An account that has the address gets one press for itself. What can be no more is told to nobody.
    """
    data, event = asked.data, registrations.lock_event(asked.data["event_id"])
    is_open = user is not None and user.confirmed_at is not None and user.active
    guest = Guest(asked.email, data["name"], data["lang"], DOCUMENT, data["version"])
    try:
        found = event and service.expect(event, user if user and is_open else guest, Wishes(**data["wishes"]))
    except (Forbidden, Conflict):
        return
    if found and data["has_letter"]:
        place_mails.send_confirmation(found.id)
    elif event and found:
        mails.ask_later(event, found.id)


address_answers.ANSWERS[service.REQUEST] = answer

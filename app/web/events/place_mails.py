"""The service mails of meetings: the worker writes what waits, as things stand when it does.

They come to whoever has a place or waits for one, member or guest, whatever they chose of notices.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import clock, dead_addresses
from app.core.unit import command
from app.events import calendar, mails
from app.events.mails import MailKey
from app.events.models.meetings import PUBLISHED
from app.events.models.registrations import CANCELLED, IN, UNCONFIRMED, WAITING, EventRegistration
from app.events.queries import details, registrations
from app.web.events import calendar_links, place_links
from app.web.frame import event_words, links, mail
from app.web.frame.locale import TAGS

CONFIRM, KNOWN = "confirm", "known"
# The states of a registration of which each kind tells.
TELLS_OF = {
    CONFIRM: (UNCONFIRMED,),
    KNOWN: (IN, WAITING),
    mails.PLACE: (IN,),
    mails.PROMOTED: (IN,),
    mails.WAIT: (WAITING,),
    mails.FREE: (WAITING,),
    mails.MOVED: (IN, WAITING),
    mails.CHANGED: (IN, WAITING),
    mails.CANCELLED: (IN, WAITING),
    mails.REMINDER: (IN,),
    mails.MINUTES: (IN,),
    mails.DROPPED: (CANCELLED,),
}


@dataclass(frozen=True)
class Words:
    """What a mail says first, and what its button is called."""

    subject: str
    lines: tuple[str, ...]
    button: str


def write_mails() -> int:
    """Write what waits, as the worker does; return how many mails."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return sum([_try(key) for key in mails.list_unwritten()])


def _try(key: MailKey) -> bool:
    """Write one mail; one that can't be written keeps none of the others back."""
    try:
        return _write(key)
    except Exception:
        current_app.logger.exception("the mail %s of registration %s can't be written", key.kind, key.registration_id)
        return False


@command
def _write(key: MailKey) -> bool:
    """Take a mail that waits and put it in the outbox, both or neither; return whether there was one to write."""
    row, registration = mails.claim(key), registrations.find_registration(key.registration_id)
    if row is None or registration is None:
        return False
    if not _is_to_tell(registration, key):
        mails.drop(row)
        return False
    row.written_at = clock.now()
    return _send(registration, key.kind)


def _is_to_tell(registration: EventRegistration, key: MailKey) -> bool:
    """Tell whether what was to be told is still so: of this date, of a meeting in sight, of who is concerned."""
    event = registration.event
    if key.kind == mails.MINUTES:
        return event.is_closed and event.is_published and registration.state == IN
    is_its_state = event.status == ("cancelled" if key.kind == mails.CANCELLED else PUBLISHED)
    is_near = key.kind != mails.REMINDER or not event.has_begun
    is_now = key.starts_at == event.starts_at and is_its_state and is_near
    return is_now and event.is_published and not event.is_past and registration.state in TELLS_OF[key.kind]


def send_confirmation(registration_id: int) -> None:
    """Write to an address at which somebody registered: one press confirms; what is registered already is said."""
    registration = registrations.find_registration(registration_id)
    assert registration is not None, "it is in the transaction of this mail"
    _send(registration, CONFIRM if registration.state == UNCONFIRMED else KNOWN)


def _send(registration: EventRegistration, kind: str) -> bool:
    email = place_links.get_email(registration)
    if not email or dead_addresses.is_dead(email):
        return False
    language = place_links.get_language(registration)
    with force_locale(TAGS[language]):
        values, file = _compose(registration, kind), _write_calendar(registration, kind)
    mail.send(
        "event",
        recipient=email,
        locale=language,
        user_id=registration.user_id,
        calendar=file,
        about=mails.name_registration(registration.id),
        **values,
    )
    return True


def _compose(registration: EventRegistration, kind: str) -> dict[str, Any]:
    """Write what a mail says, in the language of this moment."""
    event, words = registration.event, SAYINGS[kind](registration)
    has_place = registration.state == IN and kind not in (mails.CANCELLED, mails.MINUTES)
    return {
        "subject": _("%(what)s : %(title)s", what=words.subject, title=event.title),
        "heading": words.subject,
        "event": event,
        "lines": words.lines,
        "button": words.button,
        "url": links.absolute_url(links.event_url(event, _anchor="minutes"))
        if kind == mails.MINUTES
        else place_links.absolute_place_url(registration),
        "cancel_url": place_links.absolute_place_url(registration, _anchor="cancel") if has_place else "",
        "when": event_words.tell_when(event),
        "where": event_words.tell_address(event) if event.is_in_person else "",
        "room_url": event.room_url if has_place and registration.mode == "online" else "",
        "code": registration.code if has_place else "",
        "is_confirmation": kind == CONFIRM,
    }


def _write_calendar(registration: EventRegistration, kind: str) -> str:
    """Write the meeting for the calendar of who has a place, or to take it off; nothing for who waits."""
    if kind == mails.MINUTES:
        return ""
    if kind in (mails.CANCELLED, mails.DROPPED):
        return write_file(registration, calendar.CANCEL)
    return write_file(registration, calendar.PUBLISH) if registration.state == IN else ""


def write_file(registration: EventRegistration, method: str) -> str:
    """Write the meeting for the calendar of one person, with the way to their page and, online, to the room."""
    event, site = registration.event, calendar_links.of_site()
    is_online = registration.state == IN and registration.mode == "online" and event.room_url
    note = "\n".join(filter(None, [event.room_url if is_online else "", site.note(event)]))
    url = place_links.absolute_place_url(registration)
    return calendar.of_event(
        event, method=method, links=replace(site, page=lambda _event: url, note=lambda _event: note)
    )


def _confirm(_registration: EventRegistration) -> Words:
    return Words(
        _("Confirmez votre place"),
        (
            _("Quelqu'un, sans doute vous, a donné cette adresse pour venir à cette rencontre."),
            _(
                "Confirmez : la place est à vous à ce moment-là, s'il en reste. Sinon, vous serez sur la liste "
                "d'attente."
            ),
        ),
        _("Confirmer ma place"),
    )


def _known(registration: EventRegistration) -> Words:
    line = (
        _("Vous avez déjà une place. Votre page permet de changer ce que vous avez dit, ou de rendre la place.")
        if registration.state == IN
        else _("Vous êtes déjà sur la liste d'attente. Votre page dit à quel rang.")
    )
    return Words(_("Vous êtes sur la liste"), (line,), _("Voir ma place"))


def _place(_registration: EventRegistration) -> Words:
    return Words(_("Votre place est prise"), (_("On vous attend."),), _("Voir ma place"))


def _promoted(_registration: EventRegistration) -> Words:
    line = _("Une place s'est libérée, et c'était votre tour : elle est à vous, il n'y a rien à faire.")
    more = _("Si vous ne venez plus, rendez-la : quelqu'un d'autre l'attend.")
    return Words(_("Vous avez une place"), (line, more), _("Voir ma place"))


def _wait(registration: EventRegistration) -> Words:
    rank = registrations.count_before(registration) + 1
    line = _("C'est complet pour le moment. Vous êtes sur la liste d'attente, au rang %(rank)s.", rank=rank)
    more = _(
        "Quand une place se libère, elle va à la personne suivante sur la liste, et nous vous l'écrivons aussitôt."
    )
    last = _("Dans les dernières 24 heures, nous écrivons à tout le monde : la première personne qui la prend l'a.")
    return Words(_("Vous êtes sur la liste d'attente"), (line, more, last), _("Voir mon rang"))


def _free(_registration: EventRegistration) -> Words:
    line = _("Une place vient de se libérer. La première personne qui la prend l'a : nous écrivons à toute la liste.")
    return Words(_("Une place est libre"), (line,), _("Prendre la place"))


def _moved(registration: EventRegistration) -> Words:
    move = details.find_last_move(registration.event_id)
    lines = [_("La rencontre est déplacée. La nouvelle date est ci-dessous.")]
    if move:
        lines.append(_("Elle devait avoir lieu %(when)s.", when=event_words.name_day(move.former_starts_at)))
        lines.append(_("Motif : %(reason)s", reason=move.reason))
    return Words(_("Nouvelle date"), (*lines, _keeps(registration)), _("Voir ma place"))


def _changed(registration: EventRegistration) -> Words:
    line = _("Le lieu, ou la façon de participer, a changé. Voici ce qui vaut maintenant.")
    return Words(_("Ce qui change"), (line, _keeps(registration)), _("Voir ma place"))


def _keeps(registration: EventRegistration) -> str:
    if registration.state == IN:
        return _("Vous gardez votre place. Si vous ne pouvez plus venir, rendez-la : quelqu'un d'autre en profitera.")
    return _("Vous gardez votre rang sur la liste d'attente.")


def _cancelled(registration: EventRegistration) -> Words:
    reason = _("Motif : %(reason)s", reason=registration.event.cancelled_reason)
    return Words(_("Rencontre annulée"), (_("La rencontre n'aura pas lieu."), reason), _("Voir la rencontre"))


def _remind(_registration: EventRegistration) -> Words:
    line = _(
        "La rencontre approche. Si vous ne pouvez plus venir, rendez votre place : quelqu'un d'autre en profitera."
    )
    return Words(_("Rappel"), (line,), _("Voir ma place"))


def _minutes(_registration: EventRegistration) -> Words:
    line = _("Vous y aviez une place : voici ce qui s'y est dit et décidé, et ce qui en sort.")
    return Words(_("Le compte rendu est publié"), (line,), _("Lire le compte rendu"))


def _dropped(_registration: EventRegistration) -> Words:
    line = _("Vous ne venez plus à cette rencontre, et votre place est rendue. Si c'est une erreur, reprenez-en une.")
    return Words(_("Votre place est rendue"), (line,), _("Reprendre une place"))


SAYINGS: dict[str, Callable[[EventRegistration], Words]] = {
    CONFIRM: _confirm,
    KNOWN: _known,
    mails.PLACE: _place,
    mails.PROMOTED: _promoted,
    mails.WAIT: _wait,
    mails.FREE: _free,
    mails.MOVED: _moved,
    mails.CHANGED: _changed,
    mails.CANCELLED: _cancelled,
    mails.REMINDER: _remind,
    mails.DROPPED: _dropped,
    mails.MINUTES: _minutes,
}

"""The service mails of meetings: the worker writes what waits, as things stand when it does.

They come to whoever has a place or waits for one, member or guest, whatever they chose of notices.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import dead_addresses, dialect
from app.core.actor import ANYONE
from app.core.unit import command
from app.events import calendar, mails, policy
from app.events.mails import MailKey
from app.events.models import meetings
from app.events.models.meetings import Event
from app.events.models.registrations import CANCELLED, CONFIRM, IN, UNCONFIRMED, WAITING, EventMail, EventRegistration
from app.events.queries import registrations
from app.web.events import calendar_links, place_links, place_words
from app.web.frame import event_words, links, mail
from app.web.frame.locale import TAGS

KNOWN = place_words.KNOWN
# What waits at an address may be told of several meetings, one letter at a time.
TURN = "confirmations"
# The states of a registration of which each kind tells.
TELLS_OF = {
    CONFIRM: (UNCONFIRMED, IN, WAITING),
    KNOWN: (IN, WAITING),
    mails.PLACE: (IN,),
    mails.PROMOTED: (IN,),
    mails.WAIT: (WAITING,),
    mails.FREE: (WAITING,),
    mails.MOVED: (IN, WAITING),
    mails.CHANGED: (IN, WAITING),
    mails.CANCELLED: (IN, WAITING),
    mails.HIDDEN: (IN, WAITING),
    mails.SHOWN: (IN, WAITING),
    mails.REMINDER: (IN,),
    mails.MINUTES: (IN,),
    mails.REVIEWED: (IN,),
    mails.DROPPED: (CANCELLED,),
    mails.RELEASED: (CANCELLED,),
    mails.OUT: (CANCELLED,),
}
# What is told of a person, whatever the date has become since.
OF_ANY_DATE = (CONFIRM, *mails.GIVEN_BACK)
# What came of it, once it was held.
AFTERWARDS = (mails.MINUTES, mails.REVIEWED)
# What is told though the meeting is out of sight, in no other words than its title and its date.
OUT_OF_SIGHT = (mails.CANCELLED, mails.HIDDEN, *mails.GIVEN_BACK)


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
    if key.kind == CONFIRM:
        dialect.take_turn(TURN)
    row, registration = mails.claim(key), registrations.find_registration(key.registration_id)
    if row is None or registration is None:
        return False
    if not _is_to_tell(registration, key):
        mails.drop(row)
        return False
    if not (registration.event.is_published or key.kind in OUT_OF_SIGHT):
        _leave_untold(row, registration.event)
        return False
    mails.note_written([registration.id], key.kind)
    if key.kind == CONFIRM:
        send_confirmation(registration.id)
        return True
    return _send(registration, key.kind, key.starts_at)


def _leave_untold(row: EventMail, event: Event) -> None:
    """Say nothing of what is out of sight: hidden for now, what nothing else will tell waits until it is shown."""
    if event.is_hidden and row.kind in (CONFIRM, *AFTERWARDS):
        mails.put_off(row)
    else:
        mails.drop(row)


def _is_to_tell(registration: EventRegistration, key: MailKey) -> bool:
    """Tell whether what was to be told is still so: of this date, of who is concerned.

    Whoever left a private community is told that they have no place, and nothing more of its meetings.
    """
    event, kind = registration.event, key.kind
    is_kept = event.is_announced or (kind in AFTERWARDS and not event.is_deleted)
    if registration.state not in TELLS_OF[kind] or not is_kept:
        return False
    if kind in mails.GIVEN_BACK:
        return True
    is_seen = policy.is_seen(place_links.get_person(registration), event)
    return is_seen and _is_so(event, kind) and (kind in OF_ANY_DATE or key.starts_at == event.starts_at)


def _is_so(event: Event, kind: str) -> bool:
    """Tell whether a meeting is still what a mail says of it."""
    if kind == mails.HIDDEN and not event.is_hidden:
        return False
    if kind == mails.REMINDER and event.has_begun:
        return False
    if kind == mails.REVIEWED:
        return event.status in (meetings.PUBLISHED, meetings.CLOSED)
    others = {mails.MINUTES: meetings.CLOSED, mails.CANCELLED: meetings.CANCELLED}
    return event.status == others.get(kind, meetings.PUBLISHED)


def send_confirmation(registration_id: int) -> None:
    """Write to an address at which somebody registered: one press confirms; what is registered already is said.

    Whatever else waits there is told in the same letter, each with a press of its own.
    """
    asked = registrations.find_registration(registration_id)
    assert asked is not None, "it is in the transaction of this mail"
    dialect.take_turn(TURN)
    waiting = registrations.list_at_address(place_links.get_email(asked))
    others = [one for one in waiting if one.id != asked.id and policy.REGISTER.permits(ANYONE, one.event)]
    if others:
        _send_list([asked, *others])
    else:
        _send(asked, _ask_of(asked))
    mails.note_written(one.id for one in (asked, *others))


def _ask_of(registration: EventRegistration) -> str:
    """Return the kind of what an address is asked about a registration."""
    return CONFIRM if registration.state == UNCONFIRMED else KNOWN


def _send(registration: EventRegistration, kind: str, of: datetime | None = None) -> bool:
    """Write to whoever comes, of a date; an address that takes no mail is tried again where somebody just typed it."""
    email = place_links.get_email(registration)
    if not email or (kind not in (CONFIRM, KNOWN) and dead_addresses.is_dead(email)):
        return False
    with force_locale(TAGS[place_links.get_language(registration)]):
        values, file = _compose(registration, kind, of), _write_calendar(registration, kind, of)
    _queue("event", registration, about=mails.name_registration(registration.id), calendar=file, **values)
    return True


def _send_list(waiting: list[EventRegistration]) -> None:
    """Write one letter about all that waits at an address, in the language of the first."""
    in_order = sorted(waiting, key=lambda one: (one.event.starts_at, one.id))
    with force_locale(TAGS[place_links.get_language(waiting[0])]):
        values = {
            "subject": _("Confirmez vos places : %(num)s rencontres", num=len(waiting)),
            "places": [_compose(one, _ask_of(one)) for one in in_order],
        }
    _queue("places", waiting[0], about=mails.SEVERAL, **values)


def _queue(template: str, registration: EventRegistration, **values: Any) -> None:
    mail.send(
        template,
        recipient=place_links.get_email(registration),
        locale=place_links.get_language(registration),
        user_id=registration.user_id,
        **values,
    )


def _compose(registration: EventRegistration, kind: str, of: datetime | None = None) -> dict[str, Any]:
    """Write what a mail says, in the language of this moment."""
    event, words = registration.event, place_words.SAYINGS[kind](registration)
    return {
        "subject": _("%(what)s – %(title)s", what=words.subject, title=event.title),
        "heading": words.subject,
        "event": event,
        "lines": words.lines,
        "button": words.button,
        "is_confirmation": kind == CONFIRM,
        **(_describe(registration, kind) if place_words.is_open(registration) else _describe_bare(event, of)),
    }


def _describe(registration: EventRegistration, kind: str) -> dict[str, Any]:
    """Say where and when a meeting is held, and how one comes or gives the place back."""
    event, is_told_of_place = registration.event, kind not in (mails.CANCELLED, *AFTERWARDS)
    has_place = registration.state == IN and is_told_of_place
    where = event_words.tell_address(event) if event.is_in_person and not registration.is_online else ""
    return {
        "url": _find_url(registration, kind),
        "cancel_url": place_links.absolute_place_url(registration, _anchor="cancel")
        if registration.is_coming and is_told_of_place
        else "",
        "has_place": has_place,
        "when": event_words.tell_when(event),
        "where": where,
        "directions": event.directions if where and has_place else "",
        "room_url": event.room_url if has_place and registration.is_online else "",
        "code": registration.code if has_place and not registration.is_online else "",
    }


def _find_url(registration: EventRegistration, kind: str) -> str:
    """Return where a mail leads: to the minutes, to what became of what was said, else to the page of the place."""
    event = registration.event
    if kind == mails.MINUTES:
        return links.absolute_url(links.event_url(event, _anchor="minutes"))
    if kind == mails.REVIEWED:
        return mail.endpoint_url("notes.became", forum_id=event.id)
    return place_links.absolute_place_url(registration)


def _describe_bare(event: Event, of: datetime | None) -> dict[str, Any]:
    """Say of a meeting that is out of sight the date that the person knew, and lead to what they may read."""
    return {
        "button": _("Voir les rencontres"),
        "url": mail.endpoint_url("events.index"),
        "cancel_url": "",
        "has_place": False,
        "when": event_words.tell_start(of) if of and of != event.starts_at else event_words.tell_when(event),
        "where": "",
        "directions": "",
        "room_url": "",
        "code": "",
    }


def _write_calendar(registration: EventRegistration, kind: str, of: datetime | None = None) -> str:
    """Write the meeting for the calendar of who has a place, or to take it off; nothing for who waits."""
    is_later = of not in (None, registration.event.starts_at)
    if kind in AFTERWARDS or (is_later and not place_words.is_open(registration)):
        return ""
    if kind in (mails.CANCELLED, mails.HIDDEN, *mails.GIVEN_BACK):
        return write_file(registration, calendar.CANCEL)
    return write_file(registration, calendar.PUBLISH) if registration.state == IN else ""


def write_file(registration: EventRegistration, method: str) -> str:
    """Write the meeting for the calendar of one person, with the way to their page and, online, to the room."""
    event, site = registration.event, calendar_links.of_site()
    if not place_words.is_open(registration):
        bare = replace(site, page=lambda _event: mail.endpoint_url("events.index"), place=_nothing, note=_nothing)
        return calendar.of_event(event, method=method, links=bare)
    is_told = registration.state == IN and registration.is_online and method == calendar.PUBLISH
    note = "\n".join(filter(None, [event.room_url if is_told else "", site.note(event)]))
    url = place_links.absolute_place_url(registration)
    return calendar.of_event(
        event, method=method, links=replace(site, page=lambda _event: url, note=lambda _event: note)
    )


def _nothing(_event: Any) -> str:
    return ""

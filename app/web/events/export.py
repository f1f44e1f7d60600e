"""Meetings, and the people of one, as files that a spreadsheet opens, for teams: in the order shown, no formula."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock
from app.events import policy
from app.events.models.meetings import Event
from app.events.queries import details, door, lists, past
from app.events.queries.door import Guest
from app.events.queries.lists import EventRow
from app.exchange import exports, sheets
from app.forms import times
from app.web.events import listing
from app.web.events.bp import bp
from app.web.events.door import name_guest
from app.web.frame import event_words, files, links, loaders, locale
from app.web.frame.filters import label
from app.web.frame.params import single_param
from app.web.frame.routes import members
from app.web.frame.session import me, rooms

# A file holds so many meetings: the list can be narrowed.
MOST = 2_000
STATUSES = {"published": _l("Annoncée"), "closed": _l("Compte rendu publié"), "cancelled": _l("Annulée")}
STATES = {"in": _l("A une place"), "waiting": _l("Sur la liste d'attente")}
Rows = Sequence[list[Any]]


@bp.get("/events.csv")
@members(policy.EXPORT)
def csv() -> Response:
    return _send_csv(_list_meetings(), _name_list())


@bp.get("/events.xlsx")
@members(policy.EXPORT)
def xlsx() -> Response:
    return files.send([sheets.build_xlsx(_list_meetings(), _("Rencontres"))], _name_list(), "xlsx")


@bp.get("/events/<id:event_id>/people.csv")
@members(policy.READ_PEOPLE, of=loaders.EVENT)
def people_csv(event: Event) -> Response:
    return _send_csv(_list_people(event), _name_people(event))


@bp.get("/events/<id:event_id>/people.xlsx")
@members(policy.READ_PEOPLE, of=loaders.EVENT)
def people_xlsx(event: Event) -> Response:
    return files.send([sheets.build_xlsx(_list_people(event), _("Inscriptions"))], _name_people(event), "xlsx")


def _send_csv(rows: Rows, name: str) -> Response:
    return files.send(sheets.csv_lines([_text(value) for value in row] for row in rows), name, "csv")


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _name_list() -> str:
    return f"{'meetings' if locale.get_language() == 'en' else 'rencontres'}-{clock.today()}"


def _name_people(event: Event) -> str:
    return f"{'people' if locale.get_language() == 'en' else 'inscriptions'}-{event.id}-{clock.today()}"


def _list_meetings() -> Rows:
    """Write down that a list is taken away, and return that of the address as a table. Raise TooMany."""
    address = listing.parse_address()
    exports.note(me(), exports.EVENTS)
    if address.month:
        found = lists.list_month(me(), address.month, address.filters())
    else:
        read = past.list_past if address.is_past else lists.list_to_come
        found = list(read(me(), address.filters(), after=address.after, size=MOST).items)
    return [_meeting_titles(), *map(_describe_meeting, found)]


def _meeting_titles() -> list[Any]:
    return [
        _("Numéro"),
        _("Titre"),
        _("Jour"),
        _("Heures"),
        _("Mode"),
        _("Lieu"),
        _("Communauté"),
        _("État"),
        _("Places prises, en personne"),
        _("Places prises, en ligne"),
        _("En attente"),
        _("Présences"),
        _("Adresse"),
    ]


def _describe_meeting(event: EventRow) -> list[Any]:
    room = rooms().by_id.get(event.community_id or 0)
    came = [number for number in (event.came_in_person, event.came_online) if number is not None]
    return [
        event.id,
        event.title,
        event.starts_at.astimezone(clock.ZONE).date(),
        event_words.tell_hours(event),
        str(event_words.MODES[event.mode]),
        event_words.tell_address(event),
        label(room) if room else _("Toute la région"),
        str(STATUSES[event.status]),
        event.taken_in_person,
        event.taken_online,
        event.waiting_in_person + event.waiting_online,
        sum(came) if came else "",
        sheets.Link(links.absolute_url(url_for("events.show", event_id=event.id))),
    ]


def _list_people(event: Event) -> Rows:
    """Write down that the people of a meeting are taken away, and return them as the door lists them. Raise TooMany."""
    exports.note_people(me(), event)
    questions = details.list_questions(event.id)
    answers = door.list_answers(event.id)
    guests = [guest for guest in door.list_guests(event.id) if guest.is_found(single_param("q"))]
    titles = [*_people_titles(), *(question.label for question in questions)]
    keys = [str(question.id) for question in questions]
    return [titles, *([*_describe_person(one), *_answer(answers[one.id], keys)] for one in guests)]


def _people_titles() -> list[Any]:
    return [
        _("Nom"),
        _("Code"),
        _("État"),
        _("Mode"),
        _("Personnes"),
        _("Besoins d'accès"),
        _("Repas"),
        _("Sans inscription"),
        _("Arrivée le"),
        _("Arrivée à"),
    ]


def _describe_person(guest: Guest) -> list[Any]:
    return [
        name_guest(guest),
        guest.code,
        str(STATES[guest.state]),
        str(event_words.MODES[guest.mode]),
        guest.party,
        guest.needs,
        guest.meal,
        _("oui") if guest.is_walk_in else "",
        _day(guest.arrived_at),
        times.hour(guest.arrived_at) if guest.arrived_at else "",
    ]


def _answer(answers: dict[str, Any], keys: Sequence[str]) -> list[str]:
    """Return what somebody answered to each question, several choices one after the other."""
    given = [answers.get(key, "") for key in keys]
    return ["; ".join(map(str, one)) if isinstance(one, list) else str(one) for one in given]


def _day(moment: datetime | None) -> date | str:
    return moment.astimezone(clock.ZONE).date() if moment else ""

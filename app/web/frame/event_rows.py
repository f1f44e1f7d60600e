"""A meeting among others, in a list or beside something else, drawn once for as long as it shows the same."""

from typing import Any, NamedTuple

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from app.core import clock
from app.events.models.registrations import IN, WAITING
from app.events.queries.lists import EventRow
from app.events.queries.own import HERE
from app.forms.base import format_count
from app.web.frame import event_words, links, locale
from app.web.frame.drawings import draw_once
from app.web.frame.filters import label
from app.web.frame.session import rooms

MODES = ("in_person", "online")
# The states of the place that a reader has.
PLACES = {IN: _l("Vous avez une place"), WAITING: _l("Vous attendez une place"), HERE: _l("Vous y êtes")}
PAST_PLACES = {IN: _l("Vous aviez une place"), WAITING: _l("Vous attendiez une place"), HERE: _l("Vous y étiez")}


class EventView(NamedTuple):
    """All that is shown of a meeting there, in the reader's language; `day` is cut for its tile."""

    id: int
    url: str
    title: str
    lang: str
    colour: str
    community: str
    place: str
    day: tuple[str, str, str, str]
    iso: str
    what: str
    off: str
    strong: str
    more: tuple[str, ...]
    is_full: bool
    level: int


def draw_row(event: EventRow, level: int = 3, place: str = "") -> Markup:
    """Draw a meeting; `level` is that of its title as a heading; `place` is the state of its reader's own place."""
    return draw_once("events/_row.html", _view(event, level, place))


def _view(event: EventRow, level: int, place: str) -> EventView:
    room = rooms().by_id.get(event.community_id or 0)
    state = _tell_state(event)
    places = PAST_PLACES if event.ends_at <= clock.now() else PLACES
    own = [str(places[place])] if place else []
    return EventView(
        event.id,
        links.event_url(event),
        event.title,
        event.lang,
        "neutral" if event.status == "cancelled" or not room else room.colour,
        label(room) if room else _("Toute la région"),
        event_words.tell_place(event),
        event_words.cut_day(event.starts_at),
        event.starts_at.isoformat(),
        _tell_what(event),
        _tell_off(event),
        state[0],
        (*own, *state[1:], *_tell_access(event)),
        _is_full(event),
        level,
    )


def _tell_what(event: EventRow) -> str:
    """Say when, then where, then what it is about, each as a sentence."""
    where = event.place if event.mode != "online" else ""
    facts = filter(None, [event_words.tell_hours(event), where])
    told = [f"{one[:1].upper()}{one[1:]}{'' if one.endswith('.') else '.'}" for one in facts]
    return " ".join([*told, event.excerpt]).strip()


def _tell_off(event: EventRow) -> str:
    return event.cancelled_reason if event.status == "cancelled" else ""


def _tell_state(event: EventRow) -> tuple[str, ...]:
    """Say how many come, or came, or from when one registers; the first words stand out."""
    if event.status == "cancelled":
        when = locale.format_day(event.cancelled_at) if event.cancelled_at else ""
        return ("", _("annulée le %(day)s", day=when))
    if event.ends_at <= clock.now():
        return _tell_past(event)
    if not event.takes_registrations:
        return ("",)
    if event.opens_at and event.opens_at > clock.now():
        return (_("Inscriptions à partir du %(day)s", day=locale.format_day(event.opens_at)),)
    taken = event.taken_in_person + event.taken_online
    if _is_full(event):
        waiting = event.waiting_in_person + event.waiting_online
        more = ngettext("%(num)s personne attend", "%(num)s personnes attendent", waiting) if waiting else ""
        return (_("Complet"), *filter(None, [more]))
    capacity = _capacity(event)
    if capacity is None:
        return (_count_people(taken),) if taken else ("",)
    places = ngettext("%(num)s place prise", "%(num)s places prises", taken)
    return (_("%(places)s sur %(most)s", places=places, most=format_count(capacity)),)


def _tell_past(event: EventRow) -> tuple[str, ...]:
    return (event_words.tell_came(event), *([_("Compte rendu publié")] if event.status == "closed" else []))


def _count_people(number: int) -> str:
    return ngettext("%(num)s personne inscrite", "%(num)s personnes inscrites", number)


def _offered(event: EventRow) -> list[tuple[int | None, int]]:
    """Return how many places each way to join has (None: no limit), and how many are taken."""
    ways: Any = MODES if event.mode == "hybrid" else (event.mode,)
    return [(getattr(event, f"capacity_{way}"), getattr(event, f"taken_{way}")) for way in ways]


def _capacity(event: EventRow) -> int | None:
    limits = [capacity for capacity, _taken in _offered(event)]
    return None if None in limits else sum(limit for limit in limits if limit is not None)


def _is_full(event: EventRow) -> bool:
    """Tell whether no way to join it has a place left."""
    is_on = event.status == "published" and event.takes_registrations and event.ends_at > clock.now()
    return is_on and all(capacity is not None and taken >= capacity for capacity, taken in _offered(event))


def _tell_access(event: EventRow) -> tuple[str, ...]:
    words = event_words.tell_features((event.features or "").split())
    return (words,) if words else ()


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(event_row=draw_row, event_words=event_words)

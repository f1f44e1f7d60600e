"""Coming to a meeting, as its page shows it: whether there are places, one's own, and the press of a member."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.core import clock
from app.events import places, policy, seating
from app.events.models.meetings import PUBLISHED, Event
from app.events.models.registrations import IN, EventRegistration
from app.events.queries import registrations
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.forms.registrations import PressForm
from app.web.events import place_links
from app.web.events.bp import bp
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me

ACTS = {
    ("in_person", False): _l("J'y serai, en salle"),
    ("online", False): _l("J'y serai, en ligne"),
    ("in_person", True): _l("Attendre une place en salle"),
    ("online", True): _l("Attendre une place en ligne"),
}
FULL = {"in_person": _l("La salle est complète."), "online": _l("C'est complet en ligne.")}


@dataclass(frozen=True)
class Seats:
    """The places of one way to join a meeting; `free` is None without a limit, `over` how many there are too many."""

    mode: str
    taken: int
    most: int | None
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.most is None else max(self.most - self.taken, 0)

    @property
    def over(self) -> int:
        return max(self.taken - self.most, 0) if self.most is not None else 0

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def act(self) -> str:
        """Say what the button of a member does."""
        return str(ACTS[self.mode, self.is_full])

    @property
    def sentence(self) -> str:
        """Say how many places are free, or how many people wait for one."""
        if self.free is None:
            return {
                "in_person": _("En salle : des places pour tout le monde"),
                "online": _("En ligne : des places pour tout le monde"),
            }[self.mode]
        if self.is_full:
            more = ngettext("%(num)s personne attend.", "%(num)s personnes attendent.", self.waiting)
            return f"{FULL[self.mode]} {more}" if self.waiting else str(FULL[self.mode])
        if self.mode == "in_person":
            return ngettext("%(num)s place libre en salle", "%(num)s places libres en salle", self.free)
        return ngettext("%(num)s place libre en ligne", "%(num)s places libres en ligne", self.free)


@dataclass(frozen=True)
class Coming:
    """What a page says of coming: a `state` (open, opens, over, cancelled, closed or none), its places, one's own.

    `before` is how many people wait before one who waits; `pitched` tells of a member who has a place there without
    their account, and pitched topics from it, that these bear the name of the account once they press.
    """

    state: str
    seats: tuple[Seats, ...]
    own: EventRegistration | None = None
    before: int = 0
    opens_at: datetime | None = None
    pitched: bool = False

    @property
    def is_full(self) -> bool:
        """Whoever comes now waits, whichever way they choose."""
        return all(seats.is_full for seats in self.seats)

    @property
    def sentence(self) -> str:
        """Say what one has; else whether there is room, by the first way to join that has some."""
        if self.has_place:
            return _("Vous avez une place.")
        if self.own:
            return _("Vous attendez une place.")
        return next((seats for seats in self.seats if not seats.is_full), self.seats[0]).sentence

    @property
    def has_place(self) -> bool:
        return self.own is not None and self.own.state == IN

    @property
    def own_url(self) -> str:
        return place_links.place_url(self.own) if self.own else ""


def of_event(event: Event, *, pitched: bool = False) -> Coming:
    """Return what the page of a meeting says of coming to it; `pitched` as in `Coming`, of whoever has no place."""
    own, before = (None, 0) if event.is_closed else registrations.find_own(me(), event.id)
    return Coming(get_state(event), list_seats(event), own, before, event.opens_at, pitched and own is None)


def get_state(event: Event) -> str:
    """Return the one word for whether people register now."""
    if event.is_hidden:
        return "none"
    if event.status != PUBLISHED:
        return event.status
    if event.is_past:
        return "over"
    if not event.takes_registrations:
        return "none"
    return "opens" if event.opens_at and event.opens_at > clock.now() else "open"


def list_modes(event: Event) -> list[str]:
    """Return the ways to join a meeting."""
    return [mode for mode in seating.PLACES if event.mode in (mode, "hybrid")]


def list_seats(event: Event) -> tuple[Seats, ...]:
    return tuple(
        Seats(
            mode,
            getattr(event, f"taken_{mode}"),
            getattr(event, f"capacity_{mode}"),
            getattr(event, f"waiting_{mode}"),
        )
        for mode in list_modes(event)
    )


def moves_by_itself(event: Event) -> bool:
    return places.moves_by_itself(event.starts_at, clock.now())


@bp.post("/events/<id:event_id>/coming")
@members(policy.REGISTER, of=loaders.EVENT, limit="mark")
def come(event: Event) -> Response:
    form, url = PressForm(), links.event_url(event, _anchor="coming")
    form.offer(list_modes(event))
    outcome = attempt(form, lambda: service.come(me(), event, Wishes(form.mode.data)))
    if outcome.code:
        messages = [*form.form_errors, *form.mode.errors]
        return done(url, str(messages[0]), "warning")
    registration = outcome.result
    return done(place_links.place_url(registration), tell_place(registration.state))


def tell_place(state: str) -> str:
    """Say what somebody has who has just registered, or took another place, by the state of their registration."""
    if state == IN:
        return _("Votre place est prise. Un courriel vous le confirme.")
    return _("C'est complet pour le moment : vous êtes sur la liste d'attente. Un courriel vous le confirme.")

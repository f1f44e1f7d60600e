"""The road of an idea as pages draw it: five stations, how far the idea came, and the ends beside the road."""
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.ideas.models import StatusChange
from app.web.frame import words

LABELS = words.STATUSES | {"pending": _l("En attente de publication")}
STATIONS = (_l("Proposée"), _l("À l'étude"), _l("Décision"), _l("Au plan"), _l("Résultat"))
PLACES = {
    "draft": 0, "pending": 0, "published": 1, "under_review": 2, "retained": 3, "declined": 3, "planned": 4,
    "underway": 4, "achieved": 5,
}
# The ends that can come at any station.
ASIDE = ("archived", "withdrawn")
ENDS = ("declined", *ASIDE)
STATES = ("done", "now", "end", "next", "beyond")


class Station(NamedTuple):
    """A stop on the road; `state` is one of STATES, and the idea stands where it is "now" or "end"."""

    label: Any
    state: str

    @property
    def is_here(self) -> bool:
        return self.state in ("now", "end")


class Road(NamedTuple):
    """Where an idea stands; `place` is the number of its station, 0 before the road."""

    label: Any
    place: int
    is_over: bool
    stations: list[Station]


def road(status: str, last_status: str | None = None) -> Road:
    """Draw the road of a status; `last_status` is the last one before the idea was archived or withdrawn."""
    is_over = status in ENDS
    place = PLACES[status] if status in PLACES else min(PLACES[last_status or "published"] + 1, len(STATIONS))
    states = [_state(number, place, is_over) for number in range(1, len(STATIONS) + 1)]
    stations = [Station(LABELS[status] if state in ("now", "end") else label, state)
                for label, state in zip(STATIONS, states, strict=True)]
    return Road(LABELS[status], place, is_over, stations)


def last_status(steps: Sequence[StatusChange]) -> str | None:
    """Return the last status of an idea before it was archived or withdrawn."""
    return next((step.status for step in reversed(steps) if step.status not in ASIDE), None)


def _state(number: int, place: int, is_over: bool) -> str:
    if number == place:
        return "end" if is_over else "now"
    if number < place:
        return "done"
    return "beyond" if is_over else "next"

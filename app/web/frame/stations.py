"""Where an idea stands, as pages draw it: five stations, how far it came, and the ends beside them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.ideas import transitions as ideas
from app.ideas.models import StatusChange
from app.web.frame import words

PENDING = _l("En attente de publication")
STATIONS = (_l("Proposition"), _l("À l'étude"), _l("Décision"), _l("Au plan"), _l("Résultat"))
NUMBERS = {"draft": 0, "pending": 0} | ideas.STATIONS
# The words of a need or a project, which are masculine in French: a status that stands beside its kind agrees with it.
MASCULINE_KINDS = ("need", "project")
MASCULINE = {
    "retained": lazy_pgettext("masculine", "Retenu"),
    "achieved": lazy_pgettext("masculine", "Réalisé"),
    "declined": lazy_pgettext("masculine", "Non retenu"),
    "archived": lazy_pgettext("masculine", "Archivé"),
    "withdrawn": lazy_pgettext("masculine", "Retiré"),
}
# The ends that can come at any station.
ASIDE = ("archived", "withdrawn")
ENDS = ("declined", *ASIDE)
STATES = ("done", "now", "end", "next", "beyond")
# Where the stops of a small drawing stand: the first, and how far apart.
FIRST, APART = 8, 18


def status_name(status: str, kind: str = "") -> Any:
    """Name where an idea of a kind stands; without a kind, as of ideas in general."""
    return (kind in MASCULINE_KINDS and MASCULINE.get(status)) or words.STATUSES[status]


def step_name(step: Any, kind: str = "", *, is_private: bool = False) -> Any:
    """Name a step of an idea of a kind; an answer that leaves the idea where it is has a name of its own."""
    if step.stays:
        return _l("Réponse, sans changer d'étape")
    if step.status == "published":
        return _l("Proposition aux membres") if is_private else words.STEPS["published"]
    return (kind in MASCULINE_KINDS and MASCULINE.get(step.status)) or words.STEPS[step.status]


class Station(NamedTuple):
    """A station; its `state` is one of STATES, and the idea stands where it is "now" or "end".

    `x` is where a small drawing has it.
    """

    label: Any
    state: str
    x: int

    @property
    def is_here(self) -> bool:
        return self.state in ("now", "end")


class StationLine(NamedTuple):
    """The stations; the idea stands at the one of this `number`, 0 before the first."""

    label: Any
    number: int
    is_over: bool
    stations: list[Station]

    @property
    def x(self) -> int:
        """Return how far it came in a small drawing."""
        return self.stations[max(self.number, 1) - 1].x


def get_stations(status: str, last_status: str | None = None, kind: str = "") -> StationLine:
    """Return the stations of a status; `find_last_status` is the last one before the idea was archived or withdrawn."""
    is_over, name = status in ENDS, PENDING if status == "pending" else status_name(status, kind)
    here = NUMBERS[status] if status in NUMBERS else min(NUMBERS[last_status or "published"] + 1, len(STATIONS))
    states = [_state(number, here, is_over) for number in range(1, len(STATIONS) + 1)]
    stations = [
        Station(name if state in ("now", "end") else label, state, FIRST + index * APART)
        for index, (label, state) in enumerate(zip(STATIONS, states, strict=True))
    ]
    return StationLine(name, here, is_over, stations)


def find_last_status(steps: Sequence[StatusChange]) -> str | None:
    """Return the last status of an idea before it was archived or withdrawn."""
    return next((step.status for step in reversed(steps) if step.status not in ASIDE), None)


def _state(number: int, here: int, is_over: bool) -> str:
    if number == here:
        return "end" if is_over else "now"
    if number < here:
        return "done"
    return "beyond" if is_over else "next"

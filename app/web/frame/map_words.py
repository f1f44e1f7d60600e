"""What a map, its list and its legend say of the numbers of a place, in the same words."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

SHOWS = ("needs", "ideas", "actions")
"""What a map counts: needs, ideas and projects, or actions of the plan."""
GAPS = "gaps"
"""What it counts where only the needs that wait are asked for."""
SLIVER = 8
"""The least of a rim that is seen, in percents."""


@dataclass(frozen=True)
class PlaceCount:
    """How many things are said of a place, and how many of them wait for an action; None where nothing is said to wait.

    Nothing waits where ideas or actions are counted, nor while no plan is in force. Needs that are `closed`
    wait no more, though no action answers them.
    """

    count: int = 0
    waiting: int | None = None
    closed: int = 0

    @property
    def share(self) -> int | None:
        """Return how many in a hundred an action answers: 0 and 100 only where it is none, or all of them."""
        if self.waiting is None or not self.count:
            return None
        share = 100 * (self.count - self.waiting - self.closed) / self.count
        return round(min(max(share, SLIVER), 100 - SLIVER)) if 0 < share < 100 else round(share)


def tell_count(show: str, place: PlaceCount) -> str:
    """Say the numbers of a place: 3 besoins, dont 2 sans action."""
    if not place.count:
        return NOTHING[show]()
    count = COUNTS[show](place.count)
    if place.waiting is None or show == GAPS:
        return count
    if not place.waiting and place.closed:
        return _("%(count)s, dont aucun n'attend d'action", count=count)
    if place.count == 1:
        return _("1 besoin, sans action") if place.waiting else _("1 besoin, une action y répond")
    if place.waiting == 0:
        return _("%(count)s, auxquels une action répond", count=count)
    if place.waiting == place.count:
        return _("%(count)s, tous sans action", count=count)
    return _("%(count)s, dont %(waiting)s sans action", count=count, waiting=place.waiting)


COUNTS: dict[str, Callable[[int], str]] = {
    GAPS: lambda n: ngettext("%(num)s besoin sans action", "%(num)s besoins sans action", n),
    "needs": lambda n: ngettext("%(num)s besoin", "%(num)s besoins", n),
    "ideas": lambda n: ngettext("%(num)s idée ou projet", "%(num)s idées et projets", n),
    "actions": lambda n: ngettext("%(num)s action", "%(num)s actions", n),
}
NOTHING: dict[str, Callable[[], str]] = {
    GAPS: lambda: _("aucun besoin sans action"),
    "needs": lambda: _("aucun besoin dit"),
    "ideas": lambda: _("aucune idée"),
    "actions": lambda: _("aucune action"),
}


def tell_whole(place: PlaceCount) -> str:
    """Say under the name of an MRC what is said for all of it; "" where nothing is."""
    return ngettext("%(num)s pour toute la MRC", "%(num)s pour toute la MRC", place.count) if place.count else ""


def title_map(show: str) -> str:
    return {
        GAPS: _("Besoins sans action, par municipalité"),
        "needs": _("Besoins par municipalité"),
        "ideas": _("Idées et projets par municipalité"),
        "actions": _("Actions du plan par municipalité"),
    }[show]


def describe_map(show: str) -> str:
    said = {
        GAPS: _("Chaque rond porte le nombre de besoins sans action d'un endroit, et y mène."),
        "needs": _("Chaque rond porte le nombre de besoins d'un endroit, et y mène."),
        "ideas": _("Chaque rond porte le nombre d'idées et de projets d'un endroit, et y mène."),
        "actions": _("Chaque rond porte le nombre d'actions d'un endroit, et y mène."),
    }
    return f"{said[show]} {_('La liste, sous la carte, dit la même chose.')}"


def list_legend(show: str, *, has_waiting: bool) -> list[tuple[PlaceCount, str]]:
    """Return what each kind of disc says, with numbers that draw it."""
    silent = {
        GAPS: _("aucun besoin sans action"),
        "needs": _("personne n'a encore dit un besoin"),
        "ideas": _("aucune idée"),
        "actions": _("aucune action"),
    }[show]
    if show == GAPS:
        return [(PlaceCount(4, 4), _("besoins sans action")), (PlaceCount(), silent)]
    if not has_waiting:
        plain = {"needs": _("besoins dits"), "ideas": _("idées et projets"), "actions": _("actions qui y passent")}
        return [(PlaceCount(4), plain[show]), (PlaceCount(), silent)]
    return [
        (PlaceCount(4, 0), _("une action répond à tous")),
        (PlaceCount(4, 2), _("à une partie")),
        (PlaceCount(4, 4), _("à aucun")),
        (PlaceCount(), silent),
    ]

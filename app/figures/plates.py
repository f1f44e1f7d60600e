"""The plates of the figures: what each of them says, in plain values, out of counted codes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core import months
from app.figures.queries import contents, talk
from app.figures.queries.contents import Code, Codes
from app.figures.scope import Scope
from app.figures.spread import Spread, find_spread
from app.ideas.figure_codes import IMPORTED, STEPS
from app.reference.queries import Place, get_catalogue

OUT = ("archived", "withdrawn")


@dataclass(frozen=True)
class MonthLine:
    """What was published in a month: needs, other ideas, comments; `imported` of the ideas were written elsewhere.

    `from_paper` of them were copied from a sheet, `imported_comments` of the comments were written elsewhere.
    """

    month: str
    needs: int
    others: int
    comments: int
    imported: int
    from_paper: int
    imported_comments: int

    @property
    def ideas(self) -> int:
        return self.needs + self.others


@dataclass(frozen=True)
class DelayLine:
    """The first answers that a community gave (None: ideas that none leads), and what still waits for one.

    `spread` is that of the days before them, None where none was measured: what was `imported` waited elsewhere.
    """

    community_id: int | None
    answered: int
    imported: int
    spread: Spread | None
    unanswered: int
    imported_unanswered: int


@dataclass(frozen=True)
class Road:
    """How far ideas are now: each counts at its station and at those before, from `heard` to `achieved`.

    Beside them: those that were declined, which were studied, and those that are `out` (archived, withdrawn), which are
    only counted as heard. `imported` of all were written elsewhere.
    """

    heard: int
    studied: int
    retained: int
    planned: int
    achieved: int
    declined: int
    out: int
    imported: int


@dataclass(frozen=True)
class MrcShare:
    """An MRC among the others: its people and its voices, and what each is in a hundred of all of them."""

    place: Place
    population: int
    voices: int
    population_share: float
    voices_share: float


@dataclass(frozen=True)
class Missing:
    """Who is missing: the MRC, and the municipalities of which nothing was said, those of most people first."""

    mrcs: Sequence[MrcShare]
    silent: Sequence[Place]

    @property
    def silent_population(self) -> int:
        return sum(place.population or 0 for place in self.silent)


def list_months(scope: Scope) -> list[MonthLine] | None:
    """Return the months of a scope, the first first; None where the figures are not known."""
    codes = contents.count_codes(scope)
    if codes is None:
        return None
    born = codes["born"]
    first = scope.first or min((code[0] for code in born), default=months.present())
    named = months.list_between(first, min(scope.last, months.present()))
    if not named:
        return []
    said = talk.count_talk(scope, named)
    ideas, paper = _by_month(born), _by_month(said.from_paper)
    return [_build_month(month, ideas[month], paper[month], said.comments) for month in named]


def _by_month(born: Codes) -> Mapping[str, Codes]:
    found: dict[str, Codes] = defaultdict(Counter)
    for code, n in born.items():
        found[code[0]][code] = n
    return found


def _build_month(month: str, born: Codes, paper: Codes, comments: Mapping[Code, int]) -> MonthLine:
    needs, imported = _count(born, kind="need"), _count(born, origin=IMPORTED)
    elsewhere = comments.get((month, IMPORTED), 0)
    written = sum(n for (written_in, _origin), n in comments.items() if written_in == month)
    return MonthLine(month, needs, born.total() - needs, written, imported, paper.total(), elsewhere)


def _count(born: Codes, *, kind: str = "", statuses: Sequence[str] = (), origin: str = "") -> int:
    """Count the ideas of some codes `born`."""
    return sum(
        n
        for (_month, of_kind, status, of_origin), n in born.items()
        if kind in ("", of_kind) and origin in ("", of_origin) and (not statuses or status in statuses)
    )


def list_delays(scope: Scope) -> list[DelayLine] | None:
    """Return the delays of each community that answered or is waited for, by its number; those of no community last.

    Answers are those that were given in the period; ideas are unanswered now.
    """
    codes = contents.count_codes(scope)
    if codes is None:
        return None
    answers, unanswered = codes["answer"], codes["unanswered"]
    leads = {code[1] for code in (*answers, *unanswered)}
    return [
        _build_delay(lead, answers, unanswered) for lead in sorted(leads, key=lambda lead: (lead == "0", int(lead)))
    ]


def _build_delay(lead: str, answers: Codes, unanswered: Codes) -> DelayLine:
    days: Counter[str] = Counter()
    for (_month, of_lead, delay), n in answers.items():
        days[delay] += n if of_lead == lead else 0
    origins: Counter[str] = Counter()
    for (_month, of_lead, origin), n in unanswered.items():
        origins[origin] += n if of_lead == lead else 0
    return DelayLine(
        int(lead) or None,
        days.total(),
        days["-"],
        find_spread({int(delay): n for delay, n in days.items() if delay != "-" and n}),
        origins.total(),
        origins[IMPORTED],
    )


def list_years() -> list[int]:
    """Return the years since something was first published, the first first; this one at least."""
    last = int(months.present()[:4])
    first = int(contents.find_first_month()[:4] or last)
    return list(range(min(first, last), last + 1))


def get_road(scope: Scope) -> Road | None:
    """Return how far the ideas that were published in a period are now; None where the figures are not known."""
    codes = contents.count_codes(scope)
    return None if codes is None else build_road(codes["born"])


def build_road(born: Codes) -> Road:
    """Return how far the ideas of some codes `born` are."""
    at: Counter[int] = Counter()
    for (_month, _kind, status, _origin), n in born.items():
        at[STEPS.get(status, 0)] += n
    declined, out = _count(born, statuses=("declined",)), _count(born, statuses=OUT)
    return Road(
        heard=born.total(),
        studied=at[2] + at[3] + at[4] + at[5] + declined,
        retained=at[3] + at[4] + at[5],
        planned=at[4] + at[5],
        achieved=at[5],
        declined=declined,
        out=out,
        imported=_count(born, origin=IMPORTED),
    )


def get_roads_by(axis: str, scope: Scope) -> Mapping[int, Road] | None:
    """Return the road under each value of an axis (of `contents.VALUED`), by its number; None where it is not known."""
    found = contents.count_by_value(axis, scope)
    return None if found is None else {number: build_road(born) for number, born in found.codes[axis].items()}


def get_roads_by_year(scope: Scope) -> Mapping[int, Road] | None:
    """Return the road of the ideas of each year of a scope, by the year of their publication, the first first."""
    codes = contents.count_codes(scope)
    if codes is None:
        return None
    by_year: dict[int, Codes] = defaultdict(Counter)
    for code, n in codes["born"].items():
        by_year[int(code[0][:4])][code] = n
    return {year: build_road(by_year[year]) for year in sorted(by_year)}


def get_paces(scope: Scope) -> Mapping[int, Spread] | None:
    """Return how many days passed before each station (2 to 5), for the ideas that were at it and at the one before."""
    codes = contents.count_codes(scope)
    if codes is None:
        return None
    days: dict[int, Counter[int]] = defaultdict(Counter)
    for (_month, station, delay), n in codes["pace"].items():
        days[int(station)][int(delay)] += n
    return {station: spread for station in sorted(days) if (spread := find_spread(days[station]))}


def get_missing(scope: Scope) -> Missing | None:
    """Return who is missing among the places of a scope that are not archived; None where it is not known.

    A voice counts once in each MRC that it names: shares are of the sum of these.
    """
    found = contents.count_by_value("mrc", scope)
    if found is None:
        return None
    places = [place for place in get_catalogue().places if not place.is_archived and _is_in(place, scope)]
    voices = {place.id: found.codes["mrc"].get(place.id, Counter()).total() for place in places if place.is_mrc}
    people = {place.id: place.population or 0 for place in places if place.is_mrc}
    silent = [place for place in places if not place.is_mrc and place.id not in found.named]
    return Missing(
        [
            MrcShare(
                place,
                people[place.id],
                voices[place.id],
                _share(people[place.id], sum(people.values())),
                _share(voices[place.id], sum(voices.values())),
            )
            for place in places
            if place.is_mrc
        ],
        sorted(silent, key=lambda place: (-(place.population or 0), place.code)),
    )


def _is_in(place: Place, scope: Scope) -> bool:
    return scope.mrc_id in (None, place.id, place.parent_id)


def _share(number: int, total: int) -> float:
    """Return what a number is in a hundred of a total."""
    return 100 * number / total if total else 0.0

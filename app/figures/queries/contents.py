"""What ideas add to the figures, in counted codes (`app/ideas/figure_codes.py`): one definition for every page.

Beside no value, or one, a table has the counts. Under a community and an MRC together, in a private community, and for
the roads by value under a community or an MRC, the ideas of the period are looked at: at most 10 000, past which the
figures are not known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, literal, literal_column, select, union_all

from app.communities.queries import get_public_rooms, get_rooms, get_visible_rooms
from app.core import dialect, months, versions
from app.core.actor import Actor
from app.core.db import db
from app.figures.scope import Scope
from app.ideas.facet_models import VERSION, FacetCount
from app.ideas.figure_codes import AXES
from app.ideas.queries import facet_matches
from app.ideas.queries.course import Course
from app.ideas.queries.facet_counts import ALONE, SELECT, Value, counts_beside
from app.ideas.queries.facet_matches import MOST
from app.ideas.queries.lists import Filters
from app.reference.models import Territory
from app.reference.queries import get_catalogue

Code = tuple[str, ...]
"""The parts of a code."""
Codes = Counter[Code]
"""How many ideas have each code of an axis."""
VALUED = ("community", "issue", "mrc")
"""The axes under whose values roads are told."""
KEYS = "keys"
"""What stands in the place of an axis before the keys of one idea."""
OF_LEAD = ("unanswered", "answer")
"""The codes whose second part is the community that leads: they are not counted under communities."""
MONTH = len("2027-01")
AFTER_MONTH: ColumnElement[str] = func.substr(FacetCount.value, literal_column("8")).label("after_month")
"""What a code says after its month. A database adds up, many times faster, what differs by its month alone."""


def count_codes(scope: Scope) -> Mapping[str, Codes] | None:
    """Return how many ideas of a scope have each code, by axis; None where too many would be looked at.

    Of all but `born`, the month is left out ("" in its place). Ideas are unanswered now, whenever they were published.
    It is the same for everybody, and cached until a count changes: a private community has its figures in
    `count_private_codes`.
    """
    if scope.community_id and scope.mrc_id:
        looked = _get_looked(scope)
        return looked.codes if looked else None
    return _get_counted(scope).codes


def find_first_month() -> str:
    """Return the month in which an idea of the public's lists was first published, "" without any."""
    return versions.get_or_load("first month", _find_first_month, under=VERSION)


def _find_first_month() -> str:
    query = select(FacetCount.value).where(counts_beside(ALONE), FacetCount.axis == "born", FacetCount.n > 0)
    return (db.session.scalar(query.order_by(FacetCount.value).limit(1)) or "")[:7]


@dataclass(frozen=True)
class ByValue:
    """The codes `born`, without months, under each value of some axes, by number, and the places that are named."""

    codes: Mapping[str, Mapping[int, Codes]]
    named: frozenset[int]


@dataclass(frozen=True)
class Counted:
    """What the ideas of a scope say: their codes by axis, and under each value."""

    codes: Mapping[str, Codes]
    by_value: ByValue


def _get_counted(scope: Scope) -> Counted:
    """Return the counts of a scope; where nothing narrows it, with those under each MRC, of which a page always tells.

    Under a community or an MRC, the table has no counts by value.
    """
    return versions.get_or_load(("figures", scope), lambda: _count(scope), under=VERSION)


def _count(scope: Scope) -> Counted:
    chosen = [
        (axis, str(number)) for axis, number in (("community", scope.community_id), ("mrc", scope.mrc_id)) if number
    ]
    value = chosen[0] if chosen else ALONE
    queries = [*_select_led(scope), _select(value, "born", scope), _add_up(_select(value, "pace", scope))]
    if not chosen:
        queries += [_select_under("mrc", scope), _select_named(scope)]
    return _build(db.session.execute(union_all(*queries)).tuples().all(), scope)


def _build(rows: Sequence[tuple[str, str, int]], scope: Scope) -> Counted:
    return Counted(_gather([row for row in rows if row[0] in AXES], scope), _gather_by_value(rows))


def _gather_by_value(rows: Iterable[tuple[str, str, int]]) -> ByValue:
    """Return the codes under values, out of rows whose axis names one, as `mrc:3`; `territory:12` is named."""
    found: dict[str, dict[int, Codes]] = {axis: defaultdict(Counter) for axis in VALUED}
    named: set[int] = set()
    for under, value, n in rows:
        axis, is_value, number = under.partition(":")
        if axis == "territory":
            named.add(int(number))
        elif is_value:
            found[axis][int(number)][tuple(value.split("."))] = n
    return ByValue(found, frozenset(named))


def _get_filters(scope: Scope, inside: tuple[int, ...] = ()) -> Filters:
    community = (scope.community_id,) if scope.community_id else ()
    return Filters(community=community, territory=_list_places(scope.mrc_id), inside=inside)


def _list_places(mrc_id: int | None) -> tuple[int, ...]:
    places = get_catalogue()
    return tuple(place.id for place in places.within(places.place[mrc_id])) if mrc_id else ()


def _select_led(scope: Scope) -> list[Select[Any]]:
    """Select the counts of what is answered and of what waits, in the whole region or an MRC."""
    mrc = ("mrc", str(scope.mrc_id)) if scope.mrc_id else ALONE
    return [_add_up(_select(mrc, "unanswered", Scope())), _add_up(_select(mrc, "answer", scope))]


def _select(value: Value, axis: str, scope: Scope) -> Select[Any]:
    """Select the counts of an axis beside a value, within the period."""
    query = SELECT.where(counts_beside(value), FacetCount.axis == axis, FacetCount.n > 0)
    return query.where(FacetCount.value >= scope.first, FacetCount.value < scope.end)


def _add_up(query: Select[Any], under: Any = FacetCount.axis) -> Select[Any]:
    """Select these counts without their months; what comes before the code is what they are `under`, or the axis."""
    return query.with_only_columns(under, AFTER_MONTH, func.sum(FacetCount.n)).group_by(under, AFTER_MONTH)


def _gather(rows: Iterable[tuple[str, str, int]], scope: Scope) -> dict[str, Codes]:
    """Return the codes of a scope by axis, out of rows (axis, value, n) of its period."""
    found: dict[str, Codes] = {axis: Counter() for axis in AXES}
    for axis, value, n in rows:
        code = tuple(value.split("."))
        if axis not in OF_LEAD or scope.community_id is None or code[1] == str(scope.community_id):
            found[axis][code] += n
    return found


def count_private_codes(actor: Actor, scope: Scope) -> Mapping[str, Codes] | None:
    """Return the codes of the ideas of a private community to those who see it (to others, of none)."""
    if scope.community_id is None or scope.community_id not in get_visible_rooms(actor).by_id:
        return {axis: Codes() for axis in AXES}
    keys = db.session.scalars(facet_matches.select_keys(_get_filters(scope, (scope.community_id,)))).all()
    return None if len(keys) > MOST else _gather_keys(keys, scope)


def _gather_keys(keys: Sequence[str], scope: Scope) -> dict[str, Codes]:
    """Return the codes of a scope by axis, out of the keys of ideas."""
    values = facet_matches.count_values(keys).items()
    rows = [(axis, value, n) for (axis, value), n in values if axis in AXES]
    return _gather([row for row in rows if row[0] == "unanswered" or scope.first <= row[1][:7] <= scope.last], scope)


def count_answers(actor: Actor, scope: Scope) -> Codes:
    """Return how many first answers were given, in the communities that a person sees, by the parts of their code."""
    rooms = [room for room in get_visible_rooms(actor).all if scope.community_id in (None, room.id)]
    is_public = scope.community_id is None or not get_rooms().by_id[scope.community_id].is_private
    counted = (
        versions.get_or_load(("answers", scope), lambda: _count_answers(scope), under=VERSION) if is_public else {}
    )
    found = Codes(counted)
    for room in rooms:
        if room.is_private:
            own = Scope(scope.first, scope.last, room.id, scope.mrc_id)
            found += (count_private_codes(actor, own) or {}).get("answer", Codes())
    return found


def _count_answers(scope: Scope) -> Codes:
    """Return the first answers of the public's lists."""
    mrc = ("mrc", str(scope.mrc_id)) if scope.mrc_id else ALONE
    return _gather(db.session.execute(_select(mrc, "answer", scope)).tuples(), scope)["answer"]


def count_by_value(axis: str, scope: Scope) -> ByValue | None:
    """Return the codes of the ideas of a scope under each value of an axis (of `VALUED`), and the places they name.

    Under a community or an MRC, ideas are looked at; None where they would be too many.
    """
    if scope.is_narrowed:
        looked = _get_looked(scope)
        return looked.by_value if looked else None
    if axis == "mrc":
        return _get_counted(scope).by_value
    return versions.get_or_load(("figures by", axis, scope), lambda: _count_by_value(axis, scope), under=VERSION)


def _count_by_value(axis: str, scope: Scope) -> ByValue:
    query = union_all(_select_under(axis, scope), _select_named(scope))
    return _gather_by_value(db.session.execute(query).tuples())


def _select_under(axis: str, scope: Scope) -> Select[Any]:
    query = SELECT.where(FacetCount.with_axis == axis, FacetCount.with_value.in_(_list_numbers(axis)))
    return _add_up(query.where(*_is_born_within(scope)), literal_column(f"'{axis}:'", String) + FacetCount.with_value)


def _select_named(scope: Scope) -> Select[Any]:
    """Select the places that an idea of the period names: each is looked up in the index."""
    place = dialect.as_text(Territory.id)
    born = select(FacetCount.n).where(FacetCount.with_axis == "territory", FacetCount.with_value == place)
    is_named = dialect.has_row(born.where(*_is_born_within(scope)))
    return select(literal("territory:") + place, literal(""), literal(0)).where(is_named)


def _is_born_within(scope: Scope) -> list[ColumnElement[bool]]:
    is_within = FacetCount.value >= scope.first, FacetCount.value < scope.end
    return [FacetCount.axis == "born", *is_within, FacetCount.n > 0]


def _list_numbers(axis: str) -> list[str]:
    """Return the values of an axis: named one by one, each is found in the index at once."""
    catalogue = get_catalogue()
    values: dict[str, Iterable[int]] = {
        "community": get_public_rooms().by_id,
        "issue": catalogue.issue,
        "mrc": [place.id for place in catalogue.places if place.is_mrc],
    }
    return [str(number) for number in values[axis]]


def _get_looked(scope: Scope) -> Counted | None:
    return versions.get_or_load(("figures looked", scope), lambda: _look(scope), under=VERSION)


def _look(scope: Scope) -> Counted | None:
    """Look at the ideas of a scope; None past MOST of them."""
    span = months.write_span(scope.first, scope.last) if scope.first else ""
    keys = facet_matches.select_keys(_get_filters(scope)).where(*Course(span).key_tests()).subquery().c
    rows = db.session.execute(union_all(*_select_led(scope), select(literal(KEYS), *keys, literal(1)))).tuples().all()
    found = [value for axis, value, _n in rows if axis == KEYS]
    return _build([*rows, *_count_keys(found, scope)], scope) if len(found) <= MOST else None


def _count_keys(keys: Sequence[str], scope: Scope) -> Iterator[tuple[str, str, int]]:
    """Yield the counts that the table would have of these ideas: alone, under each value, and the places they name.

    Those of one code are counted together: they may be 10 000.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    codes = Counter[str]()
    for row in keys:
        born = row.partition(" born:")[2].partition(" ")[0]
        if scope.first <= born[:MONTH] <= scope.last:
            codes[born] += 1
            alike[born[MONTH:]].append(row)
    yield from (("born", code, n) for code, n in codes.items())
    under = [f"{axis}:{number}" for axis in VALUED for number in _list_numbers(axis)]
    under += [f"territory:{place.id}" for place in get_catalogue().places]
    for code, rows in alike.items():
        counts = Counter(chain.from_iterable(map(str.split, rows)))
        yield from ((value, code, counts[value]) for value in under if value in counts)
        paces = ((key.removeprefix("pace:"), n) for key, n in counts.items() if key.startswith("pace:"))
        yield from (("pace", pace[MONTH:], n) for pace, n in paces)

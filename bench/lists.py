"""Time of each list of ideas on a small and on a large site: `python -m bench.lists SMALL LARGE` (databases).

Milliseconds of the process on SQLite, of the clock on PostgreSQL (which works elsewhere), and how many times the small
one's the large one's are; the best of several turns. Fill them with `reflexe seed bench`.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, select

from app import create_app
from app.core.actor import ANYONE
from app.core.db import db
from app.core.paging import format_cursor
from app.ideas.models import Idea
from app.ideas.queries import lists, reading
from app.ideas.queries.lists import SORTS, TABLES, Filters
from app.search.query.parser import parse_query

TURNS = 9


def main(*addresses: str) -> None:
    small, large = map(measure, addresses)
    print(f"{'list':42}{'small':>9}{'large':>9}{'ratio':>8}")
    for name, before in small.items():
        print(f"{name:42}{before:9.2f}{large[name]:9.2f}{large[name] / before:8.2f}")


def measure(address: str) -> dict[str, float]:
    """Return the milliseconds of each list on one database."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            REFLEXE_ENV="development", DATA_DIR=Path(folder), DATABASE_URL=address, SITE_URL="http://localhost"
        )
        with app.app_context():
            clock = process_time if db.engine.dialect.name == "sqlite" else perf_counter
            return {name: best(call, clock) for name, call in calls()}


def best(call: Callable[[], object], clock: Callable[[], float]) -> float:
    times = []
    for _turn in range(TURNS):
        start = clock()
        call()
        db.session.rollback()
        times.append(clock() - start)
    return min(times[1:]) * 1000


def calls() -> Iterator[tuple[str, Callable[[], object]]]:
    filters = {"all": Filters()} | {axis: example(axis) for axis in lists.AXES}
    for sort in SORTS:
        for name, one in filters.items():
            yield f"{sort}, {name}", partial(read, one, sort)
            yield f"{sort}, {name}, deep", partial(read, one, sort, deep(sort))
    del filters["all"]
    for first, second in combinations(filters, 2):
        both = Filters(**{axis: getattr(filters[axis], axis) for axis in (first, second)})
        yield f"recent, {first} and {second}", partial(read, both, "recent")
        yield f"supported, {first} and {second}", partial(read, both, "supported")
    yield "supported, nothing", partial(read, Filters(status=("planned",), kind=("need",)), "supported")
    yield "recent, no such word", partial(read, Filters(words=parse_query("introuvable")), "recent")
    yield "front", partial(lists.list_for_home, 4, 3)
    yield "moves", partial(lists.list_last_steps, 5)


def read(filters: Filters, sort: str, after: str = "") -> None:
    lists.list_ideas(ANYONE, filters, sort=sort, after=after)


def example(axis: str) -> Filters:
    """Return a filter on the value of an axis that the fewest ideas have; the needs that wait have one value."""
    if axis == "gap":
        return Filters(gap=("1",))
    column = {"kind": Idea.kind, "status": Idea.status}.get(axis) or (
        Idea.community_id if axis == "community" else TABLES[axis]
    )
    value = db.session.scalar(select(column).group_by(column).order_by(func.count(), column).limit(1))
    narrowed: dict[str, Any] = {axis: (value,)}
    return Filters(**narrowed)


def deep(sort: str) -> str:
    """Return the place of an idea in the middle of a list."""
    order, value, _kind = SORTS[sort]
    count = db.session.scalar(select(func.count()).select_from(Idea)) or 0
    idea = db.session.scalars(
        order.apply(lists.select_ideas().where(reading.in_public())).offset(count // 2).limit(1)
    ).one()
    return format_cursor(getattr(idea, value), idea.thread_id)


if __name__ == "__main__":
    main(*sys.argv[1:])

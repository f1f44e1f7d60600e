"""Count persons once a month, so that two days are never told apart."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert

from app.core import clock, dialect, months, versions
from app.core.db import run
from app.core.masking import Count
from app.core.unit import command
from app.figures import persons
from app.figures.models import ACTS, PersonTable
from app.figures.persons import Key
from app.figures.queries.persons import VERSION, list_counted, stream_acts


def count_persons() -> None:
    """Count persons as they were before the first of this month, unless that was done."""
    first = clock.today().replace(day=1)
    counted = list_counted()
    if any(counted.get(act) != first for act in ACTS):
        before = months.start(f"{first:%Y-%m}")
        _store(first, {act: persons.mask_persons(stream_acts(act, before)) for act in ACTS})


@command
def _store(first: date, tables: Mapping[str, Mapping[Key, Count]]) -> None:
    """Write the tables of a month in the place of the former ones, of which nothing stays."""
    dialect.take_turn("persons")
    run(delete(PersonTable))
    rows = [
        {"act": act, "before": first, "content": [[*key, count] for key, count in counts.items()]}
        for act, counts in tables.items()
    ]
    run(insert(PersonTable).values(rows))
    versions.touch(VERSION)

"""Count persons once a month, so that two days are never told apart, and comments each hour."""

from collections.abc import Mapping
from datetime import date, datetime
from secrets import SystemRandom

from sqlalchemy import delete, insert

from app.core import clock, dialect, months, versions
from app.core.db import db, run
from app.core.masking import FEW, HIDDEN, Count
from app.core.unit import command
from app.figures import persons
from app.figures.models import ACTS, CommentMonth, PersonTable
from app.figures.persons import Key
from app.figures.queries import talk
from app.figures.queries.persons import VERSION, get_persons, list_counted, stream_acts


def count_persons() -> None:
    """Count persons as they were before the first of this month, unless that was done.

    In a database that was put back this month it may have been done, and is forgotten: another draw would say what the
    first one hid. What is said stays, until the next month.
    """
    first = clock.today().replace(day=1)
    month, counted = f"{first:%Y-%m}", list_counted()
    if any(counted.get(act) != first for act in ACTS) and not versions.was_put_back(month):
        before = months.start(month)
        _store(first, {act: _mask(act, before) for act in ACTS})


def _mask(act: str, before: datetime) -> Mapping[Key, Count]:
    """Return what may be said; what was not said the month before stays unsaid first, as two months are compared."""
    former = get_persons(act)
    unsaid = {key for key, count in former.counts.items() if count in (FEW, HIDDEN)} if former else ()
    return persons.mask_persons(stream_acts(act, before), SystemRandom(), unsaid)


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


def count_comments() -> None:
    """Count the comments of each month again, and write their numbers where one changed."""
    counted = talk.recount()
    if counted != talk.get_counted():
        _store_comments(counted)


@command
def _store_comments(counted: Mapping[talk.Key, int]) -> None:
    dialect.take_turn("comment_months")
    run(delete(CommentMonth))
    names = ("community_id", "mrc_id", "month", "is_imported", "n")
    rows = [dict(zip(names, (*key, n), strict=True)) for key, n in counted.items()]
    if rows:
        db.session.execute(insert(CommentMonth), rows)

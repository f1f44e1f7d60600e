"""A search reads little on a large site: a rare word is found by the index, a common one stops where the page ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.comments.models import Thread
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.ideas import facet_counting
from app.ideas.models import Idea
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.results import queries as results
from app.results.sql_policy import Period
from app.search.index import vocabulary
from app.search.index.models import IndexEntry
from tests.large import large
from tests.support import plans
from tests.support.clock import LONG_AGO
from tests.support.make import Make

NUMBER, BEGINNING = 30_000, datetime(2000, 1, 1, tzinfo=UTC)
# What a page reads at the most: its things, then as many hits as are counted, each with its entry, its thread and its
# idea, which says its kind; two words that are in one text of six are walked to as many.
FEW, PAGE = 300, 9_000
# `commun` is in all texts, `moyen` in one of three, `demi` in one of two, `rare` in three.
LINE = (
    " ' || CASE WHEN n % 3 = 0 THEN 'moyen ' ELSE '' END || CASE WHEN n % 2 = 0 THEN 'demi ' ELSE '' END || CASE WHEN n % 10000 = 7 THEN"
    " 'rare ' ELSE '' END || 'commun # texte # k_idea t_titre "
)


@pytest.fixture
def site(make: Make) -> None:
    """A large site: as many ideas, with their threads and their entries."""
    large.grow(Thread, NUMBER, kind="'idea'", title="'Idée ' || n", is_public="true", is_open="true")
    first = db.session.scalar(db.select(db.func.min(Thread.id)))
    at = large.moment("n")
    large.grow(
        Idea,
        NUMBER,
        title="'Idée ' || n",
        author_id="1",
        thread_id=f"{first} + n - 1",
        published_at=at,
        status="'published'",
        saved_at=at,
    )
    idea = db.session.scalar(db.select(db.func.min(Idea.id)))
    large.grow(
        IndexEntry,
        NUMBER,
        id="n * 4294967296",
        kind="'idea'",
        thing_id=f"{idea} + n - 1",
        thread_id=f"{first} + n - 1",
        text=f"'{LINE}'",
    )
    large.measure()
    with unit():
        facet_counting.settle(range(idea, idea + NUMBER))
        vocabulary.learn(["commun", "moyen", "demi", "rare", "titre"])
    large.measure()


@pytest.mark.usefixtures("site")
def test_searches_and_lists_with_words_read_what_they_show_and_count() -> None:
    """One site for all of it, which is slow to make."""
    look_at_searches()
    look_at_plans_of_a_rare_word()
    look_at_lists()


def look_at_searches() -> None:
    cases: list[tuple[Callable[[], object], int]] = [
        (partial(results.get_results, ANYONE, results.parse_query(typed), by_date=by_date), most)
        for by_date in (False, True)
        for typed, most in (
            ("rare", FEW),
            ("rare commun", FEW),
            ("introuvable", FEW),
            ("rares -moyen", FEW),
            ("commun", PAGE),
            ("demi moyen", PAGE),
            ("commun moyen demi", PAGE),
        )
    ]
    deep = f"0.0.0.{15_000 * 4294967296}.1.{15_000 * 4294967296}"
    cases.append((partial(results.get_results, ANYONE, results.parse_query("commun"), after=deep), PAGE))
    # The entry n is of the second n of the year 2000.
    half, last = (Period(BEGINNING + timedelta(seconds=first), LONG_AGO) for first in (0, NUMBER - 10))
    half = half._replace(until=BEGINNING + timedelta(seconds=NUMBER // 2))
    narrowed: list[dict[str, Any]] = [{"period": half}, {"period": last}, {"places": (1,)}, {"kinds": ("need",)}]
    cases += [(partial(results.get_results, ANYONE, results.parse_query("commun"), **more), PAGE) for more in narrowed]
    found = [fault for call, most in cases for fault in faults(call, most)]
    assert found == [], "\n\n".join(found)


def look_at_plans_of_a_rare_word() -> None:
    """It scans no table."""
    with plans.record() as statements:
        assert results.get_results(ANYONE, results.parse_query("rare")).tally.total == 3
    db.session.rollback()
    seen = [plans.work(sent)[1] for sent in statements if "search_words" in sent.text]
    assert seen
    for plan in seen:
        assert "SCAN search_entries" not in plan and "Seq Scan search_entries" not in plan, plan
        assert "VIRTUAL TABLE INDEX" in plan or "search_words_gin" in plan, plan


def look_at_lists() -> None:
    """Lists of ideas with words read little."""
    for typed, number in (("rare", 3), ("introuvable", 0)):
        for sort in ("recent", "supported"):
            filters = Filters(words=results.parse_query(typed))
            assert len(lists.list_ideas(ANYONE, filters, sort=sort).items) == number
            assert faults(partial(lists.list_ideas, ANYONE, filters, sort=sort), FEW) == []


def faults(call: Callable[[], object], most: int) -> list[str]:
    with plans.record() as statements:
        call()
    db.session.rollback()
    return plans.faults(statements, most=most)

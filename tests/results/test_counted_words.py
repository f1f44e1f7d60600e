"""Words are counted once a day over what a stranger may read: what is private or hidden moves no score and no order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock as time
from app.core import versions
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.results import jobs
from app.results import queries as results
from app.search.index import counts, forgetting, vocabulary
from app.search.index.models import CountEdition, LostWord, WordCount
from app.search.index.vocabulary import Word, get_forms, renew_keys
from tests.support.make import Make


def counted() -> dict[str, int]:
    edition = counts.get_edition().number
    return dict(db.session.execute(select(WordCount.word, WordCount.count).where(WordCount.edition == edition)).all())


def found(typed: str) -> tuple[list[tuple[int, bool, list[str]]], int]:
    """Return what a stranger finds, in its order, with what is said of each, and how many there are."""
    page = results.get_results(ANYONE, results.parse_query(typed))
    return [(one.thing.id, one.is_almost, list(one.missing)) for one in page.items], page.tally.total


@pytest.fixture
def village(make: Make) -> None:
    for title in ("La roulotte du village", "Le village en hiver", "Un village, une roulotte", "Le banc du village"):
        make.idea(title=title)


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize(
    "columns",
    [
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": timedelta(hours=-1)},
        {"community": "cercle"},
        {"deleted_at": timedelta(hours=-1)},
    ],
)
def test_what_a_stranger_may_not_read_moves_no_count_no_score_and_no_order(make: Make, columns: dict[str, Any]) -> None:
    circle = make.community(name="Cercle", is_private=True).slug
    columns = {
        name: time.now() + value if isinstance(value, timedelta) else circle if name == "community" else value
        for name, value in columns.items()
    }
    jobs.count_words()
    searches = (
        "village roulotte",
        "roulottes village",
        "banc introuvable",
        "village",
        "roulotte clandestine",
        "clandestine",
    )
    before, counts_before, edition = list(map(found, searches)), counted(), counts.get_edition()
    for _n in range(5):
        make.idea(title="Une roulotte clandestine", body="La roulotte du banc.", **columns)
    assert list(map(found, searches)) == before, "before it is counted"
    jobs.count_words()
    assert list(map(found, searches)) == before and counted() == counts_before
    assert counts.get_edition()[1:] == edition[1:], "so many texts, of such a length"


@pytest.mark.usefixtures("village")
def test_words_are_counted_once_a_day_and_two_editions_stay(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "YOUNG", 0)
    clock.at("2026-05-15 09:00")
    jobs.count_words_daily()
    first = counts.get_edition()
    assert counted() == counted() | {"village": 4, "roulotte": 2}
    jobs.count_words_daily()
    assert counts.get_edition() == first, "the same day"
    for day in (16, 17, 18):
        clock.at(f"2026-05-{day} 09:00")
        jobs.count_words_daily()
    assert counts.get_edition().number == first.number + 3
    for table in (CountEdition.number, WordCount.edition):
        assert set(db.session.scalars(select(table))) == {first.number + 2, first.number + 3}
    assert counts.get_edition(first.number + 2).number == first.number + 2
    assert counts.get_edition(first.number).number == first.number + 3, "gone: the present one"


def test_a_young_site_is_counted_each_time_that_the_worker_looks(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.count_words_first()
    before = counts.get_edition()
    make.idea(title="La roulotte du village")
    jobs.count_words_daily()
    assert counted()["roulotte"] == 1 and counts.get_edition().texts == before.texts + 1
    monkeypatch.setattr(jobs, "YOUNG", before.texts + 1)
    make.idea(title="La roulotte du canton")
    jobs.count_words_daily()
    assert counted()["roulotte"] == 1, "it has grown: once a day"


@pytest.mark.usefixtures("village")
def test_pages_that_are_kept_are_made_again_once_for_an_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "WRITTEN", 3)
    jobs.count_words()
    before = versions.get_number()
    jobs.count_words()
    assert versions.get_number() == before + 1


@pytest.mark.usefixtures("village")
def test_a_count_that_was_stopped_leaves_the_former_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.count_words()
    before, edition = counted(), counts.get_edition()
    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(counts.dialect, "insert_once", lambda *_args, **_values: (_ for _ in ()).throw(RuntimeError))
        jobs.count_words()
    db.session.rollback()
    assert (counted(), counts.get_edition()) == (before, edition)
    jobs.count_words()
    assert counted() == before and counts.get_edition().number > edition.number
    assert len(set(db.session.scalars(select(WordCount.edition)))) == 2, "what was left half done is gone"


@pytest.mark.usefixtures("village")
def test_two_that_count_at_once_leave_whole_counts_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.count_words()
    whole, seen, unit_of_one = counted(), list[dict[str, int]](), counts.unit

    @contextmanager
    def unit_beside_another() -> Iterator[None]:
        if not seen:
            with monkeypatch.context() as patch:
                patch.setattr(counts, "unit", unit_of_one)
                jobs.count_words()
        with unit_of_one():
            yield
        seen.append(counted())
        db.session.rollback()

    monkeypatch.setattr(counts, "unit", unit_beside_another)
    jobs.count_words()
    assert seen == [whole] * len(seen), "whoever searches meanwhile has all of them"


def test_a_word_that_was_erased_while_words_are_counted_is_not_stored(make: Make) -> None:
    idea = make.idea(title="Une roulotte éphémère", communities=["transport-collectif"])

    def erase(_number: int) -> None:
        with unit():
            row = db.session.get_one(Idea, idea.id)
            row.title, row.search_text = "Une roulotte", "une roulotte"
        forgetting.forget_lost_words()

    jobs.count_words(erase)
    assert "ephemere" not in counted() and counted()["roulotte"] == 1
    assert [word for word in counted() if word.startswith("c_")], "what a text is filed under is counted as before"


def test_a_word_that_no_text_has_any_more_is_no_more_counted(make: Make) -> None:
    ideas = [make.idea(title="Une roulotte éphémère") for _n in range(2)]
    jobs.count_words()
    assert counted()["ephemere"] == 2
    with unit():
        for idea in ideas:
            row = db.session.get_one(Idea, idea.id)
            row.title, row.search_text = "Une roulotte", "une roulotte"
    assert "ephemere" in db.session.scalars(select(LostWord.word)).all()
    forgetting.forget_lost_words()
    assert "ephemere" not in counted() and counted()["roulotte"] == 2


def test_a_word_that_is_forgotten_while_keys_are_renewed_stays_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    make.idea(title="Des roulottes")
    unit_of_one, begun = vocabulary.unit, list[bool]()

    @contextmanager
    def unit_after_a_forgetting() -> Iterator[None]:
        with unit_of_one():
            if not begun:
                db.session.execute(db.delete(Word).where(Word.word == "roulottes"))
        begun.append(True)
        with unit_of_one():
            yield

    with unit():
        db.session.execute(db.delete(Word).where(Word.word == "roulottes", Word.key.not_in(["=roulottes"])))
    monkeypatch.setattr(vocabulary, "unit", unit_after_a_forgetting)
    renew_keys()
    assert get_forms(["roulotte"]) == {"roulotte": []}


@pytest.mark.parametrize("batch", [1, 500])
def test_words_stand_under_the_keys_of_the_rules_of_today(
    make: Make, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(vocabulary, "_PAGE", vocabulary._PAGE.limit(batch))
    make.idea(title="Des roulottes")
    with unit():
        db.session.execute(db.delete(Word).where(Word.word == "roulottes", Word.key.not_in(["=roulottes"])))
        db.session.add(Word(key="maison", word="roulottes"))
    assert get_forms(["roulotte", "maison"]) == {"roulotte": [], "maison": ["roulottes"]}
    renew_keys()
    assert get_forms(["roulotte", "maison"]) == {"roulotte": ["roulottes"], "maison": []}

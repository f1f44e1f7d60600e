"""A process remembers words that the vocabulary has: never one that it has not, whatever else happened to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count

import pytest

from app.comments import moving
from app.comments.models import Comment
from app.core import clock, versions
from app.core.db import db
from app.core.unit import unit
from app.search.index import index_sync, known_words, writing
from app.search.index.models import Word
from app.search.index.rebuild import rebuild
from app.search.index.texts import Text
from tests.support.make import Make
from tests.support.queries import record_statements

numbers = count(900_000)


def write(words: str, *, keep: bool = True) -> list[str]:
    """Write the entry of a thing of these words, or fail after it; return the statements about the vocabulary."""
    number = next(numbers)
    with record_statements() as statements:
        try:
            with unit():
                writing.store_texts(
                    "update", [number], [Text("update", number, clock.now(), "", words)], new_ids=[number]
                )
                if not keep:
                    raise InterruptedError
        except InterruptedError:
            pass
    return [statement.split()[0] for statement in statements if "search_vocabulary" in statement]


def has(word: str) -> bool:
    db.session.rollback()
    return bool(db.session.scalar(db.select(Word.word).where(Word.key == f"={word}")))


@contextmanager
def elsewhere() -> Iterator[None]:
    """Act as another process would, which remembers other things."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "memory_cache", versions.MemoryCache())
        yield


def test_a_word_is_written_once_and_asked_for_no_more(app: object) -> None:
    assert [write("inédit et rare"), write("rare"), write("rare, inédit")] == [["INSERT"], [], []]
    assert write("rare, mais neuf") == ["INSERT"] and has("neuf")


def test_what_was_not_stored_is_not_remembered(app: object) -> None:
    assert write("éphémère", keep=False) == ["INSERT"] and not has("ephemere")
    assert write("éphémère") == ["INSERT"] and has("ephemere")


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_a_word_that_was_taken_out_is_written_again(app: object, where: str) -> None:
    """No thing has these words: `reindex` takes the entry out, then the word."""
    write("fugace")
    with elsewhere() if where == "elsewhere" else nullcontext():
        rebuild()
    assert not has("fugace")
    assert write("fugace") == ["INSERT"] and has("fugace")


def test_a_number_of_words_is_remembered(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_words, "MOST", 3)
    for words in ("alpha beta", "gamma delta"):
        write(words)
    edition = versions.get_number(known_words.KEY)
    assert known_words.get_words(edition) == {"=gamma", "=delta"} and known_words.get_words(edition + 1) == set()
    assert write("alpha") == ["INSERT"], "it was forgotten, and is there already"


@pytest.mark.parametrize(
    "change",
    [
        lambda row: setattr(row, "body_html", "<p>Autrement</p>"),
        lambda row: setattr(row, "status", "pending"),
        db.session.delete,
    ],
)
def test_a_row_that_is_changed_in_its_own_command_is_found_as_it_ends(
    make: Make, change: Callable[[Comment], None]
) -> None:
    """The guard of the tests compares the index with the texts as the command ends (`tests/support/guards.py`)."""
    thread_id, author_id = make.idea().thread_id, make.user().id
    with unit():
        row = Comment(thread_id=thread_id, author_id=author_id, body="Un", body_html="<p>Un</p>", renderer=1)
        db.session.add(row)
        db.session.flush()
        change(row)


def test_a_row_that_a_statement_changed_is_read_again(make: Make) -> None:
    thread_id, author_id = make.idea().thread_id, make.user().id
    with unit():
        row = Comment(
            thread_id=thread_id, author_id=author_id, body="Brouillon", body_html="<p>Brouillon</p>", renderer=1
        )
        db.session.add(row)
        db.session.flush()
        db.session.execute(
            db.update(Comment)
            .where(Comment.id == row.id)
            .values(body_html="<p>Corrigée</p>")
            .execution_options(synchronize_session=False)
        )
        index_sync.mark_changed("comment", [row.id])
    assert has("corrigee") and not has("brouillon")


def test_a_statement_of_the_product_that_says_nothing_fails_in_the_tests(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard sees it (`tests/support/guards.py`)."""
    comment, target = make.comment(make.idea()), make.idea()
    monkeypatch.setattr(index_sync, "mark_changed", lambda _kind, _ids: None)
    with pytest.raises(AssertionError, match="Update of comments"), unit():
        moving.graft(comment, target.thread_id)

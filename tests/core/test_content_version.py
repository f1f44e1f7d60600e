"""The content version changes with every table that readers see, by itself, and nothing is kept past it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, Table, delete, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.accounts.models.sessions import Attempt
from app.core import versions
from app.core.content_version import SLOTS, ContentVersion, get_models
from app.core.db import Model, db
from app.core.unit import unit
from app.ideas.models import Idea
from tests.support import migration_cases
from tests.support.make import Make
from tests.support.migration_cases import downgrade, upgrade


def number() -> int:
    db.session.rollback()
    return versions.get_number()


def changes(*statements: Any) -> bool:
    """Run these in one transaction; tell whether the content version is another one then."""
    before = number()
    with unit():
        for statement in statements:
            db.session.execute(statement)
    return number() != before


def private_tables() -> set[str]:
    migration_cases.import_models()
    return {name for name, model in get_models(Model.registry).items() if not model.public}


def test_a_row_of_every_table_changes_it_unless_its_model_says_that_it_is_private(migrated: Flask) -> None:
    tables, private = (
        [one for one in db.metadata.sorted_tables if one is not ContentVersion.__table__],
        private_tables(),
    )
    assert [table.name for table in tables if changes(migration_cases.row(table)) == (table.name in private)] == []


def test_no_row_of_a_private_table_takes_others_away() -> None:
    private = private_tables()
    keys = [key for table in db.metadata.tables.values() if table.name not in private for key in table.foreign_keys]
    assert not [key for key in keys if key.column.table.name in private or key.ondelete]


class Other(DeclarativeBase):
    """Models beside those of the house, with what `db.Base` gives these."""

    public, private_because, is_trace = False, "", False


def test_the_site_does_not_start_with_a_model_that_does_not_say_who_reads_it() -> None:
    class Bookmark(Other):
        __tablename__ = "bookmarks"
        id: Mapped[int] = mapped_column(primary_key=True)

    with pytest.raises(TypeError, match=r"tests/core/test_content_version.py, class Bookmark: write `public = True`"):
        get_models(Other.registry)
    Bookmark.private_because = "shown to one person"
    assert get_models(Other.registry) == {"bookmarks": Bookmark}
    Bookmark.public = True
    with pytest.raises(TypeError, match="class Bookmark: "):
        get_models(Other.registry)
    Bookmark.private_because = ""
    Table("pairs", Other.metadata, Column("id", Integer, primary_key=True))
    with pytest.raises(TypeError, match=r"^the table pairs has no class: write one on Model$"):
        get_models(Other.registry)


def test_sixteen_rows_are_there_and_one_that_is_missing_is_made(migrated: Flask) -> None:
    db.session.rollback()
    assert sorted(db.session.scalars(select(ContentVersion.slot))) == list(range(SLOTS))
    with unit():
        db.session.execute(delete(ContentVersion))
    assert changes(text("DELETE FROM ideas"))


def test_a_statement_that_found_no_row_changes_nothing_and_one_sent_as_text_is_taken_for_a_change(make: Make) -> None:
    make.idea()
    none = Idea.id == 0
    assert not changes(update(Idea).where(none).values(title="é")) and not changes(delete(Idea).where(none))
    assert not changes(select(Idea), text("SELECT 1"))
    assert changes(update(Idea).values(title="é")) and changes(text("UPDATE ideas SET title = title"))


def test_a_private_table_and_another_in_one_transaction_change_it_once(make: Make) -> None:
    make.idea()
    before = number()
    assert changes(update(Idea).values(title="é"), migration_cases.row(Attempt.metadata.tables[Attempt.__tablename__]))
    assert number() == before + 1


def test_what_is_rolled_back_changes_nothing(make: Make) -> None:
    make.idea()
    before = number()
    with pytest.raises(RuntimeError), unit():
        db.session.execute(update(Idea).values(title="é"))
        raise RuntimeError
    assert number() == before
    with unit():
        db.session.execute(migration_cases.row(Attempt.metadata.tables[Attempt.__tablename__]))
    assert number() == before


def test_a_commit_outside_our_commands_changes_it_too(make: Make) -> None:
    idea, before = make.idea(), number()
    db.session.get_one(Idea, idea.id).title = "Un autre titre"
    db.session.commit()
    assert number() == before + 1


def test_a_migration_goes_to_a_number_that_was_never_there(migrated: Flask) -> None:
    before = number()
    db.session.remove()
    upgrade()
    after = number()
    db.session.remove()
    downgrade(revision="base")
    upgrade()
    assert len({before, after, number()}) == 3


def load(loads: list[str]) -> Callable[[], list[str]]:
    """Return a function that reads the titles of ideas, and notes that it was called."""

    def titles() -> list[str]:
        loads.append("loaded")
        return list(db.session.scalars(select(Idea.title)))

    return titles


def test_what_was_loaded_is_kept_until_something_changes(make: Make) -> None:
    loads: list[str] = []
    answers = [versions.get_or_load("titles", load(loads)) for _n in range(3)]
    make.idea(title="Un titre")
    db.session.rollback()
    answers += [versions.get_or_load("titles", load(loads)) for _n in range(3)]
    assert answers == [[], [], [], ["Un titre"], ["Un titre"], ["Un titre"]] and len(loads) == 2


def test_a_transaction_that_wrote_sees_its_own_rows_and_keeps_nothing_for_others(make: Make) -> None:
    make.idea(title="Un titre")
    loads: list[str] = []
    assert versions.get_or_load("titles", load(loads)) == ["Un titre"]
    with pytest.raises(RuntimeError), unit():
        db.session.execute(update(Idea).values(title="Un autre"))
        assert versions.get_or_load("titles", load(loads)) == ["Un autre"]
        raise RuntimeError
    assert versions.get_or_load("titles", load(loads)) == ["Un titre"] and len(loads) == 2


def test_the_least_used_goes_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST", 2 * versions.THING)
    loads: list[str] = []
    for name in ("first", "second", "first", "third", "first", "second"):
        versions.get_or_load(name, load(loads))
    assert len(loads) == 4


def test_a_connection_that_was_cut_is_given_up_without_a_word(make: Make) -> None:
    make.idea()
    db.session.connection().invalidate()
    db.session.rollback()
    assert versions.get_number() > 0

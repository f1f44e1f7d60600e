"""The migrations make the tables of the models, on both engines, and lose no row."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Boolean, DateTime, String, bindparam, insert, select, text
from sqlalchemy.schema import CreateIndex

from app.accounts import queries as accounts
from app.accounts import registrations
from app.accounts.models.people import User
from app.accounts.models.sessions import AccountRequest
from app.core import clock
from app.core.db import db
from app.core.mail import Outgoing
from app.ideas.queries import facet_counts
from app.operations import recount, reference
from app.reference.models import Tag
from tests.support import databases, migration_cases
from tests.support.make import Make
from tests.support.migrated_databases import on
from tests.support.migration_cases import downgrade, upgrade


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database where nothing was ever made."""
    url = databases.new(engine, "reflexe_migrations", tmp_path)
    with on(url, tmp_path) as app:
        yield app


def test_the_migrated_tables_are_those_of_the_models_and_keep_their_children(migrated: Flask, engine: str) -> None:
    differences = migration_cases.differences()
    assert not differences, f'make migration m="what it changes" writes the migration of {differences}'
    if engine == "sqlite":
        assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        look_at_partial_indexes()


def look_at_partial_indexes() -> None:
    """The indexes of a part of a table hold the part that the queries say."""
    made = dict(db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'")).tuples().all())
    declared = {
        str(index.name): str(CreateIndex(index).compile(db.engine))
        for name in ("ideas", "status_changes")
        for index in db.metadata.tables[name].indexes
    }
    assert {name: made[name] for name in declared} == declared


def test_rows_in_every_table_go_down_to_nothing_and_up_again(migrated: Flask) -> None:
    migration_cases.fill()
    assert set(migration_cases.counts().values()) == {1}
    downgrade(revision="base")
    assert migration_cases.tables() == set()
    upgrade()
    assert migration_cases.differences() == []
    assert set(migration_cases.counts().values()) == {0}


def test_a_table_that_is_copied_keeps_its_rows_and_its_children(migrated: Flask, tmp_path: Path) -> None:
    migration_cases.fill()
    names = sorted(migration_cases.tables())
    migration_cases.upgrade_with(
        tmp_path,
        (
            f"for name in {names}:\n"
            "        with op.batch_alter_table(name, recreate='always' if op.get_bind().dialect.name == 'sqlite' else 'never')"
            " as table:\n            table.add_column(sa.Column('more', sa.String(), nullable=True))"
        ),
    )
    assert set(migration_cases.counts().values()) == {1}


def test_mails_written_before_they_had_an_identifier_get_one_and_those_given_up_stay_so(empty: Flask) -> None:
    upgrade(revision="0002")
    with db.engine.begin() as connection:
        for key, tries, sent_at in (("a:1", 8, None), ("b:2", 3, None), ("b:3", 1, "2022-02-10 00:00:00")):
            connection.execute(
                text(
                    "INSERT INTO outbox (key, recipient, subject, text, html, created_at, due_at, tries, sent_at) VALUES"
                    " (:key, 'a@example.org', 's', 't', 'h', '2022-02-09 00:00:00', '2022-02-10 00:00:00', :tries, :sent)"
                ),
                {"key": key, "tries": tries, "sent": sent_at},
            )
    upgrade()
    mails = list(db.session.scalars(select(Outgoing).order_by(Outgoing.id)))
    assert [mail.message_id for mail in mails] == ["<1.a.1@localhost>", "<2.b.2@localhost>", "<3.b.3@localhost>"]
    assert [bool(mail.given_up_at) for mail in mails] == [True, False, False]
    db.session.rollback()
    downgrade(revision="0002")
    assert db.session.scalar(text("SELECT count(*) FROM outbox")) == 3


def test_mails_that_were_there_know_whose_they_are_and_those_that_left_say_nothing_more(empty: Flask) -> None:
    upgrade(revision="0002")
    with db.engine.begin() as connection:
        for key, recipient, sent_at in (
            ("a:1", "ana@example.org", None),
            ("a:2", "ana@example.org", "2022-02-10 00:00:00"),
            ("b:1", "nobody@example.org", None),
        ):
            connection.execute(
                text(
                    "INSERT INTO outbox (key, recipient, subject, text, html, created_at, due_at, tries, sent_at) VALUES"
                    " (:key, :recipient, 's', 't', 'h', '2022-02-09 00:00:00', '2022-02-10 00:00:00', 0, :sent)"
                ),
                {"key": key, "recipient": recipient, "sent": sent_at},
            )
    upgrade(revision="0022")
    with db.engine.begin() as connection:
        person = {"name": "Ana", "email": "ana@example.org"}
        connection.execute(migration_cases.row(db.metadata.tables["users"]).values(**person))
    upgrade()
    mails = list(db.session.scalars(select(Outgoing).order_by(Outgoing.id)))
    assert [bool(mail.user_id) for mail in mails] == [True, True, False]
    assert [(mail.subject, mail.text, mail.html) for mail in mails] == [("s", "t", "h"), ("", "", ""), ("s", "t", "h")]
    db.session.rollback()
    downgrade(revision="0022")
    assert db.session.scalar(text("SELECT count(*) FROM outbox")) == 3


def test_whoever_registered_before_confirms_by_the_password_that_they_chose(empty: Flask) -> None:
    upgrade(revision="0022")
    people = (("marie@example.org", None), ("confirmee@example.org", datetime(2022, 2, 10)))
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO organisations (id, name, sort_key) VALUES (1, 'La Tablée', 'la tablee')"))
        for number, (email, confirmed_at) in enumerate(people, start=1):
            connection.execute(_an_account(id=number, email=email, confirmed_at=confirmed_at))
            connection.execute(
                text(
                    "INSERT INTO consents (user_id, document, version, accepted_at)"
                    " VALUES (:user, 'privacy', '2026-11-27', '2022-02-09 00:00:00')"
                ),
                {"user": number},
            )
    upgrade()
    [waiting] = registrations.list_waiting("marie@example.org")
    assert waiting.password == "keyeda hash" and registrations.list_waiting("confirmee@example.org") == []
    user = registrations.open_account(waiting.id)
    assert (user.name, user.organisation_id, user.confirmed_at is not None) == ("Marie", 1, True)
    assert [row.version for row in accounts.list_consents(user)] == ["2026-11-27"]
    assert db.session.scalar(text("SELECT count(*) FROM users")) == 2
    db.session.rollback()


def _an_account(**values: object) -> Any:
    """Make the statement that adds an account, as it was before the present schema."""
    row = {
        "password": "a hash",
        "name": "Marie",
        "sort_key": "marie",
        "active": True,
        "locale": "fr",
        "about": "",
        "fs_uniquifier": f"u{values['id']}",
        "created_at": datetime(2022, 2, 9),
        "site_role": "member",
        "organisation_id": 1,
        "admitted_count": 0,
        "charter_version": 1,
        "is_demo": False,
    } | values
    row |= dict.fromkeys(
        ("shows_about", "shows_territory", "shows_organisation", "shows_activity", "shows_in_search"), False
    )
    names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    dates = [bindparam(name, row.pop(name), DateTime()) for name in ("created_at", "confirmed_at")]
    return text(f"INSERT INTO users ({names}) VALUES ({places})").bindparams(*dates, **row)


def test_ideas_that_were_there_before_the_counts_are_counted(migrated: Flask) -> None:
    reference.seed()
    make = Make()
    tag = make.add(Tag(slug="velo", name="vélo", sort_key="velo"))
    merged = make.add(Tag(slug="bicyclette", name="bicyclette", sort_key="bicyclette", merged_into=tag.id))
    make.idea(kind="need", issues=["education"], territories=["70", "70052", "67015"], tags=[tag, merged])
    make.idea(communities=["transport-collectif"], territories=["67015", "67020"])
    make.idea(community=make.community(is_private=True), tags=[tag])
    make.idea(status="pending", tags=[tag])
    make.idea(hidden_at=clock.now())
    db.session.remove()
    downgrade(revision="0012")
    upgrade()
    assert recount.list_differences() == [] and facet_counts.get_counts()["all"] == 2


@pytest.mark.one_engine
def test_a_migration_that_orphans_rows_is_refused_and_changes_nothing(migrated: Flask, tmp_path: Path) -> None:
    migration_cases.fill()
    with pytest.raises(RuntimeError, match="without their parent"):
        migration_cases.upgrade_with(tmp_path, "op.execute('DELETE FROM users')")
    assert migration_cases.counts()["users"] == 1


OLD_PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$c2Vs$aGFjaA"
ASKED = {"account": {"password": OLD_PASSWORD, "name": "C", "locale": "fr"}, "accepted": {}, "charter": 1}


def test_passwords_that_needed_the_key_are_marked_also_those_of_accounts_that_are_asked_for(empty: Flask) -> None:
    upgrade(revision="0022")
    with db.engine.begin() as connection:
        for email, password in (("a@example.org", OLD_PASSWORD), ("b@example.org", None)):
            values = {
                column.name: ""
                if isinstance(column.type, String)
                else False
                if isinstance(column.type, Boolean)
                else None
                for column in User.__table__.columns
                if not column.nullable and column.name != "id"
            }
            connection.execute(
                insert(User.__table__),
                values
                | {
                    "email": email,
                    "password": password,
                    "fs_uniquifier": email,
                    "site_role": "member",
                    "created_at": clock.now(),
                    "admitted_count": 0,
                    "charter_version": 1,
                },
            )
        connection.execute(
            insert(AccountRequest.__table__),
            [
                {"kind": "registration", "email": "c@example.org", "data": ASKED, "at": clock.now()},
                {"kind": "reset", "email": "a@example.org", "data": {}, "at": clock.now()},
            ],
        )
    upgrade()
    assert passwords() == {
        "a@example.org": f"keyed{OLD_PASSWORD}",
        "b@example.org": None,
        "c@example.org": f"keyed{OLD_PASSWORD}",
    }
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE users SET password = '$argon2id$made since' WHERE email = 'b@example.org'"))
    downgrade(revision="0022")
    assert passwords() == {"a@example.org": OLD_PASSWORD, "b@example.org": None, "c@example.org": OLD_PASSWORD}


def passwords() -> dict[str, str | None]:
    db.session.rollback()
    found = dict(db.session.execute(select(User.email, User.password)).tuples().all())
    waiting = db.session.scalars(select(AccountRequest).where(AccountRequest.kind == "registration"))
    found |= {request.email: _password(request.data) for request in waiting}
    db.session.rollback()
    return found


def _password(asked: dict[str, Any]) -> str:
    """Read the hash where this version, or the former one, looks for it."""
    if "words" in asked:
        assert asked["words"]["account"] == {"name": "C", "locale": "fr"}
        return asked["password"]
    return asked["account"]["password"]


def test_a_version_of_an_idea_that_was_hidden_is_not_shown_by_the_schema_of_before(migrated: Flask) -> None:
    migration_cases.fill()
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE revisions SET hidden_at = '2022-02-10 00:00:00'"))
        connection.execute(text('UPDATE held_revisions SET former = \'{"body": "x"}\''))
    downgrade(revision="0025")
    with db.engine.begin() as connection:
        assert connection.execute(text("SELECT title, body, body_html, summary FROM revisions")).tuples().all() == [
            ("",) * 4
        ]
        assert connection.scalar(text("SELECT count(*) FROM held_revisions")) == 1
    upgrade()
    assert migration_cases.differences() == []


def test_an_index_whose_entries_have_other_numbers_is_made_again_from_the_texts(migrated: Flask) -> None:
    migration_cases.fill()
    look = text("SELECT count(*) FROM search_entries UNION ALL SELECT count(*) FROM search_vocabulary")
    downgrade(revision="0028")
    with db.engine.begin() as connection:
        assert list(connection.scalars(look)) == [0, 0], "the program of before has numbers of its own"
        connection.execute(text("INSERT INTO search_vocabulary (key, word) VALUES ('v1donn', 'donnees')"))
        connection.execute(
            text(
                "INSERT INTO search_entries (id, kind, thing_id, text) VALUES (536870999, 'comment', 87, ' a # mot # ')"
            )
        )
    upgrade()
    with db.engine.begin() as connection:
        assert list(connection.scalars(look)) == [0, 0], "`migrate` fills what is empty"
        connection.execute(
            text("INSERT INTO search_entries (id, kind, thing_id, text) VALUES (1, 'idea', 1, ' a # autre # ')")
        )
        sqlite = "SELECT count(*) FROM search_words WHERE search_words MATCH 'mot OR autre'"
        assert connection.dialect.name != "sqlite" or connection.scalar(text(sqlite)) == 1
        connection.execute(text("DELETE FROM search_entries"))
        assert connection.dialect.name != "sqlite" or connection.scalar(text(sqlite)) == 0, "what is deleted later too"


def test_a_site_that_is_there_gets_the_first_acronyms_and_a_new_one_is_left_to_its_seed(migrated: Flask) -> None:
    number = text("SELECT count(*) FROM acronyms")
    with db.engine.begin() as connection:
        assert connection.scalar(number) == 0
    migration_cases.fill()
    downgrade(revision="0029")
    upgrade()
    with db.engine.begin() as connection:
        assert connection.scalar(number) == 17


def test_what_was_to_be_told_and_found_of_topics_is_not_left_to_the_program_of_before(migrated: Flask) -> None:
    migration_cases.fill()
    facts = (
        "INSERT INTO facts (id, kind, facts, at, told_to, event_id)"
        " VALUES (:id, :kind, :facts, '2022-02-10 00:00:00', 0, 1)"
    )
    entries = "INSERT INTO search_entries (id, kind, thing_id, text) VALUES (:id, :kind, :id, ' a # mot # ')"
    with db.engine.begin() as connection:
        for number, kind, told in ((901, "topic_placed", '{"topic": 1}'), (902, "event_moved", "{}")):
            connection.execute(text(facts), {"id": number, "kind": kind, "facts": told})
        for number, kind in ((901, "topic"), (902, "event")):
            connection.execute(text(entries), {"id": number, "kind": kind})
    downgrade(revision="0037")
    with db.engine.begin() as connection:
        assert list(connection.scalars(text("SELECT kind FROM facts WHERE kind <> 'é'"))) == ["event_moved"]
        assert list(connection.scalars(text("SELECT kind FROM search_entries WHERE id > 900"))) == ["event"]
    upgrade()
    assert migration_cases.differences() == []


def test_what_a_review_told_is_not_left_to_the_program_of_before(migrated: Flask) -> None:
    migration_cases.fill()
    columns = "(id, key, user_id, kind, topic, pace, facts, at)"
    notice = f"INSERT INTO notices {columns} VALUES (:id, :kind, 1, :kind, '', '', '{{}}', :at)"
    mail = "INSERT INTO event_mails (registration_id, kind, starts_at, at) VALUES (1, :kind, :at, :at)"
    told = ((notice, ("review.there", "said.holder", "minutes.coming")), (mail, ("reviewed", "minutes")))
    with db.engine.begin() as connection:
        for number, (statement, kind) in enumerate(((one, kind) for one, kinds in told for kind in kinds), start=901):
            connection.execute(text(statement), {"id": number, "kind": kind, "at": "2022-02-10 00:00:00"})
    downgrade(revision="0046")
    with db.engine.begin() as connection:
        for table, left in (("notices", "minutes.coming"), ("event_mails", "minutes")):
            assert list(connection.scalars(text(f"SELECT kind FROM {table} WHERE kind <> 'é'"))) == [left]
    upgrade()

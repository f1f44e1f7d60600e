"""A closed account leaves neither its names, nor its addresses, nor its words: in no table, and in no byte of the file."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Table, event, func, or_, select, update

from app import HOUSE, scheduled
from app.accounts import requests, service
from app.accounts.models.people import User
from app.core import clock, dialect, jobs, mail, smtp
from app.core.actor import Actor
from app.core.db import Moment, db
from app.core.unit import unit
from app.notifications.models import Notice
from app.search.index import forgetting
from app.search.index.models import LostWord, Word
from app.web.notices.delivery import deliver
from app.web.notices.immediate_mails import write_mails
from tests.support import migration_cases
from tests.support.accounts import follow, open_account, register
from tests.support.browser import Browser
from tests.support.clock import LONG_AGO
from tests.support.make import PASSWORD, Make
from tests.support.rows import last, list_traces
from tests.support.world import World

NAME, FIRST_NAME, ABOUT = "Ondéline Vachequitousse", "Ondéline Marchepied", "Chevauchine des dunes"
FOR_EVER = "As long as the site exists, under the person's name while they have an account"
EMAIL, NEW_EMAIL, NEVER = "ondeline@tousse.example", "vachequitousse@tousse.example", "ondeline.autre@tousse.example"
# As they were typed, and as search folds them.
TRACES = re.compile(r"vachequitousse|ond[eé]line|marchepied|chevauchine|tousse\.example", re.IGNORECASE)


@pytest.fixture
def overwriting(app: Flask) -> Iterator[None]:
    """Have SQLite be one that overwrites nothing by itself, as most are, and whose file another process has open."""

    def connect(connection: Any, _record: Any) -> None:
        if db.engine.dialect.name == "sqlite":
            connection.execute("PRAGMA secure_delete=OFF")

    event.listen(db.engine, "connect", connect, insert=True)
    db.engine.dispose()
    with closing(sqlite3.connect(dialect.database_file() or ":memory:")) as other:
        other.execute("SELECT count(*) FROM sqlite_master").fetchall()
        yield
    event.remove(db.engine, "connect", connect)
    db.engine.dispose()


def bytes_left() -> list[bytes]:
    """Return what of the person is in the files of SQLite, pages that are free and the journal included."""
    file = dialect.database_file()
    files = [] if file is None else [file, Path(f"{file}-wal")]
    pattern = re.compile(TRACES.pattern.replace("[eé]", "(e|\u00e9)").encode(), re.IGNORECASE)
    return [found[0] for one in files if one.exists() for found in pattern.finditer(one.read_bytes())]


def live(browser: Browser, outbox: Any, make: Make) -> int:
    """Have a person do all that writes her name or her address somewhere; return her number."""
    register(Browser(browser.application), email=EMAIL, name=NAME)
    person_id, idea = open_account(browser, outbox, email=EMAIL, name=FIRST_NAME).id, make.idea()
    browser.submit("/account/profile", "main form", about=ABOUT, shows_about="y", shows_in_search="y")
    browser.submit("/account/profile", "main form", name=NAME)
    browser.submit("/account/email", "main form", email=NEVER)
    change_address(browser, outbox)
    browser.submit("/account/password", "main form", password=PASSWORD, new_password=f"{PASSWORD} encore")
    browser.submit("/forgot", "main form", email=NEW_EMAIL)
    browser.submit("/ideas/new", "main form", button="save", title=f"Un brouillon de {NAME}", body=ABOUT)
    browser.submit(f"/ideas/{idea.id}-{idea.slug}", "#support form")
    assert outbox.to(EMAIL) and outbox.to(NEW_EMAIL) and outbox.to(NEVER)
    return person_id


def change_address(browser: Browser, outbox: Any) -> None:
    browser.submit("/account/email", "main form", email=NEW_EMAIL)
    page = follow(browser, outbox.links(outbox.to(NEW_EMAIL)[-1])[0])
    browser.submit(page, "main form")
    assert last(User, User.email == NEW_EMAIL)


def words_of_the_person() -> set[str]:
    return {word for word in known_words() if TRACES.search(word)}


def known_words() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Word.word)))


def test_nothing_that_was_hers_is_left(
    app: Flask, overwriting: None, visitor: Browser, outbox: Any, make: Make
) -> None:
    user_id = live(visitor, outbox, make)
    assert {"vachequitousse", "ondeline", "marchepied"} <= words_of_the_person()
    asked = jobs.count_waiting(app.extensions["huey"])
    visitor.submit("/account/closing", "main form", password=f"{PASSWORD} encore")
    assert last(User, User.id == user_id).closed_at and jobs.count_waiting(app.extensions["huey"]) > asked
    forgetting.forget_lost_words()
    assert not list_traces(TRACES) and not db.session.scalar(select(LostWord.word))
    db.session.remove()
    db.engine.dispose()
    assert not bytes_left()


def named_under(head: str) -> set[str]:
    """Return what the tables of the page on privacy name under a head of the time that things are kept."""
    part = (HOUSE / "docs" / "privacy.md").read_text().partition(f"### {head}\n")[2].partition("\n##")[0]
    return set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|[^|]*", part, re.MULTILINE))))


def tables_gone_with_the_account() -> list[Table]:
    """Return the tables about people that are kept as long as the account is open, and no longer."""
    names = named_under("As long as the account is open") - named_under(FOR_EVER) - {"users"}
    return [table for table in db.metadata.sorted_tables if table.name in names and person_columns(table)]


def person_columns(table: Table) -> list[Column[Any]]:
    return [key.parent for key in table.foreign_keys if key.column.table.name == "users"]


def test_no_row_is_left_of_what_is_kept_as_long_as_the_account_is_open(full_square: World, make: Make) -> None:
    person, tables = make.user(), tables_gone_with_the_account()
    assert {"follows", "notices", "memberships"} <= {table.name for table in tables}
    with unit():
        for table in tables:
            values = {column.name: person.id for column in person_columns(table)}
            values |= {"id": 1_000_000} if "id" in table.columns else {}
            db.session.execute(migration_cases.row(table).values(values))
    service.close(Actor(person.id), person)
    left = [
        f"{table.name}: docs/privacy.md says that it goes with the account; erase it in reactions.py of its room, "
        "in a function that app/wiring.py names for AccountClosed"
        for table in tables
        if db.session.scalar(select(func.count()).where(or_(*(one == person.id for one in person_columns(table)))))
    ]
    assert left == []


def test_what_is_kept_for_a_time_is_forgotten_by_the_worker(migrated: Flask) -> None:
    """Of held changes the words go, and that there were some stays (`tests/web/moderation/test_second_try.py`)."""
    migration_cases.fill()
    tables = [
        db.metadata.tables[name]
        for name in sorted(named_under("For a time") - named_under(FOR_EVER) - {"held_revisions"})
    ]
    assert {"sessions", "facts", "outbox"} <= {table.name for table in tables}
    with unit():
        db.session.execute(update(Notice).values(topic="follow"))
        db.session.execute(update(User).values(confirmed_at=LONG_AGO))
        for table in tables:
            moments = {column.name: LONG_AGO for column in table.columns if isinstance(column.type, Moment)}
            if moments:
                db.session.execute(table.update().values(moments))
    for job in scheduled.JOBS.values():
        if job.run.__name__ == "purge":
            job.run()
    with unit():
        requests.purge()
    left = [
        f"{table.name}: docs/privacy.md says that it is kept for a time; forget it in a function `purge` of its room, which a "
        "job of app/scheduled.py runs"
        for table in tables
        if db.session.scalar(select(func.count()).select_from(table))
    ]
    assert left == []


def test_what_another_text_says_stays_found(visitor: Browser, outbox: Any, make: Make, sign_in: Any) -> None:
    """A name is also a word: it goes with the last text that has it."""
    idea = make.idea(title="Le marchepied de la gare", body="Un marchepied.")
    person = make.user("Marchepied Vachequitousse", shows_in_search=True)
    browser = sign_in(person)
    assert {"marchepied", "vachequitousse"} <= words_of_the_person()
    browser.submit("/account/closing", "main form", password=PASSWORD)
    forgetting.forget_lost_words()
    assert words_of_the_person() == {"marchepied"}
    assert f"/ideas/{idea.id}" in visitor.get("/search?q=marchepied").get_data(as_text=True)


def test_the_words_of_any_text_go_when_no_text_has_them(make: Make) -> None:
    idea = make.idea(title="Un banc de chevauchine", body="Un banc.")
    make.idea(title="Un banc de pierre", body="Un banc.")
    make.at(idea, hidden_at=clock.now(), hidden_reason="hors du sujet")
    forgetting.forget_lost_words()
    assert not words_of_the_person() and known_words() >= {"banc", "pierre"}


def test_what_a_mail_said_of_others_goes_as_it_leaves(
    app: Flask, make: Make, sign_in: Any, outbox: Any, clock: Any
) -> None:
    """The mails that tell somebody else what she did name her: nothing of that stays once they are sent."""
    reader = make.user()
    idea, browser = make.idea(reader), sign_in(make.user(NAME, email=EMAIL))
    make.paces(reader, reply="now")
    browser.submit(
        f"/ideas/{idea.id}-{idea.slug}", "#comment-form, main form:has([name=body])", body="Une offre.", intent="offer"
    )
    clock.forward(minutes=11)
    assert write_mails() and deliver()
    browser.submit("/account/closing", "main form", password=PASSWORD)
    assert outbox.to(reader.email) and not [trace for trace in list_traces(TRACES) if trace.startswith("outbox")]


def test_an_address_that_does_not_exist_and_was_never_confirmed_goes_too(sign_in: Any, make: Make, outbox: Any) -> None:
    browser = sign_in(make.user(email=EMAIL))
    browser.submit("/account/email", "main form", email=NEVER)
    assert outbox.to(NEVER)
    deliver_nowhere()
    browser.submit("/account/closing", "main form", password=PASSWORD)
    assert not list_traces(TRACES)


def deliver_nowhere() -> None:
    def refuse(_mail: mail.Outgoing) -> None:
        raise smtp.NoSuchAddress("no such address")

    mail.deliver(refuse)
    assert [trace for trace in list_traces(TRACES) if trace.startswith("dead_addresses")]

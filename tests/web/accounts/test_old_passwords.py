"""Passwords that a former version hashed under the key of the site: still good, made anew, and no slower to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import low_level
from flask import Flask
from sqlalchemy import event

from app.accounts import credentials
from app.accounts.models.people import User
from app.accounts.password_hashes import KEYED, PasswordHashes
from app.core.db import db
from app.core.keys import Keys
from tests.security import site_keys as keys
from tests.security.site_keys import FORMER, PRESENT, old_hash
from tests.support.accounts import NEW, enter, holder, is_in, set_up_second_factor
from tests.support.browser import Browser
from tests.support.make import PASSWORD

OLDER = "a third key of the site, older than both"


@pytest.fixture
def veteran(make: Any) -> User:
    """Somebody who has not signed in since passwords need no key."""
    found: User = make.user(password=KEYED + old_hash(PASSWORD))
    return found


def is_new(user: User, password: str = PASSWORD) -> bool:
    """Tell whether the password is kept so that no key is needed."""
    stored = holder(user.id).password
    return stored.startswith("$argon2id$") and PasswordHashes(Keys("no key of ours")).verify(password, stored)


@contextmanager
def record_writes(app: Flask) -> Iterator[list[set[str]]]:
    """List what was written, transaction by transaction."""
    written: list[set[str]] = []
    present: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            present.add(" ".join(statement.split()[:3]))

    def end(_connection: Any) -> None:
        if present:
            written.append(set(present))
            present.clear()

    event.listen(db.engine, "before_cursor_execute", note)
    event.listen(db.engine, "commit", end)
    try:
        yield written
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        event.remove(db.engine, "commit", end)


@pytest.mark.both_engines
def test_it_is_made_anew_when_its_owner_signs_in_in_the_write_of_the_session(
    app: Flask, veteran: User, visitor: Browser, new_browser: Any
) -> None:
    visitor.get("/login")
    with record_writes(app) as written:
        assert enter(visitor, veteran.email).status_code == 303
    assert is_in(visitor) and is_new(veteran)
    assert [one for one in written if {"UPDATE users SET", "INSERT INTO sessions"} & one] == [
        one for one in written if {"UPDATE users SET", "INSERT INTO sessions"} <= one
    ]
    stored = holder(veteran.id).password
    assert enter(new_browser(), veteran.email).status_code == 303 and holder(veteran.id).password == stored


def test_it_is_made_anew_before_the_code_of_a_second_step(
    veteran: User, visitor: Browser, sign_in: Any, make: Any
) -> None:
    set_up_second_factor(sign_in(veteran))
    assert enter(visitor, veteran.email).headers["Location"].startswith("/login/code")
    assert is_new(veteran) and not is_in(visitor)


def test_it_is_made_anew_when_it_is_asked_again(veteran: User, sign_in: Any, clock: Any) -> None:
    browser = sign_in(veteran)
    clock.forward(hours=1)
    assert browser.submit("/account/verify", "main form", password=PASSWORD).status_code == 303
    assert is_new(veteran)


def test_it_opens_what_asks_for_the_present_one(veteran: User, sign_in: Any, make: Any) -> None:
    answer = sign_in(veteran).submit("/account/password", "main form", password=PASSWORD, new_password=NEW)
    assert answer.status_code == 303 and is_new(veteran, NEW)
    leaver = make.user(password=KEYED + old_hash(PASSWORD))
    assert sign_in(leaver).submit("/account/closing", "main form", password=PASSWORD).status_code == 303
    assert holder(leaver.id).is_closed


@pytest.mark.parametrize("wrong", ["pas la bonne phrase", "", "its hash"])
def test_a_wrong_one_changes_nothing(veteran: User, visitor: Browser, wrong: str) -> None:
    stored = str(veteran.password)
    wrong = stored.removeprefix(KEYED) if wrong == "its hash" else wrong
    assert enter(visitor, veteran.email, wrong).status_code == 422
    assert holder(veteran.id).password == stored


def test_one_that_was_changed_meanwhile_stays(veteran: User, make: Any) -> None:
    make.at(veteran, password="$argon2id$another")
    credentials.keep_hash(veteran.id, "$argon2id$made of the former one")
    assert holder(veteran.id).password == "$argon2id$another"


@contextmanager
def count_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """List the computations of argon2, of which each takes the same time."""
    done: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("hash_secret", "verify_secret"):
            real = getattr(low_level, name)
            patch.setattr(
                low_level,
                name,
                lambda *args, _real=real, _name=name, **more: done.append(_name) or _real(*args, **more),
            )
        yield done


@pytest.mark.parametrize("former", [[], [FORMER], [OLDER, FORMER]])
def test_a_wrong_password_is_as_much_work_for_every_address(
    app: Flask, make: Any, monkeypatch: pytest.MonkeyPatch, former: list[str]
) -> None:
    emails = [
        make.user().email,
        make.user(password=KEYED + old_hash(PASSWORD)).email,
        "personne@example.org",
        make.user(password=None).email,
        make.user(is_confirmed=False).email,
    ]
    with keys.site(app, PRESENT, *former) as site:
        work = {}
        for email in emails:
            browser = Browser(site)
            browser.get("/login")
            with count_work(monkeypatch) as done:
                assert enter(browser, email, "pas la bonne phrase").status_code == 422
            work[email] = len(done)
    assert work == dict.fromkeys(emails, 1 + len(former))

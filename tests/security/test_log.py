"""Whatever fails, the log holds no word that a person typed and no address: not in the web, not in the worker."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.accounts import requests
from app.accounts.models.people import User
from app.core import jobs, mail
from app.core.db import db
from app.core.unit import unit
from app.scheduled import JOBS
from tests.security.acts import acts, fields_to_try
from tests.security.canary_log import WORD, Log, refusing
from tests.support import tables
from tests.support.browser import Browser
from tests.support.make import PASSWORD, Make
from tests.support.world import World

# Each engine has its own errors, and its own words for them.
pytestmark = pytest.mark.both_engines

ADDRESS = f"{WORD.lower()}@example.org"
READINGS = (
    f"/search?q={WORD}",
    f"/ideas?q={WORD}",
    f"/people?q={ADDRESS}",
    f"/tags/{WORD}",
    f"/communities/{WORD}",
    f"/reset/{WORD}",
    f"/unsubscribe/{WORD}",
    f"/invitations/{WORD}",
)


@pytest.fixture
def log(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """What is logged by a site that answers as in production."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with Log().open("") as log:
        yield log


def typed(name: str) -> str:
    """Return what is typed in a field: a form may refuse it, in which case nothing reaches the database."""
    if "email" in name or name in ("invited", "address"):
        return ADDRESS
    return f"{WORD} veut un banc à l'ombre, pour s'asseoir."


def test_no_act_that_fails_says_what_was_typed(
    world: World, people: dict[str, Browser], monkeypatch: pytest.MonkeyPatch, log: Log, is_sample: bool
) -> None:
    before, leaks, reached = tables.photo(), [], set()
    found = acts(world, people, monkeypatch)
    log.leaks()
    with refusing() as failed:
        for act, names in fields_to_try(found, is_sample=is_sample):
            for name in names:
                failed.clear()
                act.do(people, **{name: typed(name)})
                reached |= {act.row.rule} if failed else set()
                leaks += [f"{act.row.rule} {name}: {line[:200]}" for line in log.leaks()]
                tables.restore(before)
    assert not leaks, "\n".join(leaks)
    assert len(reached) > len(found) / 4, f"the words of {len(reached)} acts alone came to the database"


def test_no_page_that_fails_says_what_was_looked_for(people: dict[str, Browser], log: Log) -> None:
    with refusing() as failed:
        for path in READINGS:
            for role in ("anyone", "admin"):
                people[role].get(path)
                assert not log.leaks(), path
    assert len(failed) > 4


def test_a_search_that_fails_says_no_word_that_was_found(visitor: Browser, make: Make, log: Log) -> None:
    """A word that some idea holds stands in the SQL of PostgreSQL itself."""
    make.idea(title=WORD)
    with refusing(reading="search_entries") as failed:
        visitor.get(f"/search?q={WORD}")
    assert failed and not log.leaks()


def test_signing_in_and_registering_say_nobody(visitor: Browser, log: Log) -> None:
    with refusing() as failed:
        visitor.submit("/login", "main form", email=ADDRESS, password=f"{WORD} {WORD}")
        visitor.submit(
            "/register", "main form", email=ADDRESS, name=WORD, password=f"{WORD} {PASSWORD}", charter="y", privacy="y"
        )
        visitor.submit("/forgot", "main form", email=ADDRESS)
    assert len(failed) == 3 and any(log.texts) and not log.leaks()


def ask_of_the_worker(make: Make) -> None:
    """Leave something with the canary to each job that reads words or addresses."""
    user = make.user(WORD, email=ADDRESS)
    account = {"name": WORD, "locale": "fr", "territory_id": None, "organisation": ""}
    words = {"account": account, "charter": 1, "accepted": {}}
    with unit():
        requests.add_request("registration", f"other-{ADDRESS}", password="x", words=words, has_letter=True, next="")
        requests.add_request("reset", ADDRESS)
        mail.queue("k", message_id=f"<{WORD}@localhost>", recipient=ADDRESS, subject=WORD, text=WORD, html=WORD)
        idea = make.idea(author=user, title=f"{WORD} et son banc", body=WORD)
    make.comment(idea, author=user, body=WORD)


def test_no_job_that_fails_says_whom_it_is_about(
    app: Flask, make: Make, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_of_the_worker(make)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:9")
    huey = app.extensions["huey"]
    with refusing() as failed, Log().open("huey") as worker:
        for name in JOBS:
            huey.execute(jobs._tasks[name].s())
            assert not log.leaks() and not worker.leaks(), name
    assert len(failed) >= 2


def test_a_constraint_that_refuses_says_which_and_not_the_row(log: Log, make: Make) -> None:
    user = make.user(WORD, email=ADDRESS)
    for values in ({"email": ADDRESS}, {"email": f"a{ADDRESS}", "created_at": None}, {"site_role": WORD}):
        row = {"name": WORD, "sort_key": WORD, "active": True, "fs_uniquifier": WORD} | values
        try:
            with unit():
                db.session.add(User(**row))
        except Exception:
            log_error()
    text = log.texts[0]
    assert user.id and text.count("IntegrityError") + text.count("Violation") >= 3 and "INSERT INTO users" in text
    assert not log.leaks()


RAISED: list[Callable[[], object]] = [
    lambda: int(WORD),
    lambda: {}[WORD],
    lambda: [].index(WORD),
    lambda: WORD.encode("utf-16").decode("ascii"),
    lambda: (_ for _ in ()).throw(RuntimeError(f"no such place: '{WORD}'")),
    lambda: (_ for _ in ()).throw(ValueError(f"it is {ADDRESS}")),
]


@pytest.mark.one_engine
@pytest.mark.parametrize("fail", RAISED)
def test_an_error_of_python_keeps_its_kind_and_place_and_loses_its_words(log: Log, fail: Any, engine: str) -> None:
    try:
        fail()
    except Exception:
        log_error()
    text = log.texts[0]
    assert "test_log.py" in text and "Error" in text and WORD.lower() not in text.lower()


def log_error() -> None:
    logging.getLogger("app").exception("it failed")

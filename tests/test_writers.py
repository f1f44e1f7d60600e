"""Many people who write at once: nobody meets a lock, nothing is lost, and the counts are the number of rows."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import TimeoutError

from app.accounts.models.sessions import Session
from app.comments.models import Comment, Thread
from app.core.db import db
from app.ideas.models import Idea
from app.operations import recount
from app.votes.models import Vote
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make import PASSWORD, Make

TYPED = {"kind": "need", "body": "Un texte écrit avec tous les autres.", "community": "1"}
Act = Callable[[Browser, int], Any]


def at_once(app: Flask, acts: list[Callable[[], Any]]) -> list[Any]:
    """Begin all the acts together, each in a thread of its own."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def write_as(app: Flask, email: str, idea: tuple[int, str], n: int) -> list[int]:
    """Sign in by the form, then comment, support and propose as a person would: each answer's code."""
    browser = Browser(app)
    page = browser.get("/login")
    codes = [browser.submit(page, "main form", email=email, password=PASSWORD).status_code]
    path = f"/ideas/{idea[0]}-{idea[1]}"
    page = browser.get(path)
    codes += [page.status_code]
    codes += [browser.submit(page, "#comment-form", body=f"Le mot de la personne {n}.").status_code]
    codes += [browser.submit(page, "#support form").status_code]
    codes += [browser.submit("/ideas/new", "main form", title=f"L'idée de la personne numéro {n}", **TYPED).status_code]
    codes += [browser.get(path).status_code]
    return codes


def crowd(app: Flask, make: Make, size: int) -> None:
    idea, mine = make.idea(), Idea.title.startswith("L'idée de la personne")
    before = db.session.scalar(select(func.count()).where(mine)) or 0
    place, emails = (idea.id, idea.slug), [make.user().email or "" for _n in range(size)]
    signed_in = db.session.scalar(select(func.count(Session.id))) or 0
    answers = at_once(app, [lambda n=n, email=email: write_as(app, email, place, n) for n, email in enumerate(emails)])
    assert Counter(map(tuple, answers)) == {(303, 200, 303, 303, 303, 200): size}
    db.session.rollback()
    idea = db.session.get_one(Idea, place[0])
    votes = db.session.scalar(select(func.count()).where(Vote.idea_id == place[0]))
    words = db.session.scalar(select(func.count()).where(Comment.thread_id == idea.thread_id))
    assert (idea.votes_count, votes, idea.comments_count, words) == (size, size, size, size)
    assert db.session.get_one(Thread, idea.thread_id).comments_count == size
    assert db.session.scalar(select(func.count()).where(mine)) == before + size
    assert db.session.scalar(select(func.count(Session.id))) == signed_in + size
    assert recount.list_differences() == []


def test_a_crowd_signs_in_and_writes_at_once(app: Flask, make: Make) -> None:
    """More people than there are connections; there are fifty of them in `tests/test_served_writers.py` and in the soak."""
    crowd(app, make, 22)


@pytest.mark.soak
def test_fifty_people_again_and_again(app: Flask, make: Make, clock: Clock) -> None:
    """A day lies between: on one day, so many who write from one place are a crowd, whose posts wait."""
    for _round in range(10):
        crowd(app, make, 50)
        clock.forward(days=1)


@pytest.mark.one_engine
def test_a_site_whose_connections_are_all_taken_is_busy_not_broken(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> str:
        raise TimeoutError("QueuePool limit of size 5 overflow 10 reached")

    views: dict[str, Any] = app.view_functions
    vars(ask).update(permission=views["site.healthz"].permission, needs_account=False)
    monkeypatch.setitem(app.view_functions, "site.healthz", ask)
    answer = visitor.get("/healthz")
    assert answer.status_code == 503 and answer.headers["Retry-After"] and "QueuePool" not in answer.text


@pytest.mark.one_engine
def test_who_waits_too_long_reads_that_the_site_is_busy_and_sends_again_what_was_typed(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser]
) -> None:
    """Another program writes in the file of SQLite, takes no turns, and does not end."""
    browser, idea = sign_in(make.user()), make.idea()
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")

    def be_impatient(connection: Any, *_rest: Any) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    event.listen(db.engine, "checkout", be_impatient)
    with closing(sqlite3.connect(str(db.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = browser.submit(page, "#comment-form", body="Un mot qui attendra.")
    event.remove(db.engine, "checkout", be_impatient)
    db.engine.dispose()
    assert answer.status_code == 503 and answer.headers["Retry-After"] and "locked" not in answer.text
    assert browser.submit(answer, "main form").status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(Comment.body)) == "Un mot qui attendra."


def test_the_same_support_from_many_browsers_counts_once(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser]
) -> None:
    """The race through HTTP: one person, many browsers, real connections; then they take it back as many times."""
    person, idea = make.user(), make.idea()
    idea_id, many = idea.id, [sign_in(person) for _n in range(12)]
    for browser in many:
        browser.token = browser._token()
    with connections() as ids:
        for path, count in (("vote", 1), ("vote", 1), ("vote/withdrawal", 0), ("vote/withdrawal", 0)):
            codes = at_once(app, [lambda b=b, path=path: b.forge(f"/ideas/{idea_id}/{path}").status_code for b in many])
            assert codes == [303] * len(many)
            db.session.rollback()
            rows = db.session.scalar(select(func.count()).where(Vote.idea_id == idea_id))
            assert (db.session.get_one(Idea, idea_id).votes_count, rows) == (count, count)
    assert len(ids) > 1, "all went through one connection: that is no race"


class connections:
    """List the connections to the database that are used meanwhile."""

    def __enter__(self) -> set[int]:
        self.ids: set[int] = set()
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self.ids

    def _note(self, connection: Any, *_rest: Any) -> None:
        self.ids.add(id(connection.connection.driver_connection))

    def __exit__(self, *_error: Any) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

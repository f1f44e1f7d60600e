"""Fifty people write at once to a site that two processes serve: all are answered, and what was acknowledged is there."""

import http.client
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.operations import recount
from app.votes.models import Vote
from tests.support import forms, terminal
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.network import free_port

SIZE = 50


@pytest.fixture
def port(app: Flask, tmp_path: Path) -> Iterator[int]:
    """Serve the database of this test by two workers, as in production."""
    db.session.rollback()
    number = free_port()
    settings = terminal.environment(
        tmp_path,
        str(app.config["DATABASE_URL"]),
        REFLEXE_ENV="production",
        SECRET_KEY=app.config["SECRET_KEY"],
        SITE_URL=f"http://127.0.0.1:{number}",
        PORT=str(number),
        WEB_WORKERS="2",
        RATELIMIT_ENABLED="0",
        TYPING_SECONDS="0",
        LOG_LEVEL="ERROR",
    )
    with terminal.background_process(settings, "run", stderr=None):
        terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{number}/healthz"), "the site answers")
        yield number


@dataclass
class Person:
    """Somebody signed in, whose browser speaks to the real server."""

    port: int
    cookie: str

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Send one request; return the status and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=terminal.PATIENCE)
        headers = {
            "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            # The first page gives a session its token.
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
            return answer.status, answer.read().decode()

    def fill(self, page: str, **typed: dict[str, str]) -> list[Callable[[], int]]:
        """Read a page and fill some of its forms (what is typed in each, by its id); return what sends each."""
        soup, sends = BeautifulSoup(self.ask("GET", page)[1], "html.parser"), []
        for name, fields in typed.items():
            form = soup.select_one(f"form#{name}, #{name} form")
            assert form is not None, f"no form {name}"
            values = urlencode(forms.initial_values(form, soup, None) | fields, doseq=True)
            sends.append(partial(self.send, urljoin(page, forms.destination(form, None)), values))
        return sends

    def send(self, path: str, values: str) -> int:
        return self.ask("POST", path, values)[0]


def test_fifty_people_comment_and_support_at_once(
    app: Flask, make: Make, sign_in: Callable[[User], Browser], port: int
) -> None:
    idea = make.idea()
    idea_id, page, acts = idea.id, idea_page(idea), list[Callable[[], int]]()
    for n in range(SIZE):
        cookie = sign_in(make.user()).get_cookie("session")
        person = Person(port, f"session={cookie.value if cookie else ''}")
        acts += person.fill(page, **{"comment-form": {"body": f"Le mot de la personne {n}."}, "support": {}})
    assert Counter(send_at_once(acts)) == {303: 2 * SIZE}
    db.session.rollback()
    idea = db.session.get_one(Idea, idea_id)
    votes = db.session.scalar(select(func.count()).where(Vote.idea_id == idea_id))
    words = db.session.scalar(select(func.count(Comment.body.distinct())).where(Comment.thread_id == idea.thread_id))
    assert (idea.votes_count, votes, idea.comments_count, words) == (SIZE,) * 4
    assert recount.list_differences() == []


def send_at_once(acts: list[Callable[[], int]]) -> list[int]:
    start = threading.Barrier(len(acts))

    def send(act: Callable[[], int]) -> int:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(send, acts))

"""While the site is closed nothing is asked of the database, and what was typed comes back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from flask import Flask

from app.accounts.models.people import User
from app.core import clock, heartbeat, jobs, maintenance, smtp
from app.core.db import db
from app.core.maintenance import Closure
from app.operations import alarms
from app.web.page_cache import closing
from app.web.page_cache.gateway import Gateway
from app.web.page_cache.middleware import PageCache
from tests.support.browser import Browser
from tests.support.make import Make
from tests.web.page_cache.test_gateway import Proto, ask, scope

pytestmark = pytest.mark.one_engine
ADDRESSES = ("/", "/ideas", "/account", "/sitemap.xml", "/nowhere", "/static/nowhere.css", "/ideas?page=2&lang=en")
TITLE = "Le site est en cours de mise à jour"


@pytest.fixture
def close(app: Flask) -> Iterator[Callable[..., maintenance.Hold]]:
    """Close the site until the end of the test, or until it is opened again."""
    holds: list[maintenance.Hold] = []

    def act(minutes: float | None = None) -> maintenance.Hold:
        until = clock.now() + timedelta(minutes=minutes) if minutes is not None else None
        holds.append(maintenance.close(app.config["DATA_DIR"], why="migrate", until=until, patience=0))
        return holds[-1]

    yield act
    for hold in holds:
        hold.reopen()


def test_every_page_says_that_the_site_is_closed_and_asks_nothing_of_the_database(
    close: Any, visitor: Browser, count_queries: Any
) -> None:
    visitor.get("/ideas")
    close()
    with count_queries() as statements:
        for address in ADDRESSES:
            answer = visitor.get(address)
            assert answer.status_code == 503, address
            assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("60", "no-store")
            assert "Set-Cookie" not in answer.headers
        assert visitor.get("/healthz").text == "ok\n"
        ready = visitor.get("/readyz")
    assert statements == []
    assert (ready.status_code, ready.text) == (503, "not ready: maintenance\n")
    answer = visitor.get("/ideas?page=2")
    assert TITLE in answer.words and "de retour dans quelques minutes" in answer.words
    assert answer.soup.select_one("main .acts a")["href"] == "/ideas?page=2", "it leads to the page that was asked for"
    answer = visitor.get("/ideas?lang=en")
    assert "The site is being updated" in answer.words


@pytest.mark.parametrize(("minutes", "after"), [(0.05, "10"), (-4, "10"), (2, "120"), (90, "600")])
def test_it_says_when_to_come_back(close: Any, visitor: Browser, minutes: float, after: str, clock: Any) -> None:
    clock.at("2026-02-10T15:00:00")
    close(minutes)
    answer = visitor.get("/")
    assert answer.headers["Retry-After"] == after
    assert ("de retour à" in answer.words) is (minutes > 0)


def test_what_a_member_typed_comes_back_and_is_sent_in_one_press_once_the_site_is_open(
    close: Any, make: Make, sign_in: Callable[[User], Browser], count_queries: Any
) -> None:
    idea, member = make.idea(), sign_in(make.user())
    page = member.get(f"/ideas/{idea.id}-{idea.slug}")
    hold = close(5)
    with count_queries() as statements:
        answer = member.submit(page, "form[action$='/comments']", body="Un long commentaire\nen deux lignes.")
        assert statements == []
    assert answer.status_code == 503 and TITLE in answer.words
    assert answer.soup.select_one("pre.typed").text == "Un long commentaire\nen deux lignes."
    assert not answer.soup.select("main .acts a"), "one press, and no other way"
    again = member.submit(answer, "main form")
    assert again.status_code == 503 and again.soup.select_one("pre.typed"), "too early, it comes back again"
    hold.reopen()
    assert "Un long commentaire" in member.submit(again, "main form", follow=True).words


def test_what_another_site_sends_is_not_given_back(close: Any, visitor: Browser) -> None:
    close()
    answer = visitor.post_raw("/ideas/1/comments", data={"body": "ailleurs"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 503 and "ailleurs" not in answer.text
    assert answer.soup.select_one("main .acts a")["href"] == "/"


def test_a_request_is_a_work_that_whoever_closes_waits_for(app: Flask, close: Any, visitor: Browser) -> None:
    data_dir, found = app.config["DATA_DIR"], []
    real = app.view_functions["site.robots"]

    def robots() -> Any:
        with pytest.raises(Exception, match="still at work"):
            maintenance.close(data_dir, why="migrate", patience=0)
        found.append(maintenance.read(data_dir))
        return real()

    app.view_functions["site.robots"] = robots
    try:
        assert visitor.get("/robots.txt").status_code == 200
    finally:
        app.view_functions["site.robots"] = real
    assert found == [None]
    close().reopen()


def test_a_process_of_before_answers_no_request_and_runs_no_job(
    app: Flask, close: Any, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "began", maintenance.begin(app.config["DATA_DIR"]))
    assert visitor.get("/").status_code == 200
    close().reopen()
    assert visitor.get("/").status_code == 503


def test_a_job_does_nothing_while_the_site_is_closed_nor_in_a_process_of_before(
    app: Flask, close: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat() -> bool:
        app.extensions["huey"].execute(jobs._tasks["heartbeat"].s())
        db.session.rollback()
        return heartbeat.find_last() is not None

    began = maintenance.begin(app.config["DATA_DIR"])
    hold = close()
    assert not beat()
    hold.reopen()
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "began", began)
        assert not beat()
    assert beat()


def test_the_gateway_gives_no_cached_page_and_reads_no_version(
    close: Any,
    gateway: Gateway,
    page_cache: PageCache,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [ask(gateway, scope(path="/ideas"))[0] for _time in range(2)] == [200, 200]
    hold = close()
    with monkeypatch.context() as patch:
        patch.setattr(gateway, "reader", None)
        patch.setattr(page_cache, "read", None)
        _look_at_closed(gateway)
    hold.reopen()
    assert ask(gateway, scope(path="/ideas"))[0] == 200


def _look_at_closed(gateway: Gateway) -> None:
    code, headers, page = ask(gateway, scope(path="/ideas"))
    assert (code, headers["retry-after"]) == (503, "60") and "The site is being updated" in page
    assert [ask(gateway, scope(path=path))[::2] for path in ("/healthz", "/readyz")] == [
        (200, "ok\n"),
        (503, "not ready: maintenance\n"),
    ]
    code, headers, _page = ask(gateway, scope("POST", "/login", transfer__encoding="chunked"), Proto(b"a"))
    assert code == 411, "what was refused already says why"
    gateway.waiting = 1000
    assert ask(gateway, scope(path="/ideas"))[::2] == (503, ""), "too many wait to hear it"
    gateway.waiting = 0


def test_a_closure_that_is_over_between_two_looks_is_one_still(app: Flask) -> None:
    environ = {"PATH_INFO": "/", closing.REFUSAL: 413}
    closing.refuse(environ, Closure(clock.now()))
    assert environ[closing.REFUSAL] == 413


def test_the_job_that_examines_writes_meanwhile_that_the_site_was_left_closed(
    app: Flask, close: Any, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, post = make.user(role="admin"), mock.Mock()
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.example.org")
    monkeypatch.setattr(smtp, "post", post)
    monkeypatch.setattr(alarms, "write", mock.Mock())
    close()
    jobs.run("check")
    assert not post.called, "somebody is at it"
    monkeypatch.setattr(maintenance, "is_held", lambda _data_dir: False)
    jobs.run("check")
    assert post.call_args.args[1]["To"] == admin.email
    monkeypatch.setattr(smtp, "post", mock.Mock(side_effect=OSError))
    jobs.run("check")

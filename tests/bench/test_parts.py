"""The measuring tools at a tiny size: what they print is never asserted, only that they do."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.operations.bench import bulk
from bench import (
    commits,
    day,
    followers,
    growth,
    load,
    meetings,
    pages,
    plain,
    processes,
    settings,
    sites,
    table,
    visitors,
)
from bench.cpu import Cost, Probe, answer
from bench.growth import Row
from bench.pages import Page
from bench.speed import NGINX, Speed, Speeds
from bench.writes import Rate


class Yes(BaseHTTPRequestHandler):
    """Answers yes to whoever asks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"oui")

    def log_message(self, *_args: Any) -> None:
        pass


def test_the_pages_of_a_site_are_found_and_each_is_measured(app: Flask) -> None:
    bulk.seed(ideas=12, comments=60, votes=30)
    meetings.add(4)
    found, probe = pages.find(app), Probe(app)
    cookie = visitors.cookie(app, pages.coordinator(app))

    assert len(found) == 20
    for name in ("about", "desk", "meetings", "meeting"):
        page = next(page for page in found if page.name == name)
        cost = growth._row(probe, page, cookie)
        assert (
            cost.first.queries and cost.first.body and (cost.public is None) == (cost.changed is None) == page.is_staff
        )
        assert cost.first_changed.queries >= cost.first.queries


@pytest.mark.one_engine
def test_followers_are_told_and_what_that_costs_is_printed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bulk.seed(ideas=12, comments=60, votes=30)
    monkeypatch.setattr(settings, "FOLLOWERS", 7)
    site: Any = SimpleNamespace(app=app)  # What it asks of a site.
    found = followers.measure(site)
    table.followers(found)
    assert all(one.notices >= 5 * 7 for one in found) and capsys.readouterr().out.count("told: ") == 2


@pytest.mark.one_engine
def test_a_day_and_a_peak_go_by_and_what_they_cost_is_printed(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bulk.seed(ideas=12, comments=30, votes=10)
    monkeypatch.setattr(settings, "VISITORS", 3)
    monkeypatch.setattr(settings, "MEMBERS", 2)
    site: Any = SimpleNamespace(app=app, backends=list)
    found = day.measure(site)
    table.day(found)
    assert found["a day"]["forms"].number == 2 * len(day.ACTS) and found["a peak"]["visitors"].number == 3 + 2
    assert "a peak, all" in capsys.readouterr().out


def test_requests_are_sent_and_their_answers_counted() -> None:
    server = ThreadingHTTPServer((settings.HOST, 0), Yes)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    client = load.Client([load.write("/", server.server_port)] * 7, server.server_port, 0)

    client.run(2)

    server.shutdown()
    server.server_close()
    assert client.codes == {"200": 7} and len(client.times) == 7 and min(client.times) > 0


@pytest.mark.one_engine
def test_stored_bytes_are_answered_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page").write_bytes(b"une page")
    monkeypatch.setenv(plain.BODY, str(tmp_path / "page"))

    assert answer(plain.stored(), {}) == ("200 OK", b"une page")


@pytest.mark.one_engine
def test_commits_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECONDS", 0.02)
    assert commits.rate(sites.Site(1, tmp_path, "")) > 0


@pytest.mark.one_engine
def test_what_a_process_uses_is_read() -> None:
    assert processes.family(1)[0] == 1 and processes.seconds([0]) == 0 and processes.memory(0) == {}


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "nginx, is_quiet, said", [(None, True, "absent"), (None, False, "busy"), (Speed(2.0, 0.5, 0.1), True, "  4")]
)
def test_the_tables_are_printed(
    nginx: Speed | None,
    is_quiet: bool,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(settings, "IS_QUIET", is_quiet)
    cost, list_, desk = Cost(2.0, 3, b"page"), Page("list", "/ideas"), Page("desk", "/moderation", is_staff=True)
    rows = [Row(list_, cost, cost, cost, cost), Row(desk, None, None, cost, cost)]
    speeds = Speeds({"bare Flask page": Speed(9.0, 1.0, 0.1), NGINX: nginx}, {"list": Speed(5.0, 2.0, 0.2)}, 1.5, [{}])

    table.head("SQLite")
    table.pages(rows, speeds)
    table.growth({10: rows, 1000: rows})
    table.writes({10: {"votes": Rate(20, 5, 9, 3)}, 1000: {"votes": Rate(10, 5, 98.765, 3)}}, 40)
    table.processes(speeds)

    printed = capsys.readouterr().out
    assert said in printed and "list" in printed and "desk" in printed and "0.25" in printed and "98.8" in printed

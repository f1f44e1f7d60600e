"""A day of a forum at a tiny size, served as an operator would: nothing is refused, nothing that was acknowledged is lost."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.operations.bench import bulk
from bench import forum, hall, settings
from bench.browsers import Browser, Noted
from bench.servers import Server
from bench.sites import Site
from tests.web.page_cache import page_caches


@pytest.fixture
def site(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(settings, "SECRET", app.config["SECRET_KEY"])
    bulk.seed(ideas=12, comments=30, votes=10)
    served = Site(12, tmp_path, str(app.config["DATABASE_URL"]))
    return SimpleNamespace(app=app, backends=list, environment=served.environment)  # What it asks of a site.


@pytest.mark.one_engine
def test_a_day_goes_by_and_all_that_was_acknowledged_is_there(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(forum, "PITCHES", 2)
    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(forum.measure, site, tmp_path / "drawn", people=10, minute=0.9, workers=1).result()
    printed = capsys.readouterr().out
    assert "lost: nothing" in printed and "not right" not in printed
    assert all(f"{name}: " in printed for name in ("marketplace", "hour 3", "closed"))
    assert printed.count("from the page cache") == 7 and "going" in printed and "placing" in printed
    assert "a text" in printed and "ballot  " in printed


@pytest.mark.one_engine
def test_what_is_not_there_is_said(site: Any, tmp_path: Path) -> None:
    here, server = hall.add(site, 5), Server(1, 0, 0)
    day = forum.Day(site, server, here, tmp_path / "drawn", 1)
    day.wanted, day.gone, day.cells = {(0, here.topics[0])}, 1, {here.topics[0]: (here.hours[0], here.rooms[0])}
    cell = f"topic {here.topics[0]}: None, not {(here.hours[0], here.rooms[0])}"
    assert forum.list_lost(day) == ["interest: 0 of 1", "going: 0 of 1", "pitch: 0 of 20", cell]


@pytest.mark.one_engine
def test_who_waits_too_long_is_counted() -> None:
    noted = Noted()
    noted.times |= {"interest": [0.1, 2.5], "what everybody reads": [9.0], "phase": [3.0]}
    part = forum.Part("marketplace", noted, 1, 1, 0)
    assert forum.count_late([part, part]) == 4
    assert forum.row("nothing", []).split() == ["nothing", "0"] and forum.compare([1], [1]) == ""


@pytest.mark.one_engine
def test_a_server_that_is_away_is_an_error() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    browsers: list[Browser] = []

    async def ask() -> None:
        server = await asyncio.start_server(hang_up, settings.HOST, 0)
        browsers.append(Browser(server.sockets[0].getsockname()[1], hall.ADDRESS))
        await browsers[0].look("page", "/")
        browsers[0].close()
        server.close()

    page_caches.complete(ask(), seconds=20)
    noted = browsers[0].noted
    assert noted.errors == {"page: none": 1} and noted.number == 1

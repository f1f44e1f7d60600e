"""What `run` and `worker` do around the servers that they start, which are replaced here."""

import io
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

import pytest
from flask import Flask, request, request_started
from sqlalchemy import text

from app.cli import run as commands
from app.cli import serving
from app.core import version
from app.core.db import db
from app.core.unit import unit
from tests.cli.test_settings import PRODUCTION
from tests.support.network import free_port
from tests.support.terminal import error_line, invoke, run

NOTHING = mock.MagicMock()


def make_nothing() -> mock.MagicMock:
    return NOTHING


def test_development_makes_ready_then_says_where_the_site_is(app: Flask, launchers: dict[str, mock.Mock]) -> None:
    result = run(app, "run")

    assert result.stdout.split() == ["Réflexe", "DS", "is", "at", "http://localhost", "Ctrl+C", "stops", "it."]
    assert "Reference: all there already." in result.stderr
    options = launchers["server"].call_args.kwargs
    assert launchers["server"].call_args.args == ("app:create_app",)
    assert (options["address"], options["port"], options["workers"]) == (
        app.config["HOST"],
        0,
        app.config["WEB_WORKERS"],
    )
    worker = launchers["worker"]
    assert worker.call_args.args[0][1:] == ["-m", "app.command", "worker", "--until-stdin-closes"]
    assert worker.return_value.stdin.closed and worker.return_value.wait.called


def test_a_worker_that_does_not_end_is_ended(app: Flask, launchers: dict[str, mock.Mock]) -> None:
    worker, over = launchers["worker"].return_value, launchers["worker_over"]

    def wait(timeout: float | None = None) -> None:
        if timeout:
            raise subprocess.TimeoutExpired("worker", timeout)
        over.wait(20)

    worker.wait.side_effect = wait
    run(app, "run")
    assert worker.kill.called


def test_production_only_serves_and_says_what_quieten(
    app: Flask, engine: str, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    result = run(app, "run")
    [line] = result.stderr.splitlines()
    assert result.stdout == "" and launchers["server"].called and not launchers["worker"].called
    database = "PostgreSQL reflexe" if engine == "postgresql" else f"SQLite in {app.config['DATA_DIR']}"
    for part in (version.describe(), "http://localhost on 127.0.0.1:0", database, "2 workers"):
        assert part in line

    launchers["server"].reset_mock()
    with unit():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "run `reflexe migrate` first" in run(app, "run", code=1).stderr
    assert not launchers["server"].called


def test_production_makes_no_database_by_itself(
    settings: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve = mock.Mock(return_value=None)
    monkeypatch.setattr(serving, "serve", serve)
    settings(**PRODUCTION, PORT=str(free_port()))
    assert "run `reflexe migrate` first" in error_line(invoke("run"))
    assert not (tmp_path / "data" / "reflexe.db").exists() and not serve.called

    assert invoke("migrate").exit_code == 0
    assert invoke("run").exit_code == 0 and serve.called


@pytest.mark.one_engine
def test_processes_share_one_application_on_linux_alone(
    app: Flask, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    serve, ends = launchers["server"].return_value.serve, mock.Mock()
    monkeypatch.setattr(serving, "end_with", ends)
    monkeypatch.setattr(serving.connection_timeouts, "limit_waits", mock.Mock())
    monkeypatch.setattr(serving, "APPLICATION", "tests.cli.test_serving:make_nothing")
    monkeypatch.setattr(serving, "sys", mock.Mock(platform="linux"))
    run(app, "run")
    assert serve.call_args.kwargs["target_loader"]("app:create_app").app is app and ends.called

    monkeypatch.setattr(serving, "sys", mock.Mock(platform="darwin"))
    run(app, "run")
    serve.call_args.kwargs["target_loader"]("app:create_app")
    NOTHING.extensions.__getitem__.assert_called_once_with("gateway")


@pytest.mark.one_engine
def test_a_page_of_each_kind_is_shown_before_processes_part_and_counts_for_nobody(
    app: Flask, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard, shown = app.extensions["flood_guard"], dict[str, bool]()
    monkeypatch.setattr(guard, "enabled", True)
    note = request_started.connect(lambda _app: shown.update({request.path: guard.enabled}), app, weak=False)
    try:
        serving.show_some_pages(app)
    finally:
        request_started.disconnect(note, app)
    assert shown.keys() >= set(serving.PAGES) and any(path.startswith("/communities/") for path in shown)
    assert guard.enabled and not any(shown.values())


@pytest.mark.one_engine
@pytest.mark.parametrize("host, port", [("127.0.0.1", 70_000), ("not an address", 8000)])
def test_an_address_that_can_not_be_served_is_named(
    app: Flask, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch, host: str, port: int, engine: str
) -> None:
    monkeypatch.setitem(app.config, "HOST", host)
    monkeypatch.setitem(app.config, "PORT", port)
    monkeypatch.setattr("socket.getaddrinfo", mock.Mock(side_effect=OSError(1, "Not Known")))
    assert f"{host}:{port} can't be served (not known)" in run(app, "run", code=1).stderr


def test_a_port_that_is_taken_is_named_before_anything_is_done(
    settings: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_run_worker", lambda _app: nullcontext(mock.Mock(end_reason="")))
    monkeypatch.setattr(serving, "serve", mock.Mock(return_value=None))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings(PORT=str(port))
        result = invoke("run")
    assert error_line(result).startswith(f"Error: 127.0.0.1:{port} can't be served (address already in use)")
    assert result.stdout == "" and not (tmp_path / "data" / "reflexe.db").exists()


@pytest.mark.one_engine
@pytest.mark.parametrize("options", [[], ["--until-stdin-closes"]])
def test_the_worker_runs_until_it_is_told(
    app: Flask, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch, options: list[str], engine: str
) -> None:
    stop_event = threading.Event()
    monkeypatch.setattr(signal, "raise_signal", lambda _signal: stop_event.set())
    monkeypatch.setattr(signal, "getsignal", lambda _signal: "that of the jobs")
    output = run(app, "worker", *options).stderr
    assert launchers["consumer"].run.called
    assert ("worker, SQLite in" in output) == (not options)
    # The thread that watches the input must be over before the real signal is back.
    assert not options or stop_event.wait(20)


def test_the_end_of_its_input_stops_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    raise_signal = mock.Mock()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setattr(signal, "raise_signal", raise_signal)
    monkeypatch.setattr(signal, "getsignal", lambda _signal: "that of the jobs")
    commands._stop_at_the_end_of_stdin()
    raise_signal.assert_called_once_with(signal.SIGTERM)

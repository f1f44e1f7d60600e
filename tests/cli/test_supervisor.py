"""A supervisor is told when a program is ready, and that it is still well."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import supervisor
from app.core import jobs
from app.core.keys import Keys
from tests.cli.test_settings import PRODUCTION
from tests.support import terminal
from tests.support.network import free_port

pytestmark = pytest.mark.one_engine


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket at which a supervisor listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(terminal.PATIENCE)
        yield listener


@pytest.fixture
def settings(tmp_path: Path, channel: socket.socket) -> dict[str, str]:
    """What a program of production is started with by a supervisor that looks at it twice a second."""
    own = {"PORT": str(free_port()), "NOTIFY_SOCKET": channel.getsockname(), "WATCHDOG_USEC": "500000"}
    return terminal.environment(tmp_path / "data", **PRODUCTION, **own)


def test_the_site_is_ready_once_it_answers_and_says_that_it_is_well(
    settings: dict[str, str], channel: socket.socket
) -> None:
    with terminal.background_process(settings, "run", "--alone") as process:
        assert channel.recv(100) == b"READY=1"
        assert terminal.answers(f"http://127.0.0.1:{settings['PORT']}/healthz")
        assert channel.recv(100) == b"WATCHDOG=1"
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(terminal.PATIENCE) == 0


def test_the_worker_is_ready_and_says_that_it_is_well(settings: dict[str, str], channel: socket.socket) -> None:
    assert terminal.finish(terminal.start(settings | {"NOTIFY_SOCKET": ""}, "migrate"))[0] == 0
    with terminal.background_process(settings, "worker"):
        assert [channel.recv(100) for _time in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


def test_a_worker_that_no_longer_looks_at_its_schedule_is_not_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = jobs.queue_at(tmp_path, "", "", Keys("x" * 40))
    jobs.prepare(queue)
    assert queue.is_well()
    queue.read_schedule()
    assert queue.is_well()
    later = time.monotonic() + jobs.SILENCE
    monkeypatch.setattr(jobs.time, "monotonic", lambda: later)
    assert not queue.is_well()
    queue.storage.close()


def test_without_a_supervisor_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    supervisor.tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    supervisor.tell("READY=1")


def test_a_site_that_does_not_answer_is_not_well() -> None:
    assert not supervisor.answers("0.0.0.0", free_port())

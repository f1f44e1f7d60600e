"""What is started again when it ends by accident, and what ends with whoever started it."""

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path
from unittest import mock

import pytest

from app.cli import job_worker, processes
from app.cli.job_worker import JobWorker
from app.cli.processes import LONGEST, WELL, Pauses
from tests.support import terminal


def test_a_pause_is_longer_each_time_until_all_was_well_for_a_while() -> None:
    pauses, now, found = Pauses(), 1000.0, []
    for _time in range(8):
        found.append(pauses.next(now))
        now += found[-1] + 1
    assert found == [0, 1, 2, 4, 8, 16, LONGEST, LONGEST]
    assert pauses.next(now + WELL) == 0


def test_the_worker_is_started_again_and_stopped_once(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(job_worker, "Pauses", lambda: mock.Mock(next=lambda _now: 0))
    worker = JobWorker([sys.executable, "-c", "import sys; sys.stdin.read()"], Path.cwd(), find_end=lambda: "")
    worker.start()
    first = worker.process
    first.kill()
    terminal.until(lambda: worker.process is not first, "another one is there")
    worker.stop(terminal.PATIENCE)
    assert worker.process.returncode == 0 and first.stdin
    first.stdin.close()
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].endswith("INFO The worker ended by accident: another one starts now.")


def test_no_worker_is_started_that_would_be_of_no_use(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons, asked = ["the files are those of another version"], threading.Event()
    monkeypatch.setattr(job_worker.os, "kill", lambda *_signal: asked.set())
    worker = JobWorker([sys.executable, "-c", "pass"], Path.cwd(), find_end=lambda: reasons[0])
    worker.start()
    assert asked.wait(terminal.PATIENCE) and worker.end_reason == reasons[0]
    worker.stop(terminal.PATIENCE)


@pytest.mark.parametrize("platform", [sys.platform, "elsewhere"])
def test_a_process_ends_when_the_one_that_started_it_is_killed(platform: str) -> None:
    """The first process starts a second one, says its number, and waits to be killed."""
    program = (
        "import multiprocessing, os, time\n"
        "from unittest import mock\n"
        "from app.cli import processes\n"
        f"processes.sys = mock.Mock(platform={platform!r})\n"
        "def serve(parent):\n    processes.end_with(parent)\n    print(os.getpid(), flush=True)\n    time.sleep(60)\n"
        "context = multiprocessing.get_context('fork')\n"
        "child = context.Process(target=serve, args=(os.getpid(),))\n"
        "child.start()\nchild.join()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        second = int(first.stdout.readline())
        first.kill()
        terminal.until(lambda: not is_at_work(second), "the second one ended")


def is_at_work(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_whose_parent_is_gone_already_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    leave = mock.Mock()
    monkeypatch.setattr(processes, "sys", mock.Mock(platform="elsewhere"))
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(threading, "Thread", mock.Mock())
    processes.end_with(os.getppid())
    assert not leave.called
    processes.end_with(-1)
    assert leave.called
    monkeypatch.setattr(multiprocessing, "parent_process", mock.Mock())
    processes._wait_for_parent()
    assert leave.call_count == 2

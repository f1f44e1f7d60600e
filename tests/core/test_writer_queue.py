"""Writers of SQLite take turns in the order in which they came, and every turn ends, whatever becomes of its writer."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError, PendingRollbackError

from app.core import writer_queue
from app.core.db import db
from app.core.dialect import WRITES
from app.core.unit import unit
from app.core.writer_queue import WriterQueue
from tests.support import terminal

BEGIN = "import os, runpy, sys; queue = runpy.run_path(sys.argv[1])['WriterQueue'](sys.argv[2]); print(queue.take(), flush=True)"
HOLD = f"{BEGIN}; sys.stdin.read()"
FORK = f"""{BEGIN}
child = os.fork()
if not child:
    os._exit(0 if queue.take() else 1)
queue.leave()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture
def queue(tmp_path: Path) -> WriterQueue:
    return WriterQueue(str(tmp_path / "site.db-writers"))


def command(script: str, queue: WriterQueue) -> list[str]:
    return [sys.executable, "-c", script, str(writer_queue.__file__), queue.file]


@contextmanager
def holder(queue: WriterQueue) -> Iterator["subprocess.Popen[bytes]"]:
    """Run another process whose turn it is, until it is killed."""
    process = subprocess.Popen(command(HOLD, queue), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout and process.stdout.readline() == b"True\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def in_line(queue: WriterQueue, number: int) -> Iterator[list[int]]:
    """Have so many threads come one after the other, each for a turn; list those that had theirs."""
    served: list[int] = []

    def write(n: int) -> None:
        queue.take()
        served.append(n)
        queue.leave()

    with ThreadPoolExecutor(number) as pool:
        for n in range(number):
            before = len(queue._line)
            pool.submit(write, n)
            terminal.until(lambda before=before: len(queue._line) > before, "it stands in the line")
        yield served


def test_turns_come_in_order(queue: WriterQueue) -> None:
    assert queue.take()
    with in_line(queue, 8) as served:
        assert served == []
        queue.leave()
    assert served == list(range(8))


def test_who_waits_too_long_goes_on_without(queue: WriterQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue.take()
    with monkeypatch.context() as patch:
        patch.setattr(writer_queue, "PATIENCE", 0.01)
        assert not queue.take()
    queue.leave()
    assert queue.take()


def test_processes_wait_for_one_another_and_not_for_one_that_is_killed(
    queue: WriterQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep, has_asked = time.sleep, threading.Event()

    def wait(seconds: float) -> None:
        has_asked.set()
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", wait)
    with holder(queue) as other, in_line(queue, 2) as served:
        assert has_asked.wait(terminal.PATIENCE) and served == []
        other.kill()
    assert served == [0, 1]


def test_another_process_that_writes_for_long_is_not_waited_for_without_end(
    queue: WriterQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    with holder(queue), monkeypatch.context() as patch:
        patch.setattr(time, "sleep", interrupt)
        with pytest.raises(KeyboardInterrupt):
            queue.take()
        patch.setattr(writer_queue, "PATIENCE", 0)
        assert queue.take(), "its own threads keep their order"
        queue.leave()


def test_a_child_does_not_have_the_turn_of_its_parent(queue: WriterQueue) -> None:
    assert subprocess.run(command(FORK, queue), check=False, timeout=terminal.PATIENCE).returncode == 0


@pytest.mark.parametrize("platform", ["no folder", "no locks", "no such call"])
def test_where_no_file_can_be_locked_threads_take_turns_all_the_same(
    queue: WriterQueue, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    if platform == "no folder":
        queue.file += "/nowhere"
        Path(queue.file).parent.touch()
    elif platform == "no locks":
        monkeypatch.setattr(writer_queue.fcntl, "lockf", refuse)
    else:
        monkeypatch.setattr(writer_queue, "fcntl", None)
        queue = WriterQueue(queue.file)
    assert queue.take()
    with in_line(queue, 2) as served:
        queue.leave()
    assert served == [0, 1]


def refuse(*_args: object) -> None:
    raise OSError(37, "No locks available")


def fail() -> None:
    with suppress(ZeroDivisionError), unit():
        raise ZeroDivisionError


def write() -> None:
    with unit():
        db.session.execute(text("UPDATE communities SET name = name"))


def lose() -> None:
    """Have the connection given up, as after an error of the disk."""
    with suppress(PendingRollbackError), unit():
        db.session.connection().invalidate()


def write_twice() -> None:
    with db.engine.connect().execution_options(**{WRITES: True}) as connection:
        for _time in range(2):
            with connection.begin():
                connection.execute(text("UPDATE communities SET name = name"))


def be_refused() -> None:
    """Meet somebody who writes without a turn, and for longer than a writer waits."""
    with (
        closing(sqlite3.connect(str(db.engine.url.database))) as other,
        pytest.raises(OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
        event.listen(db.engine, "checkout", be_impatient)
        try:
            write()
        finally:
            event.remove(db.engine, "checkout", be_impatient)
            db.engine.dispose()


def be_impatient(connection: sqlite3.Connection, *_rest: object) -> None:
    connection.execute("PRAGMA busy_timeout=0")


@pytest.mark.one_engine
@pytest.mark.parametrize("act", [write, fail, lose, write_twice, be_refused])
def test_a_turn_ends_however_the_transaction_ends(
    app: Flask, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]
) -> None:
    calls: list[str] = []
    take, leave = WriterQueue.take, WriterQueue.leave
    monkeypatch.setattr(WriterQueue, "take", lambda self: (calls.append("take"), take(self))[1])
    monkeypatch.setattr(WriterQueue, "leave", lambda self: (calls.append("leave"), leave(self))[1])
    db.session.rollback()
    act()
    assert calls == ["take", "leave"]
    write()
    assert calls == ["take", "leave"] * 2


@pytest.mark.one_engine
def test_a_page_that_is_only_read_takes_no_turn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(WriterQueue, "take")
    assert db.session.scalar(text("SELECT count(*) FROM communities"))


def test_what_is_acknowledged_is_on_the_disk(app: Flask, engine: str) -> None:
    """SQLite syncs at each commit; PostgreSQL does as its server says, which is to, and no connection of ours differs."""
    if engine == "sqlite":
        settings = [db.session.scalar(text(f"PRAGMA {name}")) for name in ("synchronous", "journal_mode")]
        assert settings == [2, "wal"]
        return
    where = db.session.execute(
        text("SELECT source, boot_val FROM pg_settings WHERE name IN ('synchronous_commit', 'fsync')")
    )
    assert [tuple(row) for row in where] == [("command line", "on")] * 2, "the server of the tests alone does without"

"""The site closed for a while: who works and who closes never meet, whatever happens to either."""

import json
import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from stat import S_ISDIR

import pytest

from app.core import clock, file_lock, maintenance
from app.core.errors import Conflict, Invalid
from app.core.maintenance import Closed, Closure, at_work, close, closed, read
from tests.support import terminal

# A program that closes a folder, or works in it, says so, and waits to be killed.
CLOSER = "from app.core import maintenance; hold = maintenance.close({folder}, why={why!r})"
WORKER = "from app.core import maintenance; work = maintenance.at_work({folder}); work.__enter__()"
WAITS = "; print('there', flush=True); import time; time.sleep(60)"


def begin(program: str, folder: Path, **values: str) -> "subprocess.Popen[str]":
    """Start such a program, and return it once it is there."""
    text = "from pathlib import Path; " + program.format(folder=f"Path({str(folder)!r})", **values) + WAITS
    process = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "there\n"
    return process


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def is_open(folder: Path) -> bool:
    try:
        with at_work(folder):
            return True
    except Closed:
        return False


def test_a_site_is_closed_and_open_again(tmp_path: Path) -> None:
    until = clock.now() + timedelta(minutes=2)
    assert read(tmp_path) is None and is_open(tmp_path)
    with closed(tmp_path, why="migrate", until=until):
        found = read(tmp_path)
        assert found and (found.until, found.why) == (until, "migrate") and not is_open(tmp_path)
        with pytest.raises(Closed) as raised, at_work(tmp_path):
            pass
        assert raised.value.closure == found
    assert read(tmp_path) is None and is_open(tmp_path) and not maintenance.is_held(tmp_path)
    assert terminal.open_to_others(tmp_path / maintenance.WORK) == []


def test_several_work_at_once_and_whoever_closes_waits_for_all(tmp_path: Path) -> None:
    with ExitStack() as works:
        for _one in range(2):
            works.enter_context(at_work(tmp_path))
        with pytest.raises(Conflict) as refusal:
            close(tmp_path, why="migrate", patience=0)
        assert "still at work after 0 seconds" in refusal.value.message % refusal.value.values
        assert read(tmp_path) is None and is_open(tmp_path), "the site is open again"
    close(tmp_path, why="migrate", patience=0).reopen()
    assert is_open(tmp_path)


def test_a_mark_alone_closes_and_so_does_a_lock_alone(tmp_path: Path) -> None:
    hold = close(tmp_path, why="migrate")
    hold.release()
    assert not is_open(tmp_path), "the lock went, as that of a process that was killed"
    hold = close(tmp_path, why="migrate")
    (tmp_path / maintenance.FILE).unlink()
    assert read(tmp_path) is None and not is_open(tmp_path), "somebody removed the mark of who is still at it"
    hold.reopen()
    assert is_open(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"since": 4}', '{"since": "yesterday", "until": null, "why": ""}']
)
def test_a_mark_that_is_damaged_closes_too_and_the_next_migration_opens(tmp_path: Path, text: str) -> None:
    (tmp_path / maintenance.FILE).write_text(text)
    found = read(tmp_path)
    assert found and found.until is None and not is_open(tmp_path)
    assert "did not end: run `reflexe migrate`" in maintenance.describe(found)
    close(tmp_path, why="migrate").reopen()
    assert is_open(tmp_path)


def test_a_mark_that_was_written_by_hand_may_leave_out_its_zone(tmp_path: Path) -> None:
    mark = {"since": "2026-11-30T12:00", "until": "2026-11-30T12:10", "why": ""}
    (tmp_path / maintenance.FILE).write_text(json.dumps(mark))
    found = read(tmp_path)
    assert found and found.until and found.until - found.since == timedelta(minutes=10)
    assert found.until.tzinfo and not maintenance.is_held(tmp_path)


def test_the_mark_is_whole_at_every_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold, seen = close(tmp_path, why="restore"), []

    def replace(part: Path, file: Path) -> None:
        seen.append((read(tmp_path), json.loads(part.read_text())["until"]))
        part.rename(file)

    monkeypatch.setattr(os, "replace", replace)
    until = clock.now()
    hold.expect(until)
    before = Closure(hold.closure.since, None, "restore")
    assert seen == [(before, until.isoformat())] and read(tmp_path) == hold.closure
    hold.reopen()


@pytest.mark.skipif(os.name != "posix", reason="folders are files there")
def test_the_mark_is_on_the_disk_before_anything_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, replace = list[str](), os.replace
    monkeypatch.setattr(os, "fsync", lambda file: done.append("folder" if S_ISDIR(os.fstat(file).st_mode) else "file"))
    monkeypatch.setattr(os, "replace", lambda part, file: done.append("name") or replace(part, file))
    close(tmp_path, why="restore").reopen()
    assert done == ["file", "name", "folder"]


def test_a_folder_that_takes_no_writes_closes_nothing_and_holds_nobody_up(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    with pytest.raises(OSError, match=maintenance.CLOSING):
        close(folder, why="migrate")
    assert is_open(folder) and maintenance.begin(folder) == 0 and not maintenance.is_over(folder, 0)


def test_the_second_who_closes_is_told_who_is_at_it(tmp_path: Path) -> None:
    process = begin(CLOSER, tmp_path, why="upgrade")
    try:
        assert maintenance.is_held(tmp_path)
        with pytest.raises(Conflict) as refusal:
            close(tmp_path, why="migrate")
        assert "for an upgrade that goes on" in refusal.value.message % refusal.value.values
    finally:
        kill(process)


@pytest.mark.skipif(os.name != "posix", reason="files have locks there")
def test_whoever_looks_stands_in_nobodys_way(tmp_path: Path) -> None:
    """`check` and the worker look whether an upgrade is at work while another one begins."""
    lock = tmp_path / maintenance.CLOSING
    lock.touch()
    with lock.open() as look:
        assert file_lock.take(look.fileno(), is_shared=True)
        assert not maintenance.is_held(tmp_path), "two who look don't see one another"
        timer = threading.Timer(0.2, look.close)
        timer.start()
        close(tmp_path, why="migrate").reopen()
        timer.join()


def test_what_a_killed_process_left_closed_is_taken_over(tmp_path: Path) -> None:
    kill(begin(CLOSER, tmp_path, why="migrate"))
    left = read(tmp_path)
    assert left and not maintenance.is_held(tmp_path) and not is_open(tmp_path)
    assert maintenance.describe(left).endswith("for a migration that did not end: run `reflexe migrate` again.")
    with pytest.raises(Invalid), closed(tmp_path, why="restore"):
        raise Invalid("no copy")
    assert read(tmp_path) == left, "a refusal leaves closed what was left closed, and says what ends that"
    with closed(tmp_path, why="migrate") as hold:
        assert hold.closure.since == left.since, "it is closed since it was closed"
    assert is_open(tmp_path)


def test_what_an_upgrade_left_is_ended_by_an_upgrade_alone(tmp_path: Path) -> None:
    kill(begin(CLOSER, tmp_path, why="upgrade"))
    for why in ("migrate", "restore"):
        with pytest.raises(Conflict) as refusal:
            close(tmp_path, why=why)
        assert "or `reflexe upgrade --back`" in refusal.value.message % refusal.value.values
    assert not maintenance.is_held(tmp_path)
    close(tmp_path, why="upgrade").reopen()
    assert is_open(tmp_path)


@pytest.mark.parametrize("why", ["migrate", "restore"])
def test_what_something_else_left_is_not_ended_by_an_upgrade(tmp_path: Path, why: str) -> None:
    """It would open, or give up, a site of which it does not know what was begun."""
    close(tmp_path, why=why).release()
    with pytest.raises(Conflict) as refusal:
        close(tmp_path, why="upgrade")
    assert f"run `reflexe {why}` again" in refusal.value.message % refusal.value.values
    left = read(tmp_path)
    assert left and left.why == why and not maintenance.is_held(tmp_path)


def test_who_works_and_is_killed_keeps_nobody_waiting(tmp_path: Path) -> None:
    process = begin(WORKER, tmp_path)
    try:
        with pytest.raises(Conflict):
            close(tmp_path, why="migrate", patience=0)
    finally:
        kill(process)
    close(tmp_path, why="migrate", patience=0).reopen()


def test_a_refusal_opens_again_as_if_nothing_was_and_an_accident_leaves_closed(tmp_path: Path) -> None:
    began = maintenance.begin(tmp_path)
    with pytest.raises(Invalid), closed(tmp_path, why="restore"):
        raise Invalid("no copy")
    with at_work(tmp_path, began):
        assert not maintenance.is_over(tmp_path, began)
    for accident in (KeyboardInterrupt, OSError):
        with pytest.raises(accident), closed(tmp_path, why="restore"):
            raise accident
        assert not is_open(tmp_path) and not maintenance.is_held(tmp_path)


def test_a_program_of_before_works_no_more_however_short_the_closure_was(tmp_path: Path) -> None:
    began = maintenance.begin(tmp_path)
    with at_work(tmp_path, began):
        pass
    for _time in range(2):
        with closed(tmp_path, why="migrate"):
            assert not maintenance.is_over(tmp_path, began), "it is still closed"
            assert maintenance.begin(tmp_path) < 0
        assert maintenance.is_over(tmp_path, began)
        with pytest.raises(Closed), at_work(tmp_path, began):
            pass
    with at_work(tmp_path, maintenance.begin(tmp_path)):
        pass
    assert maintenance.is_over(tmp_path, -1), "whoever began while the site was closed begins anew once it is open"


def test_without_locks_the_mark_alone_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "fcntl", None)
    with at_work(tmp_path), closed(tmp_path, why="migrate"):
        assert not is_open(tmp_path)
    assert is_open(tmp_path)

"""A program that runs all the time begins anew once a maintenance is over: it becomes what is there now.

It stays the same process, so that a supervisor notices nothing.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.cli.terminal import log
from app.core import maintenance
from app.operations import backup_programs

# In seconds: how often a mark is looked for, and how long former processes may end what they answer.
OFTEN, PATIENCE, HOUR = 0.25, 15, 3600
# Where the program finds what the one before it leaves.
LEFT = "REFLEXE_LEFT"


def _find_folder() -> str:
    """Return the folder that this program was started in, as the shell named it: a link may lead elsewhere later."""
    named, present = os.environ.get("PWD", ""), os.sep
    with suppress(OSError):
        present = os.getcwd()
        return named if os.path.isabs(named) and os.path.samefile(named, present) else present
    return present


FOLDER = _find_folder()


@dataclass(frozen=True)
class Left:
    """What a program leaves to itself: the socket that it listens on, and its processes, which answer meanwhile."""

    listener: int
    processes: Sequence[int]


def take_left() -> Left | None:
    """Return what the program before left to this one, if it began anew."""
    text = os.environ.pop(LEFT, "")
    return Left(**json.loads(text)) if text else None


def watch(data_dir: Path, began: int, tell: Callable[[], object]) -> None:
    """Call `tell` once the site was closed since it `began`, and is open again."""

    def look() -> None:
        while not maintenance.is_over(data_dir, began):
            time.sleep(OFTEN)
        log("The site was closed and is open again: it begins anew with what is there now.")
        tell()

    threading.Thread(target=look, daemon=True).start()


def wait(data_dir: Path, who: str, each_hour: Callable[[], object]) -> None:
    """Wait until the site is open, and say so; do what is to be done each hour meanwhile."""
    closure = maintenance.read(data_dir)
    if closure:
        log(f"{maintenance.describe(closure, is_held=maintenance.is_held(data_dir))} {who} waits until it is open.")
    done_at = time.monotonic() - HOUR
    while maintenance.is_marked(data_dir):
        if time.monotonic() - done_at >= HOUR:
            each_hour()
            done_at = time.monotonic()
        time.sleep(OFTEN)


def begin(left: Left | None = None) -> None:
    """Become the program that is there now, where the command that started this one leads; does not return."""
    if os.name != "posix":
        log("Start it again: here a program can't become another one.")
        sys.exit(1)
    if left:
        os.set_inheritable(left.listener, True)
        os.environ[LEFT] = json.dumps({"listener": left.listener, "processes": list(left.processes)})
    with suppress(OSError):
        # That of a version that was removed since is not needed by a command with a whole path.
        os.chdir(FOLDER)
    command = _find_command()
    # Nothing is run at the end of what becomes another program.
    backup_programs.end_all()
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)


def _find_command() -> list[str]:
    """Return the command again: a script is asked itself which Python it is of, which may be another one now."""
    script = os.path.join(FOLDER, sys.argv[0])
    if sys.orig_argv[1:2] != ["-m"] and os.access(script, os.X_OK):
        return [script, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]


def end(processes: Sequence[int]) -> None:
    """Have those that the program before left end, once what they answer is answered."""
    ours = [pid for pid in processes if _is_at_work(pid)]
    for pid in ours:
        os.kill(pid, signal.SIGTERM)
    limit = time.monotonic() + PATIENCE
    while (ours := [pid for pid in ours if _is_at_work(pid)]) and time.monotonic() < limit:
        time.sleep(OFTEN)
    for pid in ours:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _is_at_work(pid: int) -> bool:
    """Tell whether this is a process of ours that has not ended."""
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False

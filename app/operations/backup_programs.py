"""The programs of the operator that a backup goes through: one that encrypts it, and one that sends it elsewhere."""

import atexit
import os
import re
import shlex
import signal
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from app.operations import outages

PATIENCE = timedelta(hours=2)
# How a copy is made unreadable to whoever lacks the key, by the program that does it: recipient, target, file.
PROGRAMS = {
    "age": ("age", "--encrypt", "--recipient", "{recipient}", "--output", "{target}", "{file}"),
    # A key that is not on this machine is not looked for on others, which could give any.
    "gpg": (
        *("gpg", "--batch", "--yes", "--trust-model", "always", "--no-auto-key-locate", "--recipient", "{recipient}"),
        *("--output", "{target}", "--encrypt", "{file}"),
    ),
}
# And how it is made readable again, which is the operator's to do.
DECRYPT = {
    ".age": "age --decrypt --identity KEY --output {target} {file}",
    ".gpg": "gpg --output {target} --decrypt {file}",
}
# What an address says of a password; what a program says is kept, shown and sent.
SECRET = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*@")
# Of what a program says: the line to keep, where one speaks of a fault. Some say last where to report one.
FAULT = re.compile(r"\b(error|fatal|failed|denied|refused)\b", re.IGNORECASE)
END, LONGEST_LINE = 64 * 1024, 300
_running: set["subprocess.Popen[bytes]"] = set()


class Failure(Exception):
    """A program failed; the message says why, in one line."""


def encrypt(file: Path, how: str) -> Path:
    """Encrypt a copy beside itself; `how` is `age:RECIPIENT` or `gpg:RECIPIENT`. Raise Failure."""
    program, _colon, recipient = how.partition(":")
    target = file.with_name(f"{file.name}.{program}")
    values = {"recipient": recipient, "target": str(target), "file": str(file)}
    call([part.format(**values) for part in PROGRAMS[program]])
    target.chmod(0o600)
    return target


def send(file: Path, command: str) -> None:
    """Send a file by the command that the operator chose. Raise Failure."""
    call([part.replace("{file}", str(file)).replace("{name}", file.name) for part in shlex.split(command)])


def call(command: list[str]) -> None:
    """Run a program to its end. Raise Failure with the line of what it said that tells why."""
    with tempfile.TemporaryFile() as output:
        code = _run(command, output)
        if code:
            raise Failure(f"{command[0]} ended with {code}: {_find_reason(output)}")


def _run(command: list[str], output: IO[Any]) -> int:
    """Run a program without a terminal, so that one that would ask for a password there says so and ends."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        advice = ": is it installed, on the PATH of the worker?" if isinstance(error, FileNotFoundError) else ""
        raise Failure(f"{command[0]} can't be run ({outages.explain_reason(error)}){advice}") from error
    _running.add(process)
    try:
        return process.wait(PATIENCE.total_seconds())
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{command[0]} took more than two hours") from error
    finally:
        _running.discard(process)
        _end(process)


@atexit.register
def end_all() -> None:
    """End what a worker that stops, or begins anew, was still waiting for: the next one sends it again."""
    for process in list(_running):
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that is still at it, with all that it started."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _find_reason(output: IO[Any]) -> str:
    output.seek(max(0, output.seek(0, os.SEEK_END) - END))
    lines = [line.strip() for line in output.read().decode(errors="replace").splitlines() if line.strip()]
    faults = [line for line in lines if FAULT.search(line)]
    return SECRET.sub("…@", (faults or lines or ["no word"])[-1])[:LONGEST_LINE]

"""The version of the program that runs: its date, and the commit that it was made from."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
# An archive of the repository has its commit written there; a clone has the name of the format that asks for it.
ARCHIVED = HOUSE / "COMMIT"
PATIENCE = 2


@cache
def get_number() -> str:
    """Return the version (`2026.12.0`: year, month, how many before it that month), read once by each process."""
    return _read_number()


def _read_number() -> str:
    return str(tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]["version"])


@cache
def find_commit() -> str:
    """Return the beginning of the name of the commit; nothing where neither an archive nor git says it."""
    return _read_commit()


def _read_commit() -> str:
    name = ARCHIVED.read_text().strip() if ARCHIVED.is_file() else "$"
    return _ask_git() if name.startswith("$") else name


def _ask_git() -> str:
    # A folder around ours may be a repository, too: its commit is not ours.
    if not (HOUSE / ".git").exists():
        return ""
    try:
        asked = ["git", "-C", str(HOUSE), "rev-parse", "--short=8", "HEAD"]
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def describe_change() -> str:
    """Say that the files are no longer those of this program, if so: what it would start now is another version."""
    try:
        number, commit = _read_number(), _read_commit()
    except (OSError, ValueError, KeyError):
        number, commit = "another version", ""
    # A commit that can't be told is none that changed.
    if number == get_number() and (commit == find_commit() or not (commit and find_commit())):
        return ""
    return f"The files of version {describe()} are now those of {number} {commit}".rstrip() + ": start it again."


def describe() -> str:
    """Return the version as a person reads it: `2026.12.0 (1a2b3c4d)`, or without the commit where none is known."""
    return f"{get_number()} ({find_commit()})" if find_commit() else get_number()

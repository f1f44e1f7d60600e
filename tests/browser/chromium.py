"""Find a Chromium, or bring one: a test in a browser never skips."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.support import debian

# One without windows is a third lighter.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
NEEDED = (
    "No Chromium is here and none could be installed. The browser tests need one: apt-get install chromium, or "
    "python -m playwright install --with-deps chromium, or set CHROMIUM to the path of one."
)


def path() -> str:
    """Return the path of a Chromium that starts; one worker installs it while the others wait."""
    with (Path(tempfile.gettempdir()) / f"reflexe-chromium-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in ([], *_ways_to_bring()):
            with suppress(OSError, subprocess.TimeoutExpired):
                if command:
                    subprocess.run(command, capture_output=True, timeout=debian.PATIENCE, check=False)
            found = next(filter(_starts, _places()), None)
            if found:
                return found
    raise RuntimeError(NEEDED)


def _ways_to_bring() -> list[list[str]]:
    return [
        [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"],
        *debian.list_steps("chromium-headless-shell", "chromium"),
    ]


def _places() -> list[str]:
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    brought = sorted(home.glob("chromium*/*/*chrome*"), reverse=True) + sorted(home.glob("chromium*/*/headless_shell"))
    return [place for place in (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *map(str, brought)) if place]


def _starts(place: str) -> bool:
    """Tell whether it is a browser: some systems have a stub of that name that only says how to install one."""
    try:
        result = subprocess.run([place, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0 and "Chrom" in result.stdout

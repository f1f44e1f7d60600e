"""Find a Chromium, or bring one: a test in a browser never skips."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

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
PATIENCE = 600


def path() -> str:
    """Return the path of a Chromium that starts; one worker installs it while the others wait."""
    with (Path(tempfile.gettempdir()) / f"reflexe-chromium-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for bring in (_nothing, _from_playwright, _lighter_from_debian, _from_debian):
            bring()
            found = next(filter(_starts, _places()), None)
            if found:
                return found
    raise RuntimeError(NEEDED)


def _places() -> list[str]:
    configured_paths = [os.environ[name] for name in ("CHROMIUM",) if os.environ.get(name)]
    system_paths = [place for place in map(shutil.which, NAMES) if place]
    return configured_paths + system_paths + [str(place) for place in _of_playwright()]


def _of_playwright() -> list[Path]:
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return sorted(home.glob("chromium*/*/*chrome*"), reverse=True) + sorted(home.glob("chromium*/*/headless_shell"))


def _starts(place: str) -> bool:
    """Tell whether it is a browser: some systems have a stub of that name that only says how to install one."""
    try:
        result = subprocess.run([place, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0 and "Chrom" in result.stdout


def _nothing() -> None:
    """Install nothing: a Chromium may be there already."""


def _from_playwright() -> None:
    _try([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"])


def _lighter_from_debian() -> None:
    _install("chromium-headless-shell")


def _from_debian() -> None:
    _install("chromium")


def _install(package: str) -> None:
    if shutil.which("apt-get"):
        as_root: list[str] = [] if os.geteuid() == 0 else ["sudo", "-n"]
        _try([*as_root, "apt-get", "update", "-q"])
        _try(
            [
                *as_root,
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "install",
                "-q",
                "-y",
                "--no-install-recommends",
                package,
            ]
        )


def _try(command: list[str]) -> None:
    """Run a way of installing; whether it helped shows in what is there afterwards."""
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return

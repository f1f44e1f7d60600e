"""The folders that versions are installed into, side by side, and the link that leads to the one that runs."""

import os
import subprocess
import tomllib
from pathlib import Path

from app.core import version
from app.core.errors import Invalid

RELEASES, CURRENT = "releases", "current"
PROGRAM = ".venv/bin/reflexe"
# What every version has; and what says where a program of this folder is, in the words of the program itself.
OURS = ("app/command.py", "pyproject.toml", "requirements.lock")
ASK = "from app.core import version; import app.command; print(version.get_number(), version.HOUSE.resolve())"
PATIENCE = 120
CATALOGUE = "translations/en/LC_MESSAGES/messages.mo"
NO_FOLDER = "%(folder)s is no folder of this platform, since it has no %(file)s: give the folder of the new version."
NOT_INSTALLED = (
    "%(folder)s is not installed (%(why)s). Type this, then the same command again:\n"
    "  cd %(folder)s\n"
    "  python3 -m venv .venv\n"
    "  .venv/bin/pip install --require-hashes -r requirements.lock\n"
    "  .venv/bin/pip install --no-deps --no-build-isolation -e .\n"
    '  .venv/bin/pybabel compile -d translations -D "messages flask_security"'
)
OLDER = (
    "%(folder)s holds %(version)s, which is older than the present %(present)s: a newer program has no way back but "
    "`reflexe upgrade --back`. Nothing was changed."
)


def get_house() -> Path:
    """Return the folder of the program that runs, past all links."""
    return version.HOUSE.resolve()


def find_link(house: Path) -> Path | None:
    """Return the link that leads to the present version, for a folder among releases; None for one on its own."""
    return house.parent.with_name(CURRENT) if house.parent.name == RELEASES else None


def read_version(house: Path) -> str:
    """Return the version that a folder holds."""
    return str(tomllib.loads((house / "pyproject.toml").read_text())["project"]["version"])


def refuse_folder(house: Path, present: Path) -> None:
    """Refuse a folder that is not ours, that holds an older version than the present one, or that is not installed.

    Raise Invalid.
    """
    missing = [name for name in OURS if not (house / name).is_file()]
    if missing:
        raise Invalid(NO_FOLDER, folder=house, file=missing[0])
    if _rank(read_version(house)) < _rank(read_version(present)):
        raise Invalid(OLDER, folder=house, version=read_version(house), present=read_version(present))
    why = _find_what_lacks(house)
    if why:
        raise Invalid(NOT_INSTALLED, folder=house, why=why)


def _rank(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def _find_what_lacks(house: Path) -> str:
    """Say what an installation lacks; nothing when its program starts, and is the one of this folder."""
    if not os.access(house / PROGRAM, os.X_OK):
        return f"it has no {PROGRAM}"
    if not (house / CATALOGUE).is_file():
        return f"it has no {CATALOGUE}"
    try:
        # Isolated: what stands in the present folder is no part of it.
        asked = [str(house / ".venv/bin/python"), "-I", "-c", ASK]
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"its program does not start: {error}"
    if answer.returncode:
        return f"its program does not start: {(answer.stderr.strip().splitlines() or ['no word'])[-1]}"
    found = answer.stdout.strip()
    return "" if found == f"{read_version(house)} {house}" else f"its program is that of {found.partition(' ')[2]}"


def move_link(link: Path, house: Path) -> None:
    """Have the link lead to a folder, from one moment to the next. Raise OSError."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(os.path.relpath(house, link.parent.resolve()))
    os.replace(new, link)

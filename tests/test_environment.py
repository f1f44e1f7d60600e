"""`make` installs once, and again when what is installed changes, not when a rule of the checks does."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from app import HOUSE

pytestmark = pytest.mark.one_engine

# It is recent, has all that is asked of it, and notes what it is asked to install.
PYTHON = '#!/bin/sh\ncase "$*" in *install*) echo "$*" >> {folder}/installed ;; esac\n'


@pytest.fixture
def install(tmp_path: Path) -> Callable[[], int]:
    """Return what runs `.ci/environment test` in a checkout, and counts what it installed."""
    for name in (".ci/environment", "pyproject.toml", "requirements.lock", "requirements-test.lock", "app/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        copy(HOUSE / name, tmp_path / name)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON.format(folder=tmp_path))
    python.chmod(0o755)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"command = python -m venv {tmp_path}/.venv\n")

    def run() -> int:
        installed = tmp_path / "installed"
        installed.write_text("")
        subprocess.run([tmp_path / ".ci" / "environment", "test"], check=True, capture_output=True)
        return len(installed.read_text().splitlines())

    return run


@pytest.mark.parametrize(
    ("file", "before", "after", "is_installed"),
    [
        ("pyproject.toml", '    "plan",\n', '    "plan",\n    "bookmarks",\n', False),
        ("pyproject.toml", "line-length = 120", "line-length = 100", False),
        ("pyproject.toml", '    "click>=', '    "rich>=13",\n    "click>=', True),
        ("pyproject.toml", '    "ruff>=', '    "vulture>=2",\n    "ruff>=', True),
        ("pyproject.toml", 'reflexe = "app.command:main"', 'reflex = "app.command:main"', True),
        ("pyproject.toml", 'packages = ["app"]', 'packages = ["app", "bench"]', True),
        ("requirements.lock", "click==", "clicks==", True),
        ("requirements-test.lock", "ruff==", "rough==", True),
        ("app/__init__.py", "import gc", "import gc, sys", False),
    ],
)
def test_only_what_is_installed_is_installed_again(
    tmp_path: Path, install: Callable[[], int], file: str, before: str, after: str, is_installed: bool
) -> None:
    assert install() and not install()
    text = (tmp_path / file).read_text()
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1))
    assert bool(install()) == is_installed

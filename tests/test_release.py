"""A version is real: numbered by its day, named everywhere alike, and never without what its operator does."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app import HOUSE
from app.core import version
from tests.support import release
from tests.support.release import OPERATOR, VERSION, Refused
from tests.support.terminal import invoke

TODAY = date(2026, 12, 3)
OPERATED = f"{OPERATOR}\n\n- `reflexe migrate`.\n"
NEWS = f"{OPERATED}\n### Better\n\n- Lists are read at once.\n"
BEFORE = f"\n## 2026.12.0 – 2026-12-01, commit 1a2b3c4d\n\n{OPERATED}\n### New\n\n- A page.\n"


@pytest.fixture
def clone(tmp_path: Path) -> Callable[[str], Path]:
    def make(news: str) -> Path:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "changelog.md").write_text(f"# Changelog\n\n## Unreleased\n\n{news}{BEFORE}")
        (tmp_path / "pyproject.toml").write_text('[project]\nname = "a"\nversion = "2026.12.0"\n')
        for command in (
            "init --quiet",
            "config user.name A",
            "config user.email a@example.org",
            "add .",
            "commit -qm A",
        ):
            subprocess.run(["git", *command.split()], cwd=tmp_path, check=True)
        return tmp_path

    return make


def test_what_is_new_becomes_a_version_of_the_day_with_its_commit_and_its_tag(clone: Callable[[str], Path]) -> None:
    folder = clone(f"{NEWS}\n### Fixed\n")
    commit = subprocess.run(
        ["git", "rev-parse", "--short=8", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert release.release(folder, TODAY) == "2026.12.1"
    text = (folder / "docs" / "changelog.md").read_text()
    assert text == f"# Changelog\n\n## Unreleased\n\n## 2026.12.1 – 2026-12-03, commit {commit}\n\n{NEWS}{BEFORE}"
    assert 'version = "2026.12.1"' in (folder / "pyproject.toml").read_text()
    log = subprocess.run(
        ["git", "log", "--format=%s %D", "-1"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    assert log.startswith("Release 2026.12.1") and "tag: 2026.12.1" in log
    with pytest.raises(Refused, match="says nothing under Unreleased"):
        release.release(folder, TODAY)


@pytest.mark.parametrize(
    "news, why",
    [
        ("", "says nothing under Unreleased"),
        (OPERATED, "says nothing under Unreleased"),
        ("### New\n\n- A page.\n", "what whoever upgrades does"),
        (f"{OPERATED}\n### Nice\n\n- A page.\n", "'### Nice' is none of"),
    ],
)
def test_what_says_too_little_is_no_version(clone: Callable[[str], Path], news: str, why: str) -> None:
    folder = clone(news)
    with pytest.raises(Refused, match=why):
        release.release(folder, TODAY)
    (folder / "note").write_text("A change.")
    with pytest.raises(Refused, match="commit them first"):
        release.release(folder, TODAY)


def test_the_first_version_of_a_month_is_its_number_0() -> None:
    assert release.number_next(BEFORE, TODAY) == "2026.12.1"
    assert release.number_next(BEFORE, date(2027, 1, 1)) == "2027.1.0"


def test_each_version_of_the_changelog_has_its_day_its_commit_and_what_its_operator_does() -> None:
    text = (HOUSE / "docs" / "changelog.md").read_text()
    versions = [f"## {part}" for part in text.split("\n## ")[1:] if not part.startswith("Unreleased")]
    assert versions and [part[:60] for part in versions if not VERSION.match(part)] == []
    assert [part[:60] for part in versions if f"\n{OPERATOR}\n\n- " not in part] == []
    assert VERSION.findall(text)[0][0] == version.get_number()


def test_the_version_is_said_at_the_terminal_with_its_commit_which_an_archive_says_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert version.describe().split(" ")[0] == version.get_number()
    assert invoke("--version").stdout.strip() == f"reflexe, version {version.describe()}"
    (tmp_path / "COMMIT").write_text("1a2b3c4d\n")
    monkeypatch.setattr(version, "ARCHIVED", tmp_path / "COMMIT")
    assert version.find_commit.__wrapped__() == "1a2b3c4d"

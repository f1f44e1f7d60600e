"""Give what was done since the last version a number and a day (`make release`): in pyproject.toml, the changelog and git.

It refuses a tree that holds changes, and a changelog that says nothing new or does not say what the operator does.
"""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from app import HOUSE

CHANGELOG, PROJECT = Path("docs", "changelog.md"), "pyproject.toml"
COMING = "## Unreleased\n"
OPERATOR = "### What the operator does"
SECTIONS = (OPERATOR, "### Security", "### New", "### Better", "### Fixed")
VERSION = re.compile(r"^## (?P<number>\d+\.\d+\.\d+) – (?P<day>\d{4}-\d\d-\d\d), commit (?P<commit>[0-9a-f]{8})$", re.M)


class Refused(Exception):
    """What keeps the version from being made, in one line."""


def number_next(changelog: str, today: date) -> str:
    """Return the next version of this month: its year, its month, how many it had."""
    month = f"{today.year}.{today.month}."
    return f"{month}{sum(found['number'].startswith(month) for found in VERSION.finditer(changelog))}"


def write_version(changelog: str, number: str, today: date, commit: str) -> str:
    """Return the changelog where what came is that of a version, made from a commit. Raise Refused for an empty one."""
    _head, heading, rest = changelog.partition(COMING)
    if not heading:
        raise Refused(f"docs/changelog.md has no heading {COMING.strip()}")
    news = rest.partition("\n## ")[0]
    check_news(news)
    kept = "".join(f"\n{part}" for part in re.split(r"\n(?=### )", news) if part.startswith("### ") and "\n- " in part)
    title = f"\n## {number} – {today}, commit {commit}\n{kept}"
    return f"{_head}{COMING}{title}{rest.removeprefix(news)}"


def check_news(news: str) -> None:
    """Raise Refused where nothing is told, or what the operator does is not."""
    parts = {part.partition("\n")[0]: part for part in re.split(r"\n(?=### )", news)}
    unknown = [title for title in parts if title.startswith("### ") and title not in SECTIONS]
    if unknown:
        raise Refused(f"docs/changelog.md: {unknown[0]!r} is none of {', '.join(SECTIONS)}")
    if not any("\n- " in parts.get(title, "") for title in SECTIONS[1:]):
        raise Refused("docs/changelog.md says nothing under Unreleased: there is nothing to release")
    if "\n- " not in parts.get(OPERATOR, ""):
        raise Refused(
            f'docs/changelog.md: write under "{OPERATOR}" what whoever upgrades does, even "nothing more than…"'
        )


def release(folder: Path, today: date) -> str:
    """Make the version of today in the clone at `folder`, and return its number. Raise Refused."""
    if _git(folder, "status", "--porcelain"):
        raise Refused("the tree holds changes: commit them first")
    changelog, project = folder / CHANGELOG, folder / PROJECT
    number, commit = number_next(changelog.read_text(), today), _git(folder, "rev-parse", "--short=8", "HEAD")
    changelog.write_text(write_version(changelog.read_text(), number, today, commit))
    project.write_text(re.sub(r'^version = ".*"$', f'version = "{number}"', project.read_text(), count=1, flags=re.M))
    _git(folder, "commit", "--all", "--message", f"Release {number}")
    _git(folder, "tag", "--annotate", number, "--message", number)
    return number


def _git(folder: Path, *arguments: str) -> str:
    asked = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def main() -> None:
    try:
        print(f"{release(HOUSE, date.today())} is made, with its tag: git push --follow-tags")
    except Refused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()

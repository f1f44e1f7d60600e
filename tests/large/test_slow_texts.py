"""No pattern and no function that reads a text takes the square of its length, on the texts that are the worst for it."""

import json
import re
import subprocess
import sys

import pytest

from app import HOUSE
from tests.large import slow_texts


def find_slow(mode: str) -> list[str]:
    """Return what is slow, and what was being read if the time of the process was over."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.large.slow_texts", mode], cwd=HOUSE, capture_output=True, text=True
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    slow = [f"{one['slow']} on {one['on']}" for one in said if "slow" in one]
    if done.returncode:
        slow.append(f"{said[-1]['reads'] if said else ''}: {done.stderr[-500:] or 'without end'}")
    elif said[-1]["count"] < 100:
        slow.append("few patterns were found")
    return slow


def test_what_reads_a_text_takes_time_as_it_is_long() -> None:
    """What a busy machine made slow once is fast in another process."""
    assert find_slow("sample") == [] or find_slow("sample") == []


@pytest.mark.soak
def test_so_it_does_on_many_more_texts() -> None:
    assert find_slow("whole") == []


def test_a_pattern_that_takes_the_square_is_found() -> None:
    """The one that read lists in the cells of a plan, and one that reads as it should."""
    found = []
    for text in (r'\s*"(?:[^"]|"")*"|([^;\n]*)(?:[;\n]|\Z)', r"[^;\n]*(?:[;\n]|\Z)"):
        use = slow_texts.Use("here", re.compile(text), "finditer")
        recipes = slow_texts.texts_for(use.pattern, is_sample=True)
        reader = slow_texts.Reader("", slow_texts.reader_of(use), 4_000, recipes)
        found.append(any(slow_texts.is_slow(reader, recipe) for recipe in reader.recipes))
    assert found == [True, False]


def test_each_way_to_use_a_pattern_is_seen() -> None:
    found = {(use.place, use.method) for use in slow_texts.uses()}
    assert {
        ("app/exchange/plan_file/cells.py", "finditer"),
        ("app/exchange/html.py", "split"),
        ("app/exchange/plan_file/figures.py", "fullmatch"),
        ("app/core/text/plain.py", "sub"),
        ("app/forms/rows.py", "fullmatch"),
        ("app/operations/backup_postgresql.py", "match"),
    } <= found


def test_what_sets_the_texts_of_the_interface_is_given_no_other() -> None:
    users = [file for file in (HOUSE / "app").rglob("*.py") if "typography" in file.read_text()]
    assert users == []

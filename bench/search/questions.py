"""The judged questions: what people type, what they hope for, and what answers them."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HALVES = ("open", "kept")
"""The half to tune with, and the half that is kept aside until the end."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """What `who` types, hoping for `hope`; `grades` are those of the texts that were judged, by their source ids.

    2: it answers the question; 1: it is of some use; 0: of none.
    """

    number: int
    half: str
    text: str
    who: str
    hope: str
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_answer(self) -> bool:
        return any(self.grades.values())


def read(half: str) -> list[Question]:
    """Return the questions of a half."""
    grades = read_grades()
    rows = read_table("questions.tsv")
    return [
        Question(int(row["number"]), half, row["question"], row["who"], row["hope"], grades.get(int(row["number"]), {}))
        for row in rows
        if row["half"] == half
    ]


def read_grades() -> dict[int, dict[str, int]]:
    """Return the grades of each question, by its number and by the source ids of the texts."""
    found = defaultdict[int, dict[str, int]](dict)
    for row in read_table("grades.tsv"):
        found[int(row["number"])][row["source_id"]] = int(row["grade"])
    return dict(found)


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of this folder, without its head."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))

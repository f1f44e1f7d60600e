"""What was found wrong is told once, and once more when it is right again: a file says what was told."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from app.operations import backup_notes
from app.operations.check import Finding

FILE = "alarms.json"


@dataclass(frozen=True)
class Alarms:
    """The subjects that were told to be wrong, each with its text, and the day of the last whole examination."""

    told: Mapping[str, str] = field(default_factory=dict)
    examined_on: str = ""

    def is_due(self, today: date) -> bool:
        return self.examined_on != today.isoformat()


def read(data_dir: Path) -> Alarms:
    """Return what was told; nothing where the file is not there, or was damaged: it is told again."""
    try:
        return Alarms(**json.loads((data_dir / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return Alarms()


def write(data_dir: Path, alarms: Alarms) -> None:
    """Write down what was told. Raise OSError."""
    backup_notes.write_whole(data_dir / FILE, json.dumps(asdict(alarms), ensure_ascii=False))


def list_news(told: Mapping[str, str], findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return what is wrong and was not told, and what was told and is right again."""
    found = list(findings)
    wrong = [one for one in found if one.grade == "wrong" and one.subject not in told]
    right = [one for one in found if one.grade != "wrong" and one.subject in told]
    return wrong, right


def note(told: Mapping[str, str], wrong: Iterable[Finding], right: Iterable[Finding]) -> dict[str, str]:
    """Return what was told once these are."""
    over = {one.subject for one in right}
    kept = {subject: text for subject, text in told.items() if subject not in over}
    return kept | {one.subject: one.text for one in wrong}

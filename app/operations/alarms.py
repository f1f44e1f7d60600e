"""What was found wrong is told once, and once more when it is right again: a file says what was told."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from app.core import clock
from app.operations import backup_notes
from app.operations.check import Finding

FILE = "alarms.json"
# A worker looks each hour; one that did not was away, and is just at what it missed.
AWAY = timedelta(hours=2)
OVER = "no longer looked at"


@dataclass(frozen=True)
class Alarms:
    """The subjects that were told to be wrong, each with its text, how often something was told, and the last looks.

    `examined_on` is the day of the last whole examination, and `looked_at` the moment of the last look.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    examined_on: str = ""
    looked_at: str = ""
    count: int = 0

    def is_due(self, today: date) -> bool:
        return self.examined_on != today.isoformat()

    def was_away(self, now: datetime) -> bool:
        """Tell whether nobody looked for so long that what is late now may be at work already."""
        return not self.looked_at or now - datetime.fromisoformat(self.looked_at) > AWAY


@dataclass(frozen=True)
class News:
    """What is wrong and was not told, and what was told and is right again, or looked at no longer."""

    wrong: list[Finding]
    right: list[Finding]

    def name(self) -> str:
        """Name these news, so that they are written once where what was told can't be noted."""
        return ",".join(f"{one.grade} {one.subject}" for one in (*self.wrong, *self.right))


def read(data_dir: Path) -> Alarms:
    """Return what was told; nothing where the file is not there, or was damaged: it is told again."""
    try:
        found = Alarms(**json.loads((data_dir / FILE).read_text()))
        found.was_away(clock.now())
        return found
    except (OSError, ValueError, TypeError):
        return Alarms()


def write(data_dir: Path, alarms: Alarms) -> bool:
    """Write down what was told; tell whether the disk took it."""
    try:
        backup_notes.write_whole(data_dir / FILE, json.dumps(asdict(alarms), ensure_ascii=False))
    except OSError:
        return False
    return True


def find_news(told: Mapping[str, str], findings: Iterable[Finding], *, is_whole: bool) -> News:
    """Compare what is found with what was told; `is_whole` where a subject that is not there is none any more."""
    found = {one.subject: one for one in findings}
    wrong = [one for one in found.values() if one.grade == "wrong" and one.subject not in told]
    right = [one for one in found.values() if one.grade != "wrong" and one.subject in told]
    over = [Finding(subject, "ok", OVER) for subject in told if is_whole and subject not in found]
    return News(wrong, right + over)


def note(told: Mapping[str, str], news: News) -> dict[str, str]:
    """Return what was told once these are."""
    over = {one.subject for one in news.right}
    kept = {subject: text for subject, text in told.items() if subject not in over}
    return kept | {one.subject: one.text for one in news.wrong}

"""What was found wrong is told once, and again for another cause, or when it is right: a file says what was told."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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

    `causes` are what failed of each at the last look. `examined_on` is the day of the last whole examination, and
    `looked_at` the moment of the last look.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    examined_on: str = ""
    looked_at: str = ""
    count: int = 0

    def is_due(self, today: date) -> bool:
        return self.examined_on != today.isoformat()

    def was_away(self, now: datetime) -> bool:
        """Tell whether nobody looked for so long that what is late now may be at work already."""
        return not self.looked_at or now - datetime.fromisoformat(self.looked_at) > AWAY

    def knows(self, finding: Finding) -> bool:
        """Tell whether it was told that this is wrong, and for all that fails of it now."""
        known = self.causes.get(finding.subject, finding.causes)
        return finding.subject in self.told and set(finding.causes) <= set(known)


@dataclass(frozen=True)
class News:
    """What is wrong and was not told, and what was told and is right again, or looked at no longer.

    `causes` are of all that is wrong, told or not.
    """

    wrong: list[Finding]
    right: list[Finding]
    causes: Mapping[str, Sequence[str]]

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


def find_news(before: Alarms, findings: Iterable[Finding], *, is_whole: bool) -> News:
    """Compare what is found with what was told; `is_whole` where a subject that is not there is none any more."""
    found = {one.subject: one for one in findings}
    all_wrong = [one for one in found.values() if one.grade == "wrong"]
    right = [one for one in found.values() if one.grade != "wrong" and one.subject in before.told]
    over = [Finding(subject, "ok", OVER) for subject in before.told if is_whole and subject not in found]
    causes = {one.subject: one.causes for one in all_wrong if one.causes}
    return News([one for one in all_wrong if not before.knows(one)], right + over, causes)


def note(before: Alarms, news: News) -> Alarms:
    """Return the alarms once these news are told."""
    over = {one.subject for one in news.right}
    told = {subject: text for subject, text in before.told.items() if subject not in over}
    causes = {subject: names for subject, names in before.causes.items() if subject not in over}
    told |= {one.subject: one.text for one in news.wrong}
    return replace(before, told=told, causes=causes | dict(news.causes))

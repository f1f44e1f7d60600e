"""What `check` finds: a line for each thing that it looks at."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.choices import retention as choice_retention
from app.choices.queries import faults as choice_faults
from app.events import retention
from app.forum import retention as forum_retention
from app.forum.queries import faults
from app.notes.queries import faults as note_faults

# Without these nothing else of the database can be looked at.
NEEDED = ("database", "version")
SEVERAL = 3


@dataclass(frozen=True)
class Finding:
    """One line of the report; `grade` is ok, look or wrong, and `causes` name what fails, where that may be several."""

    subject: str
    grade: str
    text: str
    causes: tuple[str, ...] = ()

    def describe(self) -> dict[str, str]:
        return {"subject": self.subject, "grade": self.grade, "text": self.text}


def is_complete(findings: Iterable[Finding]) -> bool:
    """Tell whether all was looked at, which a database that can't be read forbids."""
    return not any(one.grade == "wrong" and one.subject in NEEDED for one in findings)


def find_overdue() -> Finding:
    """Tell whether what people said to come to meetings was forgotten in time."""
    overdue = sum(one.count_overdue() for one in (retention, forum_retention, choice_retention))
    if overdue:
        return Finding(
            "registrations",
            "wrong",
            f"{overdue} rows of who came to meetings should have been erased a day ago: start `reflexe worker`, or "
            "restart it, then read its log",
        )
    return Finding("registrations", "ok", "names and needs of meetings are erased in time")


def find_impossible() -> Finding:
    """Tell what stands in the tables of forums that no press leads to."""
    found = faults.list_faults() + note_faults.list_faults() + choice_faults.list_faults()
    if found:
        more = f" and {len(found) - SEVERAL} more" if len(found) > SEVERAL else ""
        return Finding(
            "forums", "wrong", f"{'; '.join(found[:SEVERAL])}{more}: keep a copy, then tell who makes the program"
        )
    return Finding("forums", "ok", "each topic is where it may be")

"""What became of the rows of a file: counts, and each reason once, with the first lines where it holds."""

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field

from app.core.errors import N_, DomainError

FIRST = 5
PRIVATE, DRAFT, REJECTED, WITHDRAWN, HIDDEN, UNPUBLISHED = (
    "private",
    "draft",
    "rejected",
    "withdrawn",
    "hidden",
    "unpublished",
)
RESERVATIONS = (PRIVATE, DRAFT, REJECTED, WITHDRAWN, HIDDEN, UNPUBLISHED)
"""What the row of a source may say of itself, so that nothing is published before somebody answers for it."""
WITH_IDEA, ABOUT_ANOTHER = "with_idea", "about_another"
"""A comment whose idea is left out, and one on a thing of another kind."""
NOT_STORED = N_("la base de données ne peut pas la prendre")


class RowError(DomainError):
    """The row is not valid: the message says why, for any row; `detail` is what this one holds."""

    def __init__(self, message: str, detail: str = "", **values: object):
        super().__init__(message, **values)
        self.detail = detail


@dataclass
class Reason:
    """One reason for which rows are refused, with the first lines and a few of the values that it is about."""

    message: str
    values: dict[str, object]
    count: int = 0
    lines: list[int] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    def add(self, line: int, detail: str) -> None:
        self.count += 1
        insort(self.lines, line)
        del self.lines[FIRST:]
        if detail and detail not in self.details and len(self.details) < FIRST:
            self.details.append(detail)


@dataclass
class Report:
    """Counts of one file. Equal reasons are held once: it does not grow with the file."""

    added_count: int = 0
    present_count: int = 0
    orphan_count: int = 0
    """Answers to a comment that is not there: they hang from the nearest one above it, or from the thread."""
    left_out: Counter[str] = field(default_factory=Counter)
    reasons: dict[tuple[object, ...], Reason] = field(default_factory=dict)

    @property
    def refused_count(self) -> int:
        return sum(reason.count for reason in self.reasons.values())

    def refuse(self, line: int, refusal: DomainError) -> None:
        key = (refusal.message, *sorted(map(str, refusal.values.items())))
        reason = self.reasons.setdefault(key, Reason(refusal.message, refusal.values))
        reason.add(line, getattr(refusal, "detail", ""))

    def leave_out(self, reservation: str) -> None:
        self.left_out[reservation] += 1

    def list_reasons(self) -> list[Reason]:
        """Return the reasons, the most frequent first."""
        return sorted(self.reasons.values(), key=lambda one: (-one.count, one.lines[0], one.message))

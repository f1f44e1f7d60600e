"""What an import did: how many rows were added, were here already, or were refused."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts of one file; `tell` gets each refusal at once (line, reason), so that nothing piles up here."""

    added_count: int = 0
    present_count: int = 0
    refused_count: int = 0
    tell: Callable[[int, str], None] = field(default=lambda _line, _reason: None, repr=False)

    def refuse(self, line: int, reason: str) -> None:
        self.refused_count += 1
        self.tell(line, reason)

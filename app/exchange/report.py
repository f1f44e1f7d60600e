"""What an import did: how many rows were taken, were there already, or were refused."""
from collections.abc import Callable
from dataclasses import dataclass, field

Refuse = Callable[[int, str], None]


@dataclass
class Report:
    """Counts of one file; what is refused is told at once (line, reason), so that nothing piles up here."""

    added: int = 0
    known: int = 0
    refused: int = 0
    tell: Refuse = field(default=lambda _line, _reason: None, repr=False)

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        self.tell(line, reason)

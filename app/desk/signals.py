from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class Assigned(Signal):
    """An idea or a case was put into somebody's hands; the row has who and by whom."""

    assignment_id: int

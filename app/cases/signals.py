from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class CaseOpened(Signal):
    """A first member reported a content."""

    case_id: int
    by: int


@dataclass(frozen=True)
class CaseMoved(Signal):
    """A case was closed or opened again; the step tells how, why and by whom."""

    step_id: int

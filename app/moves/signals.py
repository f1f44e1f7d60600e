from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class HandoverOffered(Signal):
    """A community offers an idea to another."""

    handover_id: int


@dataclass(frozen=True)
class HandoverAnswered(Signal):
    """The idea was accepted or returned; the row tells which."""

    handover_id: int


@dataclass(frozen=True)
class MoveAsked(Signal):
    """An author asks that another community lead their idea."""

    request_id: int


@dataclass(frozen=True)
class MoveAnswered(Signal):
    """The team refuses it, or offers the idea to the community that was asked for; the row tells which."""

    request_id: int

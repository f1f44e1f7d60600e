from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class VoteCast(Signal):
    idea_id: int
    by: int


@dataclass(frozen=True)
class VoteWithdrawn(Signal):
    idea_id: int
    by: int

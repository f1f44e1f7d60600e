from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class AppealMade(Signal):
    appeal_id: int


@dataclass(frozen=True)
class AppealJudged(Signal):
    appeal_id: int

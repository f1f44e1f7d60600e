from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class AccountRegistered(Signal):
    user_id: int


@dataclass(frozen=True)
class AccountClosed(Signal):
    user_id: int

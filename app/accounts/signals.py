from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class AccountClosed(Signal):
    """`email` is the address that the account had."""

    user_id: int
    email: str = ""


@dataclass(frozen=True)
class ProfileChanged(Signal):
    """Somebody whose profile is hidden wrote it anew."""

    profile_id: int


@dataclass(frozen=True)
class SiteRoleGiven(Signal):
    """`by` is None when an operator did it at the terminal."""

    user_id: int
    role: str
    by: int | None


@dataclass(frozen=True)
class SignedOut(Signal):
    """An administrator closed the sessions of an account."""

    user_id: int
    by: int


@dataclass(frozen=True)
class SecondFactorDropped(Signal):
    """An administrator turned a second factor off for somebody who lost it."""

    user_id: int
    reason: str
    by: int


@dataclass(frozen=True)
class PasswordSet(Signal):
    """An operator set a password at the terminal."""

    user_id: int


@dataclass(frozen=True)
class CharterChanged(Signal):
    number: int
    summary: str
    by: int


@dataclass(frozen=True)
class SettingsChanged(Signal):
    keys: tuple[str, ...]
    by: int

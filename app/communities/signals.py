from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class MemberJoined(Signal):
    """`by` invited them, into a private community; None where they came by themselves."""

    community_id: int
    user_id: int
    by: int | None


@dataclass(frozen=True)
class MemberLeft(Signal):
    """Somebody ended their own membership."""

    community_id: int
    user_id: int


@dataclass(frozen=True)
class MemberRemoved(Signal):
    """The team of a private community ended somebody's membership."""

    community_id: int
    user_id: int
    reason: str
    by: int


@dataclass(frozen=True)
class SittingOpened(Signal):
    """Somebody in charge of a community begins to type what was said at a meeting."""

    community_id: int


@dataclass(frozen=True)
class IssuesCovered(Signal):
    """The coordination said which issues a community covers."""

    community_id: int


@dataclass(frozen=True)
class FacilitatorNamed(Signal):
    """`by` is None when an operator did it at the terminal."""

    community_id: int
    user_id: int
    by: int | None


@dataclass(frozen=True)
class FacilitatorRelieved(Signal):
    community_id: int
    user_id: int
    by: int | None


@dataclass(frozen=True)
class AccountSuspended(Signal):
    """The administration keeps an account from taking part: it is no longer in the right hands."""

    user_id: int
    reason: str
    by: int


@dataclass(frozen=True)
class SuspensionLifted(Signal):
    user_id: int
    reason: str
    by: int

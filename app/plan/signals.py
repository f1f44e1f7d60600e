from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class PlanPublished(Signal):
    """A version of a plan was published."""

    version_id: int


@dataclass(frozen=True)
class BulletinPosted(Signal):
    """Something was said of an action: it may have moved, reached milestones or been dropped (see the row).

    `is_of_version`: it came in one file with a version of the plan, which is the line of the journal for both.
    """

    bulletin_id: int
    is_of_version: bool = False


@dataclass(frozen=True)
class HolderNamed(Signal):
    holder_id: int


@dataclass(frozen=True)
class HolderRelieved(Signal):
    holder_id: int
    by: int


@dataclass(frozen=True)
class LinkProposed(Signal):
    """A member asks a team to link an idea to an action."""

    link_id: int


@dataclass(frozen=True)
class LinkAnswered(Signal):
    """A link was accepted (perhaps by who made it) or declined."""

    link_id: int
    by: int


@dataclass(frozen=True)
class LinkEnded(Signal):
    link_id: int
    by: int

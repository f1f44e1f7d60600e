from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class PlanPublished(Signal):
    """A version of a plan was published, with news of the actions `reported`."""

    version_id: int
    reported: tuple[int, ...] = ()


@dataclass(frozen=True)
class PlanMadeCurrent(Signal):
    """A plan took the place of the one that was current."""

    plan_id: int


@dataclass(frozen=True)
class PlanArchived(Signal):
    """A plan was put in the archives."""

    plan_id: int


@dataclass(frozen=True)
class PlanUnarchived(Signal):
    """A plan came back from the archives."""

    plan_id: int


@dataclass(frozen=True)
class BulletinPosted(Signal):
    """Something was said of an action: it may have moved, reached milestones or been dropped (see the row).

    `is_of_version`: it came in one file with a version of the plan, which is the line of the journal for both.
    `reopened` counts the milestones that are no longer reached, `figures` the values and the progress that it gave.
    """

    bulletin_id: int
    is_of_version: bool = False
    reopened: int = 0
    figures: int = 0


@dataclass(frozen=True)
class BulletinCorrected(Signal):
    """What was said of an action was written again."""

    bulletin_id: int


@dataclass(frozen=True)
class BulletinWithdrawn(Signal):
    """What was said of an action was taken back by whoever said it."""

    bulletin_id: int


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
    """A link in force ended, or what was proposed was taken back.

    `is_of_step`: the idea left the plan by a step of its own, which is told with its reason.
    """

    link_id: int
    by: int
    is_of_step: bool = False

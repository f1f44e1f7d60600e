from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class MeasureTaken(Signal):
    """Something was done to a content or to a person; the row tells what, why and by whom."""

    measure_id: int


@dataclass(frozen=True)
class CaseOpened(Signal):
    """A first member reported a content."""

    case_id: int
    by: int


@dataclass(frozen=True)
class CaseMoved(Signal):
    """A case was closed or opened again; the step tells how, why and by whom."""

    step_id: int


@dataclass(frozen=True)
class IdeaMerged(Signal):
    """An idea was joined to another; `people` are those whose support is counted there from now on.

    `is_back`: the team had drawn it out of the other, and undoes that.
    """

    merge_id: int
    people: tuple[int, ...]
    is_back: bool = False


@dataclass(frozen=True)
class IdeaParted(Signal):
    """An idea stands alone again; `people` are those whose support went back with it."""

    merge_id: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class IdeaSplit(Signal):
    """An idea was drawn out of another."""

    idea_id: int
    origin_id: int
    by: int
    reason: str


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


@dataclass(frozen=True)
class AppealMade(Signal):
    appeal_id: int


@dataclass(frozen=True)
class AppealJudged(Signal):
    appeal_id: int

from dataclasses import dataclass

from app.core.signals import Signal


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

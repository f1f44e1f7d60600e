from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class IdeaPublished(Signal):
    idea_id: int
    by: int


@dataclass(frozen=True)
class IdeaRevised(Signal):
    idea_id: int
    by: int
    number: int


@dataclass(frozen=True)
class IdeaMoved(Signal):
    """The idea changed status; `status` is the new one."""

    idea_id: int
    by: int
    status: str

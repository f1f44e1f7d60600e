from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class IdeaSupported(Signal):
    """`more` supports came, and there are `count` now; `by` is None where they came with an idea that was joined."""

    idea_id: int
    count: int
    more: int
    by: int | None

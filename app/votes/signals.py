from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class IdeaSupported(Signal):
    """`more` supports came, and there are `count` now; `by` is None where they came with an idea that was joined.

    `is_named` says that whoever supports it appears by name.
    """

    idea_id: int
    count: int
    more: int
    by: int | None
    is_named: bool = False

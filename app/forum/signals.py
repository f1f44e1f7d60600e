from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class PhaseMoved(Signal):
    """A forum went on to another phase, or back to one."""

    forum_id: int
    phase: str


@dataclass(frozen=True)
class ForumRemoved(Signal):
    """A forum is about to be deleted, with its topics."""

    forum_id: int


@dataclass(frozen=True)
class TopicChanged(Signal):
    """A topic was pitched, withdrawn, joined to another, placed or moved (`what`)."""

    topic_id: int
    what: str

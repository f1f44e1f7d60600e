from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class CommentHeld(Signal):
    """The comment waits for somebody of the team before it appears."""

    comment_id: int
    thread_id: int
    by: int | None


@dataclass(frozen=True)
class CommentPosted(Signal):
    """The comment appeared, when it was written or once the team let it."""

    comment_id: int


@dataclass(frozen=True)
class CommentUsed(Signal):
    """Whoever wrote the idea says that this comment went into it."""

    comment_id: int


@dataclass(frozen=True)
class CommentsCounted(Signal):
    """The public count of a thread changed; its subject, an idea or an update (`kind`), keeps its own copy in step."""

    thread_id: int
    kind: str
    count: int

from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class NotesPublished(Signal):
    """The public reads the notes of a session for the first time; `by` is the member who published them, if one did."""

    topic_id: int
    by: int | None


@dataclass(frozen=True)
class LineLinked(Signal):
    """Something said in a session was linked to an action of the plan."""

    line_id: int
    by: int


@dataclass(frozen=True)
class LineCorrected(Signal):
    """A published line has other words (`text`), once its forum is closed; `line_id` is that of its first row."""

    line_id: int
    text: str


@dataclass(frozen=True)
class ReviewEnded(Signal):
    """Everything that was said in a forum has its place now."""

    forum_id: int
    by: int

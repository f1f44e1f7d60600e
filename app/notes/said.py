"""Something said in a session that became an idea, before whoever may say that it is theirs."""

from dataclasses import dataclass

from app.ideas.models import Idea
from app.notes.models import PublishedLine


@dataclass(frozen=True)
class Said:
    """A line, the member who wrote it first (None: a guest, or nobody now), and the idea that it became."""

    line: PublishedLine
    writer_id: int | None
    idea: Idea

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.people import Profile
from app.comments.models import Comment
from app.contents.models import Content, container_of
from app.core import clock
from app.core.db import Model, partial_index
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from app.plan.models.structure import Action
from app.updates.models import Update


class Appeal(Model):
    """The person concerned asks, once, that somebody else look at a measure again."""

    __tablename__ = "appeals"
    public = True
    __table_args__ = (
        CheckConstraint("state IN ('open', 'granted', 'refused')", name="state"),
        partial_index("ix_appeals_open", "state = 'open'", "at", "id"),
        Index("ix_appeals_decided", "state", "decided_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    words: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(default="open")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class ContestedMeasure:
    """A measure, its content (None when it is on a person), the appeal against it if any, and what became of it.

    `is_over`: it was undone, followed by another or has ended. `is_party`: the reader reported what it is about, or
    wrote the other idea, where two were joined.
    """

    measure: Measure
    content: Content | None
    appeal: Appeal | None
    is_over: bool = False
    is_party: bool = False

    @property
    def community_id(self) -> int | None:
        return container_of(self.content).community_id if self.content else self.measure.community_id

    @property
    def is_private(self) -> bool:
        """Only those of its own community decide: it is private, or the measure is on a person."""
        return self.content is None or container_of(self.content).is_private

    @property
    def concerned_id(self) -> int | None:
        return self.content.author_id if self.content else self.measure.user_id

    @property
    def has_effect(self) -> bool:
        """Nothing undid it or came after it, and what it is on is still there, as the measure left it."""
        return not self.is_over and not (self.content and self.content.is_deleted) and is_as_left(self)


@dataclass(frozen=True)
class MeasureLine(ContestedMeasure):
    """A measure in a list: `by` is the name of who took it ("" when the site did), `whom` of the person it is on.

    The name of a closed account is empty.
    """

    by: str = ""
    whom: str = ""


@dataclass(frozen=True)
class Overturning:
    """What became of a measure that was undone: by whom ("" for a closed account), when, why, and after an appeal?"""

    by: str
    at: datetime
    reason: str
    is_appeal: bool


def is_as_left(contested_measure: ContestedMeasure) -> bool:
    """Tell whether what a measure changed is still as it left it.

    That is the lock or the pace of a thread, where a content stands, the words of a profile, what an idea is joined to.
    """
    measure, content = contested_measure.measure, contested_measure.content
    data = measure.data or {}
    if measure.kind in ("lock", "slow"):
        assert isinstance(content, Idea | Update | Action | Event), (
            "a thread is locked or slowed through what it is about"
        )
        thread = content.thread
        return thread.is_locked if measure.kind == "lock" else thread.slow_minutes == data.get("minutes")
    if measure.kind in ("move", "hand_over"):
        present = content.thread_id if isinstance(content, Comment) else contested_measure.community_id
        return present == data.get("to")
    if isinstance(content, Profile):
        return content.changed_at is None
    if measure.kind in ("merge", "split"):
        assert isinstance(content, Idea), "what is joined or drawn out is an idea"
        return content.merged_into == data.get("into")
    return content is None or content.is_hidden if measure.kind in ("hide", "refuse") else True

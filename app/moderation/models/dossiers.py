"""What is judged: a case or a measure, with the content that it is about as it is now."""
from dataclasses import dataclass

from app.comments.models import Comment, Thread
from app.ideas.models import Idea
from app.moderation.models.cases import Appeal, Case
from app.moderation.models.measures import Measure
from app.updates.models import Update

Content = Idea | Comment | Update


def place(content: Content) -> Idea | Thread | Update:
    """Give what says in which community a content stands, and whether that is a private one."""
    return content.thread if isinstance(content, Comment) else content


def noun(content: Content) -> str:
    """Name the kind of a content: idea, comment or update."""
    return type(content).__name__.lower()


@dataclass(frozen=True)
class Dossier:
    """A case, its content, and whether the reader is one of those who reported it."""

    case: Case
    content: Content
    has_reported: bool = False

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def community_id(self) -> int | None:
        return place(self.content).community_id

    @property
    def is_private(self) -> bool:
        return place(self.content).is_private

    @property
    def concerned_id(self) -> int | None:
        return self.content.author_id


@dataclass(frozen=True)
class Contested:
    """A measure, its content (None when it is on a person), the appeal against it, and what became of it."""

    measure: Measure
    content: Content | None
    appeal: Appeal | None
    is_over: bool = False
    has_reported: bool = False

    @property
    def community_id(self) -> int | None:
        return place(self.content).community_id if self.content else self.measure.community_id

    @property
    def is_private(self) -> bool:
        return bool(self.content and place(self.content).is_private)

    @property
    def concerned_id(self) -> int | None:
        return self.content.author_id if self.content else self.measure.user_id

    @property
    def has_effect(self) -> bool:
        """Nothing undid it or came after it, and what it is on is still there."""
        return not self.is_over and not (self.content and self.content.is_deleted)

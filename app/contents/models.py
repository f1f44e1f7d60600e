"""What is judged: a case or a measure, with the content that it is about as it is now."""
from dataclasses import dataclass
from typing import Any

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile, User
from app.comments.models import Comment, Thread
from app.core.permits import noun
from app.ideas.models import Idea
from app.moderation.models.cases import Appeal, Case
from app.moderation.models.desk import Handover
from app.moderation.models.measures import Measure
from app.updates.models import Update

Content = Idea | Comment | Update | Profile


def place(content: Content) -> Idea | Thread | Update | Profile:
    """Give what says in which community a content stands, and whether that is a private one."""
    return content.thread if isinstance(content, Comment) else content


@dataclass(frozen=True)
class Dossier:
    """A case, and its content."""

    case: Case
    content: Content

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
    """A measure, its content (None when it is on a person), the appeal against it, and what became of it.

    `is_party`: the reader reported what it is about, or wrote the other idea, where two were joined.
    """

    measure: Measure
    content: Content | None
    appeal: Appeal | None
    is_over: bool = False
    is_party: bool = False

    @property
    def community_id(self) -> int | None:
        return place(self.content).community_id if self.content else self.measure.community_id

    @property
    def is_private(self) -> bool:
        """Only those of its own community decide: it is private, or the measure is on a person."""
        return self.content is None or place(self.content).is_private

    @property
    def concerned_id(self) -> int | None:
        return self.content.author_id if self.content else self.measure.user_id

    @property
    def has_effect(self) -> bool:
        """Nothing undid it or came after it, and what it is on is still there, as the measure left it."""
        return not self.is_over and not (self.content and self.content.is_deleted) and is_as_left(self)


def is_as_left(contested: Contested) -> bool:
    """Tell whether a thread, a place, words of a profile and what an idea is joined to are as a measure had them."""
    measure, content, data = contested.measure, contested.content, contested.measure.data or {}
    if measure.kind in ("lock", "slow"):
        assert isinstance(content, Idea | Update), "a thread is locked or slowed through what it is about"
        thread = content.thread
        return thread.is_locked if measure.kind == "lock" else thread.slow_minutes == data.get("minutes")
    if measure.kind in ("move", "hand_over"):
        present = content.thread_id if isinstance(content, Comment) else contested.community_id
        return present == data.get("to")
    if isinstance(content, Profile):
        return content.changed_at is None
    if measure.kind in ("merge", "split"):
        assert isinstance(content, Idea), "what is joined or drawn out is an idea"
        return content.merged_into == data.get("into")
    return True


@dataclass(frozen=True)
class Offer:
    """A hand-over, with the idea that one community offers to another."""

    handover: Handover
    idea: Idea

    @property
    def id(self) -> int:
        return self.handover.id


@dataclass(frozen=True)
class Person:
    """A member as the teams see them: the communities where they posted, and those that they have the charge of."""

    user: User
    places: frozenset[int]
    charges: frozenset[int]


@dataclass(frozen=True)
class Aim:
    """A person, and the community where something would be done about them (None: the whole site).

    `about` is the content that calls for it, where one does, as (kind, number).
    """

    person: Person
    community_id: int | None
    about: tuple[str, int] | None = None


@dataclass(frozen=True)
class Held:
    """A held revision, with the idea, the comment or the person whose public words it would change.

    `places` are the communities where a person posted: their teams read what they would say of themselves.
    """

    revision: HeldRevision
    subject: Idea | Comment | User
    places: frozenset[int] = frozenset()

    @property
    def id(self) -> int:
        return self.revision.id

    @property
    def words(self) -> dict[str, Any]:
        return self.revision.words

    @property
    def suspect(self) -> str:
        return self.revision.suspect

    @property
    def version(self) -> str:
        return self.revision.version

    @property
    def noun(self) -> str:
        return noun(self.subject)

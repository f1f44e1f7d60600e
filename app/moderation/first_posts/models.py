"""A change that waits, with what it would change."""

from dataclasses import dataclass
from typing import Any

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment
from app.communities.models import Restriction
from app.core.permits import noun
from app.ideas.models import Idea


@dataclass(frozen=True)
class HeldChange:
    """A held revision, with the idea, the comment or the person whose public words it would change.

    `community_ids` are the communities where a person posted: their teams read what they would say of themselves.
    """

    revision: HeldRevision
    subject: Idea | Comment | User
    community_ids: frozenset[int] = frozenset()

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


@dataclass(frozen=True)
class FrozenAccount:
    """A frozen account as its reviewers see it; `community_ids` are the communities where it posted."""

    restriction: Restriction
    name: str
    community_ids: frozenset[int]

    @property
    def user_id(self) -> int:
        return self.restriction.user_id

from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class IdeaHeld(Signal):
    """The idea waits for somebody of the team before it appears."""

    idea_id: int
    by: int


@dataclass(frozen=True)
class IdeaPublished(Signal):
    """The idea appeared, when it was written or once the team let it; perhaps not for good.

    `drawn_by` is who drew it out of another, of the same author.
    """

    idea_id: int
    drawn_by: int | None = None


@dataclass(frozen=True)
class IdeaRevised(Signal):
    """`is_read`: the team read this text and let it appear."""

    idea_id: int
    by: int
    number: int
    is_read: bool = False


@dataclass(frozen=True)
class KindChanged(Signal):
    """What the public reads as a need, an idea… is of another kind from now on; `former` is the one that it was."""

    idea_id: int
    former: str


@dataclass(frozen=True)
class IdeaMoved(Signal):
    """The idea changed status; `status` is the new one, or the same where the community only answered (`stays`).

    `action_id` is the action of the plan from which it derives: what happened to the action is told, not this.
    """

    idea_id: int
    by: int
    status: str
    reason: str
    stays: bool = False
    action_id: int | None = None


@dataclass(frozen=True)
class AnswerAsked(Signal):
    """A colleague is asked to read the draft of an answer."""

    answer_id: int


@dataclass(frozen=True)
class AnswersAsked(Signal):
    """The colleagues of a community are asked to read the drafts of one answer to many ideas."""

    community_id: int
    count: int
    by: int


@dataclass(frozen=True)
class AnswerReviewed(Signal):
    """A colleague agreed to a draft, or sent it back with a remark; `writer_id` wrote the words that were read."""

    answer_id: int
    writer_id: int

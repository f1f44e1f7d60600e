from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model

KINDS = (
    "hide",
    "restore",
    "lock",
    "unlock",
    "slow",
    "move",
    "hand_over",
    "warn",
    "publish",
    "refuse",
    "suspend",
    "block",
    "freeze",
    "lift",
    "merge",
    "part",
    "split",
    "join_back",
    "publish_change",
    "refuse_change",
    "unpublish",
)


class Measure(Model):
    """Who did what to which content or person, when and why; never changed once written.

    `data` holds what undoing it needs; `undoes_id` is the measure that this one undid. `by_id` is null when the site
    did it by itself.
    """

    __tablename__ = "measures"
    public = True
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN action_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN bulletin_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN event_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN profile_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    profile_id: Mapped[int | None] = mapped_column(ForeignKey("profiles.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"), unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


@dataclass(frozen=True)
class Person:
    """A member as the teams see them: the communities where they posted, and those that they have the charge of."""

    user: User
    community_ids: frozenset[int]
    charges: frozenset[int]


@dataclass(frozen=True)
class Target:
    """A person, and the community where a measure on them would hold (None: the whole site).

    `about` is the content that is the cause of it, if any, as (kind, number).
    """

    person: Person
    community_id: int | None
    about: tuple[str, int] | None = None

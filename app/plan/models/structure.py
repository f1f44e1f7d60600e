"""What the plan is made of: orientation, objective, action, milestone; what a version of the plan holds.

Rows are written when a version is published (`service/publishing.py`). What a later version no longer holds stays,
with `removed_at`: its address, its talk and its history are not lost.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.comments.models import Thread
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable
from app.reference.models import Organisation, relate_organisation

STATES = ("planned", "underway", "achieved", "dropped")
LIVING = ("planned", "underway", "achieved")
UNFINISHED = ("planned", "underway")


class Plan(Model):
    """One plan of several years; one at a time is the current one. `number` is that of its last published version."""

    __tablename__ = "plans"
    public = True
    __table_args__ = (partial_index("uq_plans_current", "is_current", "is_current", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_current: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    @property
    def is_archived(self) -> bool:
        """Out of the lists of work, and still read."""
        return self.archived_at is not None

    @property
    def is_published(self) -> bool:
        return self.number > 0

    @property
    def lang(self) -> str:
        """A plan is written in French."""
        return "fr"

    @property
    def next_number(self) -> int:
        """Return the number that the next version will have."""
        return self.number + 1


class Orientation(Model):
    __tablename__ = "orientations"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
    plan: Mapped[Plan] = relationship(lazy="raise")


class Objective(Model):
    __tablename__ = "objectives"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    orientation_id: Mapped[int] = mapped_column(ForeignKey("orientations.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str]
    title: Mapped[str]
    weight: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
    orientation: Mapped[Orientation] = relationship(lazy="raise")


class Action(Moderable, Model):
    """What one organisation leads, for one objective.

    `community_id` is the community whose team moderates its talk; without one the coordination does. `author_id` is
    who first published it. `progress` (0 to 100) is what its holder declared; it counts where there are no milestones.
    `budget` is what it needs, in dollars. `moved_at` is when something was last said of its progress.
    """

    LOCK_WITH = ("thread",)
    __tablename__ = "actions"
    public = True
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'underway', 'achieved', 'dropped')", name="state"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("weight > 0", name="weight"),
        Index("ix_actions_moved", "plan_id", "moved_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objectives.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=0)
    weight: Mapped[int] = mapped_column(default=1)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    budget: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), unique=True)
    state: Mapped[str] = mapped_column(default="planned")
    state_at: Mapped[datetime] = mapped_column(default=clock.now)
    progress: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    comments_count: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]
    lead: Mapped[Organisation | None] = relate_organisation(lead_id)
    objective: Mapped[Objective] = relationship(lazy="raise")
    thread: Mapped[Thread] = relationship(lazy="raise")
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])

    @property
    def is_private(self) -> bool:
        """The plan is public: so is each of its actions."""
        return False

    @property
    def lang(self) -> str:
        """The plan is written in French."""
        return "fr"

    @property
    def is_public(self) -> bool:
        return not self.is_hidden and not self.is_deleted

    @property
    def is_living(self) -> bool:
        """Public, in the present version of its plan and not dropped: what ideas are linked to."""
        return self.is_public and self.removed_at is None and self.state in LIVING

    @property
    def is_unfinished(self) -> bool:
        """To come or under way: what may be late."""
        return self.state in UNFINISHED


class ActionPartner(Model):
    __tablename__ = "action_partners"
    public = True
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True, index=True)


class ActionCommunity(Model):
    """Another community that an action concerns, beside the one whose team moderates its talk."""

    __tablename__ = "action_communities"
    public = True
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True, index=True)


class ActionIssue(Model):
    __tablename__ = "action_issues"
    public = True
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True, index=True)


class ActionTerritory(Model):
    __tablename__ = "action_territories"
    public = True
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territories.id"), primary_key=True, index=True)


class Funding(Model):
    """Money that an action has: from whom, how many dollars, for which years."""

    __tablename__ = "action_funding"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    amount: Mapped[int]
    first_year: Mapped[int]
    last_year: Mapped[int]


class ActionDocument(Model):
    """A document that stands elsewhere, as a link."""

    __tablename__ = "action_documents"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    url: Mapped[str]


class Indicator(Model):
    """What is measured of an action, from a baseline to a target, both in `unit`."""

    __tablename__ = "indicators"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    removed_at: Mapped[datetime | None]


class Milestone(Model):
    """A step that an action plans; a bulletin says the day when it was reached and what proves it."""

    __tablename__ = "milestones"
    public = True
    __table_args__ = (
        CheckConstraint("weight > 0", name="weight"),
        CheckConstraint("(reached_on IS NULL) = (bulletin_id IS NULL)", name="reached"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    weight: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date | None] = mapped_column(index=True)
    reached_on: Mapped[date | None]
    proof: Mapped[str] = mapped_column(default="")
    proof_url: Mapped[str] = mapped_column(default="")
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"), index=True)
    removed_at: Mapped[datetime | None]

    @property
    def is_reached(self) -> bool:
        return self.reached_on is not None

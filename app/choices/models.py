"""The tables of a choice: its candidates, the dots while they have an owner, and the ballots once they have none."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.choices.sizes import FEW
from app.core import clock
from app.core.db import Model
from app.forum.models import Forum, ForumTopic

OPEN, STOPPED, COUNTED = STATES = ("open", "stopped", "counted")


class Choice(Model):
    """The choice of a forum, under its number: `dots` for each ballot, `most_on_one` of them on one candidate.

    `voters_count` is what was last counted of those who placed theirs. Of paper, how many ballots there were, who typed
    their sums and who confirmed them stand here once all is counted.
    """

    __tablename__ = "choices"
    public = True
    __table_args__ = (
        CheckConstraint("state IN ('open', 'stopped', 'counted')", name="state"),
        CheckConstraint("dots BETWEEN 1 AND 10", name="dots"),
        CheckConstraint("most_on_one BETWEEN 1 AND dots", name="most_on_one"),
        CheckConstraint("voters_count >= 0 AND paper_ballots >= 0", name="counts"),
    )
    id: Mapped[int] = mapped_column(ForeignKey("forums.id"), primary_key=True)
    state: Mapped[str] = mapped_column(default=OPEN)
    dots: Mapped[int]
    most_on_one: Mapped[int]
    voters_count: Mapped[int] = mapped_column(default=0)
    paper_ballots: Mapped[int] = mapped_column(default=0)
    paper_typed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    paper_confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    stopped_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    forum: Mapped[Forum] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def is_stopped(self) -> bool:
        return self.state == STOPPED

    @property
    def is_counted(self) -> bool:
        return self.state == COUNTED

    @property
    def has_few(self) -> bool:
        """So few people placed their dots here that totals tell something of each."""
        return self.voters_count < FEW

    @property
    def is_apart(self) -> bool:
        """The dots of the site and those of paper stand apart: of each there are enough ballots, or of one none.

        Fewer than five of one kind, apart from the others, would say what those few people chose.
        """
        fewer = min(self.voters_count, self.paper_ballots)
        return fewer == 0 or fewer >= FEW

    @property
    def keeps_ballots(self) -> bool:
        """Once counted, the ballots of the site stand one by one, of nobody: there are enough, and they stand apart."""
        return self.voters_count >= FEW and self.is_apart


class ChoiceCandidate(Model):
    """What a dot may stand on: words that the team typed, those of a line of notes (`topic_id`), or an idea (no words).

    `line_id` is the number of that line (no key: no row of a public table hangs on a private one). `placed` are the
    dots of the site and `on_paper` those of paper, None until all is counted; where they do not stand apart
    (`Choice.is_apart`), `placed` are all of them. Below stands what the circle decided.
    """

    __tablename__ = "choice_candidates"
    public = True
    __table_args__ = (CheckConstraint("(idea_id IS NULL) <> (text = '')", name="words_or_idea"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(default="fr")
    line_id: Mapped[int | None]
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    placed: Mapped[int | None]
    on_paper: Mapped[int | None]
    decision: Mapped[str] = mapped_column(default="")
    decision_lang: Mapped[str] = mapped_column(default="fr")
    carried_by: Mapped[str] = mapped_column(default="")
    decision_idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    decision_action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    topic: Mapped[ForumTopic | None] = relationship(lazy="raise")
    decider: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[decided_by])

    @property
    def total(self) -> int:
        return (self.placed or 0) + (self.on_paper or 0)


class ChoiceDot(Model):
    """The dots of a participant on a candidate, until they are counted: together, those of a place are its ballot."""

    __tablename__ = "choice_dots"
    private_because = "who placed which dots is shown to nobody but themselves, and to nobody once they are counted"
    __table_args__ = (CheckConstraint("dots > 0", name="dots"),)
    registration_id: Mapped[int] = mapped_column(ForeignKey("event_registrations.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("choice_candidates.id"), primary_key=True, index=True)
    dots: Mapped[int]


class ChoicePaper(Model):
    """The paper ballots of a choice that is stopped: how many, who typed their sums, and who then confirmed them."""

    __tablename__ = "choice_papers"
    private_because = "shown to the team alone, until all is counted"
    __table_args__ = (CheckConstraint("confirmed_by <> typed_by", name="two_people"),)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), primary_key=True)
    ballots: Mapped[int]
    typed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    typed_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    typist: Mapped[User] = relationship(lazy="raise", foreign_keys=[typed_by])


class ChoicePaperSum(Model):
    """The dots of all paper ballots on a candidate, as they were typed."""

    __tablename__ = "choice_paper_sums"
    private_because = "shown to the team alone, until all is counted"
    candidate_id: Mapped[int] = mapped_column(ForeignKey("choice_candidates.id"), primary_key=True)
    dots: Mapped[int]


class ChoiceBallot(Model):
    """The dots of a ballot on a candidate, once counted: `ballot` is its place in an order drawn by lot, of nobody."""

    __tablename__ = "choice_ballots"
    public = True
    candidate_id: Mapped[int] = mapped_column(ForeignKey("choice_candidates.id"), primary_key=True)
    ballot: Mapped[int] = mapped_column(primary_key=True)
    dots: Mapped[int]


class ChoiceFold(Model):
    """When those who placed their dots in a choice were last counted."""

    __tablename__ = "choice_folds"
    private_because = "it says when counting is due again"
    choice_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]

"""The tables of notes: what is being written of a session, and what of it was published.

Those of what is being written are private, so that no page of the site is made anew while people write; publishing
copies them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model
from app.forum.models import ForumTopic

NEED, ASPIRATION, IDEA, ACTION, OFFER, QUESTION = LINE_KINDS = (
    "need",
    "aspiration",
    "idea",
    "action",
    "offer",
    "question",
)
# What became of a line when the notes were reviewed.
NEW, JOINED, LINKED, OFFERED, ASIDE = FATES = ("new", "joined", "linked", "offered", "aside")
BEING_WRITTEN = "whoever takes part in the forum reads it; the public, once it is published"


class SessionNotes(Model):
    """The notes of a session: how many people were there (None: nobody said)."""

    __tablename__ = "session_notes"
    private_because = BEING_WRITTEN
    __table_args__ = (CheckConstraint("people_there >= 0", name="people_there"),)
    topic_id: Mapped[int] = mapped_column(ForeignKey("forum_topics.id"), primary_key=True)
    people_there: Mapped[int | None]
    topic: Mapped[ForumTopic] = relationship(lazy="raise")


class NoteText(Model):
    """A part of what was said in a session, as it stands; past 20 000 characters it goes on in the next part.

    `number` is how many texts were sent for it.
    """

    __tablename__ = "note_texts"
    private_because = BEING_WRITTEN
    topic_id: Mapped[int] = mapped_column(ForeignKey("session_notes.topic_id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)


class NoteVersion(Model):
    """A text that somebody sent (`sent`), and what the part became with it (`text`, None: the same).

    It is a member's (`user_id`), or a guest's (`name`, "" once it is erased); the team may have copied it `from_paper`.
    `sent_as` names the sending, so that one sent twice counts once. What came too late to be joined (`is_late`) waits
    for the coordination, until it has read it (`settled_at`).
    """

    __tablename__ = "note_versions"
    private_because = "shown to those who wrote the text, and to the coordination"
    __table_args__ = (UniqueConstraint("topic_id", "part", "number"), UniqueConstraint("topic_id", "sent_as"))
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("session_notes.topic_id"))
    part: Mapped[int]
    number: Mapped[int]
    sent: Mapped[str]
    text: Mapped[str | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    from_paper: Mapped[bool] = mapped_column(default=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    sent_as: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[user_id])


class NoteClash(Model):
    """The same lines, as two wrote them: both stand in the text, until somebody chooses (`settled_at`).

    `typed` came with the version `number`; `stored` is what stood there, since the version `stored_number`.
    """

    __tablename__ = "note_clashes"
    private_because = BEING_WRITTEN
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("session_notes.topic_id"), index=True)
    part: Mapped[int]
    number: Mapped[int]
    stored_number: Mapped[int]
    stored: Mapped[str]
    typed: Mapped[str]
    settled_at: Mapped[datetime | None]


class NoteLine(Model):
    """Something said in a session that may lead on: rows are added, and none is written over.

    One that was changed has a row that comes in its place (`replaces_id`), where the first of them stood (`first_id`);
    `removed_at` takes one out. An action has `holder` (who) and `due_on` (when). It was written by a member (`user_id`)
    or a guest (`name`); the team may have copied it `from_paper`.
    """

    __tablename__ = "note_lines"
    private_because = BEING_WRITTEN
    __table_args__ = (
        CheckConstraint("kind IN ('need', 'aspiration', 'idea', 'action', 'offer', 'question')", name="kind"),
        UniqueConstraint("replaces_id"),
        UniqueConstraint("topic_id", "sent_as"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("session_notes.topic_id"))
    kind: Mapped[str]
    text: Mapped[str]
    lang: Mapped[str] = mapped_column(default="fr")
    holder: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    from_paper: Mapped[bool] = mapped_column(default=False)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("note_lines.id"))
    first_id: Mapped[int | None] = mapped_column(ForeignKey("note_lines.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    sent_as: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
    user: Mapped[User | None] = relationship(lazy="raise")


class PublishedNotes(Model):
    """What the public reads of a session: the text and the number of people, as they were when they were published.

    `from_paper` tells that the team copied some of it from a sheet.
    """

    __tablename__ = "published_notes"
    public = True
    topic_id: Mapped[int] = mapped_column(ForeignKey("forum_topics.id"), primary_key=True)
    text: Mapped[str] = mapped_column(default="")
    people_there: Mapped[int | None]
    from_paper: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PublishedLine(Model):
    """A line of the notes as the public reads it, without who wrote it, and what became of it when it was reviewed.

    Its number is that of the row that was first written: it stays whatever the line is changed to, until it has a
    `fate`. It became a new idea (`idea_id`); was joined to one, or offered there, as a comment (`comment_id`); was
    linked to an action; or was put aside, for a `reason`. `review_by` did so. Withdrawn by the team, it has no `text`
    any more, and no list shows it.
    """

    __tablename__ = "published_lines"
    public = True
    __table_args__ = (
        CheckConstraint("fate IN ('new', 'joined', 'linked', 'offered', 'aside')", name="fate"),
        CheckConstraint("(fate IS NULL) = (review_at IS NULL)", name="review"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    lang: Mapped[str] = mapped_column(default="fr")
    holder: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    fate: Mapped[str | None]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    review_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    review_at: Mapped[datetime | None]
    reviewer: Mapped[User | None] = relationship(lazy="raise")

    @property
    def is_withdrawn(self) -> bool:
        return self.text == ""


class NoteCorrection(Model):
    """What the coordination corrected of published notes once the forum was closed, or a line that its team withdrew.

    Everybody reads the `reason`.

    `former` are the words that stood before, shown to the coordination alone: those of a line (`line_id`), or the text.
    """

    __tablename__ = "note_corrections"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("published_notes.topic_id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("published_lines.id"))
    former: Mapped[str]
    reason: Mapped[str]
    corrected_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ForumReview(Model):
    """The lines of a forum all have a fate, and those who were there were told: it is done once."""

    __tablename__ = "forum_reviews"
    public = True
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id"), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by: Mapped[int] = mapped_column(ForeignKey("users.id"))

from datetime import datetime
from typing import Any

from flask_security import AsaList, UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import SORTED, Model
from app.core.moderable import Moderable
from app.reference.models import Organisation, Territory

SITE_ROLES = ("member", "coordinator", "admin")
CHARTER = "charter"


class User(Model, UserMixin):
    """An account. A closed one keeps its row, emptied, so that contributions stay under « ancien membre »."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("site_role IN ('member', 'coordinator', 'admin')", name="site_role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    password: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(SORTED, default="", index=True)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]
    site_role: Mapped[str] = mapped_column(default="member")
    locale: Mapped[str] = mapped_column(default="fr")
    about: Mapped[str] = mapped_column(default="")
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("territories.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    shows_about: Mapped[bool] = mapped_column(default=False)
    shows_territory: Mapped[bool] = mapped_column(default=False)
    shows_organisation: Mapped[bool] = mapped_column(default=False)
    shows_activity: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    trusted_at: Mapped[datetime | None]
    trusted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    admitted_count: Mapped[int] = mapped_column(default=0)
    charter_version: Mapped[int] = mapped_column(default=1)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    territory: Mapped[Territory | None] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_present(self) -> bool:
        """The account is confirmed and not closed."""
        return self.confirmed_at is not None and not self.is_closed

    @property
    def has_two_factor(self) -> bool:
        return self.tf_primary_method is not None

    @property
    def is_trusted(self) -> bool:
        """What this person posts appears at once: somebody vouched for them, or they have a charge on the site."""
        return self.trusted_at is not None or self.site_role != "member"


class Profile(Moderable, Model):
    """What facilitation judges of a person: a row is made when somebody reports their profile, or hides it.

    While it is hidden, the name, the presentation and the organisation of the person are here, and their account holds
    none of them: no page, search nor mail can show what is not there. `changed_at`: the person wrote others since,
    which nobody of the team has read. A profile stands in no community.
    """

    REREAD_WITH = LOCK_WITH = ("author",)
    __tablename__ = "profiles"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    changed_at: Mapped[datetime | None]
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    community_id = None
    is_private = False

    @property
    def is_public(self) -> bool:
        return not self.is_hidden and self.author.is_present

    @property
    def words(self) -> "Profile | User":
        """Return what holds the words of this person now."""
        return self if self.is_hidden else self.author

    @property
    def told(self) -> tuple[str, str]:
        """Return the presentation and the organisation that this person shows, or would: "" for what they do not."""
        words, author = self.words, self.author
        organisation = words.organisation if author.shows_organisation else None
        return words.about if author.shows_about else "", organisation.name if organisation else ""

    @property
    def version(self) -> str:
        """Name the words that wait to be read: it changes when the person writes others."""
        return f"{self.changed_at:%Y%m%d%H%M%S%f}" if self.changed_at else ""


class ImportedAuthor(Model):
    """Somebody who wrote elsewhere: a name in a source, without an account, who can never sign in."""

    __tablename__ = "imported_authors"
    __table_args__ = (UniqueConstraint("source", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    name: Mapped[str]


class Session(Model):
    """One signed-in browser; only a hash of its token is kept, and a coarse label ("Firefox, Windows")."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class Consent(Model):
    """A person accepted one version of a document (charter, privacy)."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("user_id", "document", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    document: Mapped[str]
    version: Mapped[str]
    accepted_at: Mapped[datetime] = mapped_column(default=clock.now)


class Attempt(Model):
    """One act that is counted for a limit; `key_hash` is a keyed hash of an account or an address."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_kind_key_hash_at", "kind", "key_hash", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class AccountRequest(Model):
    """What was asked at an address: one row whether or not somebody has it, which goes as the worker answers it.

    `user_id` is the account that would have this address; `data` is what was typed to open one.
    """

    __tablename__ = "account_requests"
    __table_args__ = (
        CheckConstraint("kind IN ('reset', 'confirmation', 'registration', 'new_address')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    email: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User | None] = relationship(lazy="raise")


class Submission(Model):
    """A form already taken: sent a second time, it gets the first result."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("user_id", "form_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    form_key: Mapped[str]
    result: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class HeldRevision(Model):
    """What an author would make of a public text – an idea, a comment, a profile – until its team has read it.

    One row for each text: a later change takes the place of the one that waits. `words` holds the fields of the form,
    empty once nothing waits (`closed`); `suspect` says by codes why it waits; `reason` is why the team refused it.
    `drift` counts, for each part of the text, the words that a new account changed since the team last read it.
    """

    __tablename__ = "held_revisions"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1", name="one_subject"),
        CheckConstraint("state IN ('open', 'refused', 'closed')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), unique=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[str] = mapped_column(default="closed", index=True)
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    suspect: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    drift: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def version(self) -> str:
        """Name these words: it changes when their author writes others."""
        return f"{self.id}-{self.at:%Y%m%d%H%M%S%f}"

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def hold(self, words: dict[str, Any], suspect: str) -> None:
        self.state, self.words, self.suspect, self.reason, self.at = "open", words, suspect, "", clock.now()

    def close(self) -> None:
        """Forget the words: they were published, taken back, or replaced by others that appeared."""
        self.state, self.words, self.suspect, self.reason = "closed", {}, "", ""


class Document(Model):
    """One version of a text that people accept (charter); the last one is in force.

    The first is the one that ships, which nobody here wrote: it is kept once a second one is published.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("name", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[int]
    body: Mapped[str]
    body_en: Mapped[str] = mapped_column(default="")
    summary: Mapped[str]
    asks_again: Mapped[bool] = mapped_column(default=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Access(Model):
    """Somebody with a charge read what an account keeps to itself: who, whose, what and when."""

    __tablename__ = "accesses"
    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

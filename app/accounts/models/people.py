"""Accounts, what facilitation judges of them, and authors from elsewhere."""

from datetime import datetime

from flask_security import AsaList, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import SORTED, Model, partial_index
from app.core.moderable import Moderable
from app.reference.models import Organisation, Territory, relate_organisation

SITE_ROLES = ("member", "coordinator", "admin")
# How the hash of a recovery code begins; those that former versions made, under a key of the site, begin otherwise.
RECOVERY_HASH = "sha256:"


class User(Model, UserMixin):
    """An account. A closed one keeps its row, emptied, so that contributions stay under « ancien membre »."""

    __tablename__ = "users"
    public = True
    __table_args__ = (
        CheckConstraint("site_role IN ('member', 'coordinator', 'admin')", name="site_role"),
        partial_index("ix_users_coordinators", "site_role = 'coordinator'", "id"),
    )
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
    shows_in_search: Mapped[bool] = mapped_column(default=False)
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
    organisation: Mapped[Organisation | None] = relate_organisation(organisation_id)

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
    public = True
    __table_args__ = (
        partial_index("ix_profiles_changed", "changed_at IS NOT NULL AND deleted_at IS NULL", "changed_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    changed_at: Mapped[datetime | None]
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])
    organisation: Mapped[Organisation | None] = relate_organisation(organisation_id)
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
    def presentation(self) -> tuple[str, str]:
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
    public = True
    __table_args__ = (UniqueConstraint("source", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    name: Mapped[str]

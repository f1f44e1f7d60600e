from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.core import clock
from app.core.db import SORTED, Model


class Territory(Model):
    """An MRC, or a municipality of one; the code is the key, since two municipalities share a name."""

    __tablename__ = "territories"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("territories.id"), index=True)
    population: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    sort_key: Mapped[str] = mapped_column(SORTED)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class RegionShapes(Model):
    """The shapes of the territories, as one file: that which was imported last. A site without a map has no row."""

    __tablename__ = "region_shapes"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    stored_at: Mapped[datetime]


class Issue(Model):
    """An enjeu fédérateur: one of the regional priorities."""

    __tablename__ = "issues"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Tag(Model):
    __tablename__ = "tags"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SORTED, index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("tags.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Organisation(Model):
    """Whoever carries an action or is named by a member; `present_id` is the one that it answers as, once merged.

    `merged_into` is what the coordination chose, which may have been merged in its turn: each merge is undone alone.
    """

    __tablename__ = "organisations"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(SORTED, index=True)
    archived_at: Mapped[datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    present_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


NAMED: Any = Organisation.__table__.alias("named_organisations")
"""Organisations as rows name them, beside `Organisation`, which each of them answers as."""


def answers() -> ColumnElement[bool]:
    """Match an organisation and one that answers as it: itself, or one merged into it."""
    matched: ColumnElement[bool] = Organisation.id == func.coalesce(foreign(NAMED.c.present_id), NAMED.c.id)
    return matched


def relate_organisation(column: Mapped[int | None]) -> Any:
    """Relate a row to the organisation that the one which it names answers as."""
    return relationship(
        Organisation,
        secondary=NAMED,
        primaryjoin=column == NAMED.c.id,
        secondaryjoin=answers(),
        viewonly=True,
        lazy="raise",
    )


class Acronym(Model):
    """A short name and what it stands for: whoever looks for one finds the other. One may stand for several things."""

    __tablename__ = "acronyms"
    public = True
    __table_args__ = (UniqueConstraint("sort_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    meaning: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SORTED)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Slug(Model):
    """Every address a thing ever had, so that none of them breaks."""

    __tablename__ = "slugs"
    public = True
    __table_args__ = (UniqueConstraint("kind", "slug"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    subject_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

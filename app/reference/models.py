from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
    __tablename__ = "organisations"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(SORTED, index=True)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


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

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

WROTE, SUPPORTED = ACTS = ("wrote", "supported")


class CommentMonth(Model):
    """How many comments that anybody reads were written in a month, on ideas under a community and an MRC (0: any).

    The worker counts them each hour.
    """

    __tablename__ = "comment_months"
    public = True
    community_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mrc_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(primary_key=True)
    is_imported: Mapped[bool] = mapped_column(primary_key=True)
    n: Mapped[int]


class PersonTable(Model):
    """How many persons wrote or supported something before a day, by place, community and year, as it may be said.

    It is counted once a month, and its numbers are masked before they are stored: `content` holds rows of a name, the
    numbers of what it is of, and a number or a word of `core/masking.py`.
    """

    __tablename__ = "person_tables"
    public = True
    __table_args__ = (CheckConstraint("act IN ('wrote', 'supported')", name="act"),)
    act: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[date]
    content: Mapped[list[Any]] = mapped_column(JSON)

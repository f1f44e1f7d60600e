"""The mark of the key that this database was made with: not the key, which no database and no backup holds."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, dialect
from app.core.db import Model, db
from app.core.unit import command


class SiteKey(Model):
    """One row at the most."""

    __tablename__ = "site_keys"
    private_because = "the mark of the key, shown to nobody"
    mark: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


def find_mark() -> str | None:
    """Return the mark that was noted; None where the site was never begun."""
    return db.session.scalar(select(SiteKey.mark))


@command
def note(mark: str) -> None:
    """Take this key as the one that the database is made with."""
    db.session.execute(delete(SiteKey).where(SiteKey.mark != mark))
    dialect.insert_once(SiteKey, mark=mark, at=clock.now())

"""What an administrator may set while the site runs; a setting that nobody changed has its default."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, versions
from app.core.db import Model, db

KEY = "settings"
DEFAULTS: dict[str, Any] = {
    "registration_open": True,
    "trust_posts": 3,
    "trust_days": 7,
    "new_links": 2,
    "new_mentions": 3,
    "new_posts_per_hour": 5,
    "refused_domains": "",
}
MARKS: dict[str, Any] = {"first_steps_away": False, "texts_read": ""}
"""What an administrator said of the site on its page of first steps; no form of settings shows them."""


class Setting(Model):
    __tablename__ = "settings"
    public = True
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


def get_value(key: str) -> Any:
    """Return a setting or a mark; an unknown key is a KeyError."""
    return (DEFAULTS | MARKS | versions.get_or_load("settings", _load, under=KEY))[key]


def _load() -> dict[str, Any]:
    return dict(db.session.execute(select(Setting.key, Setting.value)).tuples().all())


def change(by_id: int | None, **values: Any) -> None:
    """Change settings, inside the command of whoever may."""
    for key, new in values.items():
        assert key in DEFAULTS or key in MARKS, key
        db.session.merge(Setting(key=key, value=new, by_id=by_id, at=clock.now()))
    versions.touch(KEY)

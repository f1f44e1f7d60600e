"""What the demonstration added before, by key, and the day from which its dates are counted back."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.dialect import insert_once
from app.reference.models import Slug

HERE = Path(__file__).parent
KIND = "demo"
NEEDS = "needs"
"""The file of needs from many places: those that have a `link` are answered by an action of the plan."""


def load(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def list_idea_files() -> list[str]:
    return sorted(file.stem for file in HERE.glob("ideas_*.json"))


def get_ids(noun: str) -> dict[str, int]:
    """Return the ids of what was added before, by key, even if it was deleted since."""
    rows = db.session.execute(select(Slug.slug, Slug.subject_id).where(Slug.kind == f"{KIND}:{noun}"))
    return dict(rows.tuples().all())


def note(noun: str, key: str, row_id: int) -> None:
    insert_once(Slug, kind=f"{KIND}:{noun}", slug=key, subject_id=row_id, created_at=clock.now())


def get_first_day() -> datetime:
    """Return the day the story counts back from: the first seeding, so that a later one tells the same story."""
    first = db.session.scalar(select(func.min(Slug.created_at)).where(Slug.kind.startswith(KIND)))
    return (first or clock.now()).astimezone(clock.ZONE)


def moment(day: datetime, fact: Mapping[str, Any]) -> datetime:
    """Turn `days_ago` and a local `time` into a moment, never one to come."""
    hour = time.fromisoformat(fact["time"])
    date = day.date() - timedelta(days=fact["days_ago"])
    return min(datetime.combine(date, hour, clock.ZONE).astimezone(UTC), clock.now())

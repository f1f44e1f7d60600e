"""Meetings of a site that is measured: half of them past, two a week, each with its place, access and agenda."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.accounts.models.people import User
from app.comments.models import Thread
from app.communities import queries as communities
from app.core import clock
from app.core.bulk import analyze, load
from app.core.db import db
from app.core.unit import after_commit, command
from app.events.models.contents import EventLine
from app.events.models.meetings import Event, EventFeature, EventIssue
from app.operations.bench import texts
from app.operations.bench.people import first_id
from app.reference import queries as reference

LONG = timedelta(hours=2)


@command
def add(number: int) -> None:
    """Add so many meetings, unless there are some already."""
    if db.session.scalar(select(func.count()).select_from(Event)):
        return
    event, thread, author = first_id(Event), first_id(Thread), db.session.scalars(select(func.min(User.id))).one()
    rows = [_event(n, event + n, thread + n, author) for n in range(number)]
    load(
        Thread,
        [
            {"id": row["thread_id"], "kind": "event", "title": row["title"], "is_public": True, "is_open": True}
            for row in rows
        ],
    )
    load(Event, rows)
    issues, ids = reference.get_catalogue().issues, [row["id"] for row in rows]
    load(EventIssue, [{"event_id": n, "issue_id": issues[n % len(issues)].id} for n in ids])
    load(EventFeature, [{"event_id": n, "feature": code, "note": ""} for n in ids for code in ("meal", "step_free")])
    line = first_id(EventLine)
    load(
        EventLine,
        [
            {"id": line + 3 * n + k, "event_id": one, "position": k, "hour": 1080 + 30 * k, "text": "On s'assoit"}
            for n, one in enumerate(ids)
            for k in range(3)
        ],
    )
    after_commit(analyze)


def _event(n: int, event_id: int, thread_id: int, author_id: int) -> dict[str, Any]:
    """Return a meeting: the even ones are to come, the odd ones past, each further away than the last."""
    rooms, places = communities.get_rooms().all, reference.get_catalogue().places
    said = texts.paragraphs()[n % len(texts.paragraphs())]
    start = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=(3.5 * n + 1) * (1 - n % 2 * 2))
    is_past = n % 2 == 1
    return {
        "id": event_id,
        "thread_id": thread_id,
        "author_id": author_id,
        "community_id": rooms[n % len(rooms)].id,
        "territory_id": places[n % len(places)].id,
        "other_ids": [],
        "origins": {},
        "title": f"Se loger près de son travail, rencontre {n}",
        "lead": "On parle de ce qui manque, et de ce qui se fait ailleurs.",
        "excerpt": "On parle de ce qui manque, et de ce qui se fait ailleurs.",
        "body": said.body,
        "body_html": said.html,
        "place": "Bibliothèque, salle du bas",
        "mode": "hybrid" if n % 3 else "online",
        "status": "published",
        "starts_at": start,
        "ends_at": start + LONG,
        "published_at": start - timedelta(days=30),
        "changed_at": start - timedelta(days=30),
        "created_at": start - timedelta(days=31),
        "capacity_in_person": 40,
        "taken_in_person": n % 40,
        "came_in_person": 12 if is_past else None,
        "takes_registrations": True,
    }

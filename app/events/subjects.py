"""What a meeting is about, named line by line: ideas, updates and actions of the plan."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, or_, select

from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Invalid
from app.events.models.contents import ABOUT, EventSubject
from app.events.queries.details import Subjects, get_subjects
from app.plan.queries import concerns
from app.updates import queries as updates
from app.updates.models import Update

MOST = 20
UPDATE = re.compile(r"(?:.*/)?updates/([1-9][0-9]{0,8})(?:[-/?# ].*)?")
TOO_MANY = N_("Nommez-en vingt au plus.")


def format_subjects(subjects: Subjects) -> str:
    """Return what a meeting is about as its form shows it, one a line; `parse_subjects` reads it back."""
    named = concerns.format_concerns(concerns.Concerns(subjects.ideas, subjects.actions))
    return "\n".join(filter(None, [named, *(f"/updates/{update.id} {update.title}" for update in subjects.updates)]))


def parse_subjects(actor: Actor, text: str, present: Subjects) -> Subjects:
    """Find what was named, one a line: a number, an address, the code of an action. Raise Invalid as concerns do."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Invalid(TOO_MANY, "concerns")
    found = {line: _find_update(actor, line) for line in lines}
    others = "\n".join(line for line in lines if found[line] is None)
    named = concerns.parse_concerns(actor, others, concerns.Concerns(present.ideas, present.actions))
    each = dict.fromkeys(update for update in found.values() if update)
    return Subjects(named.ideas, list(each), named.actions)


def _find_update(actor: Actor, line: str) -> Update | None:
    named = UPDATE.fullmatch(line)
    if named is None:
        return None
    query = select(Update).where(Update.id == int(named[1]), updates.readable_by(actor), Update.in_sight())
    return db.session.scalar(query)


def set_subjects(actor: Actor, event_id: int, text: str, role: str = ABOUT) -> bool:
    """Write what a meeting is about, inside a command; what this person may not read stays. Tell if that changes."""
    present = get_subjects(actor, event_id)[role]
    wanted = parse_subjects(actor, text, present)
    gone, new = _compare(present, wanted), _compare(wanted, present)
    if any(gone.values()):
        which = or_(*(getattr(EventSubject, column).in_(ids) for column, ids in gone.items()))
        run(delete(EventSubject).where(EventSubject.event_id == event_id, EventSubject.role == role, which))
    for column, ids in new.items():
        db.session.add_all(EventSubject(event_id=event_id, role=role, **{column: row_id}) for row_id in ids)
    db.session.flush()
    return any(gone.values()) or any(new.values())


def _compare(here: Subjects, there: Subjects) -> dict[str, list[int]]:
    """Return what is here and not there, by the column that names it."""
    pairs: Iterable[tuple[str, list[Any], list[Any]]] = (
        ("idea_id", here.ideas, there.ideas),
        ("update_id", here.updates, there.updates),
        ("action_id", here.actions, there.actions),
    )
    return {column: [one.id for one in ours if one not in theirs] for column, ours, theirs in pairs}

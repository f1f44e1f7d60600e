"""Keep on each idea whether an action of the plan answers it (`Idea.is_tied`), as a transaction commits.

Links, actions, plans and duplicates of the session are watched, so that no act has to say it. A link that begins holds
its plan (`service/links.py`), and so does a plan that becomes the current one: the one sees what the other did.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, update
from sqlalchemy.orm import Session

from app.core import dialect
from app.core.db import db, run
from app.ideas import facet_counting
from app.ideas.models import Idea
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.queries import ties as queries

WATCHED: dict[type, tuple[str, ...]] = {
    Link: ("answer", "ended_at"),
    Action: ("state", "removed_at", "hidden_at", "deleted_at"),
    Plan: ("is_current", "number"),
    Idea: ("merged_into", "hidden_at", "deleted_at"),
}
"""The columns that decide whether an idea is tied; those of an idea, where it is joined to another."""
NOTED = "ties"


def watch() -> None:
    """Follow what is written through the session; the counts of facets, which are made of it, are settled after it."""
    event.listen(db.session, "after_flush", _note)
    event.listen(db.session, "before_commit", _settle_noted)
    event.listen(db.session, "after_rollback", _forget)


def _note(session: Session, _context: Any) -> None:
    noted = session.info.setdefault(NOTED, set())
    for row in (*session.new, *session.deleted, *session.dirty):
        columns = WATCHED.get(type(row))
        if columns and (row in session.deleted or facet_counting.has_changed(row, columns)):
            noted.update(_name(row))


def _name(row: Any) -> Iterator[tuple[type, int]]:
    """Yield what a row concerns: a plan, an action, or ideas; one that is joined to none answers for itself alone."""
    if isinstance(row, Link):
        yield Idea, row.idea_id
    elif isinstance(row, Idea):
        receivers = {row.merged_into, *(inspect(row).attrs.merged_into.history.deleted or ())} - {None}
        yield from ((Idea, idea_id) for idea_id in (receivers | {row.id} if receivers else ()))
    else:
        yield type(row), row.id


def _forget(session: Session) -> None:
    session.info.pop(NOTED, None)


def _settle_noted(session: Session) -> None:
    session.flush()
    noted = session.info.pop(NOTED, None)
    if noted:
        _settle(*({row_id for model, row_id in noted if model is one} for one in (Idea, Action, Plan)))


def _settle(idea_ids: set[int], action_ids: set[int], plan_ids: set[int]) -> None:
    """Correct these ideas, those that were linked to these actions or plans, and those that any was joined to.

    What another command joined while we waited for its rows is seen once they are ours.
    """
    linked_ids = queries.find_linked_ideas(action_ids, plan_ids) if action_ids or plan_ids else set()
    ids = idea_ids | linked_ids
    if ids:
        ids |= queries.find_receivers(ids)
        _correct(ids)
        _correct(queries.find_receivers(ids) - ids)


def _correct(ids: set[int]) -> None:
    for batch in facet_counting.split_in_batches(sorted(ids)):
        dialect.lock_rows(Idea.__table__, batch)
        for is_tied, wrong_ids in queries.find_wrong(batch).items():
            right = update(Idea).where(Idea.id.in_(wrong_ids)).values(is_tied=is_tied)
            run(right.execution_options(synchronize_session=False))
            facet_counting.note(wrong_ids)

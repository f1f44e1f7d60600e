"""The synthetic comments, in order of time: a root, an answer to the last root, or one to the last comment."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import update

from app.comments.models import INTENTS, Comment, Thread
from app.comments.queries.reading import select_newest_id
from app.core.bulk import load
from app.core.db import run
from app.exchange.lines import batches
from app.operations.bench import texts
from app.operations.bench.people import BATCH, first_id
from app.operations.bench.plan import SLOTS, BenchPlan, is_visible, moment, state_of_comment

Row = dict[str, Any]
Place = tuple[int, int | None, int]
NOTHING: Place = (0, None, 0)
DEEPEST = 3
MOOD = (None, None, *INTENTS)


def add(plan: BenchPlan, people: range, first_thread: int, step: Callable[[int], object]) -> None:
    """Add the comments of the plan; `last` has, for each idea, the comment that the next one may answer."""
    first, last = first_id(Comment), dict[int, Place]()
    for batch in batches(enumerate(plan.sayings), BATCH):
        rows: list[Row] = []
        for n, saying in batch:
            slot, idea = divmod(saying, plan.ideas)
            place = _place(last.get(idea, NOTHING), plan.rng.random())
            who = people[int(len(people) * plan.rng.random() ** 2)]
            row = (
                {
                    "id": first + n,
                    "thread_id": first_thread + idea,
                    "author_id": who,
                    "intent": MOOD[n % len(MOOD)],
                    "created_at": moment(slot / SLOTS),
                }
                | place
                | texts.comment(plan.rng)
            )
            rows.append(row | _state(state_of_comment(n), row, people[0]))
            if is_visible(n):
                last[idea] = (first + n, place["root_id"], place["depth"])
        load(Comment, rows)
        step(len(rows))
    news = update(Thread).where(Thread.id >= first_thread).values(unread_id=select_newest_id(Thread.id))
    run(news.execution_options(synchronize_session=False))


def _place(last: Place, lot: float) -> Row:
    """Draw what a comment answers: nothing in 5 of 10, else the last comment or, where that is deep, its root."""
    comment_id, root_id, depth = last
    if lot < 1 / 2 or not comment_id:
        return {"parent_id": None, "root_id": None, "depth": 0}
    if root_id and (depth == DEEPEST or lot < 7 / 10):
        return {"parent_id": root_id, "root_id": root_id, "depth": 1}
    return {"parent_id": comment_id, "root_id": root_id or comment_id, "depth": depth + 1}


def _state(state: str, row: Row, team: int) -> Row:
    """Return the columns of the state of a comment: published, pending, hidden or deleted."""
    at = row["created_at"]
    return {
        "status": "pending" if state == "pending" else "published",
        "suspect": "first" if state == "pending" else "",
        "hidden_at": at if state == "hidden" else None,
        "hidden_by": team if state == "hidden" else None,
        "hidden_reason": "Hors sujet." if state == "hidden" else None,
        "deleted_at": at if state == "deleted" else None,
        "deleted_by": row["author_id"] if state == "deleted" else None,
    }

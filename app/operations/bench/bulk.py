"""Add all of it in one transaction, count it again, and let the engine look at it."""

from collections.abc import Callable

from sqlalchemy import func, select

from app.accounts.models.people import User
from app.core.bulk import analyze
from app.core.db import db
from app.core.unit import after_commit, command
from app.figures import jobs as figures
from app.operations import recount
from app.operations.bench import people, supports, talk
from app.operations.bench.ideas import Writer
from app.operations.bench.plan import make_plan
from app.search.index.rebuild import rebuild


@command
def seed(*, ideas: int, comments: int, votes: int, step: Callable[[int], object] = lambda _n: None) -> dict[str, int]:
    """Add that many rows, all or none, unless such rows are there already; return how many of each.

    Without an idea, nothing is added.
    """
    if ideas == 0 or db.session.scalar(select(func.count()).where(User.email.like("bench-%"))):
        return {}
    plan = make_plan(ideas=ideas, comments=comments, votes=votes)
    ids = people.add(plan.people)
    writer = Writer(plan, ids)
    writer.add(step)
    talk.add(plan, ids, writer.first_thread, step)
    supports.add(plan, ids, writer.first, step)
    recount.repair()
    rebuild()
    figures.count_comments()
    figures.count_persons()
    after_commit(analyze)
    return {"people": len(ids), "ideas": ideas, "comments": comments, "votes": votes}

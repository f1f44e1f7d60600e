"""Bulk data for measurements: synthetic people, ideas, comments and supports, the same ones each time."""
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.communities import queries as communities
from app.core.db import db, run
from app.core.unit import command
from app.exchange.lines import batches
from app.ideas import writing
from app.ideas.models import KINDS, Idea, IdeaIssue, IdeaTerritory, Revision, StatusChange
from app.operations import recount
from app.operations.demo import book
from app.reference import queries as reference
from app.votes.models import Vote

SEED, BATCH = 2026, 500
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
BUSY = 20
Rows = list[dict[str, Any]]


@command
def seed(
        *, ideas: int, comments: int, votes: int, step: Callable[[int], object] = lambda _n: None) -> dict[str, int]:
    """Add that many rows, all or none, unless such rows are there already; return how many of each."""
    if db.session.scalar(select(func.count()).where(User.email.like("bench-%"))):
        return {}
    rng = random.Random(SEED)
    people = _people(_count_people(ideas, votes))
    pairs = _ideas(ideas, people, rng, step) if ideas else []
    counts = {"people": len(people), "ideas": len(pairs)}
    if pairs:
        counts["comments"] = _comments(comments, pairs, people, rng, step)
        counts["votes"] = _votes(votes, pairs, people, step)
    recount.repair()
    return counts


def _count_people(ideas: int, votes: int) -> int:
    """Return how many people it takes for that many supports, at most one by each person of each idea."""
    number = max(50, min(5000, ideas // 2))
    while ideas and sum(_round(ideas, turn) for turn in range(number)) < votes:
        number *= 2
    return number


def _people(number: int) -> list[int]:
    return _insert(User, [
        {"email": f"bench-{n}@exemple.test", "name": f"Personne {n}", "sort_key": f"personne {n}", "is_demo": True,
         "fs_uniquifier": f"bench-{n}", "confirmed_at": FIRST, "created_at": FIRST} for n in range(1, number + 1)])


def _insert(model: Any, rows: Rows) -> list[int]:
    """Insert rows; return their ids in the same order."""
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return [row_id for batch in batches(rows, BATCH) for row_id in db.session.scalars(statement, batch)]


def _ideas(
        number: int, people: list[int], rng: random.Random, step: Callable[[int], object]) -> list[tuple[int, int]]:
    """Add ideas over the rooms and axes; return (idea, thread) pairs."""
    rooms, axes, pool = communities.catalogue().all, reference.catalogue(), _texts()
    pairs: list[tuple[int, int]] = []
    for numbers in batches(range(number), BATCH):
        rows = [_idea(n, pool[n % len(pool)], rng.choice(people), rng.choice(rooms).id, rng) for n in numbers]
        threads = _insert(Thread, [
            {"kind": "idea", "title": row["title"], "community_id": row["community_id"], "author_id": row["author_id"],
             "is_public": True, "is_open": True} for row in rows])
        ids = _insert(Idea, [row | {"thread_id": thread} for row, thread in zip(rows, threads, strict=True)])
        _add_history(ids, rows, rng, axes)
        pairs += zip(ids, threads, strict=True)
        step(len(ids))
    return pairs


def _texts() -> list[dict[str, Any]]:
    return [writing.text_columns(fact["title"], fact["body"]) for name in book.idea_files() for fact in book.load(name)]


def _idea(n: int, texts: dict[str, Any], author_id: int, community_id: int, rng: random.Random) -> dict[str, Any]:
    at = FIRST + timedelta(minutes=7 * n)
    return texts | {
        "title": f"{texts['title']} ({n})", "slug": f"{texts['slug']}-{n}", "kind": rng.choice(KINDS),
        "search_text": f"{texts['search_text']} {n}", "author_id": author_id, "community_id": community_id,
        "status": rng.choice(("published", "published", "published", "under_review", "retained", "declined")),
        "created_at": at, "saved_at": at, "published_at": at, "status_at": at, "revisions_count": 1}


def _add_history(ids: list[int], rows: Rows, rng: random.Random, axes: reference.Catalogue) -> None:
    """Add to each idea its first revision and step, an issue and a territory."""
    pairs = list(zip(ids, rows, strict=True))
    run(insert(Revision).values([
        {"idea_id": idea_id, "number": 1, "title": row["title"], "body": row["body"], "body_html": row["body_html"],
         "created_at": row["created_at"]} for idea_id, row in pairs]))
    run(insert(StatusChange).values([
        {"idea_id": idea_id, "status": "published", "by_id": row["author_id"], "at": row["created_at"]}
        for idea_id, row in pairs]))
    if axes.issues:
        run(insert(IdeaIssue).values([{"idea_id": i, "issue_id": rng.choice(axes.issues).id} for i in ids]))
    if axes.places:
        run(insert(IdeaTerritory).values([{"idea_id": i, "territory_id": rng.choice(axes.places).id} for i in ids]))


def _comments(
        number: int, pairs: list[tuple[int, int]], people: list[int], rng: random.Random,
        step: Callable[[int], object]) -> int:
    """Add comments: one in twenty to the first idea, a third of them answers."""
    pool = _comment_texts()
    roots: dict[int, int] = {}
    for numbers in batches(range(number), BATCH):
        rows: Rows = []
        for n in numbers:
            thread = pairs[0][1] if n % BUSY == 0 else rng.choice(pairs)[1]
            root = roots.get(thread) if rng.random() < 1 / 3 else None
            rows.append({"thread_id": thread, "root_id": root, "parent_id": root, "depth": 1 if root else 0,
                         "author_id": rng.choice(people),
                         "created_at": FIRST + timedelta(minutes=3 * n)} | pool[n % len(pool)])
        ids = _insert(Comment, rows)
        roots |= {row["thread_id"]: row_id for row_id, row in zip(ids, rows, strict=True) if row["root_id"] is None}
        step(len(ids))
    return number


def _comment_texts() -> Rows:
    bodies = [comment["body"] for name in book.idea_files() for fact in book.load(name) for comment in fact["comments"]]
    return [comments.texts(body) for body in bodies]


def _votes(number: int, pairs: list[tuple[int, int]], people: list[int], step: Callable[[int], object]) -> int:
    """Add supports, many on the first ideas and few on the last."""
    count = 0
    for batch in batches(islice(_supports(len(pairs), len(people)), number), BATCH):
        run(insert(Vote).values([
            {"idea_id": pairs[i][0], "user_id": people[u], "is_named": (i + u) % 3 == 0,
             "at": FIRST + timedelta(minutes=count + n)} for n, (i, u) in enumerate(batch)]))
        count += len(batch)
        step(len(batch))
    return count


def _supports(ideas: int, people: int) -> Iterator[tuple[int, int]]:
    """Yield supports as indexes (idea, person), none twice: each round gives one support to fewer ideas."""
    for turn in range(people):
        for idea in range(_round(ideas, turn)):
            yield idea, (idea * 31 + turn) % people


def _round(ideas: int, turn: int) -> int:
    return -(-ideas // int((1 + turn) ** 0.5))

from typing import Any

import pytest
from sqlalchemy import update

from app.comments.models import Comment, Thread
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.operations import recount
from app.updates.models import Update
from tests.events.stored import event_in

COUNTERS = [
    (Thread, "comments_count"),
    (Idea, "comments_count"),
    (Update, "comments_count"),
    (Idea, "votes_count"),
    (Idea, "revisions_count"),
    (Comment, "useful_count"),
]


@pytest.fixture
def rows(make: Any) -> dict[Any, int]:
    """An idea and an update that are talked about, supported and useful, with counters that are right."""
    idea, news = make.idea(votes=2), make.update()
    comment = make.comment(idea)
    make.comment(news)
    make.comment(idea, hidden_at=make.idea().created_at)
    make.comment(idea, status="pending")
    make.useful(make.user(), comment)
    return {Idea: idea.id, Update: news.id, Comment: comment.id, Thread: idea.thread_id}


def test_counters_kept_by_the_acts_are_right(rows: dict[Any, int]) -> None:
    assert recount.list_differences() == []


@pytest.mark.parametrize("model, column", COUNTERS)
def test_a_wrong_counter_is_found_and_put_right(rows: dict[Any, int], model: Any, column: str) -> None:
    with unit():
        db.session.execute(update(model).where(model.id == rows[model]).values({column: 40}))

    (found,) = recount.list_differences()

    assert (found.counter, found.id, found.kept) == (f"{model.__tablename__}.{column}", rows[model], 40)
    assert recount.repair() == [found]
    assert recount.list_differences() == []
    assert getattr(db.session.get_one(model, rows[model]), column) == found.counted


def test_the_other_communities_of_a_meeting_are_those_that_it_is_tied_to(make: Any) -> None:
    other = make.community()
    event = event_in(make, communities=[other.id], other_ids=[])

    (found,) = recount.list_differences()

    assert (found.counter, found.id, found.kept, found.counted) == ("events.other_ids", event.id, "", str(other.id))
    assert recount.repair() == [found]
    assert recount.list_differences() == [] and db.session.get_one(Event, event.id).other_ids == [other.id]


def test_every_column_that_counts_is_recounted() -> None:
    recounted = {counter.name for counter in recount.list_counters()}
    uncounted = [
        f"{table.name}.{column.name} counts, by its name: write how in counters() of app/operations/recount.py"
        for table in db.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_count") and f"{table.name}.{column.name}" not in recounted
    ]
    assert uncounted == []

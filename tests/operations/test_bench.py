from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.comments.models import Comment, Thread
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import PUBLIC, Idea, IdeaTag
from app.journal import queries as journal
from app.moderation.merges.models import Merge
from app.operations import recount
from app.operations.bench import bulk, plan, texts
from app.reference.service import get_or_add_tags
from app.votes.models import Vote


def test_bulk_has_the_numbers_that_were_asked_right_counters_and_all_that_an_idea_may_be(app: Flask) -> None:
    steps: list[int] = []

    numbers = bulk.seed(ideas=300, comments=3000, votes=900, step=steps.append)

    assert numbers == {"people": 50, "ideas": 300, "comments": 3000, "votes": 900}
    assert sum(steps) == 300 + 3000 + 900
    for model, number in ((Idea, 300), (Comment, 3000), (Vote, 900)):
        assert db.session.scalar(select(func.count()).select_from(model)) == number
    assert recount.repair() == [] and not list(journal.list_faults())
    look_at_ideas()


def look_at_ideas() -> None:
    """There are one long thread, deep answers and all states of an idea."""
    lengths = dict(
        db.session.execute(select(Comment.thread_id, func.count()).group_by(Comment.thread_id).order_by(func.count()))
        .tuples()
        .all()
    )
    longest = db.session.scalars(select(Idea).where(Idea.thread_id == max(lengths, key=lengths.__getitem__))).one()
    ideas = list(db.session.scalars(select(Idea)))

    assert max(lengths.values()) == 300 and longest.is_open
    assert db.session.scalar(select(func.max(Comment.depth))) == 3
    assert {idea.status for idea in ideas} == {*PUBLIC, "pending", "draft"}
    assert {idea.is_hidden for idea in ideas} == {idea.is_deleted for idea in ideas} == {True, False}
    merged = {idea.id: idea.merged_into for idea in ideas if idea.is_merged}
    assert merged and merged == dict(db.session.execute(select(Merge.idea_id, Merge.into_id)).tuples().all())
    assert all(db.session.get_one(Idea, into_id).is_public for into_id in merged.values())
    for idea in ideas:
        thread = db.session.get_one(Thread, idea.thread_id)
        assert (thread.is_public, thread.is_open) == (idea.is_published, idea.is_open)
    tags = sorted(db.session.scalars(select(func.count()).select_from(IdeaTag).group_by(IdeaTag.tag_id)))
    assert tags[-1] > 3 * tags[0]


def test_bulk_is_the_same_each_time_and_is_not_added_twice(app: Flask) -> None:
    bulk.seed(ideas=5, comments=0, votes=0)

    assert bulk.seed(ideas=5, comments=0, votes=0) == {}
    drawn = plan.make_plan(ideas=400, comments=500, votes=600)
    assert drawn.sayings == plan.make_plan(ideas=400, comments=500, votes=600).sayings
    assert (sum(drawn.comments), sum(drawn.votes), len(drawn.sayings)) == (500, 600, 500)


def test_bulk_without_an_idea_is_nothing(app: Flask) -> None:
    assert bulk.seed(ideas=0, comments=10, votes=10) == {}


def test_bulk_leaves_the_next_rows_their_numbers(app: Flask, make: Any) -> None:
    bulk.seed(ideas=5, comments=50, votes=20)
    assert make.comment(make.idea(votes=2)).id == 51
    with unit():
        assert len(get_or_add_tags(["autobus", "train de nuit"])) == 2


def test_one_idea_alone_has_all_the_comments(app: Flask) -> None:
    bulk.seed(ideas=1, comments=30, votes=4)
    assert db.session.scalars(select(Comment.thread_id).distinct()).one() == db.session.scalar(select(Idea.thread_id))


def test_nobody_supports_an_idea_twice() -> None:
    for idea, number in ((0, 3), (7, 50), (90, 1)):
        assert len(set(plan.supporters(idea, number, 50))) == number


@pytest.mark.parametrize("weights, parts", [([1, 1, 2], [2, 3, 5]), ([0, 0], [0, 0]), ([0, 5, 0], [0, 10, 0])])
def test_a_total_is_divided_by_weights(weights: list[float], parts: list[int]) -> None:
    assert plan.share(10, weights) == parts


def test_the_pool_of_words_has_many_tags() -> None:
    assert len(texts.tag_names()) > 2000

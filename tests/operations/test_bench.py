from flask import Flask
from sqlalchemy import func, select

from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.operations import bench, recount
from app.votes.models import Vote


def test_bulk_has_the_numbers_that_were_asked_and_right_counters(app: Flask) -> None:
    steps: list[int] = []

    numbers = bench.seed(ideas=60, comments=700, votes=900, step=steps.append)

    assert numbers == {"people": 100, "ideas": 60, "comments": 700, "votes": 900}
    assert sum(steps) == 60 + 700 + 900
    for model, number in ((Idea, 60), (Comment, 700), (Vote, 900)):
        assert db.session.scalar(select(func.count()).select_from(model)) == number
    assert recount.differences() == []
    assert db.session.scalar(select(func.max(Comment.depth))) == 1


def test_bulk_is_the_same_each_time_and_is_not_added_twice(app: Flask) -> None:
    bench.seed(ideas=5, comments=0, votes=0)
    titles = list(db.session.scalars(select(Idea.title).order_by(Idea.id)))

    assert bench.seed(ideas=5, comments=0, votes=0) == {}
    assert [row["title"] for row in bench._texts()[:5]] == [title.rsplit(" (", 1)[0] for title in titles]


def test_bulk_may_be_people_alone(app: Flask) -> None:
    assert bench.seed(ideas=0, comments=10, votes=10) == {"people": 50, "ideas": 0}


def test_no_support_is_given_twice() -> None:
    pairs = list(bench._supports(40, 60))
    assert len(pairs) == len(set(pairs)) > 400

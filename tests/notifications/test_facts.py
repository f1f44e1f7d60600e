"""A fact is told part by part, whoever stops meanwhile, at a cost that does not grow with those who follow."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from app.accounts.models.people import User
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications.models import Fact, Follow, Notice
from app.notifications.service import facts, notices
from tests.support.follower_acts import actor, follow, say, told
from tests.support.queries import record_statements
from tests.support.rows import count, every, last

HERE = "securite-alimentaire"


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need")
    return found


@pytest.mark.parametrize("size", [1, 3, 10])
def test_a_fact_is_told_part_by_part_and_goes_on_where_it_was_stopped(
    make: Any, author: User, idea: Idea, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    followers = [make.user() for _n in range(6)]
    with unit():
        db.session.execute(
            insert(Follow),
            [
                {"user_id": person.id, "kind": "thread", "target_id": idea.thread_id, "level": "all"}
                for person in followers
            ],
        )
    make.comment(idea, followers[0]), make.vote(followers[1], idea), say(make.user(), idea)
    monkeypatch.setattr(facts, "SIZE", size)

    def stop(*_given: Any, **_facts: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(notices, "tell_each", stop)
        with pytest.raises(RuntimeError):
            facts.tell_next()
    facts.tell_next()
    assert told() == [("follow.comment", person.id) for person in followers]
    assert last(Fact).told_at is not None and not facts.tell_next()


def test_each_part_of_a_fact_costs_as_few_statements_whatever_follows(
    make: Any, idea: Idea, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cost(followers: int) -> list[int]:
        for _n in range(followers):
            follow(make.user(), idea)
        say(make.user(), idea)
        monkeypatch.setattr(facts, "SIZE", max(1, followers // 2))
        found = []
        while True:
            with record_statements() as statements:
                if not facts.tell_next():
                    return found
            found.append(len(statements))

    few, many = cost(2), cost(20)
    assert max(few + many) <= 7 and max(many) <= max(few), (few, many)


def test_what_was_told_long_ago_is_forgotten(make: Any, idea: Idea, clock: Any) -> None:
    reader, other = make.user(), make.user()
    follow(reader, idea), follow(other, idea)
    say(make.user(), idea)
    assert len(told()) == 2
    notices.mark_all_read(actor(reader))
    clock.forward(days=31)
    say(make.user(), idea, "Et encore.")
    facts.purge()
    assert count(Fact) == 1 and [notice.user_id for notice in every(Notice, Notice.topic == "follow")] == [other.id]
    clock.forward(**{"days": (facts.NOTICES_RETENTION - timedelta(days=30)).days})
    told(), facts.purge()
    assert {notice.at.date() for notice in every(Notice, Notice.topic == "follow")} == {time.now().date()}

"""What a member's first page says is its recount, for every person of the demonstration."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from datetime import time as hour
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password
from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import may_take_part
from app.ideas.models import OPEN, Idea, IdeaCommunity, IdeaTerritory
from app.ideas.queries import facet_counts, own_road
from app.ideas.queries.two_minutes import find_two_minutes
from app.operations.demo import story
from app.reference.queries import get_catalogue


class Rows:
    """All the rows that the recount reads, by themselves."""

    def __init__(self) -> None:
        self.ideas = {idea.id: idea for idea in db.session.scalars(select(Idea))}
        self.threads = {thread.id: thread for thread in db.session.scalars(select(Thread))}
        self.comments = list(db.session.scalars(select(Comment).order_by(Comment.id)))
        self.held = list(db.session.scalars(select(HeldRevision)))
        self.places = self._pairs(IdeaTerritory.idea_id, IdeaTerritory.territory_id)
        self.rooms = self._pairs(IdeaCommunity.idea_id, IdeaCommunity.community_id)

    def _pairs(self, *columns: Any) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {idea_id: set() for idea_id in self.ideas}
        for idea_id, other in db.session.execute(select(*columns)):
            found[idea_id].add(other)
        return found

    def own(self, actor: Actor) -> list[Idea]:
        mine = [idea for idea in self.ideas.values() if idea.author_id == actor.id and not idea.is_deleted]
        return sorted(mine, key=lambda idea: (idea.status_at or idea.saved_at, idea.id), reverse=True)

    def listed(self) -> Iterable[Idea]:
        return (idea for idea in self.ideas.values() if idea.is_public and not idea.is_private)

    def waiting(self, actor: Actor) -> set[tuple[int, int]]:
        hidden = {(idea.id, 0) for idea in self.own(actor) if idea.is_hidden}
        hidden |= {(one.idea_id or 0, -one.id) for one in self.held if one.by_id == actor.id and one.state != "closed"}
        may_answer = may_take_part(actor, None)
        open_ideas = [idea for idea in self.own(actor) if idea.is_public and idea.status in OPEN and may_answer]
        by_thread = {idea.thread_id: idea for idea in open_ideas if idea.community_id not in actor.barred_ids}
        return hidden | {
            (by_thread[one.thread_id].id, one.id)
            for one in self.comments
            if one.thread_id in by_thread
            and not self.threads[one.thread_id].is_locked
            and one.is_visible
            and one.intent in ("wonder", "offer")
            and one.author_id != actor.id
            and not any(self._answers(mine, one) for mine in self.comments if mine.author_id == actor.id)
        }

    def _answers(self, mine: Comment, one: Comment) -> bool:
        is_kept = mine.status in ("published", "pending") and not mine.is_hidden and not mine.is_deleted
        return is_kept and mine.root_id == (one.root_id or one.id) and mine.id > one.id

    def quiet(self, actor: Actor, territory_id: int | None) -> set[int]:
        place = get_catalogue().place.get(territory_id or 0)
        within = get_catalogue().within(get_catalogue().parent(place) or place) if place else []
        near, rooms = {one.id for one in within}, actor.memberships | actor.facilitates
        before = datetime.combine(time.today(), hour(), time.ZONE) - timedelta(days=1)
        said = {one.thread_id for one in self.comments if one.author_id == actor.id}
        return {
            idea.id
            for idea in self.listed()
            if idea.published_at < before
            and idea.status in OPEN
            and idea.comments_count == 0
            and idea.author_id != actor.id
            and idea.thread_id not in said
            and not self.threads[idea.thread_id].is_locked
            and idea.community_id not in actor.barred_ids
            and (self.places[idea.id] & near or (self.rooms[idea.id] | {idea.community_id}) & rooms)
        }


@pytest.fixture
def demonstration(app: Flask) -> None:
    story.seed(hash_password)


def test_each_part_is_its_recount_for_everybody(demonstration: None) -> None:
    rows, people = Rows(), list(db.session.scalars(select(User).where(User.confirmed_at.is_not(None))))
    assert len(people) > 20
    shown = {"road": 0, "waits": 0, "two": 0}
    for user in people:
        actor = actor_for(user)
        own = own_road.list_last_moved(actor, 3)
        assert [idea.id for idea in own] == [idea.id for idea in rows.own(actor)][:3]
        assert not own or own[0].total == len(rows.own(actor))
        waiting = own_road.list_waiting(actor, 1000)
        assert {(one.id, (one.comment_id or 0) - (one.held_id or 0)) for one in waiting} == rows.waiting(actor)
        quiet = []
        while one := find_two_minutes(actor, user.territory_id, time.today(), len(quiet)):
            quiet.append(one.idea.id)
        assert set(quiet) == rows.quiet(actor, user.territory_id) and len(set(quiet)) == len(quiet)
        for name, part in (("road", own), ("waits", waiting), ("two", quiet)):
            shown[name] += bool(part)
    assert all(shown.values()), shown
    counts = facet_counts.get_counts()
    assert counts["all"] == len(list(rows.listed()))

"""The journey that is shown is the one that the tables tell, whatever happened to an idea and in whichever order."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea, Relation, Revision, StatusChange
from app.ideas.transitions import STATIONS
from app.journey import queries
from app.journey.timeline import Journey
from app.moderation.merges.models import Merge
from app.plan.models.links import Link, UpdateLink
from app.plan.models.progress import Bulletin
from app.plan.queries import plans as plan_queries
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of

# The idea and those that were joined to it, whose links are its own.
MINE = "(idea_id = :id OR idea_id IN (SELECT id FROM ideas WHERE merged_into = :id))"
SQL = {
    "version": "SELECT number AS key, CASE number WHEN 1 THEN published_at ELSE revisions.created_at END AS at FROM revisions"
    " JOIN ideas ON ideas.id = idea_id WHERE idea_id = :id",
    "merge": "SELECT id AS key, at FROM merges WHERE :id IN (idea_id, into_id)",
    "parting": "SELECT id AS key, parted_at AS at FROM merges WHERE :id IN (idea_id, into_id) AND parted_at IS NOT NULL",
    "voice": "SELECT merges.id AS key, published_at AS at FROM merges JOIN ideas ON ideas.id = idea_id WHERE into_id = :id",
    "relation": "SELECT id AS key, at FROM relations WHERE :id IN (idea_id, other_id)",
    "step": "SELECT id AS key, at FROM status_changes WHERE idea_id = :id AND action_id IS NULL"
    " AND id <> (SELECT min(id) FROM status_changes WHERE idea_id = :id)",
    "link": f"SELECT id AS key, answered_at AS at FROM links WHERE {MINE} AND answer = 'accepted'",
    "unlink": f"SELECT id AS key, ended_at AS at FROM links WHERE {MINE} AND answer = 'accepted' AND ended_at IS NOT NULL",
    "bulletin": "SELECT DISTINCT bulletins.id AS key, at FROM bulletins JOIN links ON links.action_id = bulletins.action_id"
    f" WHERE {MINE} AND answer = 'accepted' AND answered_at <= at AND (ended_at IS NULL OR at <= ended_at)",
    "update": "SELECT DISTINCT updates.id AS key, published_at AS at FROM updates JOIN update_links ON updates.id = update_id"
    f" WHERE idea_id = :id OR action_id IN (SELECT action_id FROM links WHERE {MINE} AND answer = 'accepted'"
    " AND ended_at IS NULL)",
    "talk": "SELECT 0 AS key, min(comments.created_at) AS at FROM comments JOIN ideas ON ideas.thread_id = comments.thread_id"
    " WHERE ideas.id = :id AND comments.status = 'published' AND comments.hidden_at IS NULL AND comments.deleted_at IS NULL"
    " HAVING count(*) > 0",
    "meeting": "SELECT DISTINCT events.id AS key, starts_at AS at FROM events JOIN event_subjects ON event_id = events.id"
    f" WHERE status = 'closed' AND (idea_id = :id OR action_id IN (SELECT action_id FROM links WHERE {MINE}"
    " AND answer = 'accepted' AND ended_at IS NULL))",
    # At the hour of its session: so many minutes after the meeting begins.
    "said": "SELECT published_lines.id AS key, starts_at AS at, starts_after AS after FROM published_lines JOIN forum_topics"
    " ON forum_topics.id = topic_id JOIN forum_slots ON forum_slots.id = slot_id JOIN events"
    " ON events.id = forum_topics.forum_id WHERE published_lines.idea_id = :id",
}


class World:
    """An idea, five others, three actions and two pieces of news, to which anything may happen in 400 days."""

    def __init__(self, make: Make, plans: MakePlan) -> None:
        self.ideas = [make.idea(title=f"Voix {n}") for n in range(6)]
        self.boss, self.start = plans.boss, clock.now() - timedelta(days=400)
        plan = plans.plan(*(action_of(f"Action {n}") for n in range(3)))
        self.actions = list(plan_queries.list_action_ids(plan))
        self.updates = [make.update() for _ in range(2)]

    def fill(self, seed: int) -> Idea:
        """Write a history for the first idea, in the place of the one that it had."""
        chance = random.Random(seed)
        with unit():
            for table in (Revision, Merge, Relation, StatusChange, Link, Bulletin, UpdateLink):
                db.session.query(table).delete()
            idea = db.session.get_one(Idea, self.ideas[0].id)
            idea.published_at = self.start
            db.session.add_all(
                [*self._own(chance, idea.id), *self._others(chance, idea.id), *self._plan(chance, idea.id)]
            )
        return idea

    def _own(self, chance: random.Random, idea_id: int) -> Iterator[Any]:
        for number in range(1, chance.randint(2, 5)):
            yield Revision(
                idea_id=idea_id, number=number, title="T", body="B", body_html="<p>B</p>", created_at=self._at(chance)
            )
        yield StatusChange(idea_id=idea_id, status="published", at=self.start)
        for _ in range(chance.randint(0, 6)):
            yield StatusChange(
                idea_id=idea_id,
                status=chance.choice([*STATIONS, "archived"]),
                at=self._at(chance),
                by_id=self.boss.id,
                stays=chance.random() < 0.2,
                action_id=chance.choice([None, None, *self.actions]),
                reason="Motif",
            )

    def _others(self, chance: random.Random, idea_id: int) -> Iterator[Any]:
        for other in chance.sample(self.ideas[1:], chance.randint(0, 3)):
            pair = [idea_id, other.id] if chance.random() < 0.3 else [other.id, idea_id]
            at = self._at(chance)
            yield Merge(
                idea_id=pair[0],
                into_id=pair[1],
                reason="Même besoin",
                by_id=self.boss.id,
                at=at,
                parted_at=at + timedelta(days=3),
            )
        for other in chance.sample(self.ideas[1:], chance.randint(0, 2)):
            yield Relation(
                idea_id=idea_id,
                other_id=other.id,
                kind=chance.choice(["related", "split"]),
                by_id=self.boss.id,
                at=self._at(chance),
            )

    def _plan(self, chance: random.Random, idea_id: int) -> Iterator[Any]:
        for action_id in chance.sample(self.actions, chance.randint(0, 3)):
            at = self._at(chance)
            yield Link(
                action_id=action_id,
                idea_id=idea_id,
                proposed_by=self.boss.id,
                answered_by=self.boss.id,
                answered_at=at,
                answer=chance.choice(["accepted", "accepted", "declined"]),
                ended_at=chance.choice([None, at + timedelta(days=40)]),
            )
        for _ in range(chance.randint(0, 8)):
            yield Bulletin(
                action_id=chance.choice(self.actions),
                author_id=self.boss.id,
                body="B",
                body_html="B",
                renderer=1,
                state_before="planned",
                state=chance.choice(["planned", "underway", "dropped"]),
                percent=0,
                at=self._at(chance),
            )
        for update in chance.sample(self.updates, chance.randint(0, 2)):
            yield UpdateLink(update_id=update.id, idea_id=idea_id, by_id=self.boss.id)

    def _at(self, chance: random.Random) -> Any:
        return self.start + timedelta(seconds=chance.randint(1, 400 * 86400))


def rebuild(sql: Any, idea: Idea) -> list[str]:
    """Return the keys of the steps, from the tables alone, in the order of time."""
    rows = [
        (tell_moment(row), f"{kind}-{row.key}" if row.key else kind)
        for kind, text in SQL.items()
        for row in sql(text, id=idea.id)
    ]
    return [key for _at, key in sorted(rows)]


def tell_moment(row: Any) -> str:
    after = timedelta(minutes=getattr(row, "after", 0))
    return str(datetime.fromisoformat(str(row.at)[:19]) + after) if row.at else ""


def keys(journey: Journey) -> list[str]:
    return [key for _at, key in sorted((step.at.isoformat(" ")[:19], step.key) for step in journey.steps)]


def check(make: Make, plans: MakePlan, sql: Any, histories: int) -> None:
    world = World(make, plans)
    for seed in range(histories):
        idea = world.fill(seed)
        found = queries.get_journey(ANYONE, idea)
        assert keys(found) == rebuild(sql, idea), seed
        times = [step.at for step in found.steps]
        assert times == sorted(times) and len({step.key for step in found.steps}) == len(times)
        assert [one.station for one in found.chapters] == [
            one.station for n, one in enumerate(found.chapters) if not n or found.chapters[n - 1].station != one.station
        ]


def test_a_journey_is_what_the_tables_tell(make: Make, plans: MakePlan, sql: Any) -> None:
    check(make, plans, sql, 25)


@pytest.mark.soak
@pytest.mark.one_engine
def test_a_thousand_journeys_are_what_the_tables_tell(make: Make, plans: MakePlan, sql: Any) -> None:
    check(make, plans, sql, 1000)

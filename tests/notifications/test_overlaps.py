"""However many paths lead from a thing to a person, they are told once, or not at all: as a small model says."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.accounts.models.people import User
from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.ideas import service as ideas
from app.moderation.merges import service as merges
from app.notifications import jobs
from app.notifications.models import Follow, Notice, NoticeSettings
from app.notifications.service import facts
from app.plan.queries import actions
from app.plan.service import links
from app.plan.service.bulletins import Completion
from app.reference.models import Tag
from tests.support.follower_acts import actor, follow, publish, say
from tests.support.make_plan import MakePlan
from tests.support.rows import again, every

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
LEVELS = (None, "all", "steps", "none")
# The first two tell followers all at once, and two at a time.
SEEDS = [*range(2), *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 8))]


@dataclass
class Person:
    """What leads somebody to an idea: rooms, choices by kind, what they did there and how they follow by it."""

    id: int
    rooms: set[str]
    chosen: dict[str, str | None]
    did: set[str] = field(default_factory=set)
    usual: dict[str, str] = field(default_factory=dict)

    def hears_idea(self) -> bool:
        in_a_room = any(
            self.chosen[room] == "all" or (room in self.rooms and self.chosen[room] is None)
            for room in (HERE, ELSEWHERE)
        )
        return in_a_room or any(self.chosen[kind] == "all" for kind in ("tag", "issue"))

    def level(self) -> str:
        """Return how much of the thread they follow."""
        ways = {self.usual[act] for act in self.did}
        return self.chosen["thread"] or next((level for level in ("all", "steps") if level in ways), "none")


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_follows_is_told_once_of_each_thing_and_nobody_else_is(
    make: Any, people: Any, author: User, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(facts, "SIZE", chance.choice([1, 2, 5, 1000]))
    rooms, tag = (
        {slug: make.room(slug) for slug in (HERE, ELSEWHERE)},
        make.add(Tag(slug="velo", name="velo", sort_key="velo")),
    )
    crowd = [meet(chance, make.user()) for _n in range(12)]
    targets = {
        HERE: ("community", rooms[HERE].id),
        ELSEWHERE: ("community", rooms[ELSEWHERE].id),
        "tag": ("tag", tag.id),
        "issue": ("issue", 1),
    }
    store(crowd, targets)
    idea = publish(author, rooms[HERE], communities=(rooms[ELSEWHERE].id,), issues=(1,), tags=("velo",))
    assert told("follow.idea", idea.id) == Counter(person.id for person in crowd if person.hears_idea())
    for person in crowd:
        act(chance, make, person, idea)
    store_choices(crowd, {"thread": ("thread", again(idea).thread_id)})
    said = say(make.user(), idea)
    assert told("follow.comment", said.id) == Counter(person.id for person in crowd if person.level() == "all")
    ideas.move(people["facilitator"], again(idea), "retained", reason="Oui")
    heard = Counter(person.id for person in crowd if person.level() != "none")
    assert told("follow.step", idea.id) == heard + Counter([said.author_id])


def meet(chance: random.Random, user: User) -> Person:
    chosen = {
        name: chance.choice(LEVELS if name == "thread" else (None, "all", "none"))
        for name in (HERE, ELSEWHERE, "tag", "issue", "thread")
    }
    usual = {act: chance.choice(LEVELS[1:]) or "all" for act in ("commented", "supported")}
    return Person(user.id, {room for room in (HERE, ELSEWHERE) if chance.random() < 0.5}, chosen, usual=usual)


def store(crowd: list[Person], targets: dict[str, tuple[str, int]]) -> None:
    with unit():
        db.session.execute(insert(NoticeSettings), [{"user_id": person.id, **person.usual} for person in crowd])
        db.session.execute(
            insert(Membership),
            [{"user_id": person.id, "community_id": targets[room][1]} for person in crowd for room in person.rooms],
        )
    store_choices(crowd, targets)


def store_choices(crowd: list[Person], targets: dict[str, tuple[str, int]]) -> None:
    rows = [
        {"user_id": person.id, "kind": kind, "target_id": number, "level": person.chosen[name]}
        for person in crowd
        for name, (kind, number) in targets.items()
        if person.chosen[name]
    ]
    with unit():
        db.session.execute(insert(Follow), rows)


def act(chance: random.Random, make: Any, person: Person, idea: Any) -> None:
    """Say or support something, by chance."""
    user = db.session.get_one(User, person.id)
    if chance.random() < 0.5:
        make.comment(idea, user)
        person.did.add("commented")
    if chance.random() < 0.5:
        make.vote(user, idea)
        person.did.add("supported")


def told(kind: str, content_id: int) -> Counter[int]:
    """Count the notices of a kind about a content, by whose they are."""
    jobs.tell_followers()
    found = every(Notice, Notice.kind == kind)
    return Counter(notice.user_id for notice in found if content_id in (notice.comment_id, notice.idea_id))


VOICE = ("supports it", "supports the other", "follows it", "follows the steps of the other", "says something")
ACTION = ("follows the action", "holds the action", "talks of the action")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_chain_of_six_steps_tells_each_person_once_of_each_however_many_ways_lead_to_them(
    make: Any, plans: MakePlan, fae: User, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(facts, "SIZE", chance.choice([1, 2, 5, 1000]))
    author, joiner, *crowd = (make.user() for _n in range(14))
    ways = {person.id: {way for way in (*VOICE, *ACTION, "member") if chance.random() < 0.3} for person in crowd}
    room, action = make.room(HERE), plans.action()
    for person in crowd:
        if "member" in ways[person.id]:
            make.add(Membership(user_id=person.id, community_id=room.id))
    need = publish(author, room)
    assert news() == Counter(who for who in ways if "member" in ways[who]), "published"
    other = make.idea(joiner, HERE)
    for person in crowd:
        go(make, plans, person, ways[person.id], (need, other, action))
    voices = Counter([author.id, joiner.id, *(who for who in ways if ways[who] & set(VOICE))])
    everybody = voices | Counter(who for who in ways if ways[who] & set(ACTION))
    news()
    merges.merge(actor(fae), again(other), again(need), reason="La même chose")
    assert news() == voices, "joined with another"
    ideas.move(actor(fae), again(need), "retained", reason="Oui")
    assert news() == voices, "decided"
    links.make(actor(fae), again(need), again(action), reason="Elle y répond")
    assert news() == voices and again(need).status == "planned", "linked"
    first, second = (Completion(milestone.id, time.today(), "Vu") for milestone in actions.list_milestones(action.id))
    for words in ({"state": "underway"}, {"completions": [first]}, {"state": "achieved", "completions": [second]}):
        plans.say(again(action), **words)
        assert news() == everybody, words
    assert again(need).status == "achieved"


def go(make: Any, plans: MakePlan, person: User, ways: set[str], things: tuple[Any, Any, Any]) -> None:
    """Let a person do what leads to an idea, to one that will be joined to it, to an action."""
    need, other, action = things
    acts = {
        "supports it": lambda: make.vote(person, need),
        "supports the other": lambda: make.vote(person, other),
        "follows it": lambda: follow(person, need),
        "follows the steps of the other": lambda: follow(person, other, "steps"),
        "says something": lambda: make.comment(need, person),
        "follows the action": lambda: follow(person, action),
        "holds the action": lambda: plans.holder(action, person),
        "talks of the action": lambda: make.comment(action, person),
    }
    for way in ways - {"member"}:
        acts[way]()


def news() -> Counter[int]:
    """Count the notices that came since the last time, by whose they are."""
    jobs.tell_followers()
    found = every(Notice, Notice.read_at.is_(None))
    with unit():
        db.session.execute(update(Notice).values(read_at=time.now()))
    return Counter(notice.user_id for notice in found)

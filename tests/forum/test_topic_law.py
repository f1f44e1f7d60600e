"""Who reads a topic, changes it, is interested in it and decides on it: each right, in writing, in each state."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.contents import policy as contents
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.permits import Permission
from app.events.models.registrations import Registrant
from app.forum import policy
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE, TEAM, difference
from tests.support.make import Make
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE, SECLUDED

# `author` pitched the topic, with a place; `comer` has one, `left` gave it back; `guest` and `host` have no account.
ALL = f"{EVERYONE} comer left guest host"
RIGHTS = ("read", "read_own", "edit", "withdraw", "be_interested", "admit", "count_hands", "join", "hide", "restore")
OF_TOPIC_ALONE = ("topic:read_own", "topic:hide", "topic:restore")


def having(pitch: str = "", **who: str) -> dict[str, str]:
    """Return a line of the matrix: who has each of these rights, and nobody any other."""
    rights = {f"topic:{right}": who.get(right, "") for right in RIGHTS}
    return rights | {"forum:pitch": pitch}


PITCH = f"author comer guest host {TEAM}"
OF_HOST = f"author {TEAM}"
OPEN = having(
    PITCH,
    read=ALL,
    read_own="author",
    edit=OF_HOST,
    withdraw=OF_HOST,
    be_interested="comer guest host",
    count_hands=TEAM,
    join=TEAM,
    hide=TEAM,
)
BY_GUEST = {
    "topic:read_own": "",
    "topic:edit": f"host {TEAM}",
    "topic:withdraw": f"host {TEAM}",
    "topic:be_interested": "author comer guest",
}
WAITING = {
    "topic:read": OF_HOST,
    "topic:be_interested": "",
    "topic:count_hands": "",
    "topic:join": "",
    "topic:admit": TEAM,
    "topic:withdraw": "author",
}
READ_ONLY = having(read=ALL, read_own="author", hide=TEAM)
SHARED = {right: names.replace(TEAM, f"{TEAM} neighbour") for right, names in OPEN.items()}
LAW = {
    "open": OPEN,
    "placed": OPEN | {"topic:edit": TEAM},
    "by a guest": OPEN | BY_GUEST,
    "waiting": OPEN | WAITING,
    "withdrawn": READ_ONLY | {"forum:pitch": PITCH},
    "joined": READ_ONLY | {"forum:pitch": PITCH},
    "hidden": having(PITCH, read=OF_HOST, read_own="author", restore=TEAM),
    "refused": having(PITCH, read=OF_HOST, read_own="author", restore=TEAM),
    "deleted": having(PITCH),
    "hidden and deleted": having(PITCH),
    "of a closed forum": READ_ONLY,
    "of a closed meeting": READ_ONLY,
    "of a cancelled meeting": READ_ONLY,
    "of a hidden meeting": having(read=TEAM, hide=TEAM),
    "of a deleted meeting": having(),
    "of a draft": having(read=TEAM, hide=TEAM),
    "of the region": {right: names.replace(TEAM, "coordinator") for right, names in OPEN.items()},
    # The team of another community that it concerns runs it; its own decides on what others wrote.
    "shared": SHARED | {"topic:hide": TEAM},
    # Of those who have a place, its members alone.
    "private": having(
        "author coordinator",
        read="author coordinator",
        read_own="author",
        edit="author coordinator",
        withdraw="author coordinator",
        count_hands="coordinator",
        join="coordinator",
        hide="coordinator",
    ),
}
TOPIC: dict[str, dict[str, Any]] = {
    "waiting": {"state": "waiting"},
    "withdrawn": {"state": "withdrawn"},
    "hidden": {"hidden_at": LONG_AGO},
    "refused": {"state": "waiting", "hidden_at": LONG_AGO},
    "deleted": {"deleted_at": LONG_AGO},
    "hidden and deleted": {"deleted_at": LONG_AGO, "hidden_at": LONG_AGO},
}
EVENT: dict[str, dict[str, Any]] = {
    "of a closed meeting": {"status": "closed"},
    "of a cancelled meeting": {"status": "cancelled"},
    "of a hidden meeting": {"hidden_at": LONG_AGO},
    "of a deleted meeting": {"deleted_at": LONG_AGO},
    "of a draft": {"status": "draft"},
}


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    make.community(slug=SECLUDED, is_private=True)
    return people | {"author": make.actor(member_of=[SECLUDED]), "comer": make.actor(), "left": make.actor()}


def ask(make: Make, everybody: dict[str, Actor], state: str) -> dict[str, tuple[Actor, Participant]]:
    """Store the topic that a line of the matrix is about; return who asks of it, by their account and their place."""
    rooms = {"of the region": None, "private": make.room(SECLUDED)}
    columns = EVENT.get(state, {})
    if state == "shared":
        other = make.room(ELSEWHERE).id
        columns = {"communities": [other], "other_ids": [other]}
    event = event_in(make, room=rooms.get(state, make.room(HERE)), **columns)
    forum = forum_in(make, event=event, phase="closed" if state == "of a closed forum" else "marketplace")
    places = {who: place_in(make, forum, user_id=everybody[who].id) for who in ("author", "comer")}
    places["left"] = place_in(make, forum, user_id=everybody["left"].id, state="cancelled")
    for who in ("guest", "host"):
        registrant = make.add(Registrant(event_id=forum.id, name="Luc", email=f"{who}@exemple.test"))
        places[who] = place_in(make, forum, registrant_id=registrant.id)
    if state == "by a guest":
        pitched: dict[str, Any] = {"author_id": None, "host_name": "Luc", "registration_id": places["host"].id}
    else:
        pitched = {"author_id": everybody["author"].id, "registration_id": places["author"].id}
    more = dict(TOPIC.get(state, {}))
    if state == "joined":
        more["joined_id"] = topic_in(make, forum, title="Un autre").id
    if state == "placed":
        cells = forums.get_arrangement(forum.id)
        more |= {"slot_id": cells.slots[1].id, "room_id": cells.rooms[0].id}
    topic = find(topic_in(make, forum, **pitched, **more).id)
    actors = everybody | {"guest": ANYONE, "host": ANYONE}
    return {who: (actor, Participant(topic.forum, places.get(who), topic)) for who, actor in actors.items()}


def find(topic_id: int) -> ForumTopic:
    return db.session.scalars(topics.select_contents().where(ForumTopic.id == topic_id)).one()


def having_it(right: str, asking: dict[str, tuple[Actor, Participant]]) -> set[str]:
    permission = Permission.book[right]
    has = {who for who, (actor, one) in asking.items() if permission.permits(actor, one)}
    if right in OF_TOPIC_ALONE:
        assert has == {who for who, (actor, one) in asking.items() if permission.permits(actor, one.topic)}
    return has


def test_each_right_is_had_by_exactly_those_named(make: Make, everybody: dict[str, Actor]) -> None:
    wrong = []
    for state in on_same_rows(LAW):
        asking = ask(make, everybody, state)
        for right, names in LAW[state].items():
            has = having_it(right, asking)
            wrong += [difference(right, state, set(names.split()), has)] if has != set(names.split()) else []
    assert not wrong, "\n".join(wrong)


def test_a_list_holds_the_topics_that_one_may_read_and_no_other(make: Make, everybody: dict[str, Actor]) -> None:
    wrong = []
    for state in on_same_rows(LAW):
        for who, (actor, one) in ask(make, everybody, state).items():
            topic = policy.get_topic(one)
            listed = topic in topics.list_topics(actor, one)
            if policy.READ.permits(actor, one.forum) and listed != policy.READ_TOPIC.permits(actor, one):
                wrong.append((state, who, listed))
            of_account = Participant(one.forum, None, topic)
            as_content = contents.READ.permits(actor, topic)
            if (
                not as_content
                == policy.READ_TOPIC.permits(actor, of_account)
                == bool(topics.get_topics(actor, [topic.id]))
            ):
                wrong.append((state, who, "as a content"))
    assert not wrong


def test_for_want_of_another_the_team_of_another_community_decides_on_what_a_lone_one_pitched(make: Make) -> None:
    lone = make.user(facilitates=[HERE])
    neighbour, author = make.actor(facilitates=[ELSEWHERE]), actor_for(lone)
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)), phase="marketplace")
    states: list[dict[str, Any]] = [{}, {"hidden_at": LONG_AGO}, {"state": "waiting"}]
    ids = [topic_in(make, forum, author_id=lone.id, **columns).id for columns in states]
    shown, hidden, waiting = map(find, ids)
    assert policy.HIDE_TOPIC.permits(neighbour, shown) and not policy.HIDE_TOPIC.permits(author, shown)
    assert policy.RESTORE_TOPIC.permits(neighbour, hidden) and not policy.RESTORE_TOPIC.permits(author, hidden)
    who = Participant(shown.forum)
    assert hidden in topics.list_topics(neighbour, who) and not policy.ADMIT_TOPIC.permits(neighbour, hidden)
    assert waiting not in topics.list_topics(neighbour, who) and not policy.READ_TOPIC.permits(neighbour, waiting)

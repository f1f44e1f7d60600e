"""Who reads the notes of a session, writes, publishes, corrects and reviews them: each right, in writing, in each state."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import Permission
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.notes import policy
from app.notes.said import Said
from tests.forum.asking import ALL, add_people, find_forum, give_places, list_actors, store_forum
from tests.forum.stored import topic_in
from tests.notes.published import line_in, publish_in
from tests.support.clock import LONG_AGO
from tests.support.law import TEAM, difference
from tests.support.make import Make
from tests.support.tables import on_same_rows
from tests.support.world import HERE, SECLUDED

RIGHTS = ("read", "read_unpublished", "write", "publish", "send_late", "correct", "withdraw_line", "review")


def having(**who: str) -> dict[str, str]:
    """Return a line of the matrix: who has each of these rights, and nobody any other."""
    return {f"notes:{right}": who.get(right, "") for right in RIGHTS}


WRITERS, OF_HOST = f"author comer guest host {TEAM}", f"author {TEAM}"
OPEN = having(read=ALL, read_unpublished=WRITERS, write=WRITERS, publish=OF_HOST, withdraw_line=TEAM, review=TEAM)
ONLY_READ = having(read=ALL, read_unpublished=WRITERS, withdraw_line=TEAM, review=TEAM)
OVER = ONLY_READ | {"notes:read_unpublished": TEAM}
LATELY = OVER | {"notes:send_late": WRITERS, "notes:correct": "coordinator"}
HIDDEN = having(read=OF_HOST, read_unpublished=OF_HOST, withdraw_line=TEAM, review=TEAM)
INSIDE = "author coordinator"
LAW = {
    "open": OPEN,
    "by a guest": OPEN | {"notes:publish": f"host {TEAM}"},
    "without a room": ONLY_READ,
    "withdrawn": ONLY_READ,
    "joined": ONLY_READ,
    "hidden": HIDDEN,
    "deleted": having(review=TEAM),
    "closed": LATELY,
    "closed, without a room": OVER,
    "closed, withdrawn": LATELY | {"notes:correct": ""},
    "closed, hidden": HIDDEN | {"notes:read_unpublished": TEAM, "notes:send_late": OF_HOST},
    "closed, deleted": having(review=TEAM),
    "closed, of a deleted meeting": having(),
    "closed a day ago": LATELY | {"notes:send_late": ""},
    "of a closed meeting": ONLY_READ,
    "of a cancelled meeting": ONLY_READ,
    "of a hidden meeting": having(read=TEAM, read_unpublished=TEAM, withdraw_line=TEAM),
    "of a deleted meeting": having(),
    "of a draft": having(read=TEAM, read_unpublished=TEAM, withdraw_line=TEAM),
    # Its team acts in it as participants do; nothing of it leads elsewhere.
    "of a rehearsal": having(read=TEAM, read_unpublished=TEAM, write=TEAM, publish=TEAM, withdraw_line=TEAM),
    "of the region": {right: names.replace(TEAM, "coordinator") for right, names in OPEN.items()},
    "private": having(
        read=INSIDE,
        read_unpublished=INSIDE,
        write=INSIDE,
        publish=INSIDE,
        withdraw_line="coordinator",
        review="coordinator",
    ),
}
TOPIC: dict[str, dict[str, Any]] = {
    "without a room": {"slot_id": None, "room_id": None},
    "withdrawn": {"state": "withdrawn"},
    "hidden": {"hidden_at": LONG_AGO},
    "deleted": {"deleted_at": LONG_AGO},
}


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    return add_people(make, people)


def ask(make: Make, everybody: dict[str, Actor], state: str) -> dict[str, tuple[Actor, Participant]]:
    """Store the session that a line of the matrix is about; return who asks of it, by their account and their place."""
    ago = timedelta(hours=24 if state == "closed a day ago" else 23)
    phase = "closed" if state.startswith("closed") else "sessions"
    forum = store_forum(make, state, phase, phase_at=clock.now() - ago)
    places = give_places(make, forum, everybody)
    cells = forums.get_arrangement(forum.id)
    columns: dict[str, Any] = {"slot_id": cells.slots[1].id, "room_id": cells.rooms[0].id}
    if state == "by a guest":
        columns |= {"author_id": None, "host_name": "Luc", "registration_id": places["host"].id}
    else:
        columns |= {"author_id": everybody["author"].id, "registration_id": places["author"].id}
    if state == "joined":
        columns["joined_id"] = topic_in(make, forum, title="Un autre").id
    columns |= TOPIC.get(state.removeprefix("closed, "), {})
    topic = find(topic_in(make, forum, **columns).id)
    actors = list_actors(everybody)
    return {who: (actor, Participant(topic.forum, places.get(who), topic)) for who, actor in actors.items()}


def find(topic_id: int) -> ForumTopic:
    return db.session.scalars(topics.select_contents().where(ForumTopic.id == topic_id)).one()


def test_each_right_is_had_by_exactly_those_named(make: Make, everybody: dict[str, Actor]) -> None:
    wrong = []
    for state in on_same_rows(LAW):
        asking = ask(make, everybody, state)
        for right, names in LAW[state].items():
            permission = Permission.book[right]
            has = {who for who, (actor, one) in asking.items() if permission.permits(actor, one)}
            wrong += [difference(right, state, set(names.split()), has)] if has != set(names.split()) else []
    assert not wrong, "\n".join(wrong)


def test_the_report_is_read_once_the_forum_is_closed_by_whoever_reads_it(
    make: Make, everybody: dict[str, Actor]
) -> None:
    wrong = []
    expected = {"open": "", "closed": ALL, "closed, private": INSIDE}
    for state, names in expected.items():
        stored = store_forum(make, state.removeprefix("closed, "), "closed" if "closed" in state else "convergence")
        forum = find_forum(stored.id)
        has = {who for who, actor in list_actors(everybody).items() if policy.READ_REPORT.permits(actor, forum)}
        wrong += [difference("forum:read_report", state, set(names.split()), has)] if has != set(names.split()) else []
    assert not wrong, "\n".join(wrong)


# Whose idea a line of `member` became, and where it stands; only as it was published for them may they take it.
SAID: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "of the reviewer": ("member", {}, {}),
    "of another fate": ("", {"fate": "joined"}, {}),
    "of its writer": ("", {}, {"author_id": "member"}),
    "of somebody else": ("", {}, {"author_id": "neighbour"}),
    "that waits": ("", {}, {"status": "pending"}),
    "hidden": ("", {}, {"hidden_at": LONG_AGO}),
    "private": ("", {}, {"community_id": SECLUDED, "is_private": True}),
}


@pytest.mark.parametrize("state", SAID)
def test_whoever_wrote_a_line_becomes_the_author_of_what_was_published_for_them(
    make: Make, everybody: dict[str, Actor], state: str
) -> None:
    names, of_line, of_idea = SAID[state]
    session = topic_in(make, store_forum(make, "open", "closed"))
    publish_in(make, session)
    team = everybody["facilitator"]
    columns = dict(of_idea)
    if "author_id" in columns:
        columns["author_id"] = everybody[columns["author_id"]].id
    if "community_id" in columns:
        columns["community_id"] = make.room(columns["community_id"]).id
    idea = make.at(make.idea(db.session.get_one(User, team.id), HERE), **columns)
    fate = {"fate": "new", "idea_id": idea.id, "review_by": team.id, "review_at": clock.now()} | of_line
    line = line_in(make, session, "Une nuit de répit", **fate)
    for writer in ("member", "suspended", "unconfirmed"):
        said = Said(line, everybody[writer].id, idea)
        has = {who for who, actor in everybody.items() if policy.BECOME_AUTHOR.permits(actor, said)}
        assert has == (set(names.split()) if writer == "member" else set()), writer

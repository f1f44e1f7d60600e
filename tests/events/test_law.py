"""Who reads a meeting, runs it, keeps its door and writes its minutes: each right, in writing, in each state."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.events import policy
from app.events.models.meetings import Event
from app.events.models.running import EventCharge
from app.events.queries import reading
from app.events.service import charges
from tests.events.stored import event_in
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE, TEAM, compare
from tests.support.make import Make
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE, SECLUDED

ALL = f"{EVERYONE} door secretary"
RIGHTS = (
    "read",
    "read_own",
    "edit",
    "publish",
    "move",
    "cancel",
    "close",
    "clone",
    "delete",
    "hide",
    "restore",
    "give_charge",
    "register",
    "keep_door",
    "read_door",
    "read_people",
    "write_minutes",
    "release_place",
    "erase_guest",
)
NOBODY = {f"event:{right}": "" for right in RIGHTS}


def having(**who: str) -> dict[str, str]:
    """Return a line of the matrix: who has each of these rights, and nobody any other."""
    return NOBODY | {f"event:{right}": names for right, names in who.items()}


DOOR, MINUTES = f"{TEAM} door", f"{TEAM} secretary"
HELD = having(
    read=ALL,
    read_own="author",
    edit=TEAM,
    move=TEAM,
    cancel=TEAM,
    clone=TEAM,
    delete=TEAM,
    hide=TEAM,
    give_charge=TEAM,
    register=ALL,
    keep_door=DOOR,
    read_door=DOOR,
    read_people=TEAM,
    write_minutes=MINUTES,
    release_place=TEAM,
    erase_guest=TEAM,
)
SHARED = {right: names.replace(TEAM, f"{TEAM} neighbour") for right, names in HELD.items()}
INSIDE = "author coordinator"
LAW = {
    "to come": HELD,
    "begun": HELD | {"event:close": MINUTES},
    "held before": HELD | {"event:close": MINUTES, "event:register": ""},
    "draft": having(read=TEAM, edit=TEAM, publish=TEAM, clone=TEAM, delete=TEAM, give_charge=TEAM),
    "closed": having(
        read=ALL,
        read_own="author",
        clone=TEAM,
        delete=TEAM,
        hide=TEAM,
        give_charge=TEAM,
        keep_door=DOOR,
        read_door=DOOR,
        read_people=TEAM,
        write_minutes=MINUTES,
        erase_guest=TEAM,
    ),
    "cancelled": having(
        read=ALL,
        read_own="author",
        edit=TEAM,
        clone=TEAM,
        delete=TEAM,
        hide=TEAM,
        read_door=TEAM,
        read_people=TEAM,
        erase_guest=TEAM,
    ),
    "hidden": having(
        read=TEAM, read_own="author", clone=TEAM, delete=TEAM, restore=TEAM, read_people=TEAM, erase_guest=TEAM
    ),
    "deleted": NOBODY,
    "hidden and deleted": NOBODY,
    "of the region": {right: names.replace(TEAM, "coordinator") for right, names in HELD.items()},
    # The team of another community that it concerns runs it; its own decides on what others wrote, and begins another.
    "shared": SHARED | {"event:hide": TEAM, "event:clone": TEAM},
    "private": {right: names.replace(TEAM, "coordinator").replace(ALL, INSIDE) for right, names in HELD.items()}
    | {"event:keep_door": "coordinator", "event:read_door": "coordinator", "event:write_minutes": "coordinator"},
    "nothing": {"event:create": f"{TEAM} neighbour"},
}
COLUMNS: dict[str, dict[str, Any]] = {
    "begun": {"days": -0.01},
    "held before": {"days": -0.01, "takes_registrations": False},
    "draft": {"status": "draft"},
    "closed": {"status": "closed", "days": -0.5},
    "cancelled": {"status": "cancelled"},
    "hidden": {"hidden_at": LONG_AGO, "hidden_reason": "Erreur"},
    "deleted": {"deleted_at": LONG_AGO},
    "hidden and deleted": {"hidden_at": LONG_AGO, "deleted_at": LONG_AGO},
}


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    make.community(slug=SECLUDED, is_private=True)
    return people | {"author": make.actor(member_of=[SECLUDED])}


def subject(make: Make, everybody: dict[str, Actor], state: str) -> Event:
    """Return the meeting that the line of the matrix is about, and give its charges to two people."""
    rooms = {"of the region": None, "private": make.room(SECLUDED)}
    room = rooms.get(state, make.room(HERE))
    columns = COLUMNS.get(state, {})
    if state == "shared":
        other = make.room(ELSEWHERE).id
        columns = {"communities": [other], "other_ids": [other]}
    event = event_in(make, room=room, author_id=everybody["author"].id, **columns)
    for kind in ("door", "secretary"):
        user = make.user()
        make.add(EventCharge(event_id=event.id, user_id=user.id, kind=kind, given_by=user.id))
        everybody[kind] = actor_for(user)
    return db.session.get_one(Event, event.id)


def test_each_right_is_had_by_exactly_those_named(make: Make, everybody: dict[str, Actor]) -> None:
    for state in on_same_rows(LAW):
        asking = dict(everybody)
        thing = subject(make, asking, state) if state != "nothing" else None
        compare(LAW[state], asking, thing, state)


def test_a_charge_ends_by_itself_a_day_after_the_meeting(make: Make) -> None:
    user, ends_at = make.user(), clock.now() - timedelta(hours=23)
    event = event_in(make, starts_at=ends_at - timedelta(hours=2), ends_at=ends_at)
    charges.give(make.actor(role="coordinator"), event, user, "door")
    assert actor_for(user).doors == {event.id} and policy.READ_DOOR.permits(actor_for(user), event)
    make.at(event, ends_at=clock.now() - timedelta(hours=25))
    assert actor_for(user).doors == frozenset()


def test_whoever_is_suspended_has_no_charge_meanwhile(make: Make) -> None:
    user, event = make.user(), event_in(make)
    for kind in ("door", "secretary"):
        charges.give(make.actor(role="coordinator"), event, user, kind)
    assert actor_for(user).doors == actor_for(user).secretary_of == {event.id}
    make.restriction(user)
    assert actor_for(user).doors == actor_for(user).secretary_of == frozenset()


def test_for_want_of_another_the_team_of_another_community_decides_on_what_a_lone_one_wrote(make: Make) -> None:
    lone = make.user(facilitates=[HERE])
    event = event_in(make, room=make.room(HERE), author_id=lone.id)
    neighbour, author = make.actor(facilitates=[ELSEWHERE]), actor_for(lone)
    assert policy.HIDE.permits(neighbour, event) and not policy.HIDE.permits(author, event)
    make.at(event, hidden_at=clock.now())
    event = reading.get_event(neighbour, event.id, policy.READ)
    assert policy.RESTORE.permits(neighbour, event) and not policy.EDIT.permits(neighbour, event)


def test_whoever_left_the_team_reads_none_of_its_drafts(make: Make) -> None:
    former = make.actor()
    event = event_in(make, room=make.room(HERE), author_id=former.id, status="draft")
    assert not (policy.READ | policy.READ_OWN).permits(former, event)
    suspended = replace(make.actor(facilitates=[HERE]), is_suspended=True)
    assert not policy.CREATE.permits(suspended)

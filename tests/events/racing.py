"""Many people who want the last places of a meeting at the same moment (`tests/support/racing.py`).

Each round is a meeting of its own, of which every second one begins within a day, so that whoever waits takes a
place by a press; by chance, every second one is moved and every second one has a door. Once all have acted, all who still wait press at once, until no
place is left for any of them.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.queries import door as door_queries
from app.events.queries import registrations
from app.events.service import door, life
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.events.stored_words import get_words
from tests.events.coming import cancel, guest, keep, new_event
from tests.events.race_faults import MODES, list_faults, list_fitting, list_rows, list_unaware
from tests.support.make import Make
from tests.support.racing import Act, Acts, Race, main

# The presses of two people at one door.
KEYS = ("luc", "mia")


def prepare(make: Make, size: int) -> Callable[[Race, int], list[str]]:
    team, users = make.actor(role="coordinator"), [make.user().id for _n in range(size)]
    return partial(run_round, make, team, users)


def run_round(make: Make, team: Actor, users: Sequence[int], race: Race, number: int) -> list[str]:
    """Begin a meeting with few places, do all acts at once, and look at what stands; then all who wait press at once."""
    most = {mode: race.chance.randint(2, race.size // 3) for mode in MODES}
    start = clock.now() + timedelta(hours=20 if number % 2 else 240)
    event = new_event(make, starts_at=start, **{f"capacity_{mode}": places for mode, places in most.items()})
    acts, largest = choose_acts(event, team, users, race.chance, most, race.size)
    race.do(acts)
    faults = list_faults(event, largest) + list_unaware(event)
    race.do([("take", (row.id, row.user_id)) for row in list_rows(event.id, "waiting")])
    return faults + list_faults(event, largest) + [f"{row.id} waits for a free place" for row in list_fitting(event)]


def choose_acts(
    event: Event, team: Actor, users: Sequence[int], chance: random.Random, most: dict[str, int], size: int
) -> tuple[list[Act], dict[str, int]]:
    """Return what happens at once, and the most places that there are meanwhile; some are in before, and some wait."""
    people, largest = list(users), dict(most)
    chance.shuffle(people)

    def wishes() -> Wishes:
        return Wishes(chance.choice(MODES), chance.choice((1, 1, 1, 2, 2, 3, 4)))

    def member() -> tuple[int, Wishes]:
        return people.pop(), wishes()

    before = [
        (service.come(Actor(user_id), event, kind).id, user_id)
        for user_id, kind in (member() for _n in range(6 + size // 6))
    ]
    acts: list[Act] = [("cancel", one) for one in before[:3]]
    acts += [("keep", (*one, wishes())) for one in before[3:6]]
    acts += [("take", one) for one in before[6:]]
    for n in range(size // 4):
        kind = wishes()
        acts.append(("keep", (service.expect(event, guest(n), kind).id, None, kind)))
    for mode in MODES:
        places = chance.randint(1, size // 2)
        largest[mode] = max(largest[mode], places)
        acts.append(("edit", (event.id, team, f"capacity_{mode}", places)))
    acts.append(("hide", (event.id, team)))
    if chance.random() < 0.5:
        acts.append(("move", (event.id, team, event.starts_at + timedelta(days=chance.randint(1, 9)))))
    if chance.random() < 0.5:
        acts += press_at_door(event, team, [number for number, _user_id in before[5:8]])
    acts += [("come", (event.id, *member())) for _n in range(size - len(acts))]
    return acts, largest


def press_at_door(event: Event, team: Actor, numbers: Sequence[int]) -> list[Act]:
    """Return what two people press: the same arrivals, two who come unannounced, each sent twice; one undoes theirs."""
    acts: list[Act] = [("arrive", (number, team, key)) for number in numbers for key in KEYS]
    acts += [("undo", (number, team, KEYS[0])) for number in numbers]
    acts += [("welcome", (event.id, team, key)) for key in KEYS * 2]
    return [*acts, ("undo_welcome", (event.id, team, KEYS[0]))]


def do_come(event_id: int, user_id: int, wishes: Wishes) -> None:
    service.come(Actor(user_id), db.session.get_one(Event, event_id), wishes)


def do_keep(number: int, user_id: int | None, wishes: Wishes) -> None:
    keep(db.session.get_one(EventRegistration, number), wishes, Actor(user_id))


def do_cancel(number: int, user_id: int | None) -> None:
    cancel(db.session.get_one(EventRegistration, number), Actor(user_id))


def do_take(number: int, user_id: int | None) -> None:
    service.take(Actor(user_id), find(number))


def find(number: int) -> EventRegistration:
    found = registrations.find_registration(number)
    assert found is not None
    return found


def do_arrive(number: int, team: Actor, key: str) -> None:
    door.arrive(team, find(number), key=key)


def do_undo(number: int, team: Actor, key: str) -> None:
    door.withdraw(team, find(number), key=key)


def do_welcome(event_id: int, team: Actor, key: str) -> None:
    door.welcome(team, db.session.get_one(Event, event_id), key=key)


def do_undo_welcome(event_id: int, team: Actor, key: str) -> None:
    found = door_queries.find_walk_in(event_id, key)
    if found:
        do_undo(found.id, team, key)


def do_edit(event_id: int, team: Actor, column: str, places: int) -> None:
    event = db.session.get_one(Event, event_id)
    life.edit(team, event, replace(get_words(team, event), **{column: places}))


def do_move(event_id: int, team: Actor, starts_at: datetime) -> None:
    event = db.session.get_one(Event, event_id)
    life.move(team, event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), reason="La salle est prise.")


def do_hide(event_id: int, team: Actor) -> None:
    """Hide a meeting and show it again: who registers meanwhile is refused."""
    event = db.session.get_one(Event, event_id)
    life.hide(team, event, reason="Une erreur.")
    life.restore(team, event)


ACTS: Acts = {
    "come": do_come,
    "keep": do_keep,
    "cancel": do_cancel,
    "take": do_take,
    "arrive": do_arrive,
    "undo": do_undo,
    "welcome": do_welcome,
    "undo_welcome": do_undo_welcome,
    "edit": do_edit,
    "move": do_move,
    "hide": do_hide,
}


if __name__ == "__main__":
    main(ACTS, prepare)

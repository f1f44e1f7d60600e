"""The door of a meeting and its papers, the hall, what teams take away in files."""

from typing import Any

from tests.matrix import TEAM, Row
from tests.support.door import comes

DOOR = "/events/<id:event_id>/door"
PAPER = "/<any(list,needs,tags,sign):paper>"
HELD, CANCELLED, UNSEEN = "published closed", "cancelled", "draft hidden deleted"
LISTS = "303 anyone; 200 facilitator neighbour coordinator; 403 *"


def read(path: str, states: str, unseen: str) -> list[Row]:
    """Return the rows of a page of the door: its team reads it, that of a private community from inside."""
    return [
        Row(f"GET {path}", states, f"303 anyone; 200 {TEAM}; 404 *", "accesses"),
        Row(f"GET {path}", "private", "303 anyone; 200 coordinator; 404 *", "accesses"),
        Row(f"GET {path}", unseen, "303 anyone; 404 *"),
    ]


def act(path: str, changes: str = "", **data: str) -> list[Row]:
    return [
        Row(f"POST {path}", HELD, f"401 anyone; 303 {TEAM}; 404 *", changes, data),
        Row(f"POST {path}", "private", "401 anyone; 303 coordinator; 404 *", changes, data),
        Row(f"POST {path}", f"{CANCELLED} {UNSEEN}", "401 anyone; 404 *", data=data),
    ]


RELEASE = f"{DOOR}/<id:registration_id>/release"
ERASED = "event_registrations event_mails events registrants"
GUESTS = "/events/<id:event_id>/guests"
ERASE = f"{GUESTS}/<id:registration_id>/erasure"
ROUTES = [
    *(row for end in ("", PAPER) for row in read(f"{DOOR}{end}", f"{HELD} {CANCELLED}", UNSEEN)),
    *act(f"{DOOR}/<id:registration_id>/arrival", "event_registrations"),
    # Nobody arrived, and no meeting of the square is held today: there is nothing to undo, and no hall.
    *act(f"{DOOR}/<id:registration_id>/arrival/withdrawal"),
    *read(RELEASE, "published", f"closed {CANCELLED} {UNSEEN}"),
    Row(f"POST {RELEASE}", "published", f"401 anyone; 303 {TEAM}; 404 *", "event_registrations event_mails events"),
    Row(f"POST {RELEASE}", "private", "401 anyone; 303 coordinator; 404 *", "event_registrations event_mails events"),
    Row(f"POST {RELEASE}", f"draft closed {CANCELLED}", f"401 anyone; 409 {TEAM}; 404 *"),
    Row(f"POST {RELEASE}", "hidden deleted", "401 anyone; 404 *"),
    *(row for path in (GUESTS, ERASE) for row in read(path, f"{HELD} {CANCELLED} hidden", "draft deleted")),
    Row(f"POST {ERASE}", f"{HELD} {CANCELLED} hidden", f"401 anyone; 303 {TEAM}; 404 *", ERASED),
    Row(f"POST {ERASE}", "private", "401 anyone; 303 coordinator; 404 *", ERASED),
    Row(f"POST {ERASE}", "draft deleted", "401 anyone; 404 *"),
    *act(f"{DOOR}/welcomes", "event_registrations events registrants", key="une-pression"),
    *act(f"{DOOR}/hall"),
    *act(f"{DOOR}/hall/withdrawal"),
    *(
        row
        for ending in ("csv", "xlsx")
        for row in read(f"/events/<id:event_id>/people.{ending}", f"{HELD} {CANCELLED} hidden", "draft deleted")
    ),
    *(Row(f"GET /events.{ending}", "", LISTS, "accesses") for ending in ("csv", "xlsx")),
]
VARIABLES = {"paper": lambda _world, _state: "list"}
LAW = {"nothing": {"event:export": "facilitator neighbour coordinator"}}


def add(make: Any, world: Any) -> None:
    """Somebody comes to each meeting, with a name and a need that nobody else reads."""
    world.registrations = {
        state: comes(make, event, f"Inscrit canari-porte-{state}", needs=f"canari-besoin-{state}")
        for state, event in getattr(world, "events", {}).items()
    }


def _door(square: Any) -> str:
    return f"/events/{square.events['published'].id}/door"


def _guests(square: Any) -> str:
    return f"/events/{square.events['published'].id}/guests"


def _release(square: Any) -> str:
    return f"/{square.registrations['published'].id}/release"


PAGES = {
    "facilitator": lambda square: [_door(square), f"{_door(square)}/needs"],
    "coordinator": lambda square: [
        *(_door(square) + end for end in ("", "/list", "/needs", "/tags", "/sign", "?q=inscrit", _release(square))),
        *(_guests(square) + end for end in ("", f"/{square.registrations['published'].id}/erasure")),
    ],
}

"""What people are told of meetings."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.unit import unit
from app.notifications.service import notices
from app.notifications.topics import HEARERS
from tests.events.stored import event_in
from tests.support.world import HERE

WHY = "La salle est prise."


def fill(_make: Any, square: Any) -> None:
    """Whoever wrote what was hidden was told of it: that alone leads them there."""
    event = square.events["hidden"]
    with unit():
        notices.tell(event.author_id, "measure.hide", f"event {event.id}", event_id=event.id, reason=WHY, measure=1)


def tell(told: Any) -> Iterator[Any]:
    """Tell of a meeting that is announced, moved, changed, cancelled, closed, and of what one is given there."""
    make = told.make
    event = event_in(make, room=make.room(HERE), author_id=told.other.id, title="Se loger ici", lead="Venez le dire.")
    room, moment = make.room(HERE).id, (clock.now() + timedelta(days=9)).isoformat()
    ways = {
        "member": {"of": room},
        "community": {"of": room},
        "tag": {"of": told.tag.id},
        "issue": {"of": 1},
        "territory": {"of": 1},
    }
    yield told.tell("follower", "follow.event", event)
    for way, facts in ways.items():
        yield told.tell(f"follower by {way}", "follow.event", event, by=way, **facts)
    for who in HEARERS:
        yield told.tell(who, f"moved.{who}", event, starts_at=moment, reason=WHY)
        yield told.tell(who, f"cancelled.{who}", event, reason=WHY)
        yield told.tell(who, f"minutes.{who}", event)
        yield told.tell(who, f"changed.{who}", event)
    yield told.tell("registrant", "place.given", event)
    yield told.tell("helper at the door", "charge.door", event)
    yield told.tell("secretary", "charge.secretary", event)
    own = event_in(make, room=make.room(HERE), author_id=told.reader.id, title="La mienne")
    yield told.tell("author", "comment.post", make.comment(own, told.other, "J'y serai."))
    yield told.tell("follower", "follow.comment", make.comment(event, told.member, "Moi aussi."))
    for kind in ("measure.hide", "measure.restore"):
        yield told.tell("author", kind, own, reason=WHY, measure=1)

"""Who came to a meeting, in numbers that point at nobody."""

from datetime import timedelta

from app.core import clock
from app.core.small_counts import Gathered
from app.events.models.registrations import EventRegistration
from app.events.queries.attendance import get_attendance
from app.reference.queries import get_catalogue
from tests.events.stored import event_in
from tests.support.make import Make


def test_people_are_counted_by_place_with_those_who_did_not_come_and_those_who_came_unannounced(make: Make) -> None:
    now = clock.now()
    event = event_in(
        make,
        starts_at=now - timedelta(hours=3),
        ends_at=now - timedelta(hours=1),
        came_in_person=13,
        came_online=2,
    )
    first, second = [place.id for place in get_catalogue().places if not place.is_mrc][:2]
    people = [
        *[(first, 2, True, False)] * 4,
        (second, 3, True, False),
        (None, 1, True, True),
        (second, 2, False, False),
    ]
    for n, (place, party, has_come, is_walk_in) in enumerate(people):
        make.add(
            EventRegistration(
                event_id=event.id,
                user_id=make.user().id,
                mode="in_person",
                party=party,
                state="in",
                code=f"CODE{n:02}",
                territory_id=place,
                arrived_at=now if has_come else None,
                is_walk_in=is_walk_in,
            )
        )
    found = get_attendance(event)
    assert (found.expected, found.arrived, found.walk_ins, found.absent) == (13, 12, 1, 2)
    assert found.was_noted and found.places == Gathered({}, 12)
    assert found.by_mode is None, "two people online would be given back by the total"
    make.at(event, came_online=7)
    assert get_attendance(event).by_mode == (13, 7)

"""The minutes of a meeting: a draft for those who write it, published once, corrected with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.events import stored_minutes
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.contents import LED_TO
from app.events.models.meetings import CLOSED, Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.models.running import EventCharge
from app.events.queries import minutes as queries
from app.events.queries.details import get_subjects
from app.events.service import minutes as service
from app.journal.models import Entry
from tests.events.stored import event_in
from tests.support.make import Make
from tests.support.rows import again, count, every, last
from tests.support.world import HERE

HOUR = timedelta(hours=1)


@pytest.fixture
def held(make: Make) -> Event:
    now = clock.now()
    return event_in(make, room=make.room(HERE), starts_at=now - 3 * HOUR, ends_at=now - HOUR, title="Se loger ici")


def words(**more: Any) -> MinutesWords:
    return MinutesWords(body="On a parlé du **toit**.", **more)


def test_a_draft_is_kept_whole_and_read_by_nobody_else(make: Make, people: Any, held: Event) -> None:
    typed = words(
        decisions=[DecisionWords("Un comité", "Luc", date(2027, 5, 31), "#1")], led_to="#2", came_in_person=12
    )
    service.save_draft(people["facilitator"], held, typed)
    assert stored_minutes.get_words(people["facilitator"], again(held)) == typed
    assert queries.find_minutes(people["facilitator"], again(held)) is None
    assert [count(table) for table in (EventMinutesVersion, EventDecision)] == [0, 0]
    assert again(held).came_in_person is None and count(Entry) == 0
    with pytest.raises(Forbidden):
        service.save_draft(people["neighbour"], again(held), typed)


def test_whoever_has_the_charge_of_the_minutes_writes_and_publishes_them_until_a_day_after(
    make: Make, people: Any, held: Event, clock: Any
) -> None:
    writer = make.user()
    make.add(EventCharge(event_id=held.id, user_id=writer.id, kind="secretary", given_by=people["facilitator"].own_id))
    service.save_draft(actor_for(again(writer)), again(held), words())
    clock.forward(hours=24)
    with pytest.raises(Forbidden):
        service.publish(actor_for(again(writer)), again(held), words())


def test_publishing_closes_the_meeting_says_what_it_led_to_and_is_one_line_of_the_journal(
    make: Make, people: Any, held: Event, plans: Any
) -> None:
    idea, other, action = make.idea(title="Un toit partagé"), make.idea(title="Une corvée"), plans.action()
    decisions = [
        DecisionWords("On forme un comité", "Luc", date(2027, 5, 31), f"#{idea.id}"),
        DecisionWords("On écrit à la ville", leads_to=f"/plan/actions/{action.id}"),
    ]
    typed = words(decisions=decisions, led_to=f"#{other.id}", came_in_person=31, came_online=4)
    for _press in range(2):
        service.publish(people["facilitator"], again(held), typed)
    event = again(held)
    assert (event.status, event.came_in_person, event.came_online) == (CLOSED, 31, 4)
    found = queries.find_minutes(people["anyone"], event)
    assert found and [
        (one.text, one.who, one.idea and one.idea.id, one.action and one.action.id) for one in found.decisions
    ] == [
        ("On forme un comité", "Luc", idea.id, None),
        ("On écrit à la ville", "", None, action.id),
    ]
    led_to = get_subjects(people["anyone"], event.id)[LED_TO]
    assert {one.id for one in led_to.ideas} == {idea.id, other.id} and [one.id for one in led_to.actions] == [action.id]
    assert count(EventMinutesVersion) == 1 and db.session.get_one(EventMinutes, held.id).draft == {}
    lines = every(Entry, Entry.kind == "event")
    assert [(line.facts["state"], line.facts["event"]) for line in lines] == [("minutes", held.id)]


def test_what_names_nothing_and_what_says_nothing_are_refused_and_change_nothing(
    make: Make, people: Any, held: Event
) -> None:
    team = people["facilitator"]
    secret = make.idea(status="draft", title="Un secret")
    for typed, field in (
        (MinutesWords(), "body"),
        (words(led_to="n'importe quoi"), "concerns"),
        (words(led_to=f"#{secret.id}"), "concerns"),
        (words(decisions=[DecisionWords("Bien"), DecisionWords("Mal", leads_to="#999999")]), "decisions-1-leads_to"),
    ):
        with pytest.raises(Invalid) as refusal:
            service.publish(team, again(held), typed)
        assert refusal.value.field == field
    make.at(held, starts_at=clock.now() + HOUR, ends_at=clock.now() + 2 * HOUR)
    with pytest.raises(Invalid, match="pas encore commencé"):
        service.publish(team, again(held), words())
    assert count(EventMinutesVersion) == 0 and not again(held).is_closed


def test_a_correction_is_another_text_with_its_reason_and_the_former_one_stays(
    make: Make, people: Any, held: Event
) -> None:
    team, idea = people["facilitator"], make.idea(title="Un toit partagé")
    service.publish(team, held, words(decisions=[DecisionWords("Un comité", leads_to=f"#{idea.id}")], came_in_person=9))
    same = stored_minutes.get_words(team, again(held))
    service.correct(team, again(held), same, reason="Rien")
    assert count(EventMinutesVersion) == 1, "the same words are no correction"
    with pytest.raises(Invalid) as refusal:
        service.correct(team, again(held), words(), reason=" ")
    assert refusal.value.field == "reason"
    service.correct(team, again(held), words(came_in_person=10), reason="Le comité n'est pas formé.")
    event = again(held)
    found, former = queries.find_minutes(team, event), queries.get_version(team, event, 1)
    assert found and found.decisions == [] and found.version.reason == "Le comité n'est pas formé."
    assert [one.text for one in former.decisions] == ["Un comité"] and event.came_in_person == 10
    assert not get_subjects(team, event.id)[LED_TO]
    line = last(Entry, Entry.kind == "event")
    assert (line.facts["state"], line.reason) == ("corrected", "Le comité n'est pas formé.")


def test_a_guest_reads_no_idea_that_they_may_not_read_in_the_minutes(make: Make, people: Any, held: Event) -> None:
    idea = make.idea(title="Un toit partagé")
    typed = words(decisions=[DecisionWords("Un comité", leads_to=f"#{idea.id}")])
    service.publish(people["facilitator"], held, typed)
    make.at(idea, hidden_at=clock.now(), hidden_reason="non")
    found = queries.find_minutes(people["anyone"], again(held))
    assert found and found.decisions[0].idea is None
    assert not get_subjects(people["anyone"], held.id)[LED_TO]

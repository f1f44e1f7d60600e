"""A slow thread: each person waits between two comments there, the team does not; the former pace comes back."""

import pytest
from sqlalchemy import func, select

from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.core.db import db
from app.core.errors import Conflict, Forbidden, TooMany
from app.moderation.measures.service import contents as service
from tests.moderation.gestures import WHY, last_measure, lines, undo
from tests.support.races import at_once
from tests.support.world import HERE


@pytest.fixture(params=["idea", "update"])
def subject(request, make):
    return getattr(make, request.param)(community=HERE)


def find_thread(subject):
    db.session.rollback()
    return db.session.get_one(Thread, subject.thread_id)


def say(actor, subject, body="Un mot."):
    return comments.post(actor, find_thread(subject), body=body)


def test_each_person_waits_between_two_comments_and_the_team_does_not(clock, people, subject):
    service.slow(people["facilitator"], subject, minutes=15, reason=WHY)
    assert (find_thread(subject).slow_minutes, find_thread(subject).slow_reason) == (15, WHY)
    assert (last_measure().kind, last_measure().reason, last_measure().data["minutes"]) == ("slow", WHY, 15)
    say(people["member"], subject)
    say(people["neighbour"], subject)
    for _time in range(2):
        say(people["facilitator"], subject)
        say(people["coordinator"], subject)
    clock.forward(minutes=14)
    with pytest.raises(TooMany) as refusal:
        say(people["member"], subject, "Un autre mot.")
    assert 0 < refusal.value.retry_after <= 60
    clock.forward(minutes=1)
    say(people["member"], subject, "Un autre mot.")


def test_what_was_said_elsewhere_or_taken_back_is_counted_where_it_was_said(make, people, subject):
    service.slow(people["facilitator"], subject, minutes=5, reason=WHY)
    say(people["member"], make.idea(community=HERE))
    comment = say(people["member"], subject)
    comments.delete(people["member"], reading.reload_comment(comment.id))
    with pytest.raises(TooMany):
        say(people["member"], subject, "De nouveau.")


def test_two_comments_at_once_are_one(app, people, subject):
    service.slow(people["facilitator"], subject, minutes=5, reason=WHY)

    thread_id = subject.thread_id

    def post(n):
        return lambda: comments.post(people["member"], db.session.get_one(Thread, thread_id), body=f"Fois {n}.")

    at_once(app, [post(n) for n in range(6)], TooMany)
    by_member = (Comment.author_id == people["member"].id, Comment.thread_id == thread_id)
    assert db.session.scalar(select(func.count()).where(*by_member)) == 1


def test_it_ends_and_the_journal_says_so(people, subject):
    service.slow(people["facilitator"], subject, minutes=5, reason=WHY)
    with pytest.raises(Conflict):
        service.slow(people["coordinator"], subject, minutes=5, reason=WHY)
    service.slow(people["coordinator"], subject, minutes=0, reason="Le calme est revenu")
    assert (find_thread(subject).slow_minutes, find_thread(subject).slow_reason) == (0, None)
    on = type(subject).__name__.lower()
    assert lines() == [("slow", WHY, on), ("lift", "Le calme est revenu", on)]


def test_undoing_gives_the_pace_and_the_reason_of_before(people, subject):
    service.slow(people["facilitator"], subject, minutes=5, reason="Une première raison")
    first = last_measure().id
    service.slow(people["facilitator"], subject, minutes=60, reason="Une autre")
    undo(people["coordinator"])
    assert (find_thread(subject).slow_minutes, find_thread(subject).slow_reason) == (5, "Une première raison")
    assert (last_measure().kind, last_measure().undoes_id) == ("slow", first + 1)
    undo(people["facilitator"], db.session.get_one(type(last_measure()), first))
    assert find_thread(subject).slow_minutes == 0 and (last_measure().kind, last_measure().undoes_id) == ("lift", first)


def test_nobody_else_changes_it(people, subject):
    with pytest.raises(Forbidden):
        service.slow(people["neighbour"], subject, minutes=5, reason=WHY)
    assert find_thread(subject).slow_minutes == 0

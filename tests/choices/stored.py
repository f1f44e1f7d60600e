"""Choices built straight in the tables, and whoever places dots in them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.choices.models import Choice, ChoiceCandidate, ChoiceDot
from app.choices.queries import choices as queries
from app.core import clock
from app.core.actor import Actor
from app.events.models.registrations import EventRegistration
from app.forum import policy
from app.forum.models import CONVERGENCE, Forum
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.make import Make

WORDS = ("Un autobus du soir", "Une maison de nuit", "Un bail type")


def converging(make: Make, **columns: Any) -> Forum:
    """Store a forum in a hall that has come to its convergence; `columns` are those of its meeting."""
    usual = {"starts_at": clock.now() - timedelta(hours=5), "hours": 6, "mode": "in_person", "territory_id": 1}
    return forum_in(make, event=event_in(make, **usual | columns), phase=CONVERGENCE)


def choice_in(make: Make, forum: Forum, words: Sequence[str] = WORDS, **columns: Any) -> Choice:
    """Store a choice among these words: five dots, three of them on one at most, unless `columns` say otherwise."""
    usual = {"dots": 5, "most_on_one": 3, "opened_by": forum.phase_by}
    choice: Choice = make.add(Choice(id=forum.id, **usual | columns))
    for position, text in enumerate(words):
        make.add(ChoiceCandidate(choice_id=choice.id, position=position, text=text))
    return choice


def places(make: Make, choice: Choice, place: EventRegistration, *dots: int) -> None:
    """Store the ballot of a place: so many dots on each candidate, in their order."""
    for candidate_id, number in zip(queries.list_candidate_ids(choice.id), dots, strict=False):
        if number:
            make.add(ChoiceDot(registration_id=place.id, candidate_id=candidate_id, dots=number))


def who_in(actor: Actor, forum_id: int) -> Participant:
    """Return a participant of a forum, as a page finds them."""
    forum = forums.get_forum(actor, forum_id, policy.READ)
    return Participant(forum, topics.find_own_place(actor, forum))

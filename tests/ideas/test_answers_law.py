"""The law of the answers: who reviews, who answers many, which steps lead back; and the answer to many."""

import pytest
from sqlalchemy import select

from app.communities.queries import get_rooms
from app.core import clock as time
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.ideas import answers
from app.ideas.models import PUBLIC, Answer, Idea
from app.ideas.queries import reading
from app.ideas.transitions import NEXT, STATUS_ORDER, leads_back
from tests.ideas.test_answers import ELSEWHERE, HERE, STUDY, version
from tests.support.law import compare
from tests.support.make import Make
from tests.support.tables import on_same_rows


@pytest.fixture
def writer(make: Make) -> Actor:
    return make.actor(facilitates=[HERE])


@pytest.fixture
def colleague(make: Make) -> Actor:
    return make.actor(facilitates=[HERE])


@pytest.mark.parametrize("status", [status for status in PUBLIC if NEXT[status] and status != "published"])
def test_each_step_has_a_way_back(status: str) -> None:
    assert any(leads_back(status, step) for step in NEXT[status])


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("published", "retained"),
        ("under_review", "retained"),
        ("underway", "declined"),
        ("retained", "archived"),
        ("withdrawn", "published"),
    ],
)
def test_going_on_is_no_way_back(status: str, step: str) -> None:
    assert not leads_back(status, step)
    assert leads_back("archived", STATUS_ORDER[0])


RIGHTS = {
    "": {"answer:review": ""},
    "asked": {"answer:review": "colleague coordinator facilitator"},
    "agreed": {"answer:review": ""},
    "published": {"answer:review": ""},
    "dropped": {"answer:review": ""},
}


def test_exactly_the_colleagues_review_what_was_asked(
    people: dict[str, Actor], writer: Actor, colleague: Actor, idea: Idea
) -> None:
    for state in on_same_rows(RIGHTS):
        bring_answer_into(state, writer, colleague, idea)
        db.session.rollback()
        answer = db.session.scalars(select(Answer)).one()
        db.session.refresh(answer, ["idea"])
        everybody = people | {"writer": writer, "colleague": colleague}
        compare(RIGHTS[state], everybody, answer, state)


def bring_answer_into(state: str, writer: Actor, colleague: Actor, idea: Idea) -> None:
    if not state:
        answers.save(writer, idea, STUDY)
        return
    answers.ask_review(writer, idea, STUDY)
    if state == "agreed":
        answers.agree(colleague, idea, version=version(idea))
    if state == "published":
        answers.publish(writer, idea, STUDY)
    if state == "dropped":
        answers.drop(writer, idea, version=version(idea))


MANY = {
    "community": {"answer:many": "facilitator coordinator"},
    "community that wants reviews": {"answer:many": "facilitator coordinator"},
}


LAW = (RIGHTS, MANY)


@pytest.mark.parametrize("state", MANY)
def test_exactly_those_may_answer_many(people: dict[str, Actor], request: pytest.FixtureRequest, state: str) -> None:
    if state != "community":
        request.getfixturevalue("answer_review")
    room = get_rooms().by_slug[HERE]
    compare(MANY[state], people, room)


def test_many_ideas_get_one_answer_and_those_that_can_not_stay(make: Make, writer: Actor) -> None:
    going = [make.idea(community=HERE), make.idea(community=HERE, status="under_review")]
    staying = [
        make.idea(community=HERE, status="archived"),
        make.idea(community=HERE, status="withdrawn"),
        make.idea(community=HERE, hidden_at=time.now(), hidden_reason="non"),
    ]
    elsewhere, draft = make.idea(community=ELSEWHERE), make.idea(community=HERE, status="draft")
    ids = [row.id for row in [*going, *staying, elsewhere, draft]]
    outcome = answers.answer_many(writer, get_rooms().by_slug[HERE], ids, status="retained", reason="Décidé en avril.")
    assert [idea.id for idea in outcome.to_publish] == [idea.id for idea in going]
    assert [idea.id for idea in outcome.others] == [idea.id for idea in staying]
    assert [(a.idea_id, a.reason, a.by_id) for a in db.session.scalars(select(Answer).order_by(Answer.idea_id))] == [
        (idea.id, "Décidé en avril.", writer.id) for idea in going
    ]
    assert all(reading.list_steps(idea)[-1].reason == "Décidé en avril." for idea in going)
    assert (elsewhere.status, draft.status) == ("published", "draft")


def test_nobody_from_elsewhere_answers_many(people: dict[str, Actor], make: Make) -> None:
    idea = make.idea(community=HERE)
    give = {"status": "retained", "reason": "Décidé en avril."}
    with pytest.raises(Forbidden):
        answers.answer_many(people["neighbour"], get_rooms().by_slug[HERE], [idea.id], **give)
    answers.answer_many(people["facilitator"], get_rooms().by_slug[HERE], [idea.id], **give)
    assert idea.status == "retained"

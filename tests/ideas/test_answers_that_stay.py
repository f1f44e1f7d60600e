"""Answers that leave the step as it is, and those that a reviewer wrote anew."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.desk.queries import desk
from app.desk.queries.queues import Scope
from app.ideas import answers
from app.ideas.answers import AnswerWords
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.journal.models import Entry
from tests.ideas.test_answers import STUDY, list_notified_ids, version
from tests.support.make import Make


def test_an_answer_may_leave_the_idea_where_it_is(make: Make, writer: Actor, idea: Idea) -> None:
    make.at(idea, status_at=clock.ago(days=200))
    assert desk.count_queues(Scope(writer))["unanswered"].all == 1
    since = idea.status_at
    answers.publish(writer, idea, AnswerWords("same", "Nous attendons le budget de mai."))
    step = reading.list_steps(idea)[-1]
    assert (idea.status, idea.status_at, step.status, step.stays, step.is_answer) == (
        "published",
        since,
        "published",
        True,
        True,
    )
    assert list_notified_ids("status") == [idea.author_id]
    assert [(line.kind, line.reason, line.facts) for line in db.session.scalars(select(Entry))] == [
        ("answer", step.reason, {"status": "published"})
    ]
    counts = desk.count_queues(Scope(writer))
    assert (counts["unanswered"].all, counts["stalled"].all) == (0, 0)
    make.at(idea, answered_at=clock.ago(days=100))
    assert desk.count_queues(Scope(writer))["stalled"].all == 1
    answers.publish(writer, idea, AnswerWords("same", "Le budget est remis à juin."))
    assert len(list_notified_ids("status")) == 2 and desk.count_queues(Scope(writer))["stalled"].all == 0


@pytest.mark.usefixtures("answer_review")
def test_what_a_reviewer_rewrote_is_sent_back_and_waits_for_the_writer_to_agree(
    writer: Actor, colleague: Actor, idea: Idea
) -> None:
    draft = answers.ask_review(writer, idea, STUDY)
    other_words = AnswerWords("retained", "Les mots de Colin.")
    answers.send_back(colleague, idea, version=draft.version, remark="Plus court.", words=other_words)
    assert (draft.status, draft.reason, draft.by_id) == ("retained", "Les mots de Colin.", colleague.id)
    assert draft.is_asked and draft.is_rewritten and draft.remark == "Plus court."
    assert list_notified_ids("answers.remark") == [writer.id]
    with pytest.raises(Forbidden):
        answers.agree(colleague, idea, version=version(idea))
    answers.agree(writer, idea, version=version(idea), and_publish=True)
    assert idea.status == "retained"

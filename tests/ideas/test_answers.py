"""The official answer: drafted, read by a colleague where the community wants it, published with a step."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ideas import answers, service
from app.ideas.answers import AnswerWords
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers as answer_queries
from app.ideas.queries import reading
from app.notifications.models import Notice
from tests.support.make import Make
from tests.support.tables import on_same_rows

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
STUDY = AnswerWords("under_review", "La rencontre de mars l'étudie.\n\nVenez nombreux.")


def list_notified_ids(kind: str) -> list[int]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Notice.user_id).where(Notice.kind == kind)))


def test_an_answer_is_published_with_its_step_and_its_reason(writer: Actor, idea: Idea) -> None:
    answer = answers.publish(writer, idea, STUDY)
    step = reading.list_steps(idea)[-1]
    assert idea.status == step.status == answer.status == "under_review"
    assert (step.reason, step.by_id, step.community_id) == (STUDY.reason, writer.id, idea.community_id)
    assert step.is_answer and answer.published_at and answer_queries.find_draft(writer, idea) is None


def test_a_draft_changes_nothing_for_the_public_and_is_shared_by_the_team(
    writer: Actor, colleague: Actor, idea: Idea
) -> None:
    first_save = answers.save(writer, idea, AnswerWords("retained", "Un début"))
    assert idea.status == "published" and len(reading.list_steps(idea)) == 1
    colleague_draft = answer_queries.find_draft(colleague, idea)
    assert colleague_draft is not None and (colleague_draft.id, colleague_draft.by.name) == (
        first_save.id,
        "Wanda Rédige",
    )
    answers.save(colleague, idea, AnswerWords("retained", "Un début, une suite", colleague_draft.version))
    assert db.session.scalars(select(Answer)).one().by_id == colleague.id


def test_only_the_team_of_the_community_reads_a_draft(people: dict[str, Actor], writer: Actor, idea: Idea) -> None:
    answers.save(writer, idea, STUDY)
    readers = {who for who, actor in people.items() if answer_queries.find_draft(actor, idea)}
    assert readers == {"facilitator", "coordinator"}
    answers.drop(writer, idea, version=version(idea))
    assert {who for who, actor in people.items() if answer_queries.find_last_dropped(actor, idea)} == readers


ACTS: dict[str, Any] = {
    "save": lambda actor, idea: answers.save(actor, idea, STUDY),
    "ask": lambda actor, idea: answers.ask_review(actor, idea, STUDY),
    "publish": lambda actor, idea: answers.publish(actor, idea, STUDY),
    "agree": lambda actor, idea: answers.agree(actor, idea, version=version(idea)),
    "send back": lambda actor, idea: answers.send_back(actor, idea, version=version(idea), remark="Trop sec."),
    "drop": lambda actor, idea: answers.drop(actor, idea, version=version(idea)),
    "take up": lambda actor, idea: answers.take_up(actor, idea),
}


def test_nobody_from_outside_the_team_may_touch_an_answer(people: dict[str, Actor], writer: Actor, idea: Idea) -> None:
    for name, act in on_same_rows(ACTS.items()):
        answers.ask_review(writer, idea, STUDY)
        if name == "take up":
            answers.drop(writer, idea, version=version(idea))
        with pytest.raises(Forbidden):
            act(people["neighbour"], idea)
        act(people["facilitator"], idea)


def version(idea: Idea) -> str:
    db.session.rollback()
    draft = db.session.scalar(select(Answer).where(Answer.idea_id == idea.id, Answer.published_at.is_(None)))
    return draft.version if draft else ""


def test_the_later_of_two_people_is_told_that_the_draft_changed(writer: Actor, colleague: Actor, idea: Idea) -> None:
    answers.save(writer, idea, AnswerWords("retained", "Les mots de Wanda"))
    with pytest.raises(Invalid, match="changé"):
        answers.save(colleague, idea, AnswerWords("retained", "Les mots de Colin"))
    draft = answers.save(writer, idea, AnswerWords("retained", "Les mots de Wanda"))
    assert (draft.reason, draft.by_id) == ("Les mots de Wanda", writer.id), "the same words again are no change"
    with pytest.raises(Invalid, match="changé"):
        answers.publish(colleague, idea, AnswerWords("retained", "Les mots de Colin", "1-20220101000000000000"))
    assert idea.status == "published"


def test_words_typed_over_a_draft_that_is_gone_are_refused_once(writer: Actor, idea: Idea) -> None:
    version = answers.save(writer, idea, STUDY).version
    answers.drop(writer, idea, version=version)
    with pytest.raises(Invalid, match="n'est plus là"):
        answers.save(writer, idea, AnswerWords("retained", "Plus tard", version))
    with pytest.raises(Invalid, match="n'est plus là"):
        answers.drop(writer, idea, version=version)


def test_a_step_that_the_road_does_not_have_is_refused(writer: Actor, idea: Idea) -> None:
    with pytest.raises(Invalid) as refusal:
        answers.publish(writer, idea, AnswerWords("achieved", "Trop vite fait."))
    assert refusal.value.field == "status" and idea.status == "published"
    assert db.session.scalars(select(Answer)).all() == []


@pytest.mark.usefixtures("answer_review")
def test_a_community_may_want_a_colleague_to_read_first(writer: Actor, colleague: Actor, idea: Idea) -> None:
    with pytest.raises(Invalid, match="une autre personne"):
        answers.publish(writer, idea, STUDY)
    draft = answers.ask_review(writer, idea, STUDY)
    with pytest.raises(Forbidden):
        answers.agree(writer, idea, version=draft.version)
    answers.agree(colleague, idea, version=draft.version)
    answers.publish(writer, idea, AnswerWords(STUDY.status, STUDY.reason, draft.version))
    assert idea.status == "under_review"


@pytest.mark.usefixtures("answer_review")
def test_a_colleague_may_agree_and_publish_in_one_gesture(writer: Actor, colleague: Actor, idea: Idea) -> None:
    draft = answers.ask_review(writer, idea, STUDY)
    answer = answers.agree(colleague, idea, version=draft.version, and_publish=True)
    assert idea.status == "under_review" and (answer.by_id, answer.reviewed_by) == (writer.id, colleague.id)


@pytest.mark.usefixtures("answer_review")
def test_other_words_after_the_agreement_ask_for_a_new_one(writer: Actor, colleague: Actor, idea: Idea) -> None:
    draft = answers.ask_review(writer, idea, STUDY)
    answers.agree(colleague, idea, version=draft.version)
    with pytest.raises(Invalid, match="une autre personne"):
        answers.publish(writer, idea, AnswerWords(STUDY.status, "D'autres mots.", draft.version))
    assert draft.is_agreed, "what was refused changed nothing"
    draft_again = answers.save(colleague, idea, AnswerWords(STUDY.status, "Les mots de Colin.", draft.version))
    assert not draft_again.is_agreed and not draft_again.is_asked
    again = answers.ask_review(colleague, idea, AnswerWords(STUDY.status, "Les mots de Colin.", draft_again.version))
    with pytest.raises(Forbidden):
        answers.agree(colleague, idea, version=again.version)
    answers.agree(writer, idea, version=again.version)
    assert again.is_agreed


def test_one_agrees_to_the_words_that_one_read_only(writer: Actor, colleague: Actor, idea: Idea) -> None:
    read = answers.ask_review(writer, idea, STUDY).version
    answers.ask_review(writer, idea, AnswerWords(STUDY.status, "D'autres mots.", read))
    for act in (
        lambda: answers.agree(colleague, idea, version=read),
        lambda: answers.send_back(colleague, idea, version=read, remark="Trop sec."),
    ):
        with pytest.raises(Invalid, match="relisez-le"):
            act()


def test_a_draft_is_sent_back_with_a_remark_and_asked_again(writer: Actor, colleague: Actor, idea: Idea) -> None:
    draft = answers.ask_review(writer, idea, STUDY)
    answers.send_back(colleague, idea, version=draft.version, remark="Dites qui décide.")
    assert (draft.is_returned, draft.is_agreed, draft.is_asked) == (True, False, False)
    with pytest.raises(Conflict):
        answers.agree(colleague, idea, version=draft.version)
    answers.ask_review(writer, idea, AnswerWords(STUDY.status, "Le comité décide.", draft.version))
    assert draft.is_asked and draft.remark == "Dites qui décide."
    answers.agree(colleague, idea, version=draft.version)
    assert draft.is_agreed and draft.remark == ""


def test_colleagues_are_told_of_a_request_and_the_writer_of_what_came_of_it(
    make: Make, writer: Actor, colleague: Actor, idea: Idea
) -> None:
    make.actor(facilitates=[ELSEWHERE]), make.actor(role="coordinator")
    suspended_user = make.user(facilitates=[HERE])
    make.restriction(suspended_user)
    answers.ask_review(writer, idea, STUDY)
    assert list_notified_ids("answers.review") == [colleague.id]
    answers.send_back(colleague, idea, version=version(idea), remark="Dites qui décide.")
    assert list_notified_ids("answers.remark") == [writer.id] and list_notified_ids("answers.agreed") == []
    answers.ask_review(writer, idea, STUDY)
    assert list_notified_ids("answers.review") == [colleague.id, colleague.id]
    answers.agree(colleague, idea, version=version(idea))
    assert list_notified_ids("answers.agreed") == [writer.id]


def test_who_facilitates_alone_has_the_coordinators_for_colleagues(make: Make, writer: Actor, idea: Idea) -> None:
    coordinator = make.actor(role="coordinator")
    answers.ask_review(writer, idea, STUDY)
    assert list_notified_ids("answers.review") == [coordinator.id]
    answers.agree(coordinator, idea, version=version(idea))


def test_a_draft_that_was_put_aside_is_taken_up_again(writer: Actor, colleague: Actor, idea: Idea) -> None:
    with pytest.raises(Conflict):
        answers.take_up(writer, idea)
    draft = answers.save(writer, idea, STUDY)
    with pytest.raises(Invalid, match="relisez-le"):
        answers.drop(colleague, idea, version="autre")
    answers.drop(colleague, idea, version=draft.version)
    assert answer_queries.find_draft(writer, idea) is None
    answers.take_up(writer, idea)
    assert answer_queries.find_draft(writer, idea) is draft
    with pytest.raises(Conflict):
        answers.take_up(writer, idea)


def test_what_was_put_aside_before_the_idea_moved_is_not_offered(writer: Actor, idea: Idea) -> None:
    answers.drop(writer, idea, version=answers.save(writer, idea, STUDY).version)
    answers.publish(writer, idea, AnswerWords("retained", "Elle répond à l'enjeu 3."))
    assert answer_queries.find_last_dropped(writer, idea) is None


def test_an_idea_without_community_is_answered_by_coordinators_without_review(make: Make) -> None:
    idea, coordinator = make.idea(community_id=None), make.actor(role="coordinator")
    assert not answers.wants_review(idea)
    answers.publish(coordinator, idea, STUDY)
    assert idea.status == "under_review"


def test_moving_an_idea_by_itself_leaves_the_draft_of_an_answer(writer: Actor, idea: Idea) -> None:
    answers.save(writer, idea, STUDY)
    service.move(writer, idea, "under_review", reason="Une rencontre l'étudie.")
    with pytest.raises(Invalid):
        answers.publish(writer, idea, STUDY)
    assert answer_queries.find_draft(writer, idea) is not None

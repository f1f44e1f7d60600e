"""Who decides on what somebody of a team wrote or reported: a colleague, another team for want of one, or nobody yet."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.comments.queries.reading import reload_comment
from app.communities.actors import actor_for
from app.communities.queries import get_rooms
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.permits import can
from app.desk.queries import assignments, desk
from app.desk.queries.queues import Scope
from app.ideas import answers
from app.ideas.answers import AnswerWords
from app.ideas.models import Answer, Idea
from app.journal.models import Entry
from app.moderation.cases import queries as case_queries
from app.moderation.cases import service as cases
from app.moderation.measures import queries as measure_queries
from app.moderation.measures.service import contents as measures
from app.moderation.measures.service import members
from app.moderation.merges import service as merges
from app.operations import check
from tests.moderation.gestures import again, close, report_content
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import notices_by_user
from tests.support.world import ELSEWHERE, HERE

STUDY = AnswerWords("under_review", "Nous en parlons en avril.")
WHY = "Une raison claire."


def waiting(actor: Actor, queue: str) -> set[int]:
    return {item.id for item in desk.list_items(Scope(again(actor)), queue).items}


def make_late(make: Make, idea: Idea) -> Idea:
    return make.at(idea, status_at=idea.status_at.replace(year=2020))


@pytest.fixture
def neighbour(make: Make) -> Actor:
    return make.actor(facilitates=[ELSEWHERE])


def test_another_team_decides_where_the_author_is_alone_in_charge(make: Make, fae: User, neighbour: Actor) -> None:
    idea, news = make_late(make, make.idea(fae, HERE)), make.update(fae, HERE)
    comment = make.comment(make.idea(community=HERE), fae)
    member, neighbour = make.actor(), again(neighbour)
    assert waiting(neighbour, "unanswered") == {idea.id} and not can(actor_for(fae), "idea:answer", idea)
    found = [report_content(member, content) for content in (idea, reload_comment(comment.id), news)]
    assert waiting(neighbour, "cases") == {case_file.id for case_file in found} and not waiting(actor_for(fae), "cases")
    assert {line.id for line in case_queries.list_cases(neighbour, "open").items} == {
        case_file.id for case_file in found
    }
    for case_file in found:
        assert all(can(neighbour, right, case_file) for right in ("case:read", "case:decide", "case:hide"))
        assert not can(actor_for(fae), "case:read", case_file)
    close("hide_and_handle", neighbour, found[1])
    answers.publish(neighbour, idea, STUDY)
    db.session.rollback()
    assert db.session.get_one(Idea, idea.id).status == "under_review" and reload_comment(comment.id).is_hidden


@pytest.mark.parametrize(
    "change", ["a colleague", "a coordinator", "a private community", "another's idea", "no charge"]
)
def test_another_team_stands_aside_where_somebody_else_can(
    make: Make, fae: User, neighbour: Actor, change: str
) -> None:
    place = make.community(is_private=True).slug if change == "a private community" else HERE
    if change == "a private community":
        make.facilitator(fae, place)
    if change in ("a colleague", "a coordinator"):
        make.actor(facilitates=[HERE]) if change == "a colleague" else make.user(role="coordinator")
    idea = make_late(make, make.idea(None if change == "another's idea" else fae, place))
    who = again(make.actor() if change == "no charge" else neighbour)
    case_file = report_content(make.actor(member_of=[place] if change == "a private community" else []), idea)
    assert not any(
        can(who, right, thing)
        for right, thing in (("idea:answer", idea), ("idea:hide", idea), ("case:read", case_file))
    )
    assert not waiting(who, "unanswered") and not waiting(who, "cases")
    with pytest.raises(Forbidden):
        answers.publish(who, idea, STUDY)


def test_alone_on_the_site_a_coordinator_answers_and_it_is_said_everywhere(
    make: Make, sign_in: Callable[[Any], Browser], visitor: Browser
) -> None:
    boss = make.user("Coco Coordo", role="coordinator")
    idea, browser = make.idea(boss, HERE), sign_in(boss)
    page = browser.get(f"/ideas/{idea.id}/status")
    assert "sera marquée comme la vôtre" in page.words
    browser.submit(page, "#answer-form", status="retained", reason="Nous la retenons en avril.")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "La personne qui répond a aussi écrit cette idée." in page.soup.select_one("#answer").get_text()
    line = visitor.get("/journal").soup.select_one("main .title")
    assert line.get_text() == "Retenue (par la personne qui l’a écrite). Une idée numéro 2"
    db.session.rollback()
    assert db.session.scalars(select(Entry)).one().facts == {"status": "retained", "by": "author"} and not list(
        measure_queries.list_journal_faults()
    )


def test_the_answer_of_a_colleague_is_not_marked(make: Make, fae: User, visitor: Browser) -> None:
    idea = make.idea(fae, HERE)
    answers.publish(make.actor(facilitates=[HERE]), idea, STUDY)
    assert "a aussi écrit" not in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    assert db.session.scalars(select(Entry)).one().facts == {"status": "under_review"}


@pytest.mark.parametrize("colleague", ["coordinator", "neighbour"])
def test_a_coordinator_who_is_not_alone_waits_for_somebody(
    make: Make, sign_in: Callable[[Any], Browser], colleague: str
) -> None:
    boss = make.user("Coco Coordo", role="coordinator")
    idea, browser = make_late(make, make.idea(boss, HERE)), sign_in(boss)
    assert browser.get(f"/ideas/{idea.id}/status").status_code == 200
    other = make.actor(role="coordinator") if colleague == "coordinator" else make.actor(facilitates=[ELSEWHERE])
    assert browser.get(f"/ideas/{idea.id}/status").status_code == 404
    item = browser.get("/moderation?queue=unanswered").soup.select_one(f"#item-idea-{idea.id}")
    assert "Vous avez écrit ce contenu\xa0: une autre personne décidera." in item.get_text() and not item.select(
        ".slot-acts a, .slot-acts form"
    )
    assert idea.id in waiting(other, "unanswered") and can(again(other), "idea:answer", idea)
    page = browser.get(f"/moderation/{HERE}/bulk")
    assert not page.soup.select("input[name=idea]"), "one's own idea is not among those to choose"
    room = get_rooms().by_slug[HERE]
    assert [row.id for row in answers.preview_answers(again(actor_for(boss)), [idea], "retained").others] == [idea.id]
    assert not answers.answer_many(again(actor_for(boss)), room, [idea.id], status="retained", reason=WHY).to_publish


@pytest.mark.parametrize("part", ["wrote", "reported"])
def test_the_page_offers_nothing_that_would_be_refused_and_says_why(
    make: Make, fae: User, sign_in: Callable[[Any], Browser], part: str
) -> None:
    make.actor(facilitates=[HERE])
    idea = make.idea(fae if part == "wrote" else None, HERE)
    comment = make.comment(idea, fae if part == "wrote" else None)
    if part == "reported":
        for content in (idea, reload_comment(comment.id)):
            report_content(actor_for(fae), content)
    browser, another = sign_in(fae), make.idea(community=HERE)
    assert "une autre personne en décidera à votre place" in browser.get(f"/ideas/{another.id}/report").words
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")
    reason = "Vous avez écrit ce contenu" if part == "wrote" else "Vous avez signalé ce contenu"
    panel = page.soup.select_one(".team")
    assert f"{reason}\xa0: une autre personne décidera." in panel.get_text()
    links = [link["href"] for link in panel.select("a")]
    assert all(browser.get(link).status_code == 200 for link in links)
    assert not [link for link in links if link.startswith(f"/ideas/{idea.id}/")], links
    tools = page.soup.select_one(f"#comment-{comment.id}")
    assert not tools.select("a[href$='/hiding'], a[href$='/move']") and (part == "wrote" or reason in tools.get_text())


def test_where_nobody_can_the_desk_and_the_check_say_whom_to_name(
    app: Flask, make: Make, fae: User, team: Browser
) -> None:
    def check_decisions() -> check.Finding:
        db.session.rollback()
        return next(one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "decisions")

    assert check_decisions().grade == "ok"
    idea, comment = make_late(make, make.idea(fae, HERE)), make.comment(make.idea(community=HERE))
    report_content(actor_for(fae), reload_comment(comment.id))
    text = (
        "personne d’autre ne peut en décider\xa0: il faut nommer une autre personne à l’animation ou à la coordination"
    )
    assert text in team.get("/moderation?queue=unanswered").soup.select_one(f"#item-idea-{idea.id}").get_text()
    assert text in team.get("/moderation/cases").text
    assert check_decisions().grade == "look" and check_decisions().text.startswith("2 wait for somebody")
    make.actor(facilitates=[HERE])
    assert check_decisions().grade == "ok"


def test_who_is_asked_to_decide_neither_wrote_nor_reported_it(make: Make, fae: User) -> None:
    colleague, reporter, writer = (make.actor(facilitates=[HERE]) for _n in range(3))
    idea = make.idea(fae, HERE)
    case_file = report_content(reporter, idea)
    assert notices_by_user("case.opened").keys() == {colleague.id, writer.id}
    answers.ask_review(writer, idea, STUDY)
    assert notices_by_user("answers.review").keys() == {colleague.id}
    able = {user.id for user in assignments.get_choice_for_idea(idea).candidates}
    assert (
        able == {user.id for user in assignments.get_choice_for_case(case_file).candidates} == {colleague.id, writer.id}
    )
    parties = {who: again(who) for who in (reporter, colleague)}
    draft = db.session.scalars(select(Answer).options(joinedload(Answer.idea))).one()
    assert not can(parties[reporter], "answer:review", draft) and can(parties[colleague], "answer:review", draft)


def test_the_writer_of_what_was_reported_is_somebody_elses_to_warn_while_it_is_examined(make: Make) -> None:
    judge, colleague = make.actor(facilitates=[HERE]), make.actor(facilitates=[HERE])
    user = make.user()
    comment = reload_comment(make.comment(make.idea(community=HERE), user).id)
    case_file, room = report_content(judge, comment), make.room(HERE).id
    with pytest.raises(Forbidden):
        members.warn(again(judge), user, community_id=room, reason=WHY)
    members.warn(colleague, user, community_id=room, reason=WHY)
    close("dismiss", colleague, case_file)
    with pytest.raises(Forbidden):
        members.warn(again(judge), user, community_id=room, reason=WHY, about={"comment_id": comment.id})
    members.warn(again(judge), user, community_id=room, reason=WHY)


def test_an_idea_is_neither_joined_to_ones_own_nor_parted_from_it(
    make: Make, fae: User, sign_in: Callable[[Any], Browser]
) -> None:
    colleague, own, other = make.actor(facilitates=[HERE]), make.idea(fae, HERE), make.idea(community=HERE)
    with pytest.raises(Invalid) as refusal:
        merges.merge(actor_for(fae), other, own, reason=WHY)
    assert "une autre personne décidera" in refusal.value.message
    merges.merge(colleague, other, own, reason=WHY)
    with pytest.raises(Forbidden):
        merges.part(again(actor_for(fae)), other, reason=WHY)
    browser = sign_in(fae)
    assert not browser.get(f"/ideas/{other.id}-{other.slug}").soup.select(".team a[href$='/parting']")
    assert not browser.get("/moderation/measures").soup.select("main a[href$='/undoing']")
    with pytest.raises(Invalid):
        merges.relate(again(actor_for(fae)), make.idea(community=HERE), own)
    merges.part(colleague, other, reason=WHY)


def test_what_one_reported_is_neither_hidden_nor_shown_by_another_door(make: Make) -> None:
    judge, colleague = make.actor(facilitates=[HERE]), make.actor(role="coordinator")
    idea = make.idea(community=HERE)
    case_file = report_content(judge, idea)
    for who in (judge, again(make.actor(role="coordinator"))):
        report_content(who, idea) if who is not judge else None
        with pytest.raises(Forbidden):
            measures.hide(again(who), idea, reason=WHY)
        with pytest.raises((Forbidden, NotFound)):
            cases.dismiss(again(who), idea, case_file.case, reason=WHY)
    close("hide_and_handle", colleague, case_file)
    with pytest.raises(Forbidden):
        measures.restore(again(judge), idea, reason=WHY)

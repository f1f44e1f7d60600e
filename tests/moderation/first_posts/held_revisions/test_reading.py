"""A new account changes a text that is public: the team reads it, and what is published stays meanwhile."""

from typing import Any

import pytest
from sqlalchemy import delete, select

from app.accounts import service as accounts
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.accounts.service import purge
from app.communities.models import Membership
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.ideas.models import Idea
from app.journal.models import Entry
from app.moderation.first_posts import service
from app.moderation.first_posts.queries import held_revisions
from app.moderation.measures.models import Measure
from app.operations import recount
from app.reference.models import Organisation
from tests.moderation.first_posts.held_revisions.holding import (
    BODY,
    ELSEWHERE,
    HERE,
    SPAM,
    WHY,
    Text,
    decide,
    find_change,
    page_of,
)
from tests.support.browser import Browser
from tests.support.make import PASSWORD


def test_another_text_waits_and_is_published_when_the_team_has_read_it(
    text: Text, writer: Browser, team: Browser, visitor: Browser, newcomer: User
) -> None:
    before = text.current()
    answer = text.send(writer, SPAM)
    assert "Votre modification est reçue" in answer.words and text.current() == before
    assert "être lue" in writer.get("/account/contributions").words
    assert "pilules" in writer.get(page_of(find_change())).words
    assert SPAM in writer.get(text.form).soup.select_one(f"[name={text.field}]").get_text()
    assert "pilules" not in text.read(visitor) and "pilules" not in text.read(team)
    page = team.get("/moderation?queue=changes")
    assert any("pilules" in one.get_text() for one in page.soup.select("ins")) and "Nina Nouvelle" in page.words
    assert decide(team, "admission").status_code == 303
    assert text.current() == SPAM and "pilules" in text.read(visitor)
    assert find_change().state == "closed" and find_change().words == {}
    assert db.session.get_one(User, newcomer.id).admitted_count == 1 and recount.list_differences() == []
    assert db.session.scalars(select(Measure.kind)).all() == ["publish_change"]
    assert db.session.scalars(select(Entry.kind)).all() == ["publish_change"]
    notices = writer.get("/notifications")
    assert "a publié ce que vous avez changé dans" in notices.words
    assert notices.soup.select_one(f'.notices a[href^="{text.page}"]')
    assert "Aucune modification" in team.get("/moderation?queue=changes").words


def test_a_refusal_says_why_and_keeps_the_words_for_their_author(
    text: Text, writer: Browser, team: Browser, visitor: Browser
) -> None:
    before = text.current()
    text.send(writer, SPAM)
    row, late = find_change(), team.get("/moderation?queue=changes")
    assert decide(team, "refusal", reason=WHY).status_code == 303
    assert text.current() == before and find_change().state == "refused"
    assert WHY in writer.get("/notifications").words and WHY in visitor.get("/journal").words
    page = writer.get(page_of(row))
    assert WHY in page.words and "pilules" in page.words
    assert SPAM in writer.get(text.form).soup.select_one(f"[name={text.field}]").get_text()
    assert team.get(page_of(row)).status_code == 404
    answer = team.submit(late, f'form[action="{page_of(row)}/admission"]')
    assert answer.status_code == 409 and "publié ou refusé avant vous" in answer.words and text.current() == before
    text.send(writer, f"{SPAM} Vraiment.")
    assert find_change().state == "open"
    writer.submit(f"{page_of(row)}/withdrawal", "main form.form")
    assert find_change().words == {} and text.current() == before and writer.get(page_of(row)).status_code == 404


def test_another_change_takes_the_place_of_the_one_that_waits_and_what_was_read_is_no_more_published(
    text: Text, writer: Browser, team: Browser
) -> None:
    before = text.current()
    text.send(writer, SPAM)
    page, first = team.get("/moderation?queue=changes"), find_change().version
    text.send(writer, SPAM)
    assert find_change().version == first
    text.send(writer, f"{SPAM} Et mes onguents.")
    answer = team.submit(page, f'form[action="{page_of(find_change())}/admission"]')
    assert (
        answer.status_code == 409 and "a changé pendant que vous le lisiez" in answer.words and text.current() == before
    )
    text.send(writer, before)
    assert find_change().state == "closed" and find_change().words == {}
    assert "Aucune modification" in team.get("/moderation?queue=changes").words


def test_words_that_nobody_read_are_neither_refused_nor_published(text: Text, writer: Browser, team: Browser) -> None:
    before = text.current()
    text.send(writer, SPAM)
    page = team.get(f"{page_of(find_change())}/refusal")
    text.send(writer, f"{SPAM} Et mes onguents.")
    answer = team.submit(page, "main form.form", reason=WHY)
    assert (
        answer.status_code == 409
        and "a changé pendant que vous le lisiez" in answer.words
        and find_change().state == "open"
    )
    assert WHY in answer.soup.select_one("textarea").get_text() and any(
        "onguents" in one.get_text() for one in answer.soup.select("ins")
    )
    for version in ({}, {"version": ""}, {"version": page.soup.select_one("[name=version]")["value"]}):
        assert team.forge(f"{page_of(find_change())}/admission", **version).status_code == 409
        assert team.forge(f"{page_of(find_change())}/refusal", reason=WHY, **version).status_code == 409
    assert find_change().state == "open" and text.current() == before
    assert team.submit(answer, "main form.form").status_code == 303 and (find_change().state, find_change().reason) == (
        "refused",
        WHY,
    )


def test_words_that_a_colleague_refused_meanwhile_are_their_authors_alone_again(
    text: Text, writer: Browser, team: Browser
) -> None:
    text.send(writer, SPAM)
    page = team.get(f"{page_of(find_change())}/refusal")
    assert "pilules" in page.words and decide(team, "refusal", reason=WHY).status_code == 303
    answers = [
        team.submit(page, "main form.form", reason="Mon motif à moi"),
        team.submit(page, "main form.form", reason=""),
        team.forge(f"{page_of(find_change())}/refusal", begin="1"),
        team.forge(f"{page_of(find_change())}/admission"),
    ]
    assert [answer.status_code for answer in answers] == [409, 422, 200, 409]
    assert not any("pilules" in answer.text for answer in answers) and "Mon motif à moi" in answers[0].text


def test_what_can_not_appear_as_it_is_says_why_and_still_waits(
    make: Any, sign_in: Any, writer: Browser, team: Browser, idea: Idea
) -> None:
    page = writer.submit(
        "/account/profile",
        "main form.form",
        organisation="Pilules et compagnie",
        shows_organisation="y",
        name="Pilules Santé",
    )
    writer.submit(page, "main form.form")
    make.add(Organisation(name="Pilules et compagnie", sort_key="pilules et compagnie", archived_at=idea.created_at))
    answer = decide(team, "admission")
    assert answer.status_code == 422 and "plus offert au choix" in answer.words and "attend encore" in answer.words
    desk = team.get(answer.soup.select_one("main .acts a")["href"])
    assert "Pilules" in desk.words and find_change().state == "open"
    assert decide(team, "refusal", reason=WHY).status_code == 303


def test_nothing_waits_any_more_once_its_author_is_gone_or_takes_the_text_back(
    make: Any, text: Text, writer: Browser, newcomer: User
) -> None:
    text.send(writer, SPAM)
    if text.noun == "idea":
        writer.submit(f"/ideas/{text.id}/withdrawal", "main form.form", reason="Nous avons changé d'avis.")
        assert (find_change().state, find_change().words) == ("closed", {})
    elif text.noun == "comment":
        writer.submit(f"/comments/{text.id}/deletion", "main form.form")
        assert (find_change().state, find_change().words) == ("closed", {})
    writer.submit("/account/closing", "main form.form", password=PASSWORD)
    db.session.rollback()
    assert not db.session.scalars(select(HeldRevision)).all()


def test_what_is_hidden_or_joined_to_another_waits_until_it_is_public_again(
    make: Any, writer: Browser, team: Browser, idea: Idea
) -> None:
    Text("idea", idea).send(writer, SPAM)
    other = make.idea(community=HERE)
    for columns in (
        {"hidden_at": idea.created_at, "hidden_reason": "x"},
        {"merged_into": other.id},
        {"status": "archived"},
    ):
        late = team.get("/moderation?queue=changes")
        make.at(idea, **columns)
        assert "Aucune modification" in team.get("/moderation?queue=changes").words
        assert "le soit de nouveau" in team.get(page_of(find_change())).words
        answer = team.submit(late, f'form[action="{page_of(find_change())}/admission"]')
        assert answer.status_code == 409
        make.at(idea, **dict.fromkeys(columns) | ({"status": "published"} if "status" in columns else {}))
    assert "pilules" in team.get("/moderation?queue=changes").words


def test_a_change_goes_with_its_idea_to_the_team_of_another_community(
    make: Any, sign_in: Any, writer: Browser, team: Browser, idea: Idea
) -> None:
    Text("idea", idea).send(writer, SPAM)
    row, there = find_change(), make.user(facilitates=[ELSEWHERE])
    browser = sign_in(there)
    assert browser.get(page_of(row)).status_code == 404
    make.at(idea, community_id=make.room(ELSEWHERE).id)
    assert "pilules" in browser.get("/moderation?queue=changes").words and team.get(page_of(row)).status_code == 404
    assert browser.submit(page_of(row), "main form.post", button="1").status_code == 303
    assert Text("idea", idea).current() == SPAM and db.session.get_one(User, row.by_id).trusted_by == there.id


def test_whoever_left_a_private_community_takes_their_change_back_and_reads_nothing_else_of_it(
    make: Any, sign_in: Any, newcomer: User, team: Browser, visitor: Browser, boss: Any
) -> None:
    circle = make.community(slug="cercle", name="Le cercle", is_private=True)
    make.actor(newcomer, member_of=["cercle"])
    under = make.idea(community="cercle", title="Un secret du cercle")
    writer, comment = sign_in(newcomer), make.comment(under, newcomer, BODY)
    Text("comment", comment).send(writer, SPAM)
    row = find_change()
    assert visitor.get(page_of(row)).headers["Location"].startswith("/login")
    assert "pilules" not in team.get("/moderation?queue=changes").words and team.get(page_of(row)).status_code == 404
    db.session.execute(delete(Membership).where(Membership.community_id == circle.id))
    db.session.commit()
    page = writer.get(page_of(row))
    assert "pilules" in page.words and "secret" not in page.words + writer.get("/account/contributions").words
    answer = writer.submit(f"{page_of(row)}/withdrawal", "main form.form", follow=True)
    assert answer.status_code == 200 and find_change().words == {}
    assert "Aucune modification" in boss.get("/moderation?queue=changes").words


def test_what_somebody_says_of_themselves_who_posted_nowhere_is_read_by_the_coordination(
    make: Any, sign_in: Any, writer: Browser, team: Browser
) -> None:
    writer.submit("/account/profile", "main form.form", name="Pilules Santé")
    boss = sign_in(make.user("Coco Coordo", role="coordinator"))
    assert (
        "Aucune modification" in team.get("/moderation?queue=changes").words
        and team.get(page_of(find_change())).status_code == 404
    )
    assert "Pilules" in boss.get("/moderation?queue=changes").words
    assert decide(boss, "refusal", reason=WHY).status_code == 303 and find_change().reason == WHY


def test_words_that_were_refused_are_forgotten_after_a_season(
    text: Text, writer: Browser, team: Browser, clock: Any
) -> None:
    text.send(writer, SPAM)
    decide(team, "refusal", reason=WHY)
    purge()
    assert find_change().words
    clock.forward(days=100)
    purge()
    assert (find_change().state, find_change().words, find_change().reason) == ("closed", {}, "")


def test_two_of_a_team_decide_once_and_the_words_of_the_second_stay(
    make: Any, sign_in: Any, text: Text, writer: Browser, team: Browser
) -> None:
    colleague = make.user(facilitates=[HERE])
    text.send(writer, SPAM)
    form = f"{page_of(find_change())}/refusal"
    page = team.get(form)
    sign_in(colleague).submit(page_of(find_change()), "main form.post")
    answer = team.submit(page, "main form.form", reason=WHY)
    assert answer.status_code == 409 and WHY in answer.soup.select_one("textarea").get_text()
    assert text.current() == SPAM and len(db.session.scalars(select(Measure)).all()) == 1


def test_nothing_is_decided_of_a_change_whose_author_closed_their_account_while_it_was_read(
    make: Any, text: Text, writer: Browser, newcomer: User
) -> None:
    text.send(writer, SPAM)
    change = held_revisions.find_held_change(HeldRevision.id == find_change().id)
    assert change is not None
    version = change.revision.version
    db.session.expunge(change.revision)  # As another process read it.
    accounts.close(Actor(newcomer.id), newcomer)
    with pytest.raises(Forbidden):
        service.held_revisions.refuse(Actor(make.user(role="coordinator").id), change, reason=WHY, version=version)
    assert not db.session.scalars(select(Measure)).all() and "pilules" not in text.current()

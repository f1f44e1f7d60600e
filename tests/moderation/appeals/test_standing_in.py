"""Where nobody of the community may decide, another team does, from the measure to the appeal and its undoing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.accounts.models.people import User
from app.comments.queries.reading import find_comment, reload_comment
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.permits import Permission, can
from app.desk.queries import desk
from app.desk.queries.queues import Scope
from app.ideas.queries import reading as ideas
from app.moderation.appeals.policy import APPEAL_READ
from app.moderation.appeals.queries import appeals as queries
from app.moderation.appeals.queries import measures as contested_measures
from app.moderation.appeals.service import appeals
from app.moderation.measures.service import contents as measures
from app.operations import check
from app.updates import queries as updates
from tests.moderation.gestures import again, close, last_measure, report_content, undo
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE

WHY = "Une raison claire."
READ = "idea:read comment:read update:read".split()


def found(actor: Actor, index: int, content: Any) -> Any:
    """Look a content up as its page does."""
    return (ideas.find_idea, find_comment, lambda *args: updates.get_update(*args))[index](
        actor, content.id, Permission.book[READ[index]]
    )


def contents(make: Make, author: User, place: str = HERE) -> list[Any]:
    comment = make.comment(make.idea(community=place), author)
    return [make.idea(author, place), reload_comment(comment.id), make.update(author, place)]


def test_what_it_hid_it_reads_reopens_and_restores(make: Make, fae: User, ned: User) -> None:
    who, member = make.actor(ned), make.actor()
    for index, content in enumerate(contents(make, fae)):
        case = report_content(member, content)
        close("hide_and_handle", again(who), case)
        judge = again(who)
        assert found(judge, index, content) is content and can(judge, READ[index], content)
        assert not can(again(member), READ[index], content)
        assert last_measure().id in {line.measure.id for line in contested_measures.list_measures(judge).items}
        close("reopen", judge, case)
        undo(judge)
        assert not content.is_hidden
        measures.hide(judge, content, reason=WHY)
        measures.restore(judge, content, reason=WHY)
        assert not content.is_hidden


@pytest.mark.parametrize("change", ["a colleague", "a coordinator", "a private community", "another's words"])
def test_it_no_longer_reads_where_somebody_near_can(make: Make, fae: User, ned: User, change: str) -> None:
    place = make.community(is_private=True).slug if change == "a private community" else HERE
    if change == "a private community":
        make.facilitator(fae, place)
    by = make.user(role="coordinator")
    posts = contents(make, make.user() if change == "another's words" else fae, place)
    hides = [measures.hide(make.actor(by), content, reason=WHY) or last_measure() for content in posts]
    if change != "a coordinator":
        make.at(by, site_role="member")
    if change == "a colleague":
        make.actor(facilitates=[HERE])
    judge, posts[1] = make.actor(ned), reload_comment(posts[1].id)
    assert not any(can(judge, right, content) for right, content in zip(READ, posts, strict=True))
    assert not any(
        can(judge, right.replace("read", "restore"), content) for right, content in zip(READ, posts, strict=True)
    )
    assert ideas.find_idea(judge, posts[0].id, Permission.book["idea:read"]) is None
    assert not {hide.id for hide in hides} & {line.measure.id for line in contested_measures.list_measures(judge).items}


def test_another_team_yet_judges_the_appeal_and_where_none_is_left_it_is_said(
    app: Flask, make: Make, fae: User, ned: User, sign_in: Callable[[Any], Browser]
) -> None:
    def grade_decisions() -> str:
        db.session.rollback()
        return next(
            one.grade for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "decisions"
        )

    idea = make.idea(fae, HERE)
    measures.hide(make.actor(ned), idea, reason=WHY)
    appeal = appeals.appeal(make.actor(fae), last_measure(), words="On a lu cette idée de travers.")
    page = sign_in(ned).get(f"/moderation/appeals/{appeal.id}")
    assert "il faut nommer une autre personne" in page.words and grade_decisions() == "look"
    with pytest.raises(Forbidden):
        appeals.refuse(make.actor(ned), idea, appeal, reason=WHY)
    third = make.user("Tia Tierce", facilitates=[make.community().slug])
    judge = make.actor(third)
    assert grade_decisions() == "ok"
    assert [item.id for item in desk.list_items(Scope(judge), "appeals").items] == [appeal.id]
    assert [one.appeal for one in queries.list_appeals(judge, "open").items] == [appeal]
    assert queries.get_appealed_measure(judge, appeal.id, APPEAL_READ).content is idea
    browser = sign_in(third)
    page = browser.get(f"/moderation/appeals/{appeal.id}")
    assert (
        page.soup.select(f"main a[href^='/ideas/{idea.id}-']")
        and browser.get(f"/ideas/{idea.id}-{idea.slug}").status_code == 200
    )
    browser.submit(page, "main form", button="grant", reason="Elle avait raison.")
    db.session.rollback()
    assert appeal.state == "granted" and not idea.is_hidden


def test_the_page_of_what_it_hid_leads_to_restoring_it(
    make: Make, fae: User, ned: User, sign_in: Callable[[Any], Browser]
) -> None:
    idea = make.idea(fae, HERE, "withdrawn")
    browser, address = sign_in(ned), f"/ideas/{idea.id}-{idea.slug}"
    for act in ("hiding", "restoration"):
        link = browser.get(address).soup.select_one(f".team a[href$='/{act}']")
        browser.submit(link["href"], "main form", reason=WHY)
    db.session.rollback()
    assert not idea.is_hidden and browser.get(address).status_code == 200

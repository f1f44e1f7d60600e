"""An idea and its talk are read for each reader, with comments that are drawn once for all who are shown the same."""

from collections.abc import Callable

import pytest
from flask import Flask, g
from sqlalchemy import select

from app.accounts.models.people import User
from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.communities.actors import actor_for
from app.core import versions
from app.core.db import db
from app.core.permits import can
from app.ideas import policy
from app.ideas.queries import reading as ideas
from app.web.comments import rows, subjects, talks
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.queries import cost
from tests.support.rows import again
from tests.support.world import World

SORTS = ("", "?sort=newest", "?sort=useful", "?replies=all", "?lang=en", "?goal=comment")


def test_an_idea_costs_a_member_who_they_are_and_what_they_have_to_do_with_it_more_than_the_public(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    idea, talker, member = make.idea(), make.user(), sign_in(make.user())
    for _n in range(3):
        make.comment(idea, talker)
    page = idea_page(idea)
    assert (cost(visitor, page), cost(member, page), cost(sign_in(talker), page)) == (5, 7, 8)


def test_what_somebody_writes_is_seen_at_once_by_whoever_was_shown_the_page_before(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    idea, member, author = make.idea(title="Le premier titre"), sign_in(make.user()), sign_in(make.user())
    page = idea_page(idea)
    assert all("1 commentaire" not in browser.get(page).words for browser in (visitor, member, member))
    assert author.submit(page, "#comment-form", body="Le premier mot.").status_code == 303
    assert all("Le premier mot." in browser.get(page).words for browser in (visitor, member))
    with monkeypatch.context() as elsewhere:  # Another process, which keeps what it read by itself.
        elsewhere.setattr(versions, "memory_cache", versions.MemoryCache())
        assert author.submit(page, "#comment-form", body="Le second mot.").status_code == 303
    assert all("Le second mot." in browser.get(page).words for browser in (visitor, member))
    mark = member.get(page).soup.select_one(".useful form")["action"]
    assert member.submit(page, f'form[action="{mark}"]').status_code == 303
    assert all("Utile pour 1 personne" in browser.get(page).words for browser in (visitor, author))
    assert member.submit(page, f'form[action="{mark}/withdrawal"]').status_code == 303
    make.at(again(idea), title="Le second titre")
    assert all("Le second titre" in browser.get(page).words for browser in (visitor, member))


def test_what_was_written_and_not_stored_is_drawn_for_nobody_else(app: Flask, make: Make) -> None:
    idea = make.idea()
    make.comment(idea, body="Un mot.")
    with app.test_request_context("/"):
        g.actor = make.actor()
        subject = subjects.of_idea(ideas.get_idea(g.actor, idea.id, policy.READ))
        assert "Un mot." in talks.render_thread(subject, talks.read(subject.thread))
        db.session.scalars(select(Comment)).one().body_html = "<p>Un autre.</p>"
        assert "Un autre." in talks.render_thread(subject, talks.read(subject.thread))
        db.session.rollback()
        assert "Un mot." in talks.render_thread(subject, talks.read(subject.thread))


def test_each_has_their_own_token_and_the_public_none(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    idea = make.idea()
    make.comment(idea)
    one, other = sign_in(make.user()), sign_in(make.user())
    tokens = [
        {field["value"] for field in browser.get(idea_page(idea)).soup.select("main [name=csrf_token]")}
        for browser in (one, other, visitor)
    ]
    assert [len(found) for found in tokens] == [1, 1, 0] and tokens[0] != tokens[1]
    forms = [browser.get(idea_page(idea)).soup.select_one("#comment-form") for browser in (one, one, other)]
    for name in ("form_key", "stamp"):
        assert len({form.select_one(f"[name={name}]")["value"] for form in forms}) == 3
    assert len({form["data-keep"] for form in forms}) == 2


def test_whoever_has_no_charge_has_one_right_over_all_that_others_published_in_a_thread(
    app: Flask, world: World
) -> None:
    comment_ids, wrong = [comment.id for comment in world.comments.values()], []
    for role, person in world.people.items():
        with app.test_request_context("/"):
            g.actor = actor = actor_for(again(person))
            for comment in map(comments.reload_comment, [] if actor.is_staff else comment_ids):
                found = frozenset(name for name in rows.TOOLS if can(actor, name, comment))
                wrong_names = sorted(rows.list_rights(comment) ^ found)
                wrong += [f"{role}: {comment.body} {wrong_names}"] if wrong_names else []
    assert wrong == []

"""Publishing is one act: what is sent twice, at once or one after the other, makes one idea and counts once."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import limits
from app.accounts.models.sessions import Attempt
from app.comments import service as comments
from app.comments.models import Thread
from app.core.db import db
from app.core.errors import TooMany
from app.core.keys import Keys
from app.ideas import publishing
from app.ideas.models import Idea, Revision
from app.ideas.writing import IdeaWords
from tests.support.accounts import allow, enforce_limits
from tests.support.browser import Browser
from tests.support.races import at_once
from tests.support.rows import count

TYPED = {"title": "Des paniers à la bibliothèque", "body": "Un panier chaque jeudi."}


@pytest.fixture
def words(make: Any) -> IdeaWords:
    return IdeaWords(**TYPED, community_id=make.room().id)


def count_attempts(kind: str) -> int:
    return db.session.scalar(select(func.count()).where(Attempt.kind == kind)) or 0


def test_one_form_sent_many_times_at_once_publishes_one_idea_and_counts_once(
    app: Flask, make: Any, words: IdeaWords
) -> None:
    actor, results = make.actor(), []

    def submit() -> None:
        limits.rules.set(limits.Rules(Keys("secret"), True, "address:here"))
        idea = publishing.submit(actor, None, words, form_key="clef")
        results.append((idea.id, idea.status))

    at_once(app, [submit] * 8)
    assert len(results) == 8 and set(results) == {(results[0][0], "published")}
    assert count(Idea) == count(Revision) == count_attempts("idea") == 1


def test_a_draft_sent_many_times_at_once_is_published_once(app: Flask, make: Any, words: IdeaWords) -> None:
    actor = make.actor()
    draft_id, states = publishing.draft(actor, words).id, []
    at_once(
        app, [lambda: states.append(publishing.submit(actor, db.session.get_one(Idea, draft_id), words).status)] * 8
    )
    assert states == ["published"] * 8 and count(Revision) == 1


def test_the_key_of_another_form_finds_nothing(make: Any, words: IdeaWords) -> None:
    actor, theirs = make.actor(), make.idea(title="Une idée d'une autre personne", status="pending")
    comment = comments.post(actor, db.session.get_one(Thread, make.idea().thread_id), body="Bravo.", form_key="abc")
    assert comment.id == theirs.id
    for key in ("abc", "comment:abc"):
        assert publishing.submit(actor, None, words, form_key=key).author_id == actor.id


def test_what_is_refused_leaves_no_draft_behind(app: Flask, make: Any, words: IdeaWords, monkeypatch: Any) -> None:
    allow(monkeypatch, idea=1)
    actor = make.actor()
    limits.rules.set(limits.Rules(Keys("secret"), True, ""))
    publishing.submit(actor, None, words)
    with pytest.raises(TooMany):
        publishing.submit(
            actor, None, IdeaWords(title="Une autre idée, bien différente", body="x", community_id=words.community_id)
        )
    assert count(Idea) == 1


def test_a_form_sent_twice_is_counted_once(
    app: Flask, make: Any, sign_in: Any, words: IdeaWords, monkeypatch: Any
) -> None:
    allow(monkeypatch, idea=2, draft=2, comment=2)
    browser: Browser = sign_in(make.user())
    idea, room = make.idea(), str(words.community_id)
    pages = {
        "/ideas/new": (browser.get("/ideas/new"), "main form", {**TYPED, "community": room}),
        "comments": (browser.get(f"/ideas/{idea.id}-{idea.slug}"), "#comment-form", {"body": "Une bonne idée."}),
    }
    with enforce_limits(app):
        for page, form, fields in pages.values():
            assert [browser.submit(page, form, **fields).status_code for _n in range(4)] == [303] * 4
        page = browser.get("/ideas/new")
        assert [
            browser.submit(page, "main form", button="save", title="Un autre titre à garder").status_code
            for _n in range(4)
        ] == [303] * 4
    assert count(Idea) == 3 and [count_attempts(kind) for kind in ("idea", "comment", "draft")] == [1, 1, 1]

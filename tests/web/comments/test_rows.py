"""A comment is drawn once for as long as it shows the same, and anew as soon as anything that it shows changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import ImportedAuthor, User
from app.comments.models import Thread
from app.core import clock, versions
from app.core.db import db
from app.ideas.models import Idea
from app.reference.models import Organisation
from app.web.comments import rows
from app.web.frame import drawings
from tests.support import without_cache
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.world import HERE


def changes(make: Make, idea: Idea) -> list[tuple[Any, dict[str, Any]]]:
    """Write a talk; return what may change of what it shows, one thing after the other: the row, and its new values."""
    now, before = clock.now(), clock.now() - timedelta(days=1)
    organisation = make.add(Organisation(name="Entraide", sort_key="entraide"))
    person = make.user(organisation_id=organisation.id, shows_organisation=True)
    charge = make.facilitator(person, HERE, expires_at=before)
    elsewhere = make.add(ImportedAuthor(source="ailleurs", name="Une personne d'ailleurs"))
    comment, other = make.comment(idea, person), make.comment(idea, imported_author_id=elsewhere.id)
    branch, last, thread = make.comment(idea), make.user(), db.session.get_one(Thread, idea.thread_id)
    for author in (None, None, last, None):
        branch = make.comment(idea, author, parent=branch)
    return [
        (comment, {"body_html": "<p>D'autres mots.</p>"}),
        (comment, {"intent": "offer"}),
        (comment, {"lang": "en"}),
        (comment, {"edited_at": now}),
        (comment, {"created_at": before}),
        (comment, {"used_at": now}),
        (comment, {"useful_count": 3}),
        (comment, {"source": "ailleurs", "source_stance": "pour"}),
        (comment, {"source_stance": "contre"}),
        (comment, {"source_votes": 2}),
        (thread, {"author_id": person.id}),
        (charge, {"expires_at": None}),
        (charge, {"expires_at": before}),
        (make.room(HERE), {"colour": "sea"}),
        (organisation, {"name": "Partage"}),
        (person, {"shows_organisation": False}),
        (person, {"name": "Un autre nom"}),
        (person, {"closed_at": now}),
        (elsewhere, {"name": "Une autre"}),
        (last, {"name": "Quelqu'un d'autre"}),
        (comment, {"parent_id": other.id, "root_id": other.id, "depth": 1}),
        (comment, {"status": "pending"}),
        (comment, {"status": "published", "hidden_at": now, "hidden_by": person.id, "hidden_reason": "Un motif"}),
        (comment, {"hidden_reason": "Un autre"}),
        (other, {"hidden_at": now, "hidden_by": person.id, "hidden_reason": "Le sien"}),
        (other, {"deleted_at": now}),
    ]


def test_whatever_a_comment_shows_is_seen_as_soon_as_it_changes(make: Make, visitor: Browser) -> None:
    idea = make.idea(community=HERE)
    pages = idea_page(idea), f"{idea_page(idea)}?lang=en"
    assert list(without_cache.list_late(visitor, pages, changes(make, idea))) == []


def test_a_comment_that_shows_the_same_is_not_drawn_again(
    make: Make, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea, draw, drawn = make.idea(), drawings.draw_view, list[str]()
    monkeypatch.setattr(drawings, "draw_view", lambda template, view: drawn.append(template) or draw(template, view))
    for count in (2, 1, 0):
        drawn.clear()
        for _n in range(count):
            make.comment(idea)
        visitor.get(f"{idea_page(idea)}?measure={count}")
        assert drawn.count("comments/_comment.html") == count


def test_an_author_finds_their_change_that_waits_beside_their_comment(
    make: Make, sign_in: Callable[[User], Browser]
) -> None:
    idea, author, other = make.idea(), make.user(), make.user()
    comment = make.comment(idea, author)
    make.add(HeldRevision(comment_id=comment.id, by_id=author.id, state="open"))
    hers, others = sign_in(author), sign_in(other)
    assert "Votre modification" in hers.get(idea_page(idea)).words
    assert "Votre modification" not in others.get(idea_page(idea)).words
    make.at(comment, hidden_at=clock.now(), hidden_by=other.id, hidden_reason="Un motif")
    assert "Votre nouveau texte attend" in hers.get(idea_page(idea)).words


def test_the_memory_cache_counts_the_view_beside_what_is_drawn_of_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "memory_cache", versions.MemoryCache())
    monkeypatch.setattr(versions, "MOST", 15_000)
    with app.test_request_context("/"):
        for length in (1, 2_000, 4_000):
            view = rows.Remains(length, 0, True, "é" * length)
            html, size = drawings.draw_once("comments/_gone.html", view), versions.memory_cache.size
            assert size > len(html) + length
    assert size < 15_000

"""A comment is drawn once for as long as it shows the same, and anew as soon as anything that it shows changes."""
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, template_rendered

from app.accounts.models.people import ImportedAuthor
from app.comments.models import Thread
from app.core import clock, versions
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.reference.models import Organisation
from tests.support import kept
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.queries import keeping
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
        (comment, {"body_html": "<p>D'autres mots.</p>"}), (comment, {"intent": "offer"}), (comment, {"lang": "en"}),
        (comment, {"edited_at": now}), (comment, {"created_at": before}), (comment, {"used_at": now}),
        (comment, {"useful_count": 3}), (comment, {"source": "ailleurs", "source_stance": "pour"}),
        (comment, {"source_stance": "contre"}), (comment, {"source_votes": 2}), (thread, {"author_id": person.id}),
        (charge, {"expires_at": None}), (charge, {"expires_at": before}), (make.room(HERE), {"colour": "sea"}),
        (organisation, {"name": "Partage"}), (person, {"shows_organisation": False}), (person, {"name": "Un autre nom"}),
        (person, {"closed_at": now}), (elsewhere, {"name": "Une autre"}), (last, {"name": "Quelqu'un d'autre"}),
        (comment, {"parent_id": other.id, "root_id": other.id, "depth": 1}), (comment, {"status": "pending"}),
        (comment, {"status": "published", "hidden_at": now, "hidden_by": person.id, "hidden_reason": "Un motif"}),
        (comment, {"hidden_reason": "Un autre"}), (other, {"hidden_at": now, "hidden_by": person.id, "hidden_reason": "Le sien"}),
        (other, {"deleted_at": now})]


@pytest.mark.both_engines
def test_whatever_a_comment_shows_is_seen_as_soon_as_it_changes(make: Make, visitor: Browser) -> None:
    idea, wrong = make.idea(community=HERE), list[str]()
    pages = idea_page(idea), f"{idea_page(idea)}?lang=en"
    for row, values in changes(make, idea):
        before = [kept.words(visitor.get(page)) for page in pages]
        with unit():
            make.at(row, **values)
            versions.touch("reference")
        after = [kept.words(visitor.get(page)) for page in pages]
        wrong += [f"{values} is not shown"] if before == after else []
        wrong += [f"{values} comes late"] if after != [kept.words(kept.anew(visitor, page)) for page in pages] else []
    assert wrong == []


def test_a_comment_that_shows_the_same_is_not_drawn_again(app: Flask, make: Make, visitor: Browser) -> None:
    idea, drawn = make.idea(), list[str]()
    make.comment(idea)
    make.comment(idea)
    with keeping(), template_rendered.connected_to(lambda _app, template, **_context: drawn.append(template.name), app):
        visitor.get(idea_page(idea))
        assert drawn.count("comments/_comment.html") == 2
        drawn.clear()
        make.comment(idea)
        visitor.get(idea_page(idea))
    assert drawn.count("comments/_talk.html") == drawn.count("comments/_comment.html") == 1

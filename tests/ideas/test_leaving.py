"""What becomes of the ideas of somebody who leaves."""

from sqlalchemy import select

from app.accounts import service
from app.core.db import db
from app.ideas.models import Idea


def test_drafts_go_and_what_was_published_stays_under_a_former_member(make, visitor):
    user = make.user(name="Maude Mésange")
    make.idea(author=user, status="draft", title="Jamais montrée à personne")
    idea = make.idea(author=user, title="Une idée qui reste là")
    service.close(make.actor(user), user)
    assert db.session.scalars(select(Idea.title)).all() == ["Une idée qui reste là"]
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Ancien membre" in page.words and "Mésange" not in page.text

"""One update of the demonstration, with its talk."""

from datetime import datetime
from typing import Any

from app.comments import threads
from app.communities import queries as communities
from app.core.db import db
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.core.unit import command
from app.operations.demo import book, talk
from app.updates.models import Update

EXCERPT = 220


@command
def add(fact: dict[str, Any], user_ids: dict[str, int], day: datetime) -> int:
    """Add an update, dated from `day`; return its id."""
    room, author = communities.get_rooms().by_slug[fact["community"]].id, user_ids[fact["by"]]
    html = markdown.render(fact["body"])
    thread = threads.create("update", fact["title"], community_id=room, author_id=author, is_public=True, is_open=True)
    update = Update(
        community_id=room,
        author_id=author,
        thread_id=thread.id,
        title=fact["title"],
        body=fact["body"],
        body_html=html,
        renderer=markdown.VERSION,
        excerpt=excerpt(markdown.to_line(html), EXCERPT),
        published_at=book.moment(day, fact),
    )
    db.session.add(update)
    db.session.flush()
    talk.add("update", thread.id, author, fact["comments"], user_ids, day)
    book.note("update", fact["key"], update.id)
    return update.id

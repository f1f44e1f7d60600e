"""What the public reads of a session is copied: what is being written makes no page of the site anew."""

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.signals import tell
from app.forum.models import OPEN, ForumTopic
from app.notes.models import PublishedLine, PublishedNotes, SessionNotes
from app.notes.queries import lines, texts
from app.notes.signals import NotesPublished


def copy(topic_id: int, published_by: int | None) -> bool:
    """Copy the notes of a session for the public, over what was published; tell whether there was anything to copy.

    A line that was published and was changed since is the same line, in other words; one that has a fate stays as
    it was said when it was given it. One that was withdrawn stays so.
    """
    notes = db.session.get(SessionNotes, topic_id)
    if notes is None:
        return False
    former = db.session.get(PublishedNotes, topic_id)
    found = former or PublishedNotes(topic_id=topic_id)
    found.text = "\n\n".join(part.text for part in texts.list_parts(topic_id) if part.text)
    found.people_there = notes.people_there
    found.from_paper = texts.has_paper(topic_id) or any(line.from_paper for line in lines.list_lines(topic_id))
    found.published_at, found.published_by = clock.now(), published_by
    db.session.add(found)
    _copy_lines(topic_id)
    if former is None:
        tell(NotesPublished(topic_id, by=published_by))
    return True


def _copy_lines(topic_id: int) -> None:
    standing = lines.list_lines(topic_id)
    former = {line.id: line for line in lines.list_copied(topic_id)}
    for position, line in enumerate(standing):
        line_id = line.first_id or line.id
        copied = former.pop(line_id, None) or PublishedLine(id=line_id, topic_id=topic_id)
        copied.position = position
        if copied.fate or copied.is_withdrawn:
            continue
        for name in ("kind", "text", "lang", "holder", "due_on"):
            setattr(copied, name, getattr(line, name))
        db.session.add(copied)
    for gone in former.values():
        if gone.fate is None and not gone.is_withdrawn:
            db.session.delete(gone)


def copy_all(forum_id: int) -> None:
    """Copy what was written in the sessions of a forum, and nobody published: the forum is closed.

    What is hidden is copied too: nobody reads it before its topic is shown again.
    """
    sessions = select(SessionNotes.topic_id).join(ForumTopic, ForumTopic.id == SessionNotes.topic_id)
    is_kept = ForumTopic.joined_id.is_(None) & ForumTopic.deleted_at.is_(None)
    sessions = sessions.where(ForumTopic.forum_id == forum_id, ForumTopic.state == OPEN, is_kept)
    sessions = sessions.order_by(SessionNotes.topic_id)
    for topic_id in db.session.scalars(sessions).all():
        copy(topic_id, None)

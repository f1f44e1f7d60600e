"""Closed forums whose notes the public reads, built straight in the tables."""

from typing import Any

from app.core.unit import unit
from app.forum.models import ForumTopic
from app.notes.models import NoteLine, PublishedLine, PublishedNotes, SessionNotes
from tests.support.make import Make

# The columns that a line has as it is written, and as it is published.
OF_ROW = {"kind", "text", "lang", "holder", "due_on"}
SAID = "Le répit existe le jour.\nLa nuit, il n'y a que l'urgence."


def publish_in(make: Make, session: ForumTopic, *, text: str = SAID, people: int | None = 12) -> PublishedNotes:
    """Publish the notes of a session: a text, and how many were there."""
    with unit():
        make.add(SessionNotes(topic_id=session.id, people_there=people))
        notes: PublishedNotes = make.add(PublishedNotes(topic_id=session.id, text=text, people_there=people))
    return notes


def line_in(make: Make, session: ForumTopic, text: str, *, by: Any = None, **columns: Any) -> PublishedLine:
    """Publish a line of a session that a member wrote (None: nobody now): a need, unless `kind` says otherwise.

    The names of `PublishedLine` are its columns.
    """
    words: dict[str, Any] = {"kind": "need", "text": text} | columns
    with unit():
        row = make.add(
            NoteLine(
                topic_id=session.id,
                sent_as=text[:32],
                user_id=by and by.id,
                **{name: words[name] for name in words.keys() & OF_ROW},
            )
        )
        line: PublishedLine = make.add(PublishedLine(id=row.id, topic_id=session.id, position=row.id, **words))
    return line

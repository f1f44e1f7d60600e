"""The rows that an act on the notes of a session holds; the one that they begin with."""

from app.core.actor import Actor
from app.core.dialect import insert_once
from app.events.models.registrations import EventRegistration
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.notes.models import SessionNotes


def list_rows(_actor: Actor, who: Participant, *_words: object) -> tuple[ForumTopic | None, EventRegistration | None]:
    """Return the session that an act is about, held meanwhile with its forum, and the place of whoever acts."""
    return who.topic, who.registration


def begin(topic_id: int) -> None:
    """Begin the notes of a session, where nobody has."""
    insert_once(SessionNotes, topic_id=topic_id)

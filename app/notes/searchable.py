"""What search finds of forums: the topics that stand on a wall, each with what the public reads of its session."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from html import escape
from typing import Any

from sqlalchemy import Select, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.dialect import unindexed
from app.events.models.meetings import Event
from app.events.queries import reading
from app.forum.models import ForumSlot, ForumTopic
from app.forum.queries import topics
from app.notes.models import PublishedLine, PublishedNotes
from app.search.index.index_sync import BY_THREAD, Source, TextPart
from app.search.index.texts import Description, Text

_IDS = numbers_parameter("ids")
# A topic is seen by whoever reads the thread of its meeting, and filed as that is.
_TOPICS = (
    select(
        ForumTopic.id,
        ForumTopic.created_at,
        ForumTopic.title,
        ForumTopic.why,
        ForumTopic.lang,
        Event.thread_id,
        Event.community_id,
        Event.territory_id,
    )
    .join(Event, Event.id == ForumTopic.forum_id)
    .where(ForumTopic.id.in_(_IDS), topics.is_on_the_wall(), unindexed(Event.rehearses_id).is_(None))
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these topics that are to be found: neither who pitched them nor who is interested."""
    notes = _read_notes(ids)
    return [
        Text(
            "topic",
            row.id,
            row.created_at,
            row.title,
            "\n".join(filter(None, [row.why, *notes.get(row.id, ())])),
            row.thread_id,
            row.lang,
            places=tuple(filter(None, [row.territory_id])),
            communities=tuple(filter(None, [row.community_id])),
        )
        for row in db.session.execute(_TOPICS, {_IDS.key: list(ids)})
    ]


def _read_notes(ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Map those of these topics whose notes are published to what stands in them, the text first."""
    found = defaultdict[int, list[str]](list)
    text = select(PublishedNotes.topic_id, PublishedNotes.text).where(PublishedNotes.topic_id.in_(_IDS))
    lines = select(PublishedLine.topic_id, PublishedLine.text).where(PublishedLine.topic_id.in_(_IDS))
    for statement in (text, lines.order_by(PublishedLine.topic_id, PublishedLine.position, PublishedLine.id)):
        for topic_id, words in db.session.execute(statement, {_IDS.key: list(ids)}).tuples():
            found[topic_id].append(words)
    return found


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these topics that a person may read."""
    rows = db.session.connection().execute(_select_found(actor), reader_parameters(actor, ids=list(ids)))
    found = {row.id: row for row in rows}
    notes = _read_notes(found)
    return {number: _describe(row, notes.get(number, ())) for number, row in found.items()}


def _describe(row: Any, notes: Sequence[str]) -> Description:
    """Describe a topic by when one talks of it: its hour, or else when its meeting begins."""
    at = row.starts_at + timedelta(minutes=row.starts_after or 0)
    return Description(
        row, row.title, row.why, row.lang, row.lang, at, row.community_id, escape(" · ".join(filter(None, notes)))
    )


@cached_statement
def _select_found(actor: Actor) -> Select[Any]:
    columns = ForumTopic.forum_id, ForumTopic.title, ForumTopic.why, ForumTopic.lang, ForumTopic.slot_id
    of_meeting = Event.starts_at, Event.community_id, Event.title.label("meeting")
    query = select(ForumTopic.id, *columns, *of_meeting, ForumSlot.starts_after)
    query = query.join(Event, Event.id == ForumTopic.forum_id).outerjoin(ForumSlot, ForumSlot.id == ForumTopic.slot_id)
    return query.where(ForumTopic.id.in_(_IDS), topics.is_on_the_wall(), reading.readable_by(actor))


def list_topic_ids(event_id: int) -> Collection[int]:
    """Return the topics of the forum of a meeting."""
    return db.session.scalars(select(ForumTopic.id).where(ForumTopic.forum_id == event_id)).all()


SOURCE = Source(
    kind="topic",
    number=7,
    model=ForumTopic,
    columns=("title", "why", "lang", "state", "joined_id", "hidden_at", "deleted_at", "created_at"),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
    parts={
        Event: TextPart(("territory_id", "community_id"), lambda event: int(event.id), list_topic_ids),
        PublishedNotes: TextPart(("text",), lambda notes: int(notes.topic_id)),
        PublishedLine: TextPart(("text", "topic_id"), lambda line: int(line.topic_id)),
    },
)

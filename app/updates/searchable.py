"""What search finds of the work of communities: their updates that are in sight."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text import markdown
from app.search.index.index_sync import BY_THREAD, Source
from app.search.index.texts import Description, Text, content_columns
from app.updates import queries
from app.updates.models import Update

_IDS = numbers_parameter("ids")
_UPDATES = select(
    Update.id,
    Update.published_at,
    Update.title,
    Update.body_html,
    Update.thread_id,
    Update.lang,
    Update.community_id,
).where(Update.id.in_(_IDS), Update.in_sight())


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these updates that are to be found."""
    rows = db.session.execute(_UPDATES, {_IDS.key: list(ids)})
    return [
        Text("update", row_id, at, title, markdown.to_words(html), thread_id, lang, communities=(community_id,))
        for row_id, at, title, html, thread_id, lang, community_id in rows
    ]


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these updates that a person may read."""
    rows = db.session.connection().execute(_select_found(actor), reader_parameters(actor, ids=list(ids)))
    return {row.id: Description.of_content(row) for row in rows}


@cached_statement
def _select_found(actor: Actor) -> Select[Any]:
    return select(Update.id, *content_columns(Update)).where(Update.id.in_(_IDS), queries.readable_by(actor))


SOURCE = Source(
    kind="update",
    number=2,
    model=Update,
    columns=("title", "body_html", "lang", "hidden_at", "deleted_at", "thread_id", "published_at", "community_id"),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
)

"""What search finds of the work of communities: their updates that are in sight."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.core.db import db, numbers
from app.core.text import markdown
from app.search.index.index_sync import Source
from app.search.index.texts import Text
from app.updates.models import Update

_IDS = numbers("ids")
_UPDATES = select(Update.id, Update.published_at, Update.title, Update.body_html, Update.thread_id, Update.lang).where(
    Update.id.in_(_IDS), Update.in_sight()
)


def read(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these updates that are to be found."""
    rows = db.session.execute(_UPDATES, {_IDS.key: list(ids)})
    return [
        Text("update", row_id, at, title, markdown.to_words(html), thread_id, lang)
        for row_id, at, title, html, thread_id, lang in rows
    ]


SOURCE = Source(
    "update", Update, ("title", "body_html", "lang", "hidden_at", "deleted_at", "thread_id", "published_at"), read
)

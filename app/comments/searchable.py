"""What search finds of talk: the comments that the public of their thread reads."""
from collections.abc import Collection, Sequence

from sqlalchemy import Integer, bindparam, select

from app.comments.models import Comment
from app.core.db import db
from app.core.text import markdown
from app.search.following import Source
from app.search.texts import Text

_IDS = bindparam("ids", expanding=True, type_=Integer)
_COMMENTS = select(Comment.id, Comment.created_at, Comment.body_html, Comment.thread_id, Comment.lang).where(
    Comment.id.in_(_IDS), Comment.status == "published", Comment.in_sight())


def read(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these comments that are to be found; what their thread hides is left to each search."""
    rows = db.session.execute(_COMMENTS, {_IDS.key: list(ids)})
    return [Text("comment", row_id, at, "", markdown.to_words(html), thread_id, lang)
            for row_id, at, html, thread_id, lang in rows]


SOURCE = Source(
    "comment", Comment, ("body_html", "lang", "status", "hidden_at", "deleted_at", "thread_id", "created_at"), read)

"""What search finds of talk: the comments that the public of their thread reads."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text import markdown
from app.search.index.index_sync import BY_THREAD, Source
from app.search.index.texts import Description, Text

_IDS = numbers_parameter("ids")
_COMMENTS = select(Comment.id, Comment.created_at, Comment.body_html, Comment.thread_id, Comment.lang).where(
    Comment.id.in_(_IDS), Comment.status == "published", Comment.in_sight()
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these comments that are to be found; what their thread hides is left to each search."""
    return [_text(*row) for row in db.session.execute(_COMMENTS, {_IDS.key: list(ids)}).tuples()]


def of_row(comment: Comment) -> Text | None:
    """Return what `list_texts` does, of a comment whose row is at hand."""
    if not comment.is_visible:
        return None
    return _text(comment.id, comment.created_at, comment.body_html, comment.thread_id, comment.lang)


def _text(row_id: int, at: datetime, html: str, thread_id: int, lang: str) -> Text:
    return Text("comment", row_id, at, "", markdown.to_words(html), thread_id, lang)


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these comments that a person may read.

    What one answers is most often in its language, and no statement is sent to know.
    """
    return {
        comment.id: Description(
            comment,
            comment.title,
            markdown.to_line(comment.body_html),
            comment.lang,
            comment.lang,
            comment.created_at,
            comment.community_id,
        )
        for comment in db.session.connection().execute(_select_found(actor), reader_parameters(actor, ids=list(ids)))
    }


@cached_statement
def _select_found(actor: Actor) -> Select[Any]:
    columns = (Comment.id, Thread.title, Comment.body_html, Comment.lang, Comment.created_at, Thread.community_id)
    return select(*columns).join(Comment.thread).where(Comment.id.in_(_IDS), reading.visible_to(actor))


SOURCE = Source(
    kind="comment",
    number=1,
    model=Comment,
    columns=("body_html", "lang", "status", "hidden_at", "deleted_at", "thread_id", "created_at"),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
    of_row=of_row,
)

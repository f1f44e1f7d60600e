"""What search finds of ideas: those that are public, by their titles and texts and by what they are filed under."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from markupsafe import escape
from sqlalchemy import Select, func, literal, or_, select, union_all

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text.plain import fold
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries import reading
from app.search.index.index_sync import BY_THREAD, Source, TextPart
from app.search.index.texts import Description, Text, content_columns

_IDS = numbers_parameter("ids")
_IDEAS = select(
    Idea.id,
    func.coalesce(Idea.published_at, Idea.created_at),
    Idea.title,
    Idea.search_text,
    Idea.thread_id,
    Idea.lang,
    Idea.kind,
    Idea.community_id,
).where(Idea.id.in_(_IDS), reading.is_public())
_FILED: dict[str, Any] = {
    "places": IdeaTerritory.territory_id,
    "tags": IdeaTag.tag_id,
    "issues": IdeaIssue.issue_id,
    "communities": IdeaCommunity.community_id,
}
_AXES = union_all(
    *(
        select(column.class_.idea_id, literal(axis), column).where(column.class_.idea_id.in_(_IDS))
        for axis, column in _FILED.items()
    )
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these ideas that are to be found."""
    rows = db.session.execute(_IDEAS, {_IDS.key: list(ids)}).all()
    filed = defaultdict[int, dict[str, list[int]]](lambda: {axis: [] for axis in _FILED})
    for idea_id, *_texts, community_id in rows:
        filed[idea_id]["communities"] += [community_id] if community_id else []
    for idea_id, axis, number in db.session.execute(_AXES, {_IDS.key: list(ids)}) if rows else ():
        filed[idea_id][axis].append(number)
    # The folded text begins with the title.
    return [
        Text(
            "idea",
            row_id,
            at,
            title,
            text.removeprefix(fold(title)),
            thread_id,
            lang,
            facet=kind,
            names=(),
            **{axis: tuple(numbers) for axis, numbers in filed[row_id].items()},
        )
        for row_id, at, title, text, thread_id, lang, kind, _community_id in rows
    ]


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these ideas that a person may read."""
    rows = db.session.connection().execute(_select_found(actor), reader_parameters(actor, ids=list(ids)))
    return {row.id: Description.of_content(row, more=str(escape(row.spot))) for row in rows}


@cached_statement
def _select_found(actor: Actor) -> Select[Any]:
    """Select the ideas that a person may read or wrote, with what a page of results shows of each."""
    shown = Idea.id, Idea.kind, Idea.slug, Idea.spot, Idea.status, Idea.votes_count, Idea.comments_count
    query = select(*shown, *content_columns(Idea))
    return query.where(Idea.id.in_(_IDS), or_(reading.readable_by(actor), reading.own_of(actor)))


SOURCE = Source(
    kind="idea",
    number=0,
    model=Idea,
    columns=(
        "kind",
        "title",
        "search_text",
        "lang",
        "status",
        "published_at",
        "hidden_at",
        "deleted_at",
        "merged_into",
        "thread_id",
        "community_id",
    ),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
    facet=Idea.kind,
    parts={column.class_: TextPart((), lambda row: int(row.idea_id)) for column in _FILED.values()},
)

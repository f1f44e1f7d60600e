"""What search finds of meetings: those that are in the calendar, whatever became of them, and their minutes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text import markdown
from app.events.models.meetings import Event, EventCommunity, EventIssue, EventTag, EventTerritory
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.queries import minutes, reading
from app.search.index.index_sync import BY_THREAD, Source, TextPart
from app.search.index.texts import Description, Text, content_columns

_IDS = numbers_parameter("ids")
_EVENTS = select(
    Event.id,
    Event.published_at,
    Event.title,
    Event.lead,
    Event.question,
    Event.place,
    Event.body_html,
    Event.thread_id,
    Event.lang,
    Event.community_id,
    Event.territory_id,
).where(Event.id.in_(_IDS), reading.is_published())
_FILED: dict[str, Any] = {
    "places": EventTerritory.territory_id,
    "tags": EventTag.tag_id,
    "issues": EventIssue.issue_id,
    "communities": EventCommunity.community_id,
}
_AXES = union_all(
    *(
        select(column.class_.event_id, literal(axis), column).where(column.class_.event_id.in_(_IDS))
        for axis, column in _FILED.items()
    )
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these meetings that are to be found: their words, their minutes, where they are held."""
    asked = {_IDS.key: list(ids)}
    rows = db.session.execute(_EVENTS, asked).all()
    said = minutes.list_html([row.id for row in rows])
    filed = defaultdict[int, dict[str, list[int]]](lambda: {axis: [] for axis in _FILED})
    for row in rows:
        filed[row.id]["communities"] += [row.community_id] if row.community_id else []
        filed[row.id]["places"] += [row.territory_id] if row.territory_id else []
    for event_id, axis, number in db.session.execute(_AXES, asked) if rows else ():
        filed[event_id][axis].append(number)
    return [
        Text(
            "event",
            row.id,
            row.published_at,
            row.title,
            " ".join(
                filter(
                    None,
                    [row.lead, row.question, row.place, markdown.to_words(f"{row.body_html}\n{said.get(row.id, '')}")],
                )
            ),
            row.thread_id,
            row.lang,
            **_as_tuples(filed[row.id]),
        )
        for row in rows
    ]


def _as_tuples(filed: dict[str, list[int]]) -> dict[str, Any]:
    return {axis: tuple(numbers) for axis, numbers in filed.items()}


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these meetings that a person may read."""
    rows = db.session.connection().execute(_select_found(actor), reader_parameters(actor, ids=list(ids)))
    said = minutes.list_html(ids)
    return {row.id: _describe(row, said.get(row.id, "")) for row in rows}


def _describe(row: Any, said: str) -> Description:
    """Describe a meeting by when it is held, which is what one looks for, and not by when it was announced."""
    text = " ".join(filter(None, [row.lead, row.question, markdown.to_line(row.body_html)]))
    return Description(row, row.title, text, row.lang, row.lang, row.starts_at, row.community_id, said)


@cached_statement
def _select_found(actor: Actor) -> Select[Any]:
    columns = Event.lead, Event.question, Event.starts_at, Event.status, *content_columns(Event)
    return select(Event.id, *columns).where(Event.id.in_(_IDS), reading.readable_by(actor))


SOURCE = Source(
    kind="event",
    number=6,
    model=Event,
    columns=(
        "title",
        "lead",
        "question",
        "place",
        "body_html",
        "lang",
        "status",
        "hidden_at",
        "deleted_at",
        "thread_id",
        "published_at",
        "community_id",
        "territory_id",
    ),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
    parts={
        model: TextPart(columns, lambda row: int(row.event_id))
        for model, columns in [
            (EventMinutes, ("number", "published_at")),
            *(
                (one, ())
                for one in (EventMinutesVersion, EventDecision, *(column.class_ for column in _FILED.values()))
            ),
        ]
    },
)

"""Bring in ideas that were written elsewhere, in batches: run again, it takes up where it stopped."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import insert, select, tuple_
from sqlalchemy.exc import DataError, IntegrityError

from app.comments.models import Thread
from app.core import clock
from app.core.db import db, run
from app.core.errors import N_, DomainError
from app.core.text.plain import clean_text
from app.core.unit import command
from app.exchange import authors, fields, html, lines
from app.exchange.lines import FileLine
from app.exchange.report import NOT_STORED, Report, RowError
from app.exchange.sources import Source
from app.ideas import writing
from app.ideas.models import KINDS, Idea, IdeaTag, Revision, StatusChange
from app.reference import service as reference
from app.reference.service import MOST_TAGS

BATCH = 100
REMOVED = "Retiré dans la source"
DOUBLE = N_("cet identifiant est déjà dans le fichier")
NOT_ONE_OF = N_("%(field)s n'est pas l'un de %(names)s")
REFUSALS = (DomainError, DataError, IntegrityError)
"""What one row may meet when it is written; a database that is away is no fault of a row."""
Key = tuple[str, str]
_CONVERTERS: dict[str, Callable[[str], str]] = {
    "html": html.to_markdown,
    "text": html.text_to_markdown,
    "markdown": clean_text,
}


class IdeaRow(NamedTuple):
    """A valid row; `columns` are those of the idea, `author` and `tags` are names."""

    number: int
    key: Key
    author: str
    tags: list[str]
    body: str
    body_format: str
    columns: dict[str, Any]


def bring(
    source: Source,
    report: Report,
    *,
    community_id: int | None = None,
    dry_run: bool = False,
    step: Callable[[int], object] = lambda _n: None,
) -> set[Key]:
    """Add the ideas of a file; return the (source, id) of each row that is well formed, added now or before."""
    keys: set[Key] = set()
    valid_rows = (_read_line(line, keys, report) for line in source.rows(report, step=step))
    for rows in lines.batches(filter(None, valid_rows), BATCH):
        new = _render_all(_without_existing(rows, report), keys, report)
        report.added_count += len(new) if dry_run else _add_all(new, community_id, keys, report)
    return keys


def _read_line(line: FileLine, keys: set[Key], report: Report) -> IdeaRow | None:
    try:
        row = _parse(line)
        if row.key in keys:
            raise RowError(DOUBLE, row.key[1])
    except RowError as error:
        report.refuse(line.number, error)
        return None
    keys.add(row.key)
    return row


def _parse(line: FileLine) -> IdeaRow:
    row = line.row
    key = (fields.identifier(row, "source"), fields.identifier(row, "id"))
    title, spot, created_at = fields.title(row), fields.spot(row), fields.moment(row, "created_at")
    tags, others = _sort_tags(fields.lines(row, "tags"))
    figures = _figures(row, others)
    is_hidden = fields.flag(row, "trashed", False)
    return IdeaRow(
        line.number,
        key,
        fields.author(row),
        tags,
        fields.text(row, "body"),
        _format(row),
        {
            "title": title,
            "spot": spot,
            "source": key[0],
            "source_id": key[1],
            "kind": _kind(row),
            "lang": fields.language(row),
            "status": "published",
            "created_at": created_at,
            "saved_at": created_at,
            "published_at": created_at,
            "status_at": created_at,
            "revisions_count": 1,
            "source_figures": figures,
            "hidden_at": clock.now() if is_hidden else None,
            "hidden_reason": REMOVED if is_hidden else None,
        },
    )


def _figures(row: dict[str, Any], other_tags: list[str]) -> dict[str, Any]:
    """Return what the source said beside the text, where it said something."""
    updated_at = fields.optional_moment(row, "updated_at")
    found = {
        "votes": fields.figures(row, "votes"),
        "published": fields.figures(row, "published"),
        "category": fields.line(row, "category"),
        "updated_at": updated_at.isoformat() if updated_at else "",
        "tags": other_tags,
    }
    return {name: value for name, value in found.items() if value}


def _kind(row: dict[str, Any]) -> str:
    kind = fields.text(row, "kind") or "idea"
    if kind not in KINDS:
        raise RowError(NOT_ONE_OF, field="kind", names=", ".join(KINDS))
    return kind


def _format(row: dict[str, Any]) -> str:
    kind = fields.text(row, "body_format") or "markdown"
    if kind not in _CONVERTERS:
        raise RowError(NOT_ONE_OF, field="body_format", names=", ".join(sorted(_CONVERTERS)))
    return kind


def _render_all(rows: list[IdeaRow], keys: set[Key], report: Report) -> list[IdeaRow]:
    """Return the rows with their text columns; refuse those whose body is too long, and take away their keys."""
    found = []
    for row in rows:
        try:
            found.append(_render(row))
        except RowError as error:
            report.refuse(row.number, error)
            keys.discard(row.key)
    return found


def _render(row: IdeaRow) -> IdeaRow:
    """Add the text columns, made of the body as Markdown: slow, so before the write, and for new rows only."""
    body = fields.within("body", _CONVERTERS[row.body_format](row.body), fields.BODY)
    return row._replace(columns=row.columns | writing.text_columns(row.columns["title"], body, row.columns["spot"]))


def _without_existing(rows: list[IdeaRow], report: Report) -> list[IdeaRow]:
    key = tuple_(Idea.source, Idea.source_id)
    query = select(Idea.source, Idea.source_id).where(key.in_([row.key for row in rows]))
    existing_keys = set(db.session.execute(query).tuples())
    report.present_count += len(existing_keys)
    return [row for row in rows if row.key not in existing_keys]


def _add_all(rows: list[IdeaRow], community_id: int | None, keys: set[Key], report: Report) -> int:
    """Write a batch; where it can't be, write its rows one by one and refuse those that can't."""
    try:
        return _add(rows, community_id)
    except REFUSALS as refusal:
        if len(rows) > 1:
            return sum(_add_all([row], community_id, keys, report) for row in rows)
        report.refuse(rows[0].number, refusal if isinstance(refusal, DomainError) else RowError(NOT_STORED))
        keys.discard(rows[0].key)
        return 0


@command
def _add(rows: list[IdeaRow], community_id: int | None) -> int:
    """Write a batch, all of it or none."""
    rows = _without_existing(rows, Report())
    if not rows:
        return 0
    people = authors.get_or_add_authors([(row.key[0], row.author) for row in rows])
    threads = [_thread(row, community_id) for row in rows]
    db.session.add_all(threads)
    db.session.flush()
    ideas = [
        Idea(
            **row.columns,
            community_id=community_id,
            thread_id=thread.id,
            imported_author_id=people[row.key[0], row.author],
        )
        for row, thread in zip(rows, threads, strict=True)
    ]
    db.session.add_all(ideas)
    db.session.flush()
    _add_history(ideas, rows)
    return len(ideas)


def _thread(row: IdeaRow, community_id: int | None) -> Thread:
    is_visible = row.columns["hidden_at"] is None
    return Thread(
        kind="idea", title=row.columns["title"], community_id=community_id, is_public=is_visible, is_open=is_visible
    )


def _add_history(ideas: list[Idea], rows: list[IdeaRow]) -> None:
    """Add to each idea its first revision, its first step (by nobody here) and its tags."""
    run(
        insert(Revision).values(
            [
                {
                    "idea_id": idea.id,
                    "number": 1,
                    "title": idea.title,
                    "body": idea.body,
                    "body_html": idea.body_html,
                    "spot": idea.spot,
                    "created_at": idea.published_at,
                }
                for idea in ideas
            ]
        )
    )
    run(
        insert(StatusChange).values(
            [{"idea_id": idea.id, "status": "published", "at": idea.published_at} for idea in ideas]
        )
    )
    tags = [
        {"idea_id": idea.id, "tag_id": tag_id}
        for idea, row in zip(ideas, rows, strict=True)
        for tag_id in reference.get_or_add_tags(row.tags)
    ]
    if tags:
        run(insert(IdeaTag).values(tags))


def _sort_tags(names: list[str]) -> tuple[list[str], list[str]]:
    """Return those that can be tags here (short enough, with a letter or a digit, not too many), then the others."""
    names = list(dict.fromkeys(names))
    tags = [name for name in names if reference.can_be_tag(name)][:MOST_TAGS]
    return tags, [name for name in names if name not in tags]

"""Bring in ideas that were written elsewhere, in batches: run again, it takes up where it stopped."""
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import insert, select, tuple_

from app.comments.models import Thread
from app.core import clock
from app.core.db import db, run
from app.core.text.plain import clean_text
from app.core.unit import command
from app.exchange import authors, fields, html, lines, tagging
from app.exchange.lines import Line, Refused
from app.exchange.report import Report
from app.ideas import writing
from app.ideas.models import KINDS, Idea, IdeaTag, Revision, StatusChange

BATCH = 100
REMOVED = "Retiré dans la source"
Key = tuple[str, str]
_READERS: dict[str, Callable[[str], str]] = {
    "html": html.to_markdown, "text": html.text_to_markdown, "markdown": clean_text}


class Given(NamedTuple):
    """What a row says, checked; `columns` are those of the idea, `author` and `tags` are names."""

    key: Key
    author: str
    tags: list[str]
    body: str
    body_format: str
    columns: dict[str, Any]


def bring(
        path: Path, report: Report, *, community_id: int | None = None, dry_run: bool = False,
        step: Callable[[int], object] = lambda _n: None) -> set[Key]:
    """Take the ideas of a file; return the (source, id) of each row that is well formed, taken now or before."""
    seen: set[Key] = set()
    for batch in lines.batches(lines.read_lines(path, report.refuse, step=step), BATCH):
        given = [one for line in batch if (one := _read_line(line, seen, report))]
        new = [_render(one) for one in _without_known(given, report)]
        report.added += len(new) if dry_run else _add(new, community_id)
    return seen


def _read_line(line: Line, seen: set[Key], report: Report) -> Given | None:
    try:
        given = _parse(line.row)
        if given.key in seen:
            raise Refused(f"id {given.key[1]} is already in this file")
    except Refused as reason:
        report.refuse(line.number, str(reason))
        return None
    seen.add(given.key)
    return given


def _parse(row: dict[str, Any]) -> Given:
    key = (fields.identifier(row, "source"), fields.identifier(row, "id"))
    title, created = fields.title(row), fields.moment(row, "created_at")
    tags, others = tagging.sort_tags(fields.lines(row, "tags"))
    updated = fields.optional_moment(row, "updated_at")
    figures = {
        "votes": fields.figures(row, "votes"), "published": fields.figures(row, "published"),
        "category": fields.line(row, "category"), "updated_at": updated.isoformat() if updated else "", "tags": others}
    is_hidden = fields.flag(row, "trashed", False)
    return Given(key, fields.author(row), tags, fields.text(row, "body"), _format(row), {
        "title": title, "source": key[0], "source_id": key[1], "kind": _kind(row), "lang": fields.language(row),
        "status": "published",
        "created_at": created, "saved_at": created, "published_at": created, "status_at": created,
        "revisions_count": 1, "source_figures": {name: value for name, value in figures.items() if value},
        "hidden_at": clock.now() if is_hidden else None, "hidden_reason": REMOVED if is_hidden else None})


def _kind(row: dict[str, Any]) -> str:
    kind = fields.text(row, "kind") or "idea"
    if kind not in KINDS:
        raise Refused(f"kind is not one of {', '.join(KINDS)}")
    return kind


def _format(row: dict[str, Any]) -> str:
    kind = fields.text(row, "body_format") or "markdown"
    if kind not in _READERS:
        raise Refused(f"body_format is not one of {', '.join(sorted(_READERS))}")
    return kind


def _render(one: Given) -> Given:
    """Turn the body into Markdown and what follows from it: slow, so before the write, and for new rows only."""
    body = _READERS[one.body_format](one.body)
    return one._replace(columns=one.columns | writing.text_columns(one.columns["title"], body))


def _without_known(given: list[Given], report: Report) -> list[Given]:
    keys = tuple_(Idea.source, Idea.source_id)
    known = set(db.session.execute(
        select(Idea.source, Idea.source_id).where(keys.in_([one.key for one in given]))).tuples())
    report.known += len(known)
    return [one for one in given if one.key not in known]


@command
def _add(given: list[Given], community_id: int | None) -> int:
    """Write a batch, all of it or none."""
    given = _without_known(given, Report())
    if not given:
        return 0
    people = authors.find_or_add([(one.key[0], one.author) for one in given])
    threads = [_thread(one, community_id) for one in given]
    db.session.add_all(threads)
    db.session.flush()
    ideas = [Idea(**one.columns, community_id=community_id, thread_id=thread.id,
                  imported_author_id=people[one.key[0], one.author])
             for one, thread in zip(given, threads, strict=True)]
    db.session.add_all(ideas)
    db.session.flush()
    _surround(ideas, given)
    return len(ideas)


def _thread(one: Given, community_id: int | None) -> Thread:
    is_shown = one.columns["hidden_at"] is None
    return Thread(
        kind="idea", title=one.columns["title"], community_id=community_id, is_public=is_shown, is_open=is_shown)


def _surround(ideas: list[Idea], given: list[Given]) -> None:
    """Add to each idea its first revision, its first step (by nobody here) and its tags."""
    run(insert(Revision).values([
        {"idea_id": idea.id, "number": 1, "title": idea.title, "body": idea.body, "body_html": idea.body_html,
         "created_at": idea.published_at} for idea in ideas]))
    run(insert(StatusChange).values([
        {"idea_id": idea.id, "status": "published", "at": idea.published_at} for idea in ideas]))
    tags = [{"idea_id": idea.id, "tag_id": tag_id}
            for idea, one in zip(ideas, given, strict=True) for tag_id in tagging.ids(one.tags)]
    if tags:
        run(insert(IdeaTag).values(tags))

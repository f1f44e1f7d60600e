"""Files of another platform, and how they are brought in."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from app.exchange import comments, ideas, sources
from app.exchange.report import Report
from app.exchange.sources import Source
from app.exchange.translation import Answers


class Importer:
    """Write rows to files and import them; `refusals` has the (line, reason) pairs of each file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.refusals: dict[str, list[tuple[int, str]]] = {"ideas": [], "comments": []}
        self.reports: dict[str, Report] = {}
        self.ideas: Source
        self.comments: Source

    def file(self, name: str, rows: list[Any]) -> Path:
        """Write rows: objects as JSON, texts and bytes as they are."""
        path = self.folder / f"{name}.jsonl"
        path.write_bytes(b"".join(self._line(row) for row in rows))
        return path

    def _line(self, row: Any) -> bytes:
        if isinstance(row, bytes):
            return row + b"\n"
        return (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)).encode() + b"\n"

    def bring(self, idea_rows: list[Any], comment_rows: list[Any] | None = None, **options: Any) -> dict[str, Report]:
        """Import the rows; return the report of each file."""
        comment_file = None if comment_rows is None else self.file("comments", comment_rows)
        return self.bring_files(self.file("ideas", idea_rows), comment_file, **options)

    def bring_files(
        self,
        idea_file: Path,
        comment_file: Path | None = None,
        *,
        answers: Answers | None = None,
        include: tuple[str, ...] = (),
        **options: Any,
    ) -> dict[str, Report]:
        self.reports = {"ideas": Report(), "comments": Report()}
        with sources.open_source(idea_file, "ideas", answers, include=include) as self.ideas:
            keys = ideas.bring(self.ideas, self.reports["ideas"], **options)
        if comment_file is not None:
            with sources.open_source(comment_file, "comments", answers, include=include) as self.comments:
                self._bring_comments(keys, is_dry=bool(options.get("dry_run")))
        self.refusals = {name: list_refusals(report) for name, report in self.reports.items()}
        return self.reports

    def _bring_comments(self, keys: set[ideas.Key], *, is_dry: bool) -> None:
        report = self.reports["comments"]
        order = comments.scan(self.comments, report)
        comments.bring(self.comments, order, keys, report, left_out=self.ideas.left_out, dry_run=is_dry)


def list_refusals(report: Report) -> list[tuple[int, str]]:
    """Return the (line, reason) pairs of a report, a reason with the first value that it is about."""
    found = []
    for reason in report.reasons.values():
        with force_locale("en"):
            text = str(gettext(reason.message) % reason.values)
        found += [(line, ": ".join([text, *reason.details[:1]])) for line in reason.lines]
    return sorted(found)


@pytest.fixture
def importer(app: Flask, tmp_path: Path) -> Importer:
    return Importer(tmp_path)


def idea(n: Any = 1, **fields: Any) -> dict[str, Any]:
    """Return a row that can be taken."""
    return {
        "id": f"i{n}",
        "source": "ailleurs",
        "title": f"Une idée {n}",
        "body": "<p>Un texte.</p>",
        "body_format": "html",
        "author": "Ginette",
        "created_at": "2015-09-26T14:05:04+0200",
    } | fields


def comment(n: Any = 1, idea: Any = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"c{n}",
        "idea_id": f"i{idea}",
        "parent_id": None,
        "author": "Réjean",
        "body": "D'accord.",
        "created_at": "2015-10-18T22:24:20+0200",
        "stance": "pour",
        "votes": 2,
        "trashed": False,
        "enabled": True,
    } | fields

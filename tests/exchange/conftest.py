"""Files of another platform, and how they are brought in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.exchange import comments, ideas
from app.exchange.lines import Report


class Importer:
    """Write rows to files and import them; `refusals` has the (line, reason) pairs of each file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.refusals: dict[str, list[tuple[int, str]]] = {"ideas": [], "comments": []}
        self.reports: dict[str, Report] = {}

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
        self.refusals = {"ideas": [], "comments": []}
        self.reports = {name: Report(tell=self._teller(name)) for name in self.refusals}
        is_dry = bool(options.get("dry_run"))
        keys = ideas.bring(self.file("ideas", idea_rows), self.reports["ideas"], **options)
        if comment_rows is not None:
            path = self.file("comments", comment_rows)
            order = comments.scan(path, self.reports["comments"])
            comments.bring(path, order, keys, self.reports["comments"], dry_run=is_dry)
        return self.reports

    def _teller(self, name: str) -> Callable[[int, str], None]:
        return lambda line, reason: self.refusals[name].append((line, reason))


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

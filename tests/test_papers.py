"""What the papers promise to list, they list: a table, a job or a decision that is added asks for its line."""
import re
from pathlib import Path

import pytest
from flask import Flask

from app import HOUSE, wiring
from app.core.db import db

DOCS = HOUSE / "docs"
PAPERS = sorted([*DOCS.rglob("*.md"), *HOUSE.glob("*.md"), HOUSE / "templates" / "components" / "README.md"])
LINK = re.compile(r"\]\((?P<file>[^)#\s]*)(?:#(?P<part>[^)\s]+))?\)")


def test_the_page_on_privacy_names_every_table_that_names_a_person(app: Flask) -> None:
    text = (DOCS / "privacy.md").read_text()
    about_people = [table.name for table in db.metadata.tables.values() if any(
        key.column.table.name == "users" for key in table.foreign_keys)]
    assert [name for name in about_people if f"`{name}`" not in text] == []


def test_the_page_for_operators_names_every_job() -> None:
    text = (DOCS / "operating.md").read_text()
    assert [name for name in wiring.JOBS if f"| `{name}` |" not in text] == []


def test_the_list_of_decisions_has_each_under_its_own_title() -> None:
    text = (DOCS / "decisions" / "README.md").read_text()
    titles = {file.name: file.read_text().splitlines()[0] for file in (DOCS / "decisions").glob("0*.md")}
    lines = {name: f"| [{name[:4]}]({name}) | {title.removeprefix(f'# {name[:4]}. ')} |" for name, title in titles.items()}
    assert [name for name, line in lines.items() if line not in text] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(HOUSE)))
def test_what_a_paper_leads_to_is_there(paper: Path) -> None:
    found = [link for link in LINK.finditer(paper.read_text()) if not link["file"].startswith(("http", "mailto"))]
    assert [link[0] for link in found if not _leads_somewhere(paper, link)] == []


def _leads_somewhere(paper: Path, link: re.Match[str]) -> bool:
    file = paper.parent / link["file"] if link["file"] else paper
    return file.exists() and (not link["part"] or link["part"] in _parts(file))


def _parts(file: Path) -> set[str]:
    """Return the names of the parts of a page, as they are made from its headings."""
    heads = re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}

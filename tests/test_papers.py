"""What the papers promise to list, they list: a table, a job or a decision that is added asks for its line."""

import re
from pathlib import Path

import pytest
from flask import Flask

from app import HOUSE, scheduled
from app.core.db import db
from tests.support import printed

DOCS = HOUSE / "docs"
PAPERS = sorted([*DOCS.rglob("*.md"), *HOUSE.glob("*.md"), HOUSE / "templates" / "components" / "README.md"])
HEAD, BLOCK = r"^## [^\n]+", r"```sh\n(.*?)```"
LINK = re.compile(r"\]\((?P<file>[^)#\s]*)(?:#(?P<part>[^)\s]+))?\)")


def test_the_page_on_privacy_names_every_table_that_names_a_person(app: Flask) -> None:
    text = (DOCS / "privacy.md").read_text()
    silent = [
        f"{table.name} refers to people: write a line of docs/privacy.md on it, under how long it is kept"
        for table in db.metadata.tables.values()
        if any(key.column.table.name == "users" for key in table.foreign_keys) and f"`{table.name}`" not in text
    ]
    assert silent == []


def test_the_tables_of_architecture_name_every_room() -> None:
    lines = (DOCS / "architecture.md").read_text().splitlines()
    named = " ".join(line.split("|")[1] for line in lines if line.startswith("| "))
    rooms = sorted(file.parent.name for file in (HOUSE / "app").glob("*/__init__.py"))
    silent = [name for name in rooms if f"`{name}`" not in named and f"`app/{name}/`" not in named]
    assert not silent, f"docs/architecture.md: the table of the features has no line of {silent}"


def test_the_page_for_operators_names_every_job() -> None:
    text = (DOCS / "operating.md").read_text()
    silent = [
        f"app/scheduled.py has the job {name}: write its line in the table of jobs of docs/operating.md"
        for name in scheduled.JOBS
        if f"| `{name}` |" not in text
    ]
    assert silent == []


def test_the_list_of_decisions_has_each_under_its_own_title() -> None:
    text = (DOCS / "decisions" / "README.md").read_text()
    titles = {file.name: file.read_text().splitlines()[0] for file in (DOCS / "decisions").glob("0*.md")}
    lines = {
        name: f"| [{name[:4]}]({name}) | {title.removeprefix(f'# {name[:4]}. ')} |" for name, title in titles.items()
    }
    assert [name for name, line in lines.items() if line not in text] == []


@pytest.mark.one_engine
@pytest.mark.parametrize("file", printed.PAGES, ids=lambda file: str(file.name))
def test_what_is_printed_from_the_code_is_what_the_code_says(app: Flask, file: Path) -> None:
    text = printed.PAGES[file](app)
    is_printed = file.read_text(encoding="utf-8") == text
    assert is_printed, f"docs/{file.name} is of before: .venv/bin/python -m tests.support.printed prints it again"
    assert "|  |" not in text, "each function says who is told"


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


@pytest.mark.parametrize("french", sorted(DOCS.glob("*.fr.md")), ids=lambda paper: str(paper.name))
def test_a_paper_in_two_languages_has_the_same_parts_rows_and_commands(french: Path) -> None:
    english = french.with_name(french.name.replace(".fr.md", ".md"))
    assert f"]({french.name})" in english.read_text() and f"]({english.name})" in french.read_text()
    assert _skeleton(french) == _skeleton(english)


def _skeleton(paper: Path) -> list[str]:
    """Return what a translation leaves as it is: the level of each heading, rows, items, and commands without remarks."""
    text = paper.read_text()
    commands = [
        line.split("  #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]
    marks = re.findall(r"^ *(#+ |\||- |\d\. )", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return marks + [line for line in commands if not line.strip().startswith("#")]


@pytest.mark.parametrize("paper", ["README.md", "README.fr.md"])
def test_whoever_comes_tries_it_with_two_commands(paper: str) -> None:
    """Those of the first block: the site, and its tests. Others are for whoever changes the code, who has a page."""
    block = re.search(r"```sh\n(.*?)```", (HOUSE / paper).read_text(), re.DOTALL)
    assert block and [line.split("#")[0].strip() for line in block[1].splitlines()] == ["make run", "make test"]
    targets = re.findall(r"^([a-z]+):.*## ", (HOUSE / "Makefile").read_text(), re.MULTILINE)
    assert {"run", "test"} < set(targets)
    assert [
        name for name in ("cover", "soak", "bench") if f"make {name}" not in (DOCS / "testing.md").read_text()
    ] == []


def test_whoever_reads_of_an_upgrade_is_sent_to_the_page_that_holds_its_commands() -> None:
    links = {link["file"] for link in LINK.finditer((HOUSE / "SECURITY.md").read_text())}
    assert "docs/upgrading.md" in links
    part = (DOCS / "upgrading.md").read_text().partition("## Upgrade\n")[2].partition("\n## ")[0]
    assert "reflexe upgrade /srv/reflexe/releases/" in part and "--require-hashes" in part


def test_the_pages_on_upgrading_have_the_same_parts_and_commands_in_both_languages() -> None:
    texts = [(DOCS / name).read_text() for name in ("upgrading.md", "upgrading.fr.md")]
    heads, blocks = ([re.findall(pattern, text, re.M | re.S) for text in texts] for pattern in (HEAD, BLOCK))
    assert len(heads[0]) == len(heads[1])
    commands = [[line.split("#")[0].strip() for block in found for line in block.splitlines()] for found in blocks]
    assert commands[0] == commands[1]


def test_the_page_of_figures_leads_with_one_table_that_is_dated_and_has_hello_in_it() -> None:
    figures = (DOCS / "performance.md").read_text().split("\n## ")[1]
    assert figures.startswith("The figures\n") and "**hello**" in figures
    assert re.search(r"\| SQLite \|[^|]*20\d\d-\d\d-\d\d", figures) and re.search(
        r"\| HTTP \|[^|]*20\d\d-\d\d-\d\d", figures
    )

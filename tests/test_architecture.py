"""The rules of the house: what a reviewer would have to say again and again."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement
from werkzeug.routing import AnyConverter, Rule

from app.communities.queries import Rooms
from app.core.actor import ANYONE
from app.core.signals import Signal
from app.notifications import topics
from app.web.nouns import NOUNS
from app.wiring import REACTIONS

HOUSE = Path(__file__).parent.parent
CODE = sorted([*(HOUSE / "app").rglob("*.py"), *(HOUSE / "tests").rglob("*.py"), *(HOUSE / "bench").rglob("*.py")])
TEMPLATES = sorted(file for file in (HOUSE / "templates").rglob("*") if file.suffix in (".html", ".txt"))
MODELS = [
    file
    for file in CODE
    if file.is_relative_to(HOUSE / "app") and (file.stem == "models" or file.parent.name == "models")
]
MAIL = ("templates/layout/mail.", "templates/components/mail.", "templates/mail/")
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
"""The packages of `app/web` whose routes declare what is asked, and of which row."""
ENDPOINT = re.compile(r"""["']([a-z]+\.[a-z_]+)["']""")
EMPTY_WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def name(file: Path) -> str:
    return str(file.relative_to(HOUSE))


def test_a_file_of_code_is_read_in_one_sitting() -> None:
    """One of the product has 300 lines at most, and one of tests 350."""
    sizes = {name(file): file.read_text().count("\n") for file in CODE}
    most = {file: 350 if file.startswith("tests/") else 300 for file in sizes}
    assert {file: size for file, size in sizes.items() if size > most[file]} == {}


def test_no_template_is_longer_than_70_lines_but_the_components() -> None:
    pages = [file for file in TEMPLATES if "components" not in file.parts]
    assert [name(file) for file in pages if file.read_text().count("\n") > 70] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    folders = (HOUSE / "app", HOUSE / "templates", HOUSE / "tests", HOUSE / "static")
    files = [file for folder in folders for file in folder.rglob("*") if "__pycache__" not in file.parts]
    assert [name(file) for file in files if file.stem.strip("_") in BANNED] == []


def test_a_room_begins_with_its_door_plate_alone() -> None:
    """A package of `app/web` also names the files whose views stand on its blueprint."""
    plates = [
        file
        for file in (HOUSE / "app").glob("*/**/__init__.py")
        if file.parents[1].name != "web" and file.parent.name != "web"
    ]
    bodies = {name(file): ast.parse(file.read_text()).body for file in plates}
    assert [plate for plate, body in bodies.items() if len(body) != 1 or not _is_text(body[0])] == []


def test_both_sides_of_a_relationship_are_written_out() -> None:
    assert [name(file) for file in MODELS if "backref" in file.read_text()] == []


def test_relationships_load_only_what_a_query_asked_for() -> None:
    calls = re.compile(r"relationship\((?P<given>[^\n]*)")
    found = [(name(file), call["given"]) for file in MODELS for call in calls.finditer(file.read_text())]
    assert "app/moderation/cases/models.py" in {where for where, _arguments in found}
    assert [where for where, arguments in found if 'lazy="raise"' not in arguments] == []


def test_every_signal_is_heard() -> None:
    """A signal that nobody hears is a call that does nothing: it comes with its first reaction."""
    for file in (HOUSE / "app").rglob("signals.py"):
        importlib.import_module(".".join(file.relative_to(HOUSE).with_suffix("").parts))
    assert set(Signal.__subclasses__()) == set(REACTIONS)
    assert all(REACTIONS.values())


def test_only_commands_and_sign_in_commit() -> None:
    exceptions = {"app/core/unit.py"}
    commits = [name(file) for file in (HOUSE / "app").rglob("*.py") if "session.commit(" in file.read_text()]
    assert [file for file in commits if file not in exceptions] == []


def test_nothing_is_left_for_later_in_the_code() -> None:
    assert [name(file) for file in CODE if EMPTY_WORDS.search(file.read_text()) and file != Path(__file__)] == []


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("escaping is never switched off", r"\|\s*safe\b|autoescape\s+false"),
        ("no style inside a page", r"<style|\sstyle\s*="),
        (
            "no script inside a page",
            r"<script(?![^>]*\ssrc=|[^>]*\stype=\"application/ld\+json\")|\son[a-z]+\s*=|javascript:|hx-on",
        ),
    ],
)
def test_templates_keep_to_the_policy(rule: str, pattern: str) -> None:
    pages = [file for file in TEMPLATES if not name(file).startswith(MAIL)]
    faults = [
        f"{name(file)}: {found[0]}" for file in pages for found in [re.search(pattern, file.read_text())] if found
    ]
    assert faults == [], rule


def test_a_fragment_extends_nothing_and_a_page_extends_a_layout() -> None:
    pages = [
        file
        for file in TEMPLATES
        if not name(file).startswith(MAIL) and not {"components", "layout"} & set(file.parts) and file.suffix == ".html"
    ]
    wrong = [name(file) for file in pages if ("{% extends" in file.read_text()) == file.name.startswith("_")]
    assert wrong == []


def test_components_see_no_request() -> None:
    request_names = re.compile(r"\b(current_user|request|session|g)\.")
    macros = [file for file in TEMPLATES if "components" in file.parts]
    assert [name(file) for file in macros if request_names.search(file.read_text())] == []


def test_no_test_runs_a_loop_in_the_first_thread() -> None:
    """There may be the loop of a browser there: say `page_caches.complete`."""
    tests = [file for file in CODE if file.is_relative_to(HOUSE / "tests") and file.stem != "page_caches"]
    assert [name(file) for file in tests if "asyncio." + "run" in file.read_text()] == []


def test_a_test_submits_the_form_of_a_page_or_says_that_it_forges() -> None:
    """No test posts to an address: `submit` sends what a page shows, `forge` and `post_raw` what none could."""
    tests = [file for file in CODE if file.is_relative_to(HOUSE / "tests") and name(file) != "tests/support/browser.py"]
    calls = [
        (file, call) for file in tests for call in ast.walk(ast.parse(file.read_text())) if isinstance(call, ast.Call)
    ]
    assert [f"{name(file)}:{call.lineno}" for file, call in calls if _posts_to_an_address(call)] == []


def _posts_to_an_address(call: ast.Call) -> bool:
    """Tell `browser.post("/login", data=…)` from the post of a service: `comments.post(actor, thread)`."""
    is_post = isinstance(call.func, ast.Attribute) and call.func.attr == "post"
    address = call.args[0] if call.args else None
    is_address = isinstance(address, ast.JoinedStr) or (
        isinstance(address, ast.Constant) and isinstance(address.value, str)
    )
    return is_post and (is_address or "data" in {keyword.arg for keyword in call.keywords})


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def test_doors_know_the_communities_that_their_reader_sees_and_no_other() -> None:
    """`get_rooms` holds the private ones too: a page lists with `session.rooms()` or `get_visible_rooms(…)`."""
    doors = [file for file in CODE if file.is_relative_to(HOUSE / "app" / "web") and _reads_all_communities(file)]
    # An invitation names its community to the guest, who is not in it yet.
    assert [name(file) for file in doors] == ["app/web/communities/invitations.py"]


def _reads_all_communities(file: Path) -> bool:
    tree = ast.parse(file.read_text())
    imports = {
        (found.module, alias.name): alias.asname or alias.name
        for found in ast.walk(tree)
        if isinstance(found, ast.ImportFrom)
        for alias in found.names
    }
    queries = imports.get(("app.communities", "queries"))
    owners = {
        found.value.id
        for found in ast.walk(tree)
        if isinstance(found, ast.Attribute) and found.attr == "get_rooms" and isinstance(found.value, ast.Name)
    }
    return queries in owners or ("app.communities.queries", "get_rooms") in imports


def test_a_view_asks_nothing_that_its_route_could_declare() -> None:
    """Permissions are asked by `public` and `members` of `frame.routes`, or by a function that a `Loader` calls."""
    views = [file for file in (HOUSE / "app" / "web").glob("*/*.py") if _is_of_views(file)]
    assert {file.parent.name for file in views} == set(NOUNS)
    assert [name(file) for file in views if "require" in _names(file)] == []


def _is_of_views(file: Path) -> bool:
    return file.stem != "bp" and "bp" in _names(file)


def _names(file: Path) -> set[str]:
    """Return the names that a file uses, those of what it imports and those after a point."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    return (
        {node.id for node in nodes if isinstance(node, ast.Name)}
        | {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        | {node.name for node in nodes if isinstance(node, ast.alias)}
    )


def _routes(app: Flask) -> Iterator[tuple[Rule, Any]]:
    """Yield our addresses, each with its view; those of Flask-Security are its own."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("security."):
            yield rule, app.view_functions[rule.endpoint]


@pytest.mark.one_engine
def test_an_endpoint_that_is_named_as_text_is_there(app: Flask) -> None:
    """What a list of endpoints opens or leaves alone (`consent.FREE`, `gate.OF_MACHINES`) is lost where a view is renamed."""
    doors = [file for file in CODE if file.is_relative_to(HOUSE / "app" / "web")] + TEMPLATES
    names = {(name(file), found[1]) for file in doors for found in ENDPOINT.finditer(file.read_text())}
    known = app.view_functions.keys() | topics.KINDS.keys()
    assert [one for one in sorted(names) if one[1].partition(".")[0] in app.blueprints and one[1] not in known] == []
    assert len(names) > 200


def _parts(rule: Rule) -> set[str]:
    """Return the parts of an address that name a row: neither a choice between words, nor the secret of a link."""
    return {
        part
        for part in rule.arguments - set(rule.defaults or ())
        if part != "token" and not isinstance(rule._converters[part], AnyConverter)
    }


@pytest.mark.one_engine
def test_an_address_that_names_a_row_says_how_it_is_found(app: Flask) -> None:
    """The view is given the row, once the declared permission was asked of it; nothing is found by hand."""
    routes = [(rule, getattr(view, "loader", None)) for rule, view in _routes(app)]
    assert [rule.rule for rule, loader in routes if _parts(rule) and loader is None] == []
    assert [rule.rule for rule, loader in routes if loader and not rule.arguments >= set(loader.parts)] == []


@pytest.mark.one_engine
def test_a_page_of_no_one_row_is_asked_without_one_or_names_what_lists_its_rows(app: Flask) -> None:
    pages = [(rule.rule, view) for rule, view in _routes(app) if getattr(view, "loader", None) is None]
    assert [rule for rule, view in pages if not hasattr(view, "lists")] == [], "declared elsewhere than in frame.routes"
    for rule, view in pages:
        if view.lists:
            assert isinstance(view.lists(ANYONE), ColumnElement | Rooms), rule
        else:
            assert {holds(ANYONE, None) for clause in view.permission.clauses for holds in clause} <= {True, False}, (
                rule
            )

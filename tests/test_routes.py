"""The matrix through HTTP: every route, as everybody, in every state; what is refused changes nothing."""

import sys
from collections.abc import Callable
from itertools import groupby
from typing import Any
from zlib import crc32

import pytest
from flask import Flask

from tests import matrix
from tests.matrix import Row, address
from tests.support import square, tables, whole_run
from tests.support.browser import Browser
from tests.support.world import ROLES, World, browsers

ROWS = matrix.rows_of_files()
TABLE = [row for rows in ROWS.values() for row in rows]
HEALTH = {"GET /healthz", "GET /readyz"}
CLOSED = {"draft", "pending", "hidden", "deleted", "private", "secluded"}
# What is counted for a limit is no effect of an act.
COUNTED = {"attempts"}
# What the worker tells to followers goes with many acts.
NOTED = {"facts"}
# Who is let in by a rule, in some state.
ABLE: dict[str, set[str]] = {}
for _row in TABLE:
    ABLE.setdefault(_row.rule, set()).update(role for role, code in _row.codes(ROLES).items() if code < 400)


@pytest.fixture
def people(world: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    return browsers(world, sign_in, visitor)


def send(browser: Browser, row: Row, path: str) -> Any:
    """Send the request; the browser keeps its cookies as they were."""
    with browser.keep_cookies():
        return browser.get(path) if row.method == "GET" else browser.forge(path, data=row.data)


def ask(browser: Browser, row: Row, path: str) -> int:
    return int(send(browser, row, path).status_code)


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    told, there = {row.rule for row in TABLE}, whole_run.routes()
    missing = [f"{file_of(app, rule)}: ROUTES has no row of {rule!r}" for rule in sorted(there - told)]
    gone = [f"{rule!r} is in ROUTES of a matrix.py, and no route" for rule in sorted(told - there)]
    assert not missing + gone, "\n".join(missing + gone)


def file_of(app: Flask, rule: str) -> str:
    """Name the file in which the rows of a route are to be written: that of the blueprint that has it."""
    method, path = rule.partition("?")[0].split(" ")[:2]
    nouns = {
        one.endpoint.partition(".")[0]
        for one in app.url_map.iter_rules()
        if one.rule == path and method in (one.methods or ())
    }
    return " ".join(f"tests/web/{noun}/matrix.py" for noun in sorted(nouns))


def test_a_view_that_declares_a_permission_has_an_address(app: Flask) -> None:
    there = {view.__qualname__: view for view in app.view_functions.values() if hasattr(view, "permission")}
    lost = [
        f"{name}.{view.__name__}: its @bp.get, @bp.post or @bp.route is missing"
        for name, module in sorted(sys.modules.items())
        if name.startswith("app.web.")
        for view in vars(module).values()
        if getattr(view, "__module__", "") == name
        and hasattr(view, "limit")
        and view not in app.view_functions.values()
    ]
    assert there and not lost, "\n".join(lost)


def test_every_state_is_told_once_and_every_role_has_an_answer(app: Flask, world: World) -> None:
    wrong = []
    for rule, found in groupby(sorted(TABLE, key=lambda row: row.rule), key=lambda row: row.rule):
        rows = list(found)
        told = [state for row in rows for state in row.states.split()]
        wrong += [f"{rule}: {state} is told twice" for state in sorted(set(told)) if told.count(state) > 1]
        where = f"{file_of(app, rule)}: {rule}"
        wrong += [f"{where}: no row tells of {state}" for state in sorted(matrix.states(world, rule) - set(told))]
        roles = [(row.states, role) for row in rows for role in ROLES if role not in row.codes(ROLES)]
        wrong += [f"{rule} [{states}]: no answer to {role}" for states, role in roles]
    assert not wrong, "\n".join(wrong)


def test_every_page_is_one_of_the_full_square(app: Flask, full_square: World) -> None:
    """What walks everywhere reads it there: files that are taken away and the answers of health are no pages."""
    routes = app.url_map.bind("localhost")
    paths = {path.partition("?")[0] for pages in square.READERS.values() for path in pages(full_square)}
    read = {f"GET {routes.match(path, 'GET', return_rule=True)[0]}" for path in paths}
    pages = {row.rule for row in TABLE if row.method == "GET" and 200 in row.codes(ROLES).values()}
    lost = {rule for rule in pages - read if "." not in rule.rpartition("/")[2] and rule not in HEALTH}
    assert not lost, "\n".join(f"{file_of(app, rule)}: PAGES has no address of {rule}" for rule in sorted(lost))


@pytest.mark.parametrize(
    "is_all", [pytest.param(False, id="most"), pytest.param(True, id="all", marks=pytest.mark.soak)]
)
@pytest.mark.parametrize("file", ROWS)
def test_each_person_gets_the_answer_that_is_written(
    world: World, people: dict[str, Browser], file: str, is_all: bool
) -> None:
    wrong: list[str] = []
    base, asked = tables.photo(), set[str]()
    for row in ROWS[file]:
        states = row.states.split() or [""]
        for state in states if is_all else those_asked(row, states):
            path, is_first = address(world, row, state), row.rule not in asked
            roles = ROLES if is_all or is_first else those_who_tell(row, state)
            asked.add(row.rule)
            head_for = reader_of_head(row) if is_first and row.method == "GET" else ""
            wrong += compare(row, state, path, {role: people[role] for role in roles}, base, head_for)
    assert not wrong, "\n".join(f"tests/web/{file}.py: {fault}" for fault in wrong)


def those_asked(row: Row, states: list[str]) -> list[str]:
    """Choose the states of a row in which somebody asks: the first one, and one in three of those answered like it.

    A page is asked for in each state that closes it.
    """
    turn = crc32(row.rule.encode()) % 3
    return [
        states[0],
        *(state for n, state in enumerate(states[1:]) if n % 3 == turn or (row.method == "GET" and state in CLOSED)),
    ]


def those_who_tell(row: Row, state: str) -> set[str]:
    """Choose who asks once everybody asked in the first state of a rule: one of each clause of the answers, in turn.

    All those whose act changes something are asked. Where somebody is refused, it is one of those who are let in when
    the thing is in another state. Whoever has no account is stopped at the door, whatever the state is: that is asked
    once. A page that everybody reads is asked for by two. The soak asks as everybody everywhere.
    """
    codes, turn, chosen = row.codes(ROLES), crc32(f"{row.rule} {state}".encode()), set[str]()
    if codes["anyone"] in (303, 401):
        del codes["anyone"]
    for clause in row.answers.split(";"):
        code, *names = clause.split()
        roles = [role for role in (ROLES if names == ["*"] else names) if codes.pop(role, None)]
        if int(code) >= 400:
            roles = [role for role in roles if role in ABLE[row.rule]] or roles
        is_act = row.changes and names != ["*"] and int(code) < 400
        chosen |= set(roles if is_act else pick(roles, turn, 2 if row.answers == "200 *" else 1))
    return chosen


def pick(roles: list[str], turn: int, number: int) -> list[str]:
    """Return as many of these, others at each turn."""
    start = turn % (len(roles) or 1)
    return (roles[start:] + roles[:start])[:number]


def reader_of_head(row: Row) -> str:
    """Choose who asks for the head of a page: the public for half of those that it reads, a team for the others."""
    return "anyone" if row.codes(ROLES)["anyone"] == 200 and crc32(row.rule.encode()) % 2 else "facilitator"


def compare(
    row: Row, state: str, path: str, people: dict[str, Browser], base: tables.Photo, head_for: str
) -> list[str]:
    """Ask as these people; list what differs from the table. The role `head_for`, if any, asks for the head of the page too."""
    wrong, is_suspect, has_changed = [], False, set()
    may_change = set(row.changes.split())
    for role, code in row.codes(ROLES).items():
        if role not in people:
            continue
        answer = send(people[role], row, path)
        found = answer.status_code
        wrong += compare_head(people[role], path, answer) if role == head_for else []
        if found != code:
            wrong.append(f"{row.rule} [{state}] {role}: expected {code}, found {found}")
        if found < 400 and may_change:
            now = tables.photo()
            changes = tables.changed_tables(base, now) - COUNTED - NOTED - (tables.tables_read(base, now) - may_change)
            has_changed |= changes
            wrong += [
                f"{row.rule} [{state}] {role}: changes {name}, which its row does not name"
                for name in changes - may_change
            ]
            tables.restore(base)
        else:
            is_suspect = True
    if is_suspect:
        now = tables.photo()
        changes = tables.changed_tables(base, now) - COUNTED - tables.tables_read(base, now)
        wrong += [f"{row.rule} [{state}]: a refusal or a reading changes {name}" for name in changes]
        if changes:
            tables.restore(base)
    return wrong + (
        [f"{row.rule} [{state}]: changes nothing, and its row names {row.changes}"]
        if may_change and not has_changed
        else []
    )


def compare_head(browser: Browser, path: str, page: Any) -> list[str]:
    """Ask for the head of a page that was read; say where it is not that of the page."""
    with browser.keep_cookies():
        head = browser.head(path)
    both = [(answer.status_code, answer.headers.get("Cache-Control")) for answer in (page, head)]
    return [f"HEAD {path}: {both}"] if both[0] != both[1] or head.get_data() else []

"""The matrix through HTTP: every route, as everybody, in every state; what is refused changes nothing."""

import re
from collections.abc import Callable
from itertools import groupby
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import func, inspect, select

from app.accounts.models.sessions import Session
from app.core.db import db
from app.plan.models.structure import Objective
from app.reference.models import Issue, Territory
from tests.matrix import Row, ideas, tables_of_rows
from tests.support import tables, whole
from tests.support.browser import Browser
from tests.support.world import ROLES, World, browsers
from tests.support.world_of_the_plan import ACTIONS, BULLETINS

TABLE = tables_of_rows()
ROOMS = {
    "ideas to read": lambda rule: rule.startswith("GET /ideas"),
    "ideas to write": lambda rule: rule.startswith("POST /ideas"),
    "comments": lambda rule: " /comments" in rule,
    "updates": lambda rule: "<slug>/updates" in rule,
    "plan": lambda rule: " /plan" in rule,
    "accounts": lambda rule: (
        rule.split(" ")[1].split("/")[1] in ("account", "login", "logout", "register", "forgot", "confirm")
    ),
}
ROOMS["square"] = lambda rule: not any(has(rule) for name, has in ROOMS.items() if name != "square")
VARIABLE = re.compile(r"<(?:[^<>:]*:)?(\w+)>")
BY_STATE = {
    "idea_id": "ideas",
    "comment_id": "comments",
    "update_id": "updates",
    "plan_id": "plans",
    "action_id": "actions",
    "bulletin_id": "bulletins",
    "link_id": "links",
    "tag_id": "tags",
    "case_id": "cases",
    "measure_id": "measures",
    "appeal_id": "appeals",
    "invitation_id": "invitations",
    "handover_id": "handovers",
    "held_id": "revisions",
    "notice_id": "notices",
    "import_id": "imports",
    "organisation_id": "organisations",
}
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


def address(world: World, row: Row, state: str) -> str:
    """Fill the rule with the thing that is in this state."""
    rule = row.rule.partition(" ")[2]
    return VARIABLE.sub(lambda found: str(_value(world, rule, state, found[1])), rule)


def _value(world: World, rule: str, state: str, name: str) -> Any:
    """Return what stands in the address in the place of a variable; nothing is read for the others."""
    if name in BY_STATE:
        # The key of a row is known without reading it again.
        return inspect(getattr(world, BY_STATE[name])[state]).identity[0]
    values: dict[str, Callable[[], Any]] = {
        "number": lambda: 1,
        "token": lambda: world.tokens.get(state, "faux"),
        "code": lambda: "70052",
        "session_id": lambda: _session_of(world.people["member"]),
        "user_id": lambda: world.people["author" if "/members/" in rule else "facilitator"].id,
        "reply_id": lambda: world.reply.id,
        "note_id": lambda: world.note.id,
        "issue_id": lambda: db.session.scalar(select(func.min(Issue.id))),
        "objective_id": lambda: db.session.scalar(select(func.min(Objective.id))),
        "noun": lambda: state,
        "row_id": lambda: _row_of(world, state),
        "slug": lambda: _slug(world, rule, state),
        "level": lambda: "actions",
        "part_id": lambda: world.parts.get(state, 0),
    }
    return values[name]()


def _slug(world: World, rule: str, state: str) -> str:
    if "-<slug>" in rule:
        return str(world.ideas[state].slug)
    if rule.startswith("/tags"):
        return str(world.tags[state].slug)
    return (
        "education"
        if rule.startswith("/issues")
        else world.rooms.get("secluded" if state == "private" else state, world.rooms["current"])
    )


def _session_of(user: Any) -> int:
    return db.session.scalar(select(func.max(Session.id)).where(Session.user_id == user.id)) or 0


def _row_of(world: World, state: str) -> int:
    model = {"issues": Issue, "territories": Territory}.get(state)
    return world.organisation.id if model is None else db.session.scalar(select(func.min(model.id))) or 0


def send(browser: Browser, row: Row, path: str) -> Any:
    """Send the request; the browser keeps its cookies as they were."""
    with browser.keep_cookies():
        return browser.get(path) if row.method == "GET" else browser.forge(path, data=row.data)


def ask(browser: Browser, row: Row, path: str) -> int:
    return int(send(browser, row, path).status_code)


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    told, here = {row.rule for row in TABLE}, whole.routes()
    assert here - told == set(), "write their rows into the file of their noun in tests/matrix"
    assert told - here == set(), "take their rows out of tests/matrix"


def test_every_state_is_told_once_and_every_role_has_an_answer() -> None:
    rooms = {"current", "archived", "secluded"}
    for rule, rows in groupby(sorted(TABLE, key=lambda row: row.rule), key=lambda row: row.rule):
        states_of_rows = [state for row in rows for state in row.states.split()]
        assert len(states_of_rows) == len(set(states_of_rows)), rule
        for name, states in (
            ("<id:idea_id>", set(ideas.ALL.split())),
            ("<id:update_id>", {"visible", "locked", "hidden", "deleted", "private"}),
            ("<id:action_id>", set(ACTIONS)),
            ("<id:bulletin_id>", set(BULLETINS)),
        ):
            assert set(states_of_rows) == states or name not in rule, rule
        assert set(states_of_rows) == rooms or "/communities/<slug>" not in rule or "update_id" in rule, rule
    assert all(row.codes(ROLES).keys() == set(ROLES) for row in TABLE)


@pytest.mark.parametrize(
    "is_all", [pytest.param(False, id="most"), pytest.param(True, id="all", marks=pytest.mark.soak)]
)
@pytest.mark.parametrize("room", ROOMS)
def test_each_person_gets_the_answer_that_is_written(
    world: World, people: dict[str, Browser], room: str, is_all: bool
) -> None:
    wrong: list[str] = []
    base, asked = tables.photo(), set[str]()
    for row in (row for row in TABLE if ROOMS[room](row.rule)):
        states = row.states.split() or [""]
        for state in states if is_all else those_asked(row, states):
            path, is_first = address(world, row, state), row.rule not in asked
            roles = ROLES if is_all or is_first else those_who_tell(row, state)
            asked.add(row.rule)
            head_for = reader_of_head(row) if is_first and row.method == "GET" else ""
            wrong += compare(row, state, path, {role: people[role] for role in roles}, base, head_for)
    assert not wrong, "\n".join(wrong)


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
            wrong.append(f"{row.rule} [{state}] {role}: {found} for {code}")
        if found < 400 and may_change:
            now = tables.photo()
            changes = tables.changed_tables(base, now) - COUNTED - NOTED - (tables.tables_read(base, now) - may_change)
            has_changed |= changes
            wrong += [f"{row.rule} [{state}] {role} changes {name}" for name in changes - may_change]
            tables.restore(base)
        else:
            is_suspect = True
    if is_suspect:
        now = tables.photo()
        changes = tables.changed_tables(base, now) - COUNTED - tables.tables_read(base, now)
        wrong += [f"{row.rule} [{state}]: a refusal or a reading changes {name}" for name in changes]
        if changes:
            tables.restore(base)
    return wrong + ([f"{row.rule} [{state}] changes nothing"] if may_change and not has_changed else [])


def compare_head(browser: Browser, path: str, page: Any) -> list[str]:
    """Ask for the head of a page that was read; say where it is not that of the page."""
    with browser.keep_cookies():
        head = browser.head(path)
    both = [(answer.status_code, answer.headers.get("Cache-Control")) for answer in (page, head)]
    return [f"HEAD {path}: {both}"] if both[0] != both[1] or head.get_data() else []

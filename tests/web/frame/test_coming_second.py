"""Whoever of a team comes second on an act is told so and keeps their words: every act of a team is done twice."""

import html
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.core import unit
from app.core.errors import Conflict
from tests.security.acts import Act, acts_without_fields
from tests.support import tables
from tests.support.browser import AS_SHOWN, Browser
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, ROLES, World, browsers

TEAMS = {"facilitator": HERE, "neighbour": ELSEWHERE, "coordinator": "", "admin": ""}
# What belongs to one person, who may not be two: a letter, a note, a file, an appeal or a piece of news of one's own; a tag
# that nobody wears.
ONES_OWN = {
    "POST /plan/import/<id:import_id>",
    "POST /plan/import/<id:import_id>/answers",
    "POST /measures/<id:measure_id>/appeal",
    "POST /invitations/<token>",
    "POST /ideas/<id:idea_id>/notes/<id:note_id>/deletion",
    "POST /communities/<slug>/updates/<id:update_id>/edit",
    "POST /communities/<slug>/updates/<id:update_id>/deletion",
    "POST /reference/tags/<id:tag_id>/parting",
}
# What only shows, or counts, before an act.
ASIDE = {"POST /moderation/<slug>/bulk", "POST /charter/preview", "POST /communities/<slug>/invitations"}
# A press without words: a message on the page that comes next says that somebody was faster.
BY_A_MESSAGE = (
    "assignment",
    "withdrawal",
    "door/hall",
    "phase",
    "placing",
    "exchange",
    "again",
    "hosts",
    "notes/publication",
    "review/end",
    "opening",
    "pass/day",
    "rehearsal",
    "rehearsal/again",
    "rehearsal/deletion",
    "convergence/stopping",
    "convergence/counting",
    "convergence/deletion",
    "paper/confirmation",
)
COUNTING = ("app.accounts.limits", "app.accounts.sessions")


@pytest.fixture
def team_acts(
    world: World, sign_in: Callable[[Any], Browser], visitor: Browser
) -> tuple[list[Act], dict[str, Browser]]:
    """Return the acts of teams that members may not do, each with its role, and the browsers that do them first."""
    found = []
    for act in acts_without_fields(world):
        answers = act.row.codes(ROLES)
        able = [role for role in TEAMS if answers[role] in (200, 303)]
        if able and answers["member"] >= 400:
            act.role = able[0]
            found.append(act)
    return found, browsers(world, sign_in, visitor)


@pytest.fixture
def second(make: Make, sign_in: Callable[[Any], Browser]) -> dict[str, Browser]:
    """Sign in somebody else of each team."""
    return {role: sign_in(colleague(make, role)) for role in TEAMS}


def colleague(make: Make, role: str) -> Any:
    user = make.user(f"Deuxième {role}", role="member" if TEAMS[role] else role)
    if TEAMS[role]:
        make.facilitator(user, TEAMS[role])
    return user


@pytest.mark.both_engines
def test_whoever_comes_second_is_told_and_keeps_their_words(
    team_acts: Any, second: dict[str, Browser], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each act is done by two colleagues in turn, then by one whom somebody overtakes between the page and the lock.

    On PostgreSQL, one act in three: each waits for the same lock.
    """
    found, first = team_acts
    before, wrong = tables.photo(), []
    for act in found:
        if act.row.rule not in ONES_OWN:
            act.do(first)
            wrong += list(untold(act, act.do(second), 200, 303, 409, 422))
            tables.restore(before)
    overtake(monkeypatch)
    for act in found:
        if act.row.rule not in ASIDE:
            by_a_message = (303,) if act.row.rule.endswith(BY_A_MESSAGE) else ()
            wrong += list(untold(act, act.do(first), 409, *by_a_message))
    assert len(found) > (60 if engine == "sqlite" else 20) and not wrong, "\n".join(wrong)


def untold(act: Act, answer: Any, *codes: int) -> Iterator[str]:
    """Say what is wrong with the answer to somebody who comes too late."""
    texts = {
        name: value
        for name, value in act.row.data.items()
        if isinstance(value, str) and " " in value and value != AS_SHOWN and name != "move"
    }
    page = html.unescape(answer.get_data(as_text=True))
    missing = [name for name, value in texts.items() if answer.status_code >= 400 and value not in page]
    if answer.status_code not in codes or missing:
        yield f"{act.row.rule} as {act.role}: {answer.status_code}, lost {missing}"


def overtake(patch: pytest.MonkeyPatch) -> None:
    """Make every command come too late, except those that count the attempts."""
    run_once = unit._run_once

    def too_late(function: Callable[..., Any], *args: Any) -> Any:
        if function.__module__ in COUNTING or function.__name__ == "note":
            return run_once(function, *args)
        raise Conflict("Trop tard, quelqu'un était là.")

    patch.setattr(unit, "_run_once", too_late)

"""Every address that takes a form has a limit, which counts rows; past it nothing is kept and what was typed comes back."""

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import HOUSE
from app.accounts.allowances import ALLOWANCES
from app.accounts.models.people import Profile, User
from app.accounts.models.sessions import Attempt, Session
from app.comments.models import Useful
from app.core.db import db
from app.moderation.cases.models import Report
from app.web.accounts import attempts
from app.web.frame.form_limits import Limit, Uncounted
from tests.matrix import Row
from tests.support import tables
from tests.support.accounts import allow, enforce_limits
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import count
from tests.support.world import HERE, ROLES, World, browsers
from tests.test_routes import TABLE, address, ask

TAKEN = re.compile(r'limits\.(?:take|count|list_acts)\("(\w+)"')
TEXT = "Un texte auquel on a pensé longtemps."


@pytest.fixture
def one_an_hour(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the limits count, each of them one act in its time."""
    allow(monkeypatch, **dict.fromkeys(ALLOWANCES, 1))
    with enforce_limits(app):
        yield


def limits_of_forms(app: Flask) -> dict[str, Limit]:
    """Return the limit of each address that takes a form."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    views: dict[str, Any] = app.view_functions
    return {f"POST {rule.rule}": views[rule.endpoint].limit for rule in rules}


# A known browser and the link of a confirmation have counts of their own, and a mailbox its budget.
APART = {"known", "open_at", "letter"}


def kinds() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Attempt.kind)))


@pytest.mark.one_engine
def test_each_kind_is_counted_in_one_place_and_each_figure_is_of_one_of_them(app: Flask) -> None:
    """A kind is counted in one place: at the door, before the view, or in one line of a service or of a flow."""
    by_service = Counter(kind for file in (HOUSE / "app").rglob("*.py") for kind in TAKEN.findall(file.read_text()))
    by_flow = {kind for counts in attempts.FLOWS.values() for kind, _key in counts} | APART
    limits = limits_of_forms(app).values()
    by_door = {limit for limit in limits if isinstance(limit, str)}
    assert set(by_service.values()) == {1} and not by_service.keys() & (by_door | by_flow)
    # The password of an account is asked for by flows and, once, by a form of ours: its tries are one count.
    assert by_door & by_flow == {"password"}
    # The mails of an address, by all forms; the tries of a known browser, in the place of those of a flow.
    of_their_own = {"letter", "known"}
    assert by_service.keys() | by_door | by_flow | of_their_own == ALLOWANCES.keys()
    declared = {kind for limit in limits if isinstance(limit, Uncounted) for kind in limit.kinds}
    assert declared <= by_service.keys() | by_flow


@pytest.mark.one_engine
@pytest.mark.usefixtures("one_an_hour")
def test_each_form_is_counted_and_past_its_limit_it_changes_nothing(
    app: Flask, world: World, sign_in: Any, visitor: Browser
) -> None:
    people = browsers(world, sign_in, visitor)
    base, limits, wrong = tables.photo(), limits_of_forms(app), []
    flows = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")}
    acts = {rule: best(rule) for rule in limits if rule.removeprefix("POST ") not in flows}
    for rule, (row, role) in acts.items():
        limit, browser, path = limits[rule], people[role], address(world, row, (row.states.split() or [""])[0])
        code = ask(browser, row, path)
        counts = kinds()
        if isinstance(limit, Uncounted) and limit.reason:
            wrong += [f"{rule} is unlimited and counted"] * bool(counts)
        elif isinstance(limit, Uncounted):
            wrong += [f"{rule} ({code}): {counts}"] * (not counts & set(limit.kinds))
        else:
            before = tables.photo()
            again = ask(browser, row, path)
            changes = tables.changed_tables(before, tables.photo())
            is_right = (code, again, changes) == (row.codes(ROLES)[role], 429, set()) and limit in counts
            wrong += [f"{rule}: {code}, then {again}, changes {changes}, counts {counts}"] * (not is_right)
        tables.restore(base)
    assert not wrong, "\n".join(wrong)
    assert len(acts) > 90


def best(rule: str) -> tuple[Row, str]:
    """Choose who succeeds with an act, or comes the closest, and in which state."""
    rows = [row for row in TABLE if row.rule == rule]
    return min(
        ((row, role) for row in rows for role in ROLES if role != "anyone"), key=lambda one: one[0].codes(ROLES)[one[1]]
    )


@pytest.mark.usefixtures("one_an_hour")
def test_past_the_limit_what_was_typed_comes_back_to_be_sent_again(make: Make, sign_in: Any, clock: Any) -> None:
    user = make.user("Nom d'avant")
    browser = sign_in(user)
    first, again = browser.get("/account/profile"), browser.get("/account/profile")
    assert browser.submit(first, "main form", about="Premier texte").status_code == 303
    late = browser.submit(again, "main form", about=TEXT)
    assert late.status_code == 429 and 0 < int(late.headers["Retry-After"]) <= 3600
    assert re.search(r"Réessayez (à|demain à) \d+", late.words) and [
        part.text for part in late.soup.select("pre.typed")
    ] == ["Nom d'avant", TEXT]
    db.session.rollback()
    assert db.session.get_one(User, user.id).about == "Premier texte"
    clock.forward(minutes=61)
    asked = browser.submit(late, "main form")
    clock.forward(minutes=61)
    assert (
        asked.status_code == 409
        and browser.submit(asked, "main form.form", **{"keep-about": "yours"}).status_code == 303
    )
    assert db.session.get_one(User, user.id).about == TEXT


@pytest.mark.usefixtures("one_an_hour")
def test_the_rows_of_a_table_stop_at_the_limit_of_each_person_alone(make: Make, sign_in: Any) -> None:
    ideas = [make.idea(community=HERE) for _n in range(3)]
    comments = [make.comment(idea) for idea in ideas]
    browser, other = sign_in(make.user()), sign_in(make.user())
    for comment in comments:
        browser.forge(f"/comments/{comment.id}/useful")
    assert count(Useful) == 1
    codes = [browser.submit(f"/ideas/{idea.id}/report", "form.form", why="spam").status_code for idea in ideas]
    assert codes == [303, 429, 429] and count(Report) == 1
    assert other.forge(f"/comments/{comments[0].id}/useful").status_code == 303 and count(Useful) == 2
    assert (
        browser.submit(f"/members/{make.user().id}/report", "form.form", why="spam").status_code == 429
        and count(Profile) == 0
    )
    assert count(Session) == 2

"""A form that is fetched and sent back as it stands changes nothing: every form of every page is tried."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from flask_wtf import FlaskForm
from sqlalchemy import update

from app.communities.models import Community
from app.core import clock, versions
from app.core.content_version import get_models
from app.core.db import Model, db
from app.core.unit import unit
from app.reference.models import Issue, Organisation, Territory
from tests import matrix
from tests.support import square, tables
from tests.support.browser import Browser
from tests.support.forms import buttons, controls
from tests.support.world import World

pytestmark = pytest.mark.one_engine
IDEA, ONE = "/ideas/<id:idea_id>", "/people/<id:user_id>"
# Each form that shows what is stored: the address that takes it, and the button that stores it.
EDITS = set().union(*matrix.words("EDITS"))
# Those of one thing that nobody else changes, or that say what was there before: they write over what is stored.
UNGUARDED = {
    "/account/language",
    "/comments/<id:comment_id>/edit",
    "/events/<id:event_id>/me/<token>",
    "/plan/bulletins/<id:bulletin_id>/edit",
    f"{ONE}/role",
}
# Forms that act although nothing is typed in them, and how.
ACTS = {
    f"{IDEA}/comments": "the comment that is quoted is in the text",
    f"{IDEA}/status ask": "a colleague is asked to read the draft",
    f"{IDEA}/status publish": "the draft is published",
    f"{IDEA}/vote": "to press is to support",
    "/ideas/new save": "a draft begins",
    "/events/<id:event_id>/door/welcomes": "without a name it is one person more",
    "/forums/<id:forum_id>/review/<id:line_id>/idea": "a line becomes an idea under its own words",
    **{f"/forums/<id:forum_id>/convergence/ballot more {n}": "to press is to place a dot" for n in range(2)},
}
READERS = ("anyone", "member", "facilitator", "coordinator", "admin", "author")
# Asked of an hour that comes twice, when clocks are moved.
TURNS = frozenset({"starts_turn", "ends_turn"})
# Fields that a page leaves out, and why.
ABSENT = {
    "IdeaForm": {"summary", "community"},  # a draft has no versions yet, and what was submitted stays with its team
    "CommentForm": {"parent_id"},  # a comment that answers none
    "ReplyForm": {"form_key"},  # one that exists already
    "FacilitatorForm": {"person"},  # nobody was looked for
    "EventForm": {"is_held", *TURNS},  # whether it was held is asked once its start is past
    "MoveForm": TURNS,
    # The other lines of a session that has one alone, and what is asked of a forum alone.
    **{"JoinIdeaForm": {"also"}, "LineActionForm": {"also"}, "CloneForm": {*TURNS, "takes_rest"}},
    **{"WelcomeForm": {"waited"}, "NoteTextForm": {"mine"}, "LineForm": {"mine"}},  # a script says it
}
# The forms that hold something which can be archived, by who has them.
HOLDERS = {
    "member": lambda here: [
        "/account/profile",
        *(f"/ideas/{here.ideas[name].id}/edit" for name in ("own", "waiting", "rough")),
    ],
    "coordinator": lambda here: [path for path in square.READERS["coordinator"](here) if path.endswith("/edit")],
}


def test_a_page_shows_each_field_of_its_forms_and_sent_back_as_they_stand_they_change_no_row(
    app: Flask, full_square: World, sign_in: Any, visitor: Browser, monkeypatch: Any
) -> None:
    """Nothing is chosen in silence either."""
    rule_names, guarded, wrong, missing = set(), set(), [], dict[str, set[str]]()
    forms = record_forms(monkeypatch)
    for reader, paths in square.READERS.items():
        browser = visitor if reader == "anyone" else sign_in(full_square.people[reader])
        for path in paths(full_square):
            forms.clear()
            before, page = tables.photo(), browser.get(path)
            wrong += [f"{path} ({reader}): {one} is chosen in silence" for one in silent_choices(page)]
            for name, fields in missing_fields(page.soup, forms):
                missing.setdefault(name, set()).update(fields)
            for name, code, effects, is_guarded in send_back(app, browser, before, page) if reader in READERS else ():
                rule_names |= {name} if code < 400 else set()
                guarded |= {name} if is_guarded else set()
                wrong += [f"{path} ({reader}): {name} changes {effects}"] if effects and name not in ACTS else []
    assert not wrong, "\n".join(wrong)
    assert {name: fields for name, fields in missing.items() if fields} == {}
    assert EDITS <= rule_names and EDITS - guarded == UNGUARDED


def test_a_form_sent_back_as_it_stands_changes_no_row_once_what_it_holds_was_archived(
    app: Flask, full_square: World, sign_in: Any
) -> None:
    archive_everything()
    answers = [
        (path, *answer)
        for reader, paths in HOLDERS.items()
        for path in paths(full_square)
        for browser in [sign_in(full_square.people[reader])]
        for answer in send_back(app, browser, tables.photo(), browser.get(path))
    ]
    assert not [answer for answer in answers if answer[3]]
    assert {path for path, name, code, *_more in answers if code < 400} == {
        path for paths in HOLDERS.values() for path in paths(full_square)
    }


def send_back(
    app: Flask, browser: Browser, before: tables.Photo, page: Any
) -> Iterator[tuple[str, int, set[str], bool]]:
    """Send each form of a page as it stands, with each of its buttons, and put the rows of `before` back.

    Yield the address that took the form with the button, the code of the answer, what changed, and whether the form
    says what it showed.
    """
    for form in filled_forms(page):
        for button in buttons(form):
            with browser.keep_cookies():
                answer = browser.submit(page, form, button=button)
            changes = tables.differences(before, tables.photo())
            effects = {one for one in changes if not leaves_a_trace(table(one))}
            yield rule(app, answer, button), answer.status_code, effects, form.select_one("[name=seen]") is not None
            tables.restore(before)


def leaves_a_trace(name: str) -> bool:
    """Tell whether a row of a table says that somebody came, or read what is about somebody else, and no more."""
    return name == "accesses" or get_models(Model.registry)[name].is_trace


def filled_forms(page: Any) -> list[Tag]:
    """Return the forms of a page that hold something a person fills in."""
    return [form for form in page.soup.select("form[method=post]") if controls(form, page.soup)]


def rule(app: Flask, answer: Any, button: str | None) -> str:
    match, _values = app.url_map.bind("localhost").match(answer.request.path, method="POST", return_rule=True)
    return f"{match.rule} {button or ''}".strip()


def table(change: str) -> str:
    return change.partition(".")[0].rstrip("+-")


def archive_everything() -> None:
    with unit():
        for model in (Community, Issue, Organisation, Territory):
            db.session.execute(update(model).values(archived_at=clock.now()))
        versions.touch("reference")


def missing_fields(page: Any, forms: list[FlaskForm]) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of each form that a page shows, with its fields that are not there."""
    name_sets = [{str(one["name"]) for one in form.select("[name]")} for form in page.select("form")] if forms else []
    for form in forms:
        names = {field.name for field in form} - {"csrf_token"}
        # A form that the page does not show shares a name or two with another one.
        closest = max([names & shown_names for shown_names in name_sets], key=len, default=set())
        if len(closest) * 2 > len(names):
            yield type(form).__name__, names - closest - ABSENT.get(type(form).__name__, set())


def silent_choices(page: Any) -> Iterator[str]:
    """Yield the lists of which a press would send the first of several choices although nobody chose it."""
    for one in page.soup.select("form[method=post] select"):
        options = one.select("option")
        if len(options) > 1 and options[0].get("value") and not one.select("option[selected]"):
            yield str(one["name"])


def record_forms(monkeypatch: Any) -> list[FlaskForm]:
    """Return a list that gathers the forms which are made from now on."""
    forms: list[FlaskForm] = []
    make = FlaskForm.__init__

    def record(form: Any, *args: Any, **kwargs: Any) -> None:
        make(form, *args, **kwargs)
        forms.append(form)

    monkeypatch.setattr(FlaskForm, "__init__", record)
    return forms

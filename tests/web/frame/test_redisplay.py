"""A page that answers a form is asked for again in another language or theme: filled, and nothing is done."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from wtforms import PasswordField

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.forms.base import Form
from app.ideas.models import Idea
from app.web.frame.unsent_form import SECRET_FIELDS
from tests.matrix import Row
from tests.support import tables
from tests.support.browser import AS_SHOWN, Browser
from tests.support.make import PASSWORD
from tests.support.make_plan import MakePlan
from tests.support.rows import count
from tests.support.world import ROLES, World, browsers
from tests.test_routes import COUNTED, TABLE, address
from tests.test_shown_forms import FOUND_ON
from tests.web.frame.test_outages import forms

LONG = "Un commentaire. " * 400
ENGLISH, DARK = "lang en", "theme dark"
ANSWERS = (200, 302, 303, 409, 422)
# Who owes consent to the charter is asked for it first, in the language that they chose.
CHARTER = 403


@pytest.fixture
def people(full_square: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    return browsers(full_square, sign_in, visitor)


@pytest.mark.one_engine
def test_no_act_is_done_by_asking_for_its_page_again_and_every_page_has_what_was_typed(
    full_square: World, people: dict[str, Browser]
) -> None:
    """Each act that succeeds is sent whole, by somebody who may do it, but for the press of a switch."""
    before, wrong, pages = tables.photo(), [], set()
    for row in (row for row in TABLE if row.method == "POST" and able(row)):
        browser, query = people[able(row)[0]], FOUND_ON.get(row.rule, "")
        path = address(full_square, row, (row.states.split() or [""])[0]) + (query if query.startswith("?") else "")
        with browser.keep_cookies():
            answer = browser.forge(path, {"show_again": ENGLISH, "answered": packed(row.data)})
        wrong += [f"{row.rule}: {fault}" for fault in faults(answer, row)]
        changes, before = tables.differences(before, tables.photo()) - COUNTED, tables.photo()
        wrong += [f"{row.rule}: changed {changes}"] if changes else []
        pages |= {row.rule} if answer.soup.html and not answer.location else set()
    assert not wrong, "\n".join(wrong)
    assert {
        "POST /ideas/<id:idea_id>/comments",
        "POST /moderation/cases/<id:case_id>/decision",
        "POST /measures/<id:measure_id>/appeal",
        "POST /moderation/handovers/<id:handover_id>/decision",
        "POST /moderation/<slug>/bulk/publication",
        "POST /reference/tags/<id:tag_id>/merge",
        "POST /ideas/new",
        "POST /plan/actions/<id:action_id>/bulletins/new",
    } <= pages


def packed(fields: dict[str, Any]) -> str:
    return json.dumps(
        [[name, str(one)] for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    )


def able(row: Row) -> list[str]:
    return [role for role, code in row.codes(ROLES).items() if code in (200, 303)]


def faults(answer: Any, row: Row) -> list[str]:
    """Say what an answer lacks: it leads to a page of ours, or is one in English that has what was typed."""
    if answer.status_code not in (*ANSWERS, CHARTER):
        return [f"answered {answer.status_code}"]
    if answer.location or not answer.soup.html:
        return [] if (answer.location or "/").startswith("/") else [f"leads to {answer.location}"]
    main = answer.soup.select_one("main").decode(formatter=None)
    lost = [text for text in map(str, row.data.values()) if text != AS_SHOWN and len(text) > 6 and text not in main]
    return [f"lost {lost}"] * bool(lost) + ["not in English"] * (not answer.soup.html["lang"].startswith("en"))


@pytest.fixture
def refused_comment(make: Any, sign_in: Any) -> tuple[Browser, Any]:
    browser = sign_in(make.user())
    page = f"/ideas/{make.idea().id}"
    return browser, browser.submit(browser.get(page, follow_redirects=True), "#comment-form", body=LONG, intent="offer")


def test_a_refused_comment_comes_back_filled_in_another_language_and_theme(
    refused_comment: tuple[Browser, Any],
) -> None:
    browser, page = refused_comment
    assert page.status_code == 422
    page = browser.submit(page, "#answered", button=ENGLISH)
    assert page.soup.html["lang"] == "en-CA" and "Nothing was sent" in page.words
    assert "longer than 5,000 characters" in page.soup.select_one(".error-summary").get_text()
    assert page.soup.select_one("textarea").get_text().strip() == LONG.strip() and page.soup.select_one(
        "[value=offer][checked]"
    )
    page = browser.submit(page, "#answered", button=DARK)
    assert (page.soup.html["lang"], page.soup.html["data-theme"]) == ("en-CA", "dark")
    assert page.soup.select_one("textarea").get_text().strip() == LONG.strip() and count(Comment) == 0
    assert browser.submit(page, "#comment-form", body="Plus court.").status_code == 303 and count(Comment) == 1
    assert browser.get("/").soup.html["data-theme"] == "dark", "the choice is kept"


def test_what_makes_one_thing_still_makes_one(refused_comment: tuple[Browser, Any]) -> None:
    browser, page = refused_comment
    again = browser.submit(page, "#answered", button=ENGLISH)
    for one in (page, again):
        browser.submit(one, "#comment-form", body="Plus court.")
    assert count(Comment) == 1


def test_the_rows_of_a_form_and_what_its_buttons_added_come_back_too(make: Any, sign_in: Any) -> None:
    plan = MakePlan(make).plan()
    browser = sign_in(make.user(role="coordinator"))
    path = f"/plan/{plan.id}/draft/actions/new"
    page = browser.submit(
        browser.get(path),
        "main form.form",
        button="add milestones",
        title="Une action",
        code="2.1",
        **{"milestones-0-title": "Un jalon"},
    )
    rows = len(page.soup.select('[name^="milestones-"][name$="-title"]'))
    page = browser.submit(page, "#answered", button=ENGLISH)
    assert len(page.soup.select('[name^="milestones-"][name$="-title"]')) == rows
    values = {
        name: page.soup.select_one(f'main [name="{name}"]')["value"] for name in ("title", "code", "milestones-0-title")
    }
    assert values == {"title": "Une action", "code": "2.1", "milestones-0-title": "Un jalon"}


def test_no_secret_goes_along_and_the_page_says_so(visitor: Browser) -> None:
    page = visitor.submit("/register", "main form.form", name="Zoé", email="zoe@example.org", password="abqxzwk")
    assert page.status_code == 422
    page = visitor.submit(page, "#answered", button=ENGLISH)
    assert page.soup.html["lang"] == "en-CA" and page.soup.select_one("main [name=email]")["value"] == "zoe@example.org"
    assert "abqxzwk" not in page.text and "must be given again" in page.words
    page = visitor.submit(page, "#answered", button=DARK)
    assert "must be given again" in page.words


def test_it_tries_no_password(make: Any, visitor: Browser) -> None:
    user = make.user()
    answer = visitor.forge("/login", show_again=ENGLISH, answered=packed({"email": user.email, "password": PASSWORD}))
    assert answer.status_code == 422 and visitor.get("/account").status_code == 303
    assert (
        visitor.forge("/login", show_again=ENGLISH, answered=packed({"email": user.email, "password": "faux"})).words
        == answer.words
    )


def test_a_press_that_was_refused_leads_to_its_page_and_is_not_done(make: Any, sign_in: Any) -> None:
    author, browser = make.user(), sign_in(make.user(role="coordinator"))
    idea = make.idea(author, status="pending")
    answer = browser.forge(f"/ideas/{idea.id}/admission", show_again=ENGLISH, answered="[]")
    assert answer.location == f"/ideas/{idea.id}"
    page = browser.get(answer.location, follow_redirects=True)
    assert page.soup.html["lang"] == "en-CA" and "Nothing was sent" in page.words
    db.session.rollback()
    assert db.session.scalars(select(Idea.status)).all() == ["pending"]


def test_an_error_page_that_answers_a_form_has_its_switches(make: Any, sign_in: Any) -> None:
    browser = sign_in(make.user())
    page = browser.forge("/ideas/999999/comments", body="Perdu?")
    page = browser.submit(page, "#answered", button=ENGLISH)
    assert page.status_code == 404 and page.soup.html["lang"] == "en-CA"


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        *((value, "[]") for value in ("", "lang", "lang xx", "theme en", "name fr", "lang en fr")),
        *(
            (ENGLISH, fields)
            for fields in (
                None,
                "",
                "{}",
                "1",
                "[1]",
                '["a"]',
                '[["a"]]',
                '[["a", 1]]',
                '[["a", "b", "c"]]',
                "[" * 9000,
            )
        ),
    ],
)
def test_a_choice_that_is_none_or_a_form_that_is_none_is_refused(
    refused_comment: tuple[Browser, Any], value: str, fields: str | None
) -> None:
    browser, page = refused_comment
    answer = browser.forge(page.request.path, body="Un mot.", show_again=value, answered=fields)
    assert answer.status_code == 400 and count(Comment) == 0


def test_another_site_can_choose_nothing(make: Any, sign_in: Any) -> None:
    browser = sign_in(make.user())
    page = browser.get(f"/ideas/{make.idea().id}", follow_redirects=True)
    answer = browser.forge(
        f"{page.request.path}/comments", show_again=ENGLISH, answered="[]", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400 and "lang=" not in str(answer.headers.getlist("Set-Cookie"))


def test_a_page_that_is_read_has_the_switches_of_before(visitor: Browser) -> None:
    page = visitor.get("/about")
    assert not page.soup.select("#answered, [name=show_again]") and page.soup.select(
        'form[action="/language"] [name=lang]'
    )
    assert db.session.scalar(select(User.id)) is None


def test_every_password_and_code_is_a_secret() -> None:
    names = {
        name
        for form in forms(Form)
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is PasswordField
    }
    assert names <= set(SECRET_FIELDS) and {"password", "new_password"} <= names

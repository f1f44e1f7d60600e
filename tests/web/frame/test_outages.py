"""While the database is away, every page is a page of the site, and nothing that was typed is lost."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from flask import Flask
from wtforms import TextAreaField

from app.core import version
from app.core.db import db
from app.forms.base import TEXT_NAMES, Form
from app.ideas.models import Idea
from tests.support import outages
from tests.support.browser import Answer, Browser
from tests.support.make import Make

# Each engine is away, or refuses to write, in its own way.
pytestmark = pytest.mark.both_engines

VARIABLE = re.compile(r"<[^>]+>")
TEXT = "Un texte auquel on a pensé longtemps."


@pytest.fixture
def member(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """A browser in which somebody is signed in, on a site that answers as in production."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    browser = sign_in(make.user(name="Zoé Élan"))
    browser.get("/account")
    yield browser


def addresses(app: Flask, method: str) -> list[str]:
    rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return [VARIABLE.sub("1", rule.rule) for rule in rules]


def is_page(answer: Answer) -> bool:
    """Tell whether the answer is a page of the site, for a person, or a message in its own format, for a machine."""
    return (
        bool(answer.soup.h1 and answer.soup.select_one("header"))
        if answer.mimetype == "text/html"
        else bool(answer.data)
    )


def test_a_reader_who_is_signed_in_gets_the_page_that_others_get(member: Browser, visitor: Browser) -> None:
    with outages.away():
        pages = [browser.get("/ideas") for browser in (member, visitor)]
    assert [(page.status_code, page.headers["Retry-After"], page.soup.h1.text) for page in pages] == [
        (503, "5", "Le site est occupé")
    ] * 2
    assert pages[0].soup.select_one("main").text == pages[1].soup.select_one("main").text
    assert "Zoé Élan" in member.get("/ideas").text, "the session did not outlive the outage"


def test_every_address_answers_with_words_while_the_database_is_away(
    app: Flask, member: Browser, visitor: Browser
) -> None:
    with outages.away():
        for path in [*addresses(app, "GET"), "/nothing", "/ideas?kind=x"]:
            for browser in (member, visitor):
                answer = browser.get(path)
                is_known = answer.status_code in (200, 302, 303, 308, 400, 404, 503)
                assert is_known and (answer.status_code in (302, 303, 308) or is_page(answer)), (
                    f"{path}: {answer.status}"
                )


def test_every_act_gives_back_what_was_typed_while_the_database_is_away(app: Flask, member: Browser) -> None:
    token = member._token()
    paths = [path for path in addresses(app, "POST") if not path.endswith(("/preview", "/autosave"))]
    assert len(paths) > 50
    with outages.away():
        for path in paths:
            answer = member.forge(path, body=TEXT, csrf_token=token)
            assert answer.status_code == 503, f"{path}: {answer.status}"
            assert answer.soup.select_one("pre.typed").text == TEXT, path
            form = answer.soup.select_one("main form")
            assert form["action"] == path and form.select_one(f'[name=body][value="{TEXT}"]') is not None, path


def test_what_was_given_back_is_published_in_one_press_once_the_database_is_there(member: Browser) -> None:
    page = member.get("/ideas/new")
    words = {"title": "Un frigo pour toute la rue", "body": TEXT, "kind": "idea", "community": "1"}
    with outages.away():
        refusal = member.submit(page, "form[data-keep]", **words)
    assert refusal.status_code == 503 and "n'est pas perdu" in refusal.words.replace("’", "'")
    assert member.submit(refusal, "main form").status_code == 303
    assert db.session.query(Idea.title).all() == [("Un frigo pour toute la rue",)]


def test_a_password_is_not_given_back(visitor: Browser, app: Flask) -> None:
    page = visitor.get("/login")
    with outages.away():
        answer = visitor.submit(page, "main form", email="zoe@example.org", password="une phrase secrète")
    assert answer.status_code == 503 and "zoe@example.org" in answer.text and "secrète" not in answer.text
    assert "à taper de nouveau" in answer.words


def test_what_another_site_sent_is_not_given_back(member: Browser) -> None:
    with outages.away():
        answer = member.post_raw("/ideas/new", data={"body": TEXT}, headers={"Sec-Fetch-Site": "none"})
    assert answer.status_code == 503 and TEXT not in answer.text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_each_error_has_its_page_when_the_database_goes_away_meanwhile(
    app: Flask, member: Browser, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """The account was read already, and its row is read again to say who reads."""
    about, outage = app.view_functions["site.about"], outages.away()

    @wraps(about)
    def refuse() -> Any:
        outage.__enter__()
        app.aborter(code) if code != 500 else 1 / 0

    monkeypatch.setitem(app.view_functions, "site.about", refuse)
    try:
        answer = member.get("/about")
    finally:
        outage.__exit__(None, None, None)
    assert answer.status_code == code and is_page(answer)
    # What is ours to mend says which version it happened to, for whoever tells us.
    assert (version.describe() in answer.text) is (code >= 500)


def test_what_machines_ask_for_is_answered_to_everybody(member: Browser) -> None:
    with outages.away():
        answers = [member.get(path) for path in ("/healthz", "/readyz")]
    assert [(one.status_code, one.text) for one in answers] == [(200, "ok\n"), (503, "not ready: database\n")]


def test_an_error_takes_the_place_of_the_page_and_not_of_the_fragment_that_htmx_asked_for(member: Browser) -> None:
    with outages.away():
        answer = member.forge("/ideas/1/vote", htmx=True, csrf_token=member.token)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reselect"]) == ("#main", "#main")
    assert answer.soup.select_one("#main form")["action"] == "/ideas/1/vote"


def test_a_page_is_read_where_nothing_can_be_written(
    app: Flask, member: Browser, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is shown even when the use of the session can not be noted."""
    member.get("/account")
    clock.forward(hours=2)
    with outages.read_only():
        answer = member.get("/ideas")
    assert answer.status_code == 200 and "Zoé Élan" in answer.text and answer.headers["Content-Security-Policy"]


def test_every_text_that_a_form_may_hold_is_shown_when_it_is_given_back() -> None:
    fields = {name: getattr(form, name) for form in forms(Form) for name in dir(form)}
    texts = {name for name, field in fields.items() if getattr(field, "field_class", None) is TextAreaField}
    assert {"body", "note", "remark"} <= texts <= TEXT_NAMES


def forms(of: type) -> list[type]:
    return [one for kind in of.__subclasses__() for one in (kind, *forms(kind))]

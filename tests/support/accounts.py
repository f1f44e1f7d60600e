"""What the tests of accounts do again and again, through the real forms."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from flask import Flask

from app.accounts.allowances import ALLOWANCES
from app.accounts.models.people import User
from app.core.db import db
from app.web.accounts import address_answers
from tests.support.browser import Browser
from tests.support.mail import Outbox
from tests.support.make import PASSWORD
from tests.support.rows import last

NEW = "une autre phrase, bien plus longue"


def register(browser: Browser, send: Callable[..., Any] = Browser.submit, **fields: Any) -> Any:
    """Fill the form of registration; None unticks. The worker opens the account that it asks for."""
    defaults = {
        "name": "Marie Tremblay",
        "email": "marie@example.org",
        "password": PASSWORD,
        "charter": "y",
        "privacy": "y",
    }
    answer = send(browser, "/register", "main form", **defaults | fields)
    work()
    return answer


def work() -> None:
    """Let the worker answer what was asked at an address."""
    db.session.rollback()
    address_answers.answer_requests()


def member(email: str = "marie@example.org") -> User | None:
    """Return who has an address, once what was asked at it was answered."""
    work()
    return last(User, User.email == email)


def holder(user_id: int) -> User:
    return last(User, User.id == user_id)


def enter(browser: Browser, email: str, password: str = PASSWORD, *, path: Any = "/login", **fields: Any) -> Any:
    """Fill the form of signing in, on a page or at its path."""
    return browser.submit(path, "main form", email=email, password=password, **fields)


def follow(browser: Browser, link: str) -> Any:
    """Open the link of a mail, and the page that it leads to."""
    answer = browser.get(link)
    return browser.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def press(browser: Browser, link: str) -> Any:
    """Open the link of a mail and press the button of its page."""
    return browser.submit(follow(browser, link), "main form")


def ask_for_reset(browser: Browser, outbox: Outbox, email: str) -> str:
    """Ask for a new password; return the link of the mail."""
    browser.submit("/forgot", "main form", email=email)
    return outbox.links(outbox.to(email)[-1])[0]


def secret_of(page: Any) -> str:
    return page.soup.select_one("#setup code").get_text().replace("-", "").replace(" ", "")


def set_up_second_factor(browser: Browser) -> str:
    """Set an authenticator up; return its secret."""
    page = browser.submit("/account/two-factor", "main form")
    secret = secret_of(page)
    answer = browser.submit(page, "main form", code=pyotp.TOTP(secret).now())
    assert answer.status_code == 303
    return secret


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


@contextmanager
def enforce_limits(app: Flask) -> Iterator[None]:
    """Let the limits of attempts count."""
    app.config["RATELIMIT_ENABLED"] = True
    try:
        yield
    finally:
        app.config["RATELIMIT_ENABLED"] = False


def allow(monkeypatch: pytest.MonkeyPatch, **most: int) -> None:
    """Let so many acts of these kinds be done, in the same time."""
    for kind, number in most.items():
        monkeypatch.setitem(ALLOWANCES, kind, replace(ALLOWANCES[kind], most=number))


@contextmanager
def hashing(app: Flask) -> Iterator[list[str]]:
    """List the passwords hashed or checked meanwhile."""
    context, calls = app.extensions["security"].pwd_context, []
    real = {name: getattr(context, name) for name in ("hash", "verify")}
    for name, call in real.items():
        setattr(context, name, lambda *args, _name=name, _call=call, **kw: calls.append(_name) or _call(*args, **kw))
    try:
        yield calls
    finally:
        for name in real:
            delattr(context, name)


def confirm(browser: Browser, link: str, password: str = PASSWORD) -> Any:
    """Open the link of a mail that confirms an address, and give the password that was chosen with it."""
    page = follow(browser, link)
    fields = {"password": password} if page.soup.select_one("main #password") else {}
    return browser.submit(page, "main form", **fields)


def open_account(browser: Browser, outbox: Outbox, **fields: Any) -> User:
    """Register, confirm by the mail that came, and return the account; the browser is signed in."""
    email, password = fields.get("email", "marie@example.org"), fields.get("password", PASSWORD)
    assert register(browser, **fields).status_code == 303
    answer = confirm(browser, outbox.links(outbox.to(email)[-1])[0], password)
    assert answer.status_code == 303
    return member(email)


def at(browser: Browser, network: str) -> Browser:
    """Have a browser ask from another network address."""
    browser.environ_base["REMOTE_ADDR"] = network
    return browser

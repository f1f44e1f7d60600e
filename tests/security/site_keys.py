"""The platform started again under other keys of the site, and what former versions made under one."""

import base64
import contextvars
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts.models.people import User
from app.core.db import db
from app.core.mail import Outgoing
from app.operations import schema
from app.web.accounts import address_answers
from tests.support import signing
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.house import SETTINGS
from tests.support.make import Make

FORMER, PRESENT = SETTINGS["SECRET_KEY"], "another key of the site, long enough to be one"


@contextmanager
def site(house: Flask, key: str, *former: str) -> Iterator[Flask]:
    """Start the platform of this database again, under other keys."""
    settings = {name: house.config[name] for name in ("DATABASE_URL", "DATA_DIR")}
    app = create_app(**SETTINGS | settings | {"SECRET_KEY": key, "SECRET_KEY_FALLBACKS": list(former)})
    try:
        yield app
    finally:
        with app.app_context():
            schema.disconnect()
        app.extensions["huey"].storage.close()


@dataclass(frozen=True)
class Making:
    """Where things are made: the site, and who they are for."""

    app: Flask
    make: Make
    clock: Clock

    def browser(self, user: User | None = None) -> Browser:
        browser = Browser(self.app)
        if user is not None:
            signing.enter(self.app, browser, user.id)
        return browser

    def run(self, act: Callable[[], Any]) -> Any:
        """Run something as this site does, beside any request."""

        def run() -> Any:
            with self.app.app_context():
                return act()

        db.session.rollback()
        return contextvars.Context().run(run)

    def link_of_mail(self) -> str:
        """Return the path of the link of the last mail, once what was asked is answered."""
        self.run(address_answers.answer_requests)
        db.session.rollback()
        text = db.session.scalars(select(Outgoing.text).order_by(Outgoing.id.desc())).first() or ""
        return text.split("http://localhost", 1)[1].split()[0]


def move(browser: Browser, app: Flask) -> Browser:
    """Return the same browser, at a site that was started again."""
    moved = Browser(app)
    moved._cookies = dict(browser._cookies)
    return moved


def old_hash(password: str, key: str = FORMER) -> str:
    """Hash a password as versions did that needed the key of the site."""
    words = base64.b64encode(hmac.digest(key.encode(), password.encode(), "sha512"))
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(words)


def old_code_hash(code: str, key: str = FORMER) -> str:
    return hmac.digest(key.encode(), f"recovery:{code}".encode(), "sha256").hex()

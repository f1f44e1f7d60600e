"""What is made under a key of the site, for each purpose of `app/core/keys.py`, and used on a site that has other keys.

Each of `MADE`, and of UNDER_KEY of a matrix.py, makes its thing on one site and returns what tries it on another: whether it was accepted there.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
from flask import Flask

from app.accounts import limits
from app.accounts.limits import CountedAct, Rules
from app.accounts.models.people import User
from app.accounts.password_hashes import KEYED
from app.core import keys
from app.core.keys import Purpose
from app.web.notices import unsubscribe
from tests import matrix
from tests.security.site_keys import Making, move, old_code_hash, old_hash
from tests.support import signing
from tests.support.accounts import NEW, enforce_limits, enter, follow, is_in, press, secret_of, set_up_second_factor
from tests.support.browser import Browser
from tests.support.make import PASSWORD
from tests.support.rows import last

Use = Callable[[Flask], bool]
REGISTRATION = {
    "name": "Marie Tremblay",
    "email": "marie@example.org",
    "password": PASSWORD,
    "charter": "y",
    "privacy": "y",
}


def _session(making: Making) -> Use:
    browser = making.browser(making.make.user())
    return lambda app: is_in(move(browser, app))


def _form(making: Making) -> Use:
    browser = making.browser(making.make.user())
    page = browser.get("/account")
    return lambda app: (
        move(browser, app).submit(page, "form[action='/account/language']", locale="en").status_code == 303
    )


def _confirmation(making: Making) -> Use:
    making.browser().submit("/register", "main form", **REGISTRATION)
    link = making.link_of_mail()

    def use(app: Flask) -> bool:
        browser = Browser(app)
        page = _answered(follow(browser, link))
        return page.status_code == 200 and browser.submit(page, "main form", password=PASSWORD).status_code == 303

    return use


def _reset(making: Making) -> Use:
    making.browser().submit("/forgot", "main form", email=making.make.user().email)
    link = making.link_of_mail()

    def use(app: Flask) -> bool:
        browser = Browser(app)
        page = _answered(follow(browser, link))
        return (
            bool(page.soup.select("[name=password]"))
            and browser.submit(page, "main form", password=NEW).status_code == 303
        )

    return use


def _new_address(making: Making) -> Use:
    user = making.make.user()
    user_id, browser = user.id, making.browser(user)
    browser.submit("/account/email", "main form", email="nouvelle@example.org")
    link = making.link_of_mail()

    def use(app: Flask) -> bool:
        visitor = Browser(app)
        signing.enter(app, visitor, user_id)
        _answered(press(visitor, link))
        return last(User, User.id == user_id).email == "nouvelle@example.org"

    return use


def _second_factor_setup(making: Making) -> Use:
    user = making.make.user()
    user_id, browser = user.id, making.browser(user)
    page = browser.submit("/account/two-factor", "main form")
    secret = secret_of(page)

    def use(app: Flask) -> bool:
        _answered(move(browser, app).submit(page, "main form", code=pyotp.TOTP(secret).now()))
        return last(User, User.id == user_id).has_two_factor

    return use


def _unsubscribing(making: Making) -> Use:
    user_id = making.make.user().id
    token = making.run(lambda: unsubscribe.sign(user_id, "topic", "reply"))
    return lambda app: _answered(Browser(app).get(f"/unsubscribe/{token}")).status_code == 200


def _resuming(making: Making) -> Use:
    user_id = making.make.user().id
    token = making.run(lambda: unsubscribe.sign(user_id, "topic", "reply"))
    page = making.browser().submit(f"/unsubscribe/{token}", "main form")
    return lambda app: "de nouveau" in _answered(Browser(app).submit(page, "main form")).soup.h1.get_text()


def _page_time(making: Making) -> Use:
    """A form that was open while the key changed is not taken for one that no page showed."""
    browser = making.browser()
    page = browser.get("/register")
    return lambda app: _answered(move(browser, app).submit(page, "main form", **REGISTRATION)).status_code == 303


def _queue(making: Making) -> Use:
    queue = making.app.extensions["huey"]
    task = next(kind for name, kind in queue._registry._registry.items() if name.endswith(".mail"))()
    data = queue.serialize_task(task)
    return lambda app: app.extensions["huey"].deserialize_task(data).name == "mail"


def _limit(making: Making) -> Use:
    act = CountedAct("sign_in", "email:a@example.org", timedelta(hours=1))

    def count(app: Flask) -> int:
        token = limits.rules.set(Rules(keys.get_keys(app.config), True))
        number = limits.number_acts([act])["sign_in"]
        limits.rules.reset(token)
        return number

    token = limits.rules.set(Rules(keys.get_keys(making.app.config), True))
    limits.take("sign_in", act.key)
    limits.rules.reset(token)
    return lambda app: count(app) == 2


def _known_browser(making: Making) -> Use:
    """A browser that an account knows enters whatever others tried."""
    user, browser = making.make.user(), making.browser()
    email = user.email
    enter(browser, email)
    browser.submit("/account", 'form[action="/logout"]')

    def use(app: Flask) -> bool:
        known = move(browser, app)
        with enforce_limits(app):
            for _n in range(11):
                enter(Browser(app), email, "a wrong password")
            return enter(known, email).status_code == 303

    return use


def _authenticator(making: Making) -> Use:
    user = making.make.user()
    email, secret = user.email, set_up_second_factor(making.browser(user))
    making.clock.forward(minutes=2)

    def use(app: Flask) -> bool:
        browser = Browser(app)
        page = browser.get(enter(browser, email).headers["Location"])
        answer = _answered(browser.submit(page, "main form", code=pyotp.TOTP(secret).now()))
        return answer.status_code == 303 and is_in(browser)

    return use


def _old_password(making: Making) -> Use:
    email = making.make.user(password=KEYED + old_hash(PASSWORD)).email

    def use(app: Flask) -> bool:
        browser = Browser(app)
        _answered(enter(browser, email))
        return is_in(browser)

    return use


def _old_recovery_code(making: Making) -> Use:
    user, code = making.make.user(), "0123-4567-89ab"
    email = user.email
    set_up_second_factor(making.browser(user))
    making.make.at(user, mf_recovery_codes=[old_code_hash(code)])

    def use(app: Flask) -> bool:
        browser = Browser(app)
        enter(browser, email)
        _answered(browser.submit("/login/recovery", "main form", code=code))
        return is_in(browser)

    return use


def _answered(answer: Any) -> Any:
    """Check that a refusal is said in words."""
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.soup.select_one("main h1"), answer.get_data(as_text=True)
    return answer


OLD = (Purpose.OLD_PASSWORD, Purpose.OLD_RECOVERY_CODE)
MADE: dict[Purpose, Callable[[Making], Use]] = {
    Purpose.SESSION: _session,
    Purpose.FORM: _form,
    Purpose.CONFIRMATION: _confirmation,
    Purpose.RESET: _reset,
    Purpose.NEW_ADDRESS: _new_address,
    Purpose.SECOND_FACTOR_SETUP: _second_factor_setup,
    Purpose.UNSUBSCRIBING: _unsubscribing,
    Purpose.RESUMING: _resuming,
    Purpose.PAGE_TIME: _page_time,
    Purpose.QUEUE: _queue,
    Purpose.LIMIT: _limit,
    Purpose.AUTHENTICATOR: _authenticator,
    Purpose.KNOWN_BROWSER: _known_browser,
    Purpose.OLD_PASSWORD: _old_password,
    Purpose.OLD_RECOVERY_CODE: _old_recovery_code,
} | matrix.table("UNDER_KEY")

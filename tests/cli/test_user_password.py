"""A password set from the terminal, for somebody whom no mail reaches."""

import getpass
import unicodedata
import warnings
from typing import Any

import click
import pyotp
import pytest
from flask import Flask

from app.accounts.models.sessions import Attempt, Session
from tests.support.accounts import NEW, allow, enforce_limits, enter, follow, is_in, set_up_second_factor
from tests.support.make import PASSWORD, Make
from tests.support.rows import count, every
from tests.support.terminal import run


def test_it_is_set_the_sessions_are_closed_and_the_person_is_told(
    app: Flask, make: Make, sign_in: Any, new_browser: Any, outbox: Any
) -> None:
    user, other = make.user(locale="en"), make.user()
    email, browser, bystander = user.email, sign_in(user), sign_in(other)
    out = run(app, "user", "password", f" {email.upper()} ", "--password-stdin", stdin=f"{NEW}\n")
    assert out.stdout == f"{email}: the password is changed and the sessions are closed; a mail says so.\n"
    assert not is_in(browser) and is_in(bystander) and count(Session) == 1
    assert enter(new_browser(), email).status_code == 422
    assert enter(new_browser(), email, NEW).status_code == 303
    (mail,) = outbox.to(email)
    assert mail.subject.startswith("Your password has changed") and "http://localhost/forgot" in mail.text
    assert not outbox.to(other.email)


def test_whoever_tried_too_often_may_sign_in_with_it_at_once(
    app: Flask, make: Make, new_browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    email = make.user().email
    allow(monkeypatch, sign_in=2)
    with enforce_limits(app):
        assert [enter(new_browser(), email, "pas la bonne phrase").status_code for _n in range(3)] == [422, 422, 429]
        run(app, "user", "password", email, "--password-stdin", stdin=f"{NEW}\n")
        assert enter(new_browser(), email, NEW).status_code == 303


def test_whoever_knew_the_former_one_and_awaits_a_code_starts_again(
    app: Flask, make: Make, sign_in: Any, new_browser: Any, clock: Any
) -> None:
    user, thief = make.user(), new_browser()
    email, secret = user.email, set_up_second_factor(sign_in(user))
    clock.forward(minutes=2)
    page = follow(thief, enter(thief, email).headers["Location"])
    run(app, "user", "password", email, "--password-stdin", stdin=f"{NEW}\n")
    thief.submit(page, "main form", code=pyotp.TOTP(secret).now())
    assert not is_in(thief)


def test_a_browser_that_knew_the_former_one_is_a_stranger(app: Flask, make: Make, new_browser: Any) -> None:
    email, browser = make.user().email, new_browser()
    enter(browser, email)
    run(app, "user", "password", email, "--password-stdin", stdin=f"{NEW}\n")
    with enforce_limits(app):
        enter(browser, email)
        assert "known" not in {row.kind for row in every(Attempt)}


def test_it_may_be_typed_on_the_keyboard_twice(app: Flask, make: Make, new_browser: Any) -> None:
    email = make.user().email
    run(app, "user", "password", email, stdin=f"{NEW}\n{NEW}\n")
    assert enter(new_browser(), email, NEW).status_code == 303


def test_a_script_without_a_keyboard_is_told_how_to_give_it(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prompt(*_words: Any, **_options: Any) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        return NEW

    monkeypatch.setattr(click, "prompt", prompt)
    out = run(app, "user", "password", make.user().email, code=2)
    assert "there is no keyboard to type the password on: give it with --password-stdin." in " ".join(
        out.stderr.split()
    )


def test_accents_are_the_same_however_a_terminal_writes_them(app: Flask, make: Make, new_browser: Any) -> None:
    email = make.user().email
    run(
        app,
        "user",
        "password",
        email,
        "--password-stdin",
        stdin=unicodedata.normalize("NFD", "forêt élevée de hêtres\n"),
    )
    assert enter(new_browser(), email, "forêt élevée de hêtres").status_code == 303


@pytest.mark.parametrize(
    ("email", "password", "code", "words"),
    [
        ("personne@example.org", NEW, 1, "No account has the address personne@example.org."),
        ("pas une adresse", NEW, 2, "EMAIL"),
        ("marie@example.org", "court", 1, "10"),
        ("marie@example.org", "motdepasse", 1, "password"),
        ("marie@example.org", "marietremblay", 1, "name"),
        ("marie@example.org", "\ud800" * 12, 1, "must be text in UTF-8"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_changes_nothing(
    app: Flask, make: Make, new_browser: Any, email: str, password: str, code: int, words: str
) -> None:
    make.user("Marie Tremblay", email="marie@example.org")
    out = run_raw(app, email, password, code)
    assert words in out.stderr and "Traceback" not in out.stderr
    assert enter(new_browser(), "marie@example.org", PASSWORD).status_code == 303


def run_raw(app: Flask, email: str, password: str, code: int) -> Any:
    stdin: Any = f"{password}\n".encode("utf-8", "surrogatepass")
    return run(app, "user", "password", email, "--password-stdin", stdin=stdin, code=code)

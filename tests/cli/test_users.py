"""Accounts that are opened and changed from the terminal."""

import json

from flask import Flask
from sqlalchemy import select

from app.accounts import limits
from app.accounts.models.people import User
from app.accounts.models.sessions import Attempt
from app.core import keys
from app.core.actor import Actor
from app.core.db import db
from tests.support.make import Make
from tests.support.rows import count
from tests.support.terminal import run


def test_an_account_is_opened_from_the_terminal(app: Flask) -> None:
    arguments = ["user", "create", "--email", " Zoe@Example.ORG", "--name", "Zoé  Élan", "--password-stdin"]
    out = run(
        app, *arguments, "--role", "facilitator", "--community", "transport-collectif", stdin="une longue phrase\n"
    )
    assert "facilitator zoe@example.org" in out.stdout
    user = db.session.scalars(select(User)).one()
    assert (user.name, user.email, user.site_role) == ("Zoé Élan", "zoe@example.org", "member")
    assert user.password and "argon2id" in user.password

    assert run(app, *arguments, stdin="une longue phrase\n", code=1).stderr.startswith("Error: ")


def test_an_account_wants_an_address_a_name_and_a_password_that_holds(app: Flask) -> None:
    def create(
        email: str = "a@example.org", name: str = "A", password_input: str = "une longue phrase\n", code: int = 1
    ) -> str:
        return run(
            app,
            "user",
            "create",
            "--email",
            email,
            "--name",
            name,
            "--password-stdin",
            "--json",
            stdin=password_input,
            code=code,
        ).output

    assert "--email" in create(email="a", code=2)
    assert "--name" in create(name="\u200b", code=2)
    assert "Error" in create(password_input="court\n")
    assert "Error" in create(password_input="")
    assert db.session.scalars(select(User)).all() == []
    assert json.loads(create(code=0))["role"] == "member"


def test_a_password_may_be_typed_on_the_keyboard(app: Flask) -> None:
    run(app, "user", "create", "--email", "a@example.org", "--name", "A", stdin="une longue phrase\n" * 2)


def test_an_account_is_changed_from_the_terminal(app: Flask, make: Make) -> None:
    user = make.user()
    assert "changed" in run(app, "user", "change", "--email", user.email, "--role", "coordinator").stdout
    db.session.rollback()
    assert user.site_role == "coordinator"
    run(app, "user", "change", "--email", user.email, code=2)
    assert "No account" in run(app, "user", "change", "--email", "x@example.org", "--drop-second-factor", code=1).stderr


def test_a_freeze_lifted_from_the_terminal_begins_the_counts_of_the_account_anew(app: Flask, make: Make) -> None:
    """What was counted at a door is found under the key of the site."""
    user = make.user()
    make.restriction(user, kind="freeze")
    with limits.count_nothing(keys.get_keys(app.config)):
        counted = [Attempt(kind="idea_by", key_hash=limits.hash_key(Actor(one.id))) for one in (user, make.user())]
    for row in counted:
        make.add(row)
    run(app, "user", "change", "--email", user.email, "--lift-freeze")
    assert count(Attempt) == 1

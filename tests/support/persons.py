"""Those whom the tests meet everywhere, by their names, what an author wrote, and what is set for a test."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.accounts.models.people import User
from app.comments.queries import reading
from app.communities.models import Community
from app.core import settings, versions
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import unit
from tests.support import square
from tests.support.browser import Browser
from tests.support.house import House
from tests.support.make import Make
from tests.support.square_reuse import build_once
from tests.support.world import ELSEWHERE, HERE, World, build


@pytest.fixture
def author(make: Make) -> User:
    """The person whose texts the others decide on."""
    return make.user("Ana Auteure")


@pytest.fixture
def newcomer(make: Make) -> User:
    """A person whose first posts wait to be read."""
    return make.user("Nina Nouvelle", trusted_at=None)


@pytest.fixture
def fae(make: Make) -> User:
    """The person in charge of the community HERE."""
    return make.user("Fae Animation", facilitates=[HERE])


@pytest.fixture
def ned(make: Make) -> User:
    """The person in charge of the community ELSEWHERE."""
    return make.user("Ned Voisin", facilitates=[ELSEWHERE])


@pytest.fixture
def member(sign_in: Callable[[User], Browser], make: Make) -> Browser:
    """The browser of a member, who has no part in anything yet."""
    return sign_in(make.user("Mia Membre"))


@pytest.fixture
def team(sign_in: Callable[[User], Browser], fae: User) -> Browser:
    """The browser of the person in charge of HERE."""
    return sign_in(fae)


@pytest.fixture
def coordinator(make: Make) -> Actor:
    return make.actor(make.user("Coco Coordo", role="coordinator"))


@pytest.fixture
def boss(sign_in: Callable[[User], Browser], make: Make) -> Browser:
    """The browser of a coordinator."""
    return sign_in(make.user("Coco Coordo", role="coordinator"))


@pytest.fixture
def world(house: House, make: Make) -> World:
    """A square with one thing in each state (`support/world.py`)."""
    return build_once(house, make, "square", lambda: build(make))


@pytest.fixture
def full_square(house: House, make: Make) -> World:
    """A square with something on every page (`support/square.py`)."""
    return build_once(house, make, "full square", lambda: square.build(make))


@pytest.fixture
def idea(make, author):
    return make.idea(author, HERE, title="Une idée de jardin")


@pytest.fixture
def contents(make, author, idea):
    return {
        "idea": idea,
        "comment": reading.reload_comment(make.comment(idea, author).id),
        "update": make.update(author, HERE),
    }


@pytest.fixture
def cast(make, people, author, contents):
    """Everybody, and `reporter`: somebody of the team who reports too."""
    return people | {"author": make.actor(author), "reporter": make.actor(facilitates=[HERE])}


@pytest.fixture
def judges(make, cast):
    """`facilitator` takes the measures, `colleague` animates with them, `reporter` reported."""
    return cast | {"colleague": make.actor(facilitates=[HERE])}


def keep(**values: Any) -> None:
    """Keep settings of the site."""
    with unit():
        settings.change(None, **values)


@pytest.fixture
def slow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time that a form took count, as on a real site."""
    monkeypatch.setitem(app.config, "TYPING_SECONDS", 3)


@pytest.fixture
def answer_review(app: Flask) -> None:
    """Make the community HERE ask that a colleague reads an answer before it appears."""
    with unit():
        db.session.execute(update(Community).where(Community.slug == HERE).values(wants_review=True))
        versions.touch("reference")

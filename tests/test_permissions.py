"""The permission book: every right is in a matrix in writing, and what the lists show is what the law says."""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app import HOUSE
from app.accounts.models.people import Profile
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import Permission, can
from app.ideas.models import Idea
from tests import matrix
from tests.support.law import compare
from tests.support.make import Make
from tests.support.world import ROLES, SECLUDED, World

TESTS = Path(__file__).parent
# Who has each right over a thing: LAW of a matrix.py, or of the tests of a room whose law is long.
LAWS = [file for file in sorted(TESTS.rglob("*.py")) if re.search(r"^LAW = ", file.read_text(encoding="utf-8"), re.M)]
CASES = [
    pytest.param(one, name, id=f"{one.__name__}: {name}")
    for one in matrix.modules()
    for name in getattr(one, "LAW", ())
]


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    make.community(slug=SECLUDED, is_private=True)
    return people | {"author": make.actor(member_of=[SECLUDED])}


@pytest.mark.parametrize(("file", "name"), CASES)
def test_each_right_is_had_by_exactly_those_named(
    make: Make, everybody: dict[str, Actor], file: Any, name: str
) -> None:
    thing = None if name == "nothing" else file.subject(make, everybody, name)
    compare(file.LAW[name], everybody, thing, name)


def test_every_right_is_in_a_matrix_in_writing(app: Any) -> None:
    modules = [".".join(file.relative_to(TESTS.parent).with_suffix("").parts) for file in LAWS]
    written = {name for module in modules for name in rights(importlib.import_module(module).LAW)}
    missing = sorted(Permission.book.keys() - written)
    gone = sorted(written - Permission.book.keys())
    assert not missing, "\n".join(
        f"{place_of(name)}: say who has {name} in LAW of tests/web/<noun>/matrix.py" for name in missing
    )
    assert not gone, f"no such right, and a LAW of tests says who has it: {gone}"


def rights(law: Any) -> Iterator[str]:
    """Yield the names of the rights of a law: tables of rights by state, or several of these."""
    for one in law.items() if isinstance(law, Mapping) else enumerate(law):
        if isinstance(one[1], str):
            yield one[0].name if isinstance(one[0], Permission) else one[0]
        else:
            yield from rights(one[1])


def place_of(name: str) -> str:
    """Name the file of the law that makes a right."""
    files = (HOUSE / "app").rglob("*.py")
    return next((str(one.relative_to(HOUSE)) for one in files if f'"{name}"' in one.read_text(encoding="utf-8")), "app")


def test_every_right_names_its_predicates(app: Any) -> None:
    for name, permission in Permission.book.items():
        assert permission.clauses and all(permission.clauses), name
        assert all(holds.__name__ != "<lambda>" for clause in permission.clauses for holds in clause), name


# Each content that can be hidden has a twin of its law in SQL: the rights, the twin, and the query of its rows.
TWINS = matrix.table("TWINS")


@pytest.mark.parametrize("model", TWINS)
def test_what_the_lists_show_is_what_the_law_says(make: Make, world: World, model: Any) -> None:
    """They agree on the whole square, for everybody."""
    names, twin, query = TWINS[model]
    actors = {"anyone": Actor(None)} | {who: make.actor(world.people[who]) for who in ROLES if who != "anyone"}
    for who, actor in actors.items():
        db.session.rollback()
        visible_ids = {row.id for row in db.session.scalars(query.where(twin(actor)))}
        permitted_ids = {row.id for row in db.session.scalars(query) if any(can(actor, right, row) for right in names)}
        assert visible_ids, who
        assert visible_ids == permitted_ids, f"{who}: the list or the law alone shows {visible_ids ^ permitted_ids}"


def test_every_content_that_can_be_hidden_has_its_twin() -> None:
    moderable = {mapper.class_ for mapper in Idea.registry.mappers if hasattr(mapper.class_, "in_sight")}
    # No list shows profiles: what is hidden of one is no longer in the account that lists read.
    named = {model.__name__ for model in moderable ^ (TWINS.keys() | {Profile})}
    assert not named, f"{named}: TWINS of the matrix.py of its noun names its rights, its twin in SQL and its rows"

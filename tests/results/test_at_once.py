"""Two who write parts of one text at the same time: what is found of it has both."""

from collections.abc import Callable
from threading import Event, get_ident
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.accounts.models.people import User
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.reference import service as reference
from app.reference.models import Organisation
from app.results import queries as results
from tests.support.make import Make
from tests.support.races import at_once

MOMENT = 0.3


def run_across(app: Flask, first: Callable[[], None], second: Callable[[], None]) -> None:
    """Begin the second act where the first is about to commit, and give it a moment to end before."""
    at_commit, is_over, own = Event(), Event(), set[int]()

    def wait(_session: Session) -> None:
        if get_ident() in own and not at_commit.is_set():
            at_commit.set()
            is_over.wait(MOMENT)

    def begin() -> None:
        own.add(get_ident())
        first()

    def follow() -> None:
        at_commit.wait(20)
        second()
        is_over.set()

    event.listen(db.session, "before_commit", wait)
    try:
        at_once(app, [begin, follow])
    finally:
        event.remove(db.session, "before_commit", wait)


def found(word: str) -> list[int]:
    return [
        result.thing.id for result in results.get_results(ANYONE, results.parse_query(word), kinds=("person",)).items
    ]


def test_a_profile_that_changes_while_its_organisation_is_renamed_is_found_by_both(app: Flask, make: Make) -> None:
    club = make.add(Organisation(name="Club des glaneuses", sort_key="club des glaneuses"))
    user = make.user(
        "Zénobie",
        about="Je cultive des topinambours.",
        organisation_id=club.id,
        shows_in_search=True,
        shows_about=True,
        shows_organisation=True,
    )
    boss, club_id, user_id = make.actor(role="coordinator"), club.id, user.id

    def rename() -> None:
        reference.rename(boss, db.session.get_one(Organisation, club_id), "Ligue des potagers")

    def change() -> None:
        with unit():
            db.session.get_one(User, user_id).about = "Je cultive des courges."

    run_across(app, rename, change)
    assert found("courge") == found("ligue") == [user_id] and found("topinambour") == found("glaneuse") == []


@pytest.mark.parametrize("before", [{"organisation_id": None}, {"shows_in_search": False}])
@pytest.mark.parametrize("is_renamed_first", [True, False])
def test_who_joins_an_organisation_while_it_is_renamed_is_found_by_its_new_name(
    app: Flask, make: Make, before: dict[str, Any], *, is_renamed_first: bool
) -> None:
    club = make.add(Organisation(name="Club des glaneuses", sort_key="club des glaneuses"))
    columns = {"organisation_id": club.id, "shows_in_search": True}
    user = make.user("Zénobie", shows_organisation=True, **columns | before)
    boss, club_id, user_id = make.actor(role="coordinator"), club.id, user.id

    def rename() -> None:
        reference.rename(boss, db.session.get_one(Organisation, club_id), "Ligue des potagers")

    def join() -> None:
        with unit():
            row = db.session.get_one(User, user_id)
            for name, value in columns.items():
                setattr(row, name, value)

    run_across(app, *((rename, join) if is_renamed_first else (join, rename)))
    assert found("ligue") == [user_id] and found("glaneuse") == []

"""Two who write parts of one text at the same time: what is found of it has both."""
from threading import Event
from typing import Any

import pytest
from flask import Flask

from app.accounts.models.people import User
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.finds import queries as finds
from app.reference import service as reference
from app.reference.models import Organisation
from app.search import following
from tests.support.make import Make
from tests.support.races import at_once

MOMENT = 0.3


def found(word: str) -> list[int]:
    return [result.thing.id for result in finds.find(ANYONE, finds.parse(word), kinds=("person",)).items]


def test_a_profile_that_changes_while_its_organisation_is_renamed_is_found_by_both(
        app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    club = make.add(Organisation(name="Club des glaneuses", sort_key="club des glaneuses"))
    user = make.user("Zénobie", about="Je cultive des topinambours.", organisation_id=club.id, shows_in_search=True,
                     shows_about=True, shows_organisation=True)
    boss, club_id, user_id, texts = make.actor(role="coordinator"), club.id, user.id, following._texts
    is_renaming, is_read, is_changed = set[str](), Event(), Event()

    def read_and_wait(source: following.Source, *rest: Any) -> Any:
        read = texts(source, *rest)
        if is_renaming and not is_read.is_set():
            is_read.set()
            is_changed.wait(MOMENT)
        return read

    def rename() -> None:
        row = db.session.get_one(Organisation, club_id)
        is_renaming.add("yes")
        reference.rename(boss, row, "Ligue des potagers")

    def change() -> None:
        is_read.wait(20)
        with unit():
            db.session.get_one(User, user_id).about = "Je cultive des courges."
        is_changed.set()

    monkeypatch.setattr(following, "_texts", read_and_wait)
    at_once(app, [rename, change])
    assert found("courge") == found("ligue") == [user_id] and found("topinambour") == found("glaneuse") == []

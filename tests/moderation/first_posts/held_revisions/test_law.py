"""Who reads a change that waits, who lets it appear, who takes it back; and two who do at once."""

from dataclasses import replace
from typing import Any

from flask import Flask

from app.accounts import service as accounts
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.moderation.first_posts.models import HeldChange
from app.moderation.first_posts.policy import ADMIT
from app.moderation.first_posts.queries import held_revisions as queries
from app.moderation.first_posts.service import held_revisions as service
from tests.support.clock import LONG_AGO
from tests.support.law import compare
from tests.support.make import Make
from tests.support.races import at_once
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE
from tests.test_crossings import after_the_first_lock, politely, row

TEAM, READ, ADMIT_, BACK = (
    "facilitator coordinator",
    "held_revision:read",
    "held_revision:admit",
    "held_revision:withdraw",
)
STATES: dict[str, dict[str, Any]] = {
    "hidden": {"hidden_at": LONG_AGO, "hidden_reason": "x"},
    "again": {"hidden_at": LONG_AGO, "hidden_reason": "x"},
    "deleted": {"deleted_at": LONG_AGO},
    "archived": {"status": "archived"},
    "withdrawn": {"status": "withdrawn"},
    "pending": {"status": "pending"},
    "merged": {},
}
LAW = {
    "idea": {READ: f"author {TEAM}", ADMIT_: TEAM, BACK: "author"},
    "comment": {READ: f"author {TEAM}", ADMIT_: TEAM, BACK: "author"},
    "user": {READ: f"author {TEAM}", ADMIT_: TEAM, BACK: "author"},
    "user nowhere": {READ: "author coordinator", ADMIT_: "coordinator", BACK: "author"},
    "idea elsewhere": {READ: "author neighbour coordinator", ADMIT_: "neighbour coordinator", BACK: "author"},
    "idea refused": {READ: "author", ADMIT_: "", BACK: "author"},
    "idea closed": {READ: "", ADMIT_: "", BACK: ""},
    **{f"idea {state}": {READ: f"author {TEAM}", ADMIT_: "", BACK: "author"} for state in STATES},
    "idea again": {READ: f"author {TEAM}", ADMIT_: TEAM, BACK: "author"},
    "comment again": {READ: f"author {TEAM}", ADMIT_: TEAM, BACK: "author"},
    "comment hidden": {READ: f"author {TEAM}", ADMIT_: "", BACK: "author"},
    "idea own": {READ: TEAM, ADMIT_: "coordinator", BACK: "facilitator"},
}


def subject(make: Make, name: str, author: User, people: dict[str, Actor]) -> HeldChange:
    """Return the held revision that the line of the matrix is about."""
    noun, _space, state = name.partition(" ")
    columns = {"merged_into": make.idea().id} if state == "merged" else STATES.get(state, {})
    by = db.session.get_one(User, people["facilitator"].id) if state == "own" else author
    there = ELSEWHERE if state == "elsewhere" else HERE
    thing: Any = by
    if noun == "idea":
        thing = make.idea(by, there, **columns)
    elif noun == "comment" or state != "nowhere":
        comment = make.comment(make.idea(community=there), by, **columns)
        thing = comment if noun == "comment" else by
    row = make.add(
        HeldRevision(
            by_id=by.id,
            state=state if state in ("refused", "closed") else "open",
            words={"body": "x"},
            suspect=state if state == "again" else "",
            **{f"{noun}_id": thing.id},
        )
    )
    change = queries.find_held_change(HeldRevision.id == row.id)
    assert change is not None
    return change


def test_each_right_is_had_by_exactly_those_named(make: Make, people: dict[str, Actor], author: Any) -> None:
    everybody = people | {"author": make.actor(author)}
    for name in on_same_rows(LAW):
        compare(LAW[name], everybody, subject(make, name, author, people), name)


def test_nobody_admits_the_profile_of_whom_they_reported_nor_their_own(make: Make, author: User) -> None:
    change = subject(make, "user", author, {})
    for reported, admits in (("user", False), ("profile_of", False), ("idea", True)):
        actor = replace(make.actor(role="coordinator"), reported_subjects=frozenset({(reported, author.id)}))
        assert ADMIT.permits(actor, change) is admits, reported
    assert not ADMIT.permits(make.actor(author, role="coordinator"), change)


def test_a_change_is_published_and_its_author_gone_at_once(app: Flask, make: Make, people: dict[str, Actor]) -> None:
    user, boss = make.user(), people["coordinator"]
    idea, author, user_id = make.idea(user, HERE), make.actor(user), user.id
    words = {"title": "Un autre titre", "body": "Un autre texte.", "summary": "", "tags": []}
    change = make.add(HeldRevision(idea_id=idea.id, by_id=user_id, state="open", words=words))
    number, version = change.id, change.version
    db.session.rollback()
    with after_the_first_lock() as errors:
        at_once(
            app,
            [
                politely(
                    lambda: service.admit(
                        boss, queries.get_held_change(boss, number, ADMIT), trusts=True, version=version
                    )
                ),
                politely(lambda: accounts.close(author, row(User, user_id))),
            ],
        )
    assert errors == []

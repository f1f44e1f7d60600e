"""The charter as a domain: who writes it, what is kept, who is asked to accept it again."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from app.accounts import charter, queries, service
from app.accounts.charter import CharterWords
from app.accounts.models.documents import CHARTER, Document
from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.journal.models import Entry


@pytest.fixture
def square(make):
    return SimpleNamespace(
        coordinator=make.actor(role="coordinator"), other=make.actor(role="coordinator"), member=make.user("Mia")
    )


def default_charter() -> Document:
    return Document(
        name=CHARTER,
        number=1,
        body="Soyez vous-même.",
        body_en="Be yourself.",
        summary="",
        asks_again=False,
        at=datetime(2022, 2, 10, tzinfo=UTC),
    )


def words(body: str = "Soyez brefs.", **more) -> CharterWords:
    return CharterWords(
        **{"body": body, "body_en": "Be brief.", "summary": "On écrit moins.", "asks_again": True} | more
    )


def publish(actor, text: CharterWords | None = None, base: int = 1) -> int:
    return charter.publish(actor, text or words(), base=base, default=default_charter())


def owes(user_id: int) -> bool:
    db.session.rollback()
    return actor_for(db.session.get_one(User, user_id)).owes_charter


def test_the_first_change_keeps_the_text_that_shipped_as_the_first_version(square):
    assert queries.find_charter() is None
    assert publish(square.coordinator) == 2
    now, before = queries.get_charter_version(2)
    assert (now.body, now.by_id) == ("Soyez brefs.", square.coordinator.id)
    assert (before.number, before.body, before.by_id, before.asks_again) == (1, "Soyez vous-même.", None, False)
    assert [row.number for row in queries.list_charter_versions()] == [2, 1]
    with pytest.raises(NotFound):
        queries.get_charter_version(3)


def test_only_coordinators_write_it(people):
    with pytest.raises(Forbidden):
        publish(people["admin"])
    assert queries.find_charter() is None
    assert publish(people["coordinator"]) == 2


def test_the_journal_says_what_changes_and_names_nobody(square):
    publish(square.coordinator)
    line = db.session.query(Entry).one()
    assert (line.kind, line.reason, line.facts) == ("charter", "On écrit moins.", {"version": 2})


def test_the_same_form_sent_twice_makes_one_version(square):
    assert publish(square.coordinator) == publish(square.coordinator) == 2
    assert len(queries.list_charter_versions()) == 2


def test_a_text_that_changes_nothing_is_refused(square):
    with pytest.raises(Invalid) as refusal:
        publish(square.coordinator, words("Soyez vous-même.", body_en="Be yourself."))
    assert refusal.value.field == "body"
    assert queries.find_charter() is None
    assert publish(square.coordinator, words("Soyez vous-même.", body_en="Do be yourself.")) == 2


def test_everybody_is_asked_again_but_whoever_wrote_it(square):
    assert not owes(square.member.id)
    publish(square.coordinator)
    assert owes(square.member.id) and owes(square.other.id) and not owes(square.coordinator.id)


def test_a_correction_asks_nobody_and_takes_no_question_back(square):
    publish(square.coordinator, words(asks_again=False))
    assert not owes(square.member.id)
    publish(square.coordinator, words("Soyez très brefs."), base=2)
    publish(square.coordinator, words("Soyez très, très brefs.", asks_again=False), base=3)
    assert owes(square.member.id)


def test_whoever_accepts_is_asked_no_more(square, make):
    publish(square.coordinator)
    user, actor = square.member, actor_for(square.member)
    assert not charter.accept(actor, user, 1) and owes(user.id)
    assert charter.accept(actor, user, 2) and not owes(user.id)
    assert charter.accept(actor, user, 2)
    assert [(row.document, row.version) for row in queries.list_consents(user)] == [("charter", "2")]
    publish(square.coordinator, words("Soyez très brefs."), base=2)
    assert owes(user.id)


def test_nobody_accepts_for_somebody_else(square):
    publish(square.coordinator)
    with pytest.raises(Forbidden):
        charter.accept(square.other, square.member, 2)
    assert owes(square.member.id)


def test_what_ships_is_accepted_when_registering_only(square):
    assert not charter.accept(actor_for(square.member), square.member, 1)
    assert queries.list_consents(square.member) == []


def test_a_consent_to_something_else_leaves_the_charter_alone(square):
    publish(square.coordinator)
    service.consent(square.member, {"privacy": "2026-11-25"})
    assert owes(square.member.id)

"""Who may do what with a comment, and the SQL twin of the right to read."""
from itertools import product

import pytest
from sqlalchemy import select

from app.comments import policy
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound

FIRST, OTHER = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def everybody(make, people):
    """Everybody, and the author of what is in question."""
    return people | {"author": make.actor()}


def state(**columns):
    now = clock.now()
    return {"visible": {}, "pending": {"status": "pending"}, "hidden": {"hidden_at": now, "hidden_reason": "hors sujet"},
            "deleted": {"deleted_at": now}, "both": {"hidden_at": now, "deleted_at": now}} | columns


def test_the_lists_reads_what_the_law_says(make, everybody):
    author_id = everybody["author"].id
    for is_public, room, columns in product((True, False), (FIRST, OTHER), state().values()):
        thread = make.thread(community=room, is_public=is_public)
        for writer in (author_id, make.user().id):
            make.add(Comment(thread_id=thread.id, author_id=writer, body="x", body_html="x", renderer=1, **columns))
    alone = make.add(Thread(kind="idea", title="sans communauté", is_public=True))
    make.add(Comment(thread_id=alone.id, author_id=author_id, body="x", body_html="x", renderer=1, status="pending"))
    ids = list(db.session.scalars(select(Comment.id)))
    for name, actor in everybody.items():
        in_sql = set(db.session.scalars(select(Comment.id).join(Comment.thread).where(reading.visible_to(actor))))
        by_law = {row_id for row_id in ids if (policy.READ | policy.READ_OWN).permits(actor, reading.present(row_id))}
        assert in_sql == by_law, name
        assert in_sql, name


GRANTED = {
    "visible": {
        policy.READ: "anyone unconfirmed member facilitator neighbour coordinator admin suspended author", policy.READ_OWN: "author",
        policy.REPLY: "member facilitator neighbour coordinator admin author",
        policy.EDIT: "author", policy.OWN: "author", policy.DELETE: "author",
        policy.MARK_USEFUL: "member facilitator neighbour coordinator admin",
        policy.MARK_USED: "owner", policy.HIDE: "facilitator coordinator", policy.RESTORE: "",
        policy.ADMIT: ""},
    "pending": {
        policy.READ: "facilitator coordinator", policy.READ_OWN: "author", policy.REPLY: "", policy.EDIT: "author", policy.OWN: "author",
        policy.DELETE: "author", policy.MARK_USEFUL: "", policy.MARK_USED: "", policy.HIDE: "facilitator coordinator",
        policy.RESTORE: "", policy.ADMIT: "facilitator coordinator"},
    "hidden": {
        policy.READ: "facilitator coordinator", policy.READ_OWN: "author", policy.REPLY: "", policy.EDIT: "", policy.OWN: "",
        policy.DELETE: "", policy.MARK_USEFUL: "", policy.MARK_USED: "", policy.HIDE: "",
        policy.RESTORE: "facilitator coordinator", policy.ADMIT: ""},
    "deleted": {
        policy.READ: "", policy.READ_OWN: "", policy.REPLY: "", policy.EDIT: "", policy.OWN: "", policy.DELETE: "", policy.MARK_USEFUL: "",
        policy.MARK_USED: "", policy.HIDE: "", policy.RESTORE: "", policy.ADMIT: ""},
}


@pytest.mark.parametrize("name", GRANTED)
def test_the_matrix_of_a_comment(make, everybody, name):
    owner = make.user()
    thread = make.thread(community=FIRST, author=owner)
    author = everybody["author"]
    comment_id = make.add(Comment(
        thread_id=thread.id, author_id=author.id, body="x", body_html="x", renderer=1, **state()[name])).id
    comment = reading.present(comment_id)
    asking = everybody | {"owner": make.actor(owner)}
    comment = reading.present(comment_id)
    for permission, names in GRANTED[name].items():
        granted = {who for who, actor in asking.items() if permission.permits(actor, comment)} - {"owner"}
        if permission is policy.MARK_USED:
            granted = {who for who, actor in asking.items() if permission.permits(actor, comment)}
        assert granted == set(names.split()), permission.name


@pytest.mark.parametrize(("facts", "names"), [
    ({}, "member facilitator neighbour coordinator admin"),
    ({"is_open": False}, ""), ({"is_public": False}, "")])
def test_the_matrix_of_a_thread(make, people, facts, names):
    thread = make.thread(community=FIRST, **facts)
    assert {who for who, actor in people.items() if policy.POST.permits(actor, thread)} == set(names.split())


def test_only_those_in_charge_lock_and_unlock(make, people):
    thread = make.thread(community=FIRST)
    charge = {"facilitator", "coordinator"}
    assert {who for who, actor in people.items() if policy.LOCK.permits(actor, thread)} == charge
    assert not any(policy.UNLOCK.permits(actor, thread) for actor in people.values())
    make.at(thread, locked_at=clock.now(), locked_reason="trop vif")
    assert {who for who, actor in people.items() if policy.UNLOCK.permits(actor, thread)} == charge
    assert not any(policy.LOCK.permits(actor, thread) or policy.POST.permits(actor, thread) for actor in people.values())


def test_everybody_waits_in_a_slowed_thread_but_its_team(make, people):
    thread = make.thread(community=FIRST)
    assert not any(policy.is_slowed(actor, thread) for actor in people.values())
    make.at(thread, slow_minutes=30)
    assert {who for who, actor in people.items() if not policy.is_slowed(actor, thread)} == {"facilitator", "coordinator"}


@pytest.mark.parametrize(("kind", "may"), [("idea", True), ("update", False), ("action", False)])
def test_what_is_said_is_marked_as_used_under_ones_own_idea_alone(make, kind, may):
    writer = make.user()
    thread = make.thread(kind=kind, community=FIRST, author=writer)
    said = make.add(Comment(thread_id=thread.id, author_id=make.user().id, body="x", body_html="x", renderer=1))
    assert policy.MARK_USED.permits(make.actor(writer), reading.present(said.id)) is may


def test_words_are_corrected_for_thirty_minutes_only(make, clock):
    author = make.user()
    clock.at("2026-03-10T12:00")
    comment_id, actor = make.comment(make.idea(), author=author).id, make.actor(author)
    clock.forward(minutes=29)
    assert policy.EDIT.permits(actor, reading.present(comment_id))
    clock.forward(minutes=1)
    assert not policy.EDIT.permits(actor, reading.present(comment_id))


def test_the_absent_and_the_forbidden_answer_alike(make):
    hidden = make.comment(make.idea(), hidden_at=clock.now())
    stranger = make.actor()
    for comment_id in (hidden.id, hidden.id + 1000):
        with pytest.raises(NotFound):
            reading.one(stranger, comment_id, policy.READ)
    with pytest.raises(NotFound):
        reading.present(hidden.id + 1000)

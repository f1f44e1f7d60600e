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
from tests.support.law import CONFIRMED, EVERYONE, TEAM, compare
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def everybody(make, people):
    """The people of the square, and the author of the comment."""
    return people | {"author": make.actor()}


def state(**columns):
    now = clock.now()
    return {
        "visible": {},
        "pending": {"status": "pending"},
        "hidden": {"hidden_at": now, "hidden_reason": "hors sujet"},
        "deleted": {"deleted_at": now},
        "both": {"hidden_at": now, "deleted_at": now},
    } | columns


def test_the_lists_reads_what_the_law_says(make, everybody):
    author_id = everybody["author"].id
    for is_public, room, columns in product((True, False), (HERE, ELSEWHERE), state().values()):
        thread = make.thread(community=room, is_public=is_public)
        for writer in (author_id, make.user().id):
            make.add(Comment(thread_id=thread.id, author_id=writer, body="x", body_html="x", renderer=1, **columns))
    alone = make.add(Thread(kind="idea", title="sans communauté", is_public=True))
    make.add(Comment(thread_id=alone.id, author_id=author_id, body="x", body_html="x", renderer=1, status="pending"))
    ids = list(db.session.scalars(select(Comment.id)))
    for name, actor in everybody.items():
        in_sql = set(db.session.scalars(select(Comment.id).join(Comment.thread).where(reading.visible_to(actor))))
        by_law = {
            row_id for row_id in ids if (policy.READ | policy.READ_OWN).permits(actor, reading.reload_comment(row_id))
        }
        assert in_sql == by_law, name
        assert in_sql, name


NOTHING = dict.fromkeys(
    (
        policy.READ,
        policy.READ_OWN,
        policy.REPLY,
        policy.EDIT,
        policy.OWN,
        policy.DELETE,
        policy.MARK_USEFUL,
        policy.MARK_USED,
        policy.HIDE,
        policy.RESTORE,
        policy.ADMIT,
        policy.UNPUBLISH,
    ),
    "",
)
OWN = {policy.READ_OWN: "author", policy.EDIT: "author", policy.OWN: "author", policy.DELETE: "author"}
LAW = {
    "visible": NOTHING
    | OWN
    | {
        policy.READ: f"{EVERYONE} owner",
        policy.REPLY: f"{CONFIRMED} owner",
        policy.HIDE: TEAM,
        policy.UNPUBLISH: TEAM,
        policy.MARK_USEFUL: f"{CONFIRMED.replace('author', 'owner')}",
        policy.MARK_USED: "owner",
    },
    "pending": NOTHING | OWN | {policy.READ: TEAM, policy.HIDE: TEAM, policy.ADMIT: TEAM, policy.UNPUBLISH: TEAM},
    "hidden": NOTHING
    | {
        policy.READ: TEAM,
        policy.READ_OWN: "author",
        policy.EDIT: "author",
        policy.RESTORE: TEAM,
        policy.UNPUBLISH: TEAM,
    },
    "deleted": NOTHING,
}


@pytest.mark.parametrize("name", LAW)
def test_the_matrix_of_a_comment(make, everybody, name):
    owner = make.user()
    thread, by = make.thread(community=HERE, author=owner), everybody["author"].id
    comment = make.add(Comment(thread_id=thread.id, author_id=by, body="x", body_html="x", renderer=1, **state()[name]))
    compare(LAW[name], everybody | {"owner": make.actor(owner)}, reading.reload_comment(comment.id))


def test_everybody_waits_in_a_slowed_thread_but_its_team(make, people):
    thread = make.thread(community=HERE)
    assert not any(policy.is_slowed(actor, thread) for actor in people.values())
    make.at(thread, slow_minutes=30)
    assert {who for who, actor in people.items() if not policy.is_slowed(actor, thread)} == {
        "facilitator",
        "coordinator",
    }


@pytest.mark.parametrize(("kind", "may"), [("idea", True), ("update", False), ("action", False)])
def test_what_is_said_is_marked_as_used_under_ones_own_idea_alone(make, kind, may):
    writer = make.user()
    thread = make.thread(kind=kind, community=HERE, author=writer)
    comment = make.add(Comment(thread_id=thread.id, author_id=make.user().id, body="x", body_html="x", renderer=1))
    assert policy.MARK_USED.permits(make.actor(writer), reading.reload_comment(comment.id)) is may


def test_words_are_corrected_for_thirty_minutes_only(make, clock, author):
    clock.at("2026-03-10T12:00")
    comment_id, actor = make.comment(make.idea(), author=author).id, make.actor(author)
    clock.forward(minutes=29)
    assert policy.EDIT.permits(actor, reading.reload_comment(comment_id))
    clock.forward(minutes=1)
    assert not policy.EDIT.permits(actor, reading.reload_comment(comment_id))


def test_words_that_nobody_read_yet_are_corrected_at_any_time(make, clock, author):
    clock.at("2026-03-10T12:00")
    comment_id, actor = make.comment(make.idea(), author=author, status="pending").id, make.actor(author)
    clock.forward(hours=20)
    assert policy.EDIT.permits(actor, reading.reload_comment(comment_id))


@pytest.mark.parametrize(("kind", "may"), [("idea", False), ("update", True), ("action", True), ("event", True)])
def test_the_team_locks_the_thread_of_its_own_news_and_not_of_its_own_idea(make, fae, kind, may):
    thread = make.thread(kind=kind, community=HERE, author=fae)
    assert policy.LOCK.permits(make.actor(fae), thread) is may


def test_the_absent_and_the_forbidden_answer_alike(make):
    comment = make.comment(make.idea(), hidden_at=clock.now())
    stranger = make.actor()
    for comment_id in (comment.id, comment.id + 1000):
        with pytest.raises(NotFound):
            reading.get_comment(stranger, comment_id, policy.READ)
    with pytest.raises(NotFound):
        reading.reload_comment(comment.id + 1000)

"""Real connections at once on one thread and one comment."""

from sqlalchemy import func, select

from app.comments import marks, service
from app.comments.models import Comment, Thread, Useful
from app.comments.queries import reading
from app.core.db import db
from app.core.errors import Forbidden
from tests.comments.test_service import read_counts, visible
from tests.votes.test_race import THREADS, at_once


def test_comments_posted_at_once_are_all_counted(app, make):
    thread_id, people = make.idea().thread_id, [make.actor() for _n in range(THREADS)]
    at_once(app, [lambda a=a: service.post(a, db.session.get_one(Thread, thread_id), body="ensemble") for a in people])
    assert read_counts(thread_id) == (THREADS, THREADS) and visible(thread_id) == THREADS


def test_one_form_sent_many_times_at_once_makes_one_comment(app, make):
    thread_id, actor = make.idea().thread_id, make.actor()
    comment_ids = []

    def post():
        comment_ids.append(
            service.post(actor, db.session.get_one(Thread, thread_id), body="une fois", form_key="clef").id
        )

    at_once(app, [post] * THREADS)
    assert len(set(comment_ids)) == 1 and len(comment_ids) == THREADS
    assert read_counts(thread_id) == (1, 1) and visible(thread_id) == 1


def test_useful_marks_at_once_are_exact(app, make):
    comment_id, people = make.comment(make.idea()).id, [make.actor() for _n in range(4)]
    for act in (marks.mark_useful, marks.unmark_useful, marks.mark_useful):
        at_once(app, [lambda a=a, act=act: act(a, reading.reload_comment(comment_id)) for a in people * 4])
        rows = db.session.scalar(select(func.count()).where(Useful.comment_id == comment_id))
        assert db.session.get_one(Comment, comment_id).useful_count == rows


def test_deletion_and_hiding_at_once_count_once(app, make):
    author, staff = make.user(), make.actor(role="coordinator")
    thread_id = make.idea().thread_id
    thread, actor = db.session.get_one(Thread, thread_id), make.actor(author)
    ids = [make.comment(thread, author=author).id for _n in range(8)]

    def one_of(act, comment_id, **more):
        return lambda: act(actor if act is service.delete else staff, reading.reload_comment(comment_id), **more)

    acts = [act for n in ids for act in (one_of(service.delete, n), one_of(service.hide, n, reason="motif"))]
    at_once(app, acts, Forbidden)
    assert read_counts(thread_id) == (0, 0) and visible(thread_id) == 0

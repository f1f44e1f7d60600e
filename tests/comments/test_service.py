import random

import pytest
from sqlalchemy import func, select

from app.comments import marks, service
from app.comments.models import Comment, Thread, Useful
from app.comments.queries import reading
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.ideas.models import Idea
from app.updates.models import Update

FIRST = "securite-alimentaire"


def visible(thread_id):
    return db.session.scalar(
        select(func.count()).where(Comment.thread_id == thread_id, Comment.status == "published", Comment.in_sight())
    )


def read_counts(thread_id):
    """Return the two stored counts of comments: the thread's, then its subject's."""
    db.session.rollback()
    owner = select(Idea.comments_count).where(Idea.thread_id == thread_id)
    owner = owner.union_all(select(Update.comments_count).where(Update.thread_id == thread_id))
    return db.session.get_one(Thread, thread_id).comments_count, db.session.scalar(owner)


def say(actor, thread, body, **options):
    """Post a comment, and return it as it is then."""
    return reading.reload_comment(service.post(actor, thread, body=body, **options).id)


def answer(actor, comment, *, thread):
    service.post(actor, thread, body="mot", parent=comment)


@pytest.fixture
def thread(make):
    return db.session.get_one(Thread, make.idea(community=FIRST).thread_id)


def test_a_member_comments_and_is_answered(make, thread):
    first = say(make.actor(), thread, "Bonjour **à vous**", intent="wonder", lang="en")
    answer = say(make.actor(), thread, "Bienvenue", parent=reading.reload_comment(first.id))
    deeper = say(make.actor(), thread, "Merci", parent=reading.reload_comment(answer.id))
    assert (first.intent, first.lang, first.root_id, first.depth) == ("wonder", "en", None, 0)
    assert "<strong>à vous</strong>" in first.body_html
    assert (answer.parent_id, answer.root_id, answer.depth) == (first.id, first.id, 1)
    assert (deeper.parent_id, deeper.root_id, deeper.depth) == (answer.id, first.id, 2)
    assert read_counts(thread.id) == (3, 3)


def test_the_same_form_sent_twice_makes_one_comment(make, thread):
    actor = make.actor()
    ids = {service.post(actor, thread, body="Une fois", form_key="clef").id for _n in range(2)}
    assert len(ids) == 1 and read_counts(thread.id) == (1, 1)
    service.post(make.actor(), thread, body="Une fois", form_key="clef")
    service.post(actor, thread, body="Une fois")
    assert read_counts(thread.id) == (3, 3)


def test_the_same_words_under_a_new_key_make_one_comment_for_ten_minutes(make, thread, clock):
    actor = make.actor()
    first = service.post(actor, thread, body="Une fois", form_key="clef").id
    assert service.post(actor, thread, body="Une fois", form_key="autre").id == first
    assert service.post(actor, thread, body="Deux fois", form_key="encore").id != first
    clock.forward(minutes=11)
    assert service.post(actor, thread, body="Une fois", form_key="plus tard").id != first


def test_a_comment_is_answered_in_its_own_thread_and_while_it_is_there(make, thread):
    elsewhere, parent = make.comment(make.idea()), make.comment(thread, hidden_at=func.now())
    with pytest.raises(NotFound):
        service.post(make.actor(), thread, body="x", parent=elsewhere)
    with pytest.raises(Forbidden):
        service.post(make.actor(), thread, body="x", parent=parent)
    assert read_counts(thread.id) == (0, 0)


def test_a_locked_thread_takes_nothing_until_it_is_opened_again(make, thread):
    actor, facilitator = make.actor(), make.actor(facilitates=[FIRST])
    comment = service.post(actor, thread, body="Avant")
    service.lock(facilitator, thread, reason="Trop vif")
    assert thread.locked_reason == "Trop vif" and thread.locked_by == facilitator.id
    for act in (
        lambda: service.post(actor, thread, body="Après"),
        lambda: service.edit(actor, reading.reload_comment(comment.id), body="Autre"),
        lambda: marks.mark_useful(make.actor(), reading.reload_comment(comment.id)),
        lambda: service.lock(facilitator, thread, reason="Encore"),
    ):
        with pytest.raises(Forbidden):
            act()
    service.unlock(facilitator, thread)
    assert not thread.is_locked and thread.locked_reason is None
    service.post(actor, thread, body="Après")
    assert read_counts(thread.id) == (2, 2)


def test_an_author_corrects_their_words_and_it_shows(make, thread):
    actor = make.actor()
    comment = say(actor, thread, "Bonjuor")
    service.edit(actor, comment, body="Bonjuor")
    assert comment.edited_at is None
    service.edit(actor, comment, body="*Bonjour*")
    assert comment.edited_at and comment.body == "*Bonjour*" and "<em>" in comment.body_html
    with pytest.raises(Forbidden):
        service.edit(make.actor(facilitates=[FIRST]), comment, body="Non")


def test_deletion_keeps_the_replies_and_counts_once(make, thread):
    actor = make.actor()
    comment = say(actor, thread, "À moi")
    service.post(make.actor(), thread, body="Réponse", parent=comment)
    service.delete(actor, comment)
    assert comment.is_deleted and read_counts(thread.id) == (1, 1)
    for act in (service.delete, lambda who, what: service.hide(make.actor(role="coordinator"), what, reason="x")):
        with pytest.raises(Forbidden):
            act(actor, reading.reload_comment(comment.id))
    assert read_counts(thread.id) == (1, 1)


def test_hiding_and_restoring_move_the_count(make, thread):
    facilitator, comment = make.actor(facilitates=[FIRST]), make.comment(thread)
    service.hide(facilitator, comment, reason="Hors sujet")
    assert (comment.hidden_reason, comment.hidden_by) == ("Hors sujet", facilitator.id)
    assert read_counts(thread.id) == (0, 0)
    service.restore(facilitator, comment)
    assert read_counts(thread.id) == (1, 1)


def test_a_pending_comment_is_never_counted(make, thread):
    author, facilitator = make.user(), make.actor(facilitates=[FIRST])
    comment = make.comment(thread, author=author, status="pending")
    service.hide(facilitator, comment, reason="Hors sujet")
    service.restore(facilitator, comment)
    service.delete(make.actor(author), comment)
    assert read_counts(thread.id) == (0, 0)


def test_useful_counts_each_person_once_and_never_the_author(make, thread):
    author, reader = make.user(), make.actor()
    comment = make.comment(thread, author=author)
    marks.mark_useful(reader, comment)
    marks.mark_useful(reader, comment)
    assert comment.useful_count == 1
    with pytest.raises(Forbidden):
        marks.mark_useful(make.actor(author), comment)
    marks.unmark_useful(reader, comment)
    marks.unmark_useful(reader, comment)
    assert comment.useful_count == 0 and db.session.scalars(select(Useful)).all() == []


def test_the_author_of_an_idea_says_what_was_used(make, author):
    idea = make.idea(author=author, community=FIRST)
    comment, owner = make.comment(idea), make.actor(author)
    marks.mark_used(owner, comment)
    first = comment.used_at
    marks.mark_used(owner, comment)
    assert comment.used_at == first and comment.used_by == owner.id
    marks.unmark_used(owner, comment)
    assert comment.used_at is None
    with pytest.raises(Forbidden):
        marks.mark_used(make.actor(facilitates=[FIRST]), comment)


def test_an_update_keeps_its_count_too(make):
    update = make.update()
    thread = db.session.get_one(Thread, update.thread_id)
    service.post(make.actor(), thread, body="Bravo")
    assert read_counts(thread.id) == (1, 1)


def test_counts_equal_their_recount_after_anything(make, thread):
    chance, coordinator = random.Random(6), make.actor(role="coordinator")
    people = [make.actor() for _n in range(4)]
    for _n in range(120):
        ids = list(db.session.scalars(select(Comment.id)))
        comment = reading.reload_comment(chance.choice(ids)) if ids and chance.random() < 0.75 else None
        actor = chance.choice(people)
        try:
            if comment is None:
                service.post(actor, thread, body="mot")
            else:
                act, who, more = chance.choice(
                    [
                        (service.delete, actor, {}),
                        (service.restore, coordinator, {}),
                        (marks.mark_useful, actor, {}),
                        (marks.unmark_useful, actor, {}),
                        (service.hide, coordinator, {"reason": "motif"}),
                        (answer, actor, {"thread": thread}),
                    ]
                )
                act(who, comment, **more)
        except Forbidden:
            db.session.rollback()
    n = visible(thread.id)
    assert n > 5 and read_counts(thread.id) == (n, n)
    for row in db.session.scalars(select(Comment)):
        assert row.useful_count == db.session.scalar(select(func.count()).where(Useful.comment_id == row.id))

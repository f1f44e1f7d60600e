"""Who is told of what is said: the author of the idea or of what is answered, as long as it can be read."""

from typing import Any

import pytest
from sqlalchemy import delete

from app.accounts.models.people import ImportedAuthor, User
from app.comments import marks
from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.communities.actors import actor_for
from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.core.errors import NotFound
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications import policy
from app.notifications.models import Notice
from app.notifications.queries import notices as queries
from tests.support.clock import LONG_AGO
from tests.support.rows import again, kinds_told, last

HERE = "securite-alimentaire"


@pytest.fixture
def need(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need", title="Vingt-deux kilomètres pour du lait")
    return found


def say(person: User, subject: Any, body: str = "J'ai une fourgonnette.", **options: Any) -> Comment:
    db.session.rollback()
    thread = db.session.get_one(Thread, subject.thread_id)
    return reading.reload_comment(
        comments.post(actor_for(db.session.get_one(User, person.id)), thread, body=body, **options).id
    )


def count_unread(person: User) -> int:
    db.session.rollback()
    return queries.count_unread(actor_for(db.session.get_one(User, person.id)))


def test_the_author_of_the_idea_and_that_of_what_is_answered_are_told_once_each(
    make: Any, author: User, need: Idea
) -> None:
    simon, odile = make.user("Simon"), make.user("Odile")
    first = say(simon, need)
    say(odile, need, "Merci!", parent=first)
    say(author, need, "Oui, merci!", parent=again(first))
    assert kinds_told(author) == ["comment.post", "comment.post"]
    assert kinds_told(simon) == ["comment.reply", "comment.reply"] and kinds_told(odile) == []


def test_a_reply_to_the_author_of_the_idea_is_one_notice_and_ones_own_words_none(
    make: Any, author: User, need: Idea
) -> None:
    mine = say(author, need, "Une précision.")
    say(author, need, "Et une autre.", parent=mine)
    assert kinds_told(author) == []
    say(make.user(), need, "Merci!", parent=again(mine))
    assert kinds_told(author) == ["comment.reply"]


def test_whoever_published_an_update_is_told(make: Any) -> None:
    fae = make.user()
    say(make.user(), make.update(fae, HERE))
    assert kinds_told(fae) == ["comment.post"]


def test_neither_an_imported_author_nor_a_closed_account_is_told(make: Any, author: User, need: Idea) -> None:
    imported = make.comment(need, imported_author_id=make.add(ImportedAuthor(source="mfm", name="Ancienne voix")).id)
    make.at(author, closed_at=time.now(), active=False, email=None)
    say(make.user(), need, parent=imported)
    assert kinds_told(author) == []


def test_what_waits_for_the_team_is_told_once_it_appears(
    make: Any, author: User, newcomer: User, need: Idea, fae: User
) -> None:
    say(newcomer, need)
    held = last(Comment)
    assert held.status == "pending" and kinds_told(author) == []
    comments.admit(actor_for(fae), held)
    assert kinds_told(author) == ["comment.post"]


@pytest.mark.parametrize(
    "gone", [{"hidden_at": LONG_AGO, "hidden_reason": "non"}, {"deleted_at": LONG_AGO}, {"status": "pending"}]
)
def test_what_is_out_of_sight_is_told_no_more_until_it_is_back(
    make: Any, author: User, need: Idea, gone: dict[str, Any]
) -> None:
    said = say(make.user(), need)
    assert count_unread(author) == 1
    make.at(said, **gone)
    assert count_unread(author) == 0
    make.at(said, hidden_at=None, deleted_at=None, status="published")
    assert count_unread(author) == 1


def test_what_moved_under_somebody_else_s_idea_is_no_longer_told_to_the_first(
    make: Any, author: User, need: Idea
) -> None:
    said, other = say(make.user(), need), make.idea(make.user(), HERE)
    make.at(said, thread_id=other.thread_id)
    assert count_unread(author) == 0


def test_whoever_left_a_private_community_is_told_nothing_more(make: Any) -> None:
    make.community(slug="cercle", name="Cercle", is_private=True)
    ana, ben = (db.session.get_one(User, make.actor(member_of=["cercle"]).id) for _n in range(2))
    say(ben, make.idea(ana, "cercle"))
    assert count_unread(ana) == 1
    with unit():
        db.session.execute(delete(Membership).where(Membership.user_id == ana.id))
    assert count_unread(ana) == 0


def test_the_author_of_a_comment_is_told_that_it_went_into_the_text_while_it_is_so(
    make: Any, author: User, need: Idea
) -> None:
    simon = make.user()
    said = reading.reload_comment(say(simon, need).id)
    marks.mark_used(actor_for(author), said)
    assert kinds_told(simon) == ["comment.used"] and count_unread(simon) == 1
    marks.unmark_used(actor_for(author), said)
    assert count_unread(simon) == 0
    marks.mark_used(actor_for(author), said)
    assert kinds_told(simon) == ["comment.used"] and count_unread(simon) == 1


def test_a_burst_about_one_content_is_one_mail_and_another_content_has_its_own(
    make: Any, author: User, need: Idea, clock: Any
) -> None:
    other, simon = make.idea(author, HERE), make.user()
    say(simon, need)
    clock.forward(minutes=4)
    say(simon, need, "Et des glacières."), say(simon, other)
    clock.forward(minutes=5)
    assert queries.list_mails_to_write() == []
    clock.forward(minutes=1)
    assert [(user.id, len(ids)) for user, ids in queries.list_mails_to_write()] == [(author.id, 2)]
    clock.forward(minutes=4)
    assert sorted(len(ids) for _user, ids in queries.list_mails_to_write()) == [1, 2]


def test_a_notice_is_opened_by_whoever_was_told_and_nobody_else(make):
    user = make.user()
    make.comment(make.idea(user))
    notice = make.add(Notice(key="mine", user_id=user.id, kind="desk.idea", topic="task", pace="now", facts={}))
    assert queries.get_notice(make.actor(user), notice.id, policy.OPEN) is notice
    with pytest.raises(NotFound):
        queries.get_notice(make.actor(role="coordinator"), notice.id, policy.OPEN)

"""The notices of an account are erased when it closes."""

from sqlalchemy import select

from app.accounts import service
from app.communities.actors import actor_for
from app.core.db import db
from app.core.unit import unit
from app.notifications.models import Follow, Notice, NoticePace, NoticeSettings, ThreadVisit
from app.notifications.service import notices


def test_closing_an_account_erases_its_notices_and_no_others(make):
    leaving, staying = make.user(), make.user()
    with unit():
        for user in (leaving, staying):
            notices.tell(user.id, "role.member", "once")
    service.close(actor_for(leaving), leaving)
    assert db.session.scalars(select(Notice.user_id)).all() == [staying.id]


def test_closing_an_account_erases_what_it_followed_how_far_it_read_and_what_it_chose(make):
    leaving, staying, thread = make.user(), make.user(), make.thread()
    with unit():
        for user in (leaving, staying):
            db.session.add_all(
                [
                    Follow(user_id=user.id, kind="thread", target_id=thread.id),
                    NoticePace(user_id=user.id, topic="reply", pace="daily"),
                    NoticeSettings(user_id=user.id),
                    ThreadVisit(user_id=user.id, thread_id=thread.id, since_id=1, last_id=1),
                ]
            )
    service.close(actor_for(leaving), leaving)
    for table in (Follow, NoticePace, NoticeSettings, ThreadVisit):
        assert db.session.scalars(select(table.user_id)).all() == [staying.id]

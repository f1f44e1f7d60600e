"""The notices of an account are erased when it closes."""
from sqlalchemy import select

from app.accounts import service
from app.communities.actors import actor_for
from app.core.db import db
from app.core.unit import unit
from app.notifications.models import Notice
from app.notifications.service import notices


def test_closing_an_account_erases_its_notices_and_no_others(make):
    leaving, staying = make.user(), make.user()
    with unit():
        for user in (leaving, staying):
            notices.tell(user.id, "role.member", "once")
    service.close(actor_for(leaving), leaving)
    assert db.session.scalars(select(Notice.user_id)).all() == [staying.id]

"""Nobody acts on a person for what they reported of them: neither on their account, nor on their public words."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.comments.queries.reading import reload_comment
from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden
from app.core.permits import can
from app.desk.queries import desk
from app.desk.queries.queues import Scope
from app.moderation.appeals.policy import MEASURE_READ
from app.moderation.appeals.queries import measures as contested_measures
from app.moderation.cases import service as cases
from app.moderation.first_posts.queries import held_revisions
from app.moderation.measures.models import Measure
from app.moderation.measures.service import members
from tests.moderation.gestures import again, close, last_case, report_content
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE

WHY = "Une raison claire."


@pytest.mark.parametrize("act", ["warning", "suspension", "block"])
def test_what_one_reported_is_no_ground_to_act_on_its_author(
    make: Make, sign_in: Callable[[Any], Browser], act: str
) -> None:
    """Once the case is closed, who reported may act on the author, but not from the page of the reported comment."""
    judge, colleague, user = make.user(facilitates=[HERE]), make.actor(facilitates=[HERE]), make.user()
    comment = reload_comment(make.comment(make.idea(community=HERE), user).id)
    close("dismiss", colleague, report_content(make.actor(judge), comment))
    room, about = make.room(HERE).id, {"comment_id": comment.id}
    suspend = partial(members.suspend, until=clock.now() + timedelta(days=7))
    take = {"warning": members.warn, "suspension": suspend, "block": members.block}[act]
    with pytest.raises(Forbidden):
        take(again(make.actor(judge)), user, community_id=room, reason=WHY, about=about)
    browser, page = sign_in(judge), f"/members/{user.id}"
    assert browser.get(f"{page}/{act}?about=comment-{comment.id}").status_code == 404
    answer = browser.get(f"{page}/measures?about=comment-{comment.id}")
    assert "Vous avez signalé ce contenu" in answer.words and not answer.soup.select(f"a[href*='/{act}']")
    assert browser.get(f"{page}/{act}").status_code == 200
    take(colleague, user, community_id=room, reason=WHY, about=about)
    db.session.rollback()
    measure = db.session.scalars(select(Measure).where(Measure.user_id == user.id)).one()
    for who, is_judge in ((again(make.actor(judge)), False), (colleague, True)):
        assert (
            can(who, "measure:undo", contested_measures.get_contested_measure(who, measure.id, MEASURE_READ))
            is is_judge
        )


def test_whoever_reported_a_profile_never_decides_on_its_words(make: Make, sign_in: Callable[[Any], Browser]) -> None:
    judge, colleague = make.user(role="coordinator"), make.actor(role="coordinator")
    user = make.user(about="Je me présente.", shows_about=True)
    assert cases.report_profile(make.actor(judge), user, reason="insult")
    close("dismiss", colleague, last_case())
    row = make.add(
        HeldRevision(user_id=user.id, by_id=user.id, state="open", words={"about": "Autre chose."}, suspect="trap")
    )
    change = held_revisions.find_held_change(HeldRevision.id == row.id)
    who = again(make.actor(judge))
    assert not can(who, "held_revision:admit", change) and not desk.list_items(Scope(who), "changes").items
    assert can(colleague, "held_revision:admit", change)
    assert [item.id for item in desk.list_items(Scope(colleague), "changes").items] == [row.id]
    browser = sign_in(judge)
    for act in ("admission", "refusal"):
        answer = browser.forge(f"/held-revisions/{row.id}/{act}", data={"reason": WHY})
        assert answer.status_code in (403, 404), act
    db.session.rollback()
    assert db.session.get_one(HeldRevision, row.id).state == "open"

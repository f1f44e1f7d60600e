"""First posts that a team lets appear or not, and accounts that the site froze."""

import pytest
from sqlalchemy import select

from app.comments.models import Thread
from app.comments.queries import reading
from app.communities.actors import actor_for
from app.communities.models import Restriction
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.unit import unit
from app.ideas.models import Idea, Revision, StatusChange
from app.journal.models import Entry
from app.moderation.first_posts.queries import frozen_accounts as queries
from app.moderation.first_posts.service import first_posts as service
from app.moderation.first_posts.service import frozen_accounts
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.support.rows import again, kinds_told

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def posts(make, newcomer):
    """An idea and a comment that wait."""
    idea = make.idea(newcomer, HERE, "pending", suspect="first")
    comment = make.comment(make.idea(community=HERE), newcomer, status="pending", suspect="first")
    return {"idea": idea, "comment": reading.reload_comment(comment.id)}


def lines():
    return [(entry.kind, entry.reason, entry.facts) for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


def test_an_idea_that_is_let_through_is_as_if_it_were_published_now(make, posts, newcomer):
    service.publish_idea(make.actor(facilitates=[HERE]), posts["idea"], version=posts["idea"].version)
    idea = db.session.get_one(Idea, posts["idea"].id)
    assert (idea.status, idea.suspect, idea.revisions_count) == ("published", "", 1) and idea.published_at
    assert db.session.get_one(Thread, idea.thread_id).is_open
    assert db.session.scalars(select(Revision).where(Revision.idea_id == idea.id)).one().number == 1
    assert db.session.scalars(select(StatusChange).where(StatusChange.idea_id == idea.id)).one().by_id == newcomer.id
    assert kinds_told(newcomer) == ["measure.publish"] and lines() == [("publish", "", {"on": "idea"})]
    assert again(newcomer).admitted_count == 1 and again(newcomer).trusted_at is None


def test_a_comment_that_is_let_through_is_counted(make, posts, newcomer):
    comment = posts["comment"]
    service.publish_comment(make.actor(facilitates=[HERE]), comment, version=comment.version)
    assert comment.is_visible and db.session.get_one(Thread, comment.thread_id).comments_count == 1
    assert kinds_told(newcomer) == ["measure.publish"] and again(newcomer).admitted_count == 1


@pytest.mark.parametrize("noun", ["idea", "comment"])
def test_its_author_may_be_trusted_in_the_same_gesture(make, posts, newcomer, noun):
    actor = make.actor(facilitates=[HERE])
    getattr(service, f"publish_{noun}")(actor, posts[noun], version=posts[noun].version, trusts=True)
    assert again(newcomer).trusted_by == actor.id and not actor_for(again(newcomer)).is_new
    assert db.session.scalars(select(Measure)).one().data["trusts"]


def test_trust_comes_with_use(make, newcomer, clock):
    actor = make.actor(facilitates=[HERE])
    for _n in range(3):
        idea = make.idea(newcomer, HERE, "pending", suspect="first")
        service.publish_idea(actor, idea, version=idea.version)
    assert actor_for(again(newcomer)).is_new
    clock.forward(days=8)
    assert not actor_for(again(newcomer)).is_new


@pytest.mark.parametrize("noun", ["idea", "comment"])
def test_a_refusal_keeps_the_words_and_tells_why_and_showing_them_makes_them_wait_again(make, posts, newcomer, noun):
    actor, content = make.actor(facilitates=[HERE]), posts[noun]
    getattr(service, f"refuse_{noun}")(actor, content, reason="C'est une annonce.", version=content.version)
    assert (content.hidden_reason, content.status) == ("C'est une annonce.", "pending") and content.body
    assert kinds_told(newcomer) == ["measure.refuse"] and lines() == [("refuse", "C'est une annonce.", {"on": noun})]
    assert again(newcomer).admitted_count == 0
    with pytest.raises(Forbidden):
        getattr(service, f"publish_{noun}")(actor, content, version=content.version)
    measures.restore(actor, content, reason="À relire.")
    getattr(service, f"publish_{noun}")(actor, content, version=content.version)
    assert content.status == "published"


@pytest.mark.parametrize("noun", ["idea", "comment"])
def test_nobody_else_does_and_nobody_for_themselves(make, people, posts, newcomer, noun):
    make.facilitator(newcomer, HERE)
    for actor in (people["neighbour"], actor_for(again(newcomer))):
        for act, more in (("publish", {}), ("publish", {"trusts": True}), ("refuse", {"reason": "Une raison"})):
            with pytest.raises(Forbidden):
                getattr(service, f"{act}_{noun}")(actor, posts[noun], version=posts[noun].version, **more)
    assert db.session.scalars(select(Measure)).all() == [] and again(newcomer).admitted_count == 0


def freeze(user):
    with unit():
        frozen_accounts.freeze(user.id)
    return queries.find_freeze(user.id)


def test_a_frozen_account_and_those_who_may_look_at_it_are_told_once(make, posts, newcomer):
    team, other = make.user(facilitates=[HERE]), make.user(facilitates=[ELSEWHERE])
    coordinator = make.user(role="coordinator")
    assert freeze(newcomer).reason == frozen_accounts.FROZEN and freeze(newcomer).by_id is None
    assert actor_for(again(newcomer)).is_suspended
    assert kinds_told(newcomer) == ["measure.freeze"] and kinds_told(team) == ["freeze.review"]
    assert kinds_told(other) == kinds_told(coordinator) == []
    assert db.session.scalars(select(Measure)).one().by_id is None
    assert lines() == [("freeze", frozen_accounts.FROZEN, {"on": "user"})]


def test_where_no_team_is_coordinators_are_told(make, newcomer):
    coordinator = make.user(role="coordinator")
    make.idea(newcomer, community_id=None, status="pending")
    freeze(newcomer)
    assert kinds_told(coordinator) == ["freeze.review"]


def test_a_freeze_is_lifted_by_the_team_of_a_place_where_it_posted(make, posts, newcomer):
    restriction, actor = freeze(newcomer), make.actor(facilitates=[HERE])
    frozen_accounts.lift(actor, restriction, reason="Une séance de saisie.")
    assert (restriction.lifted_by, posts["idea"].status) == (actor.id, "pending") and restriction.lifted_at
    assert not actor_for(again(newcomer)).is_suspended and kinds_told(newcomer)[-1] == "measure.lift"
    assert lines()[-1] == ("lift", "Une séance de saisie.", {"on": "user"})
    with pytest.raises(Conflict):
        frozen_accounts.lift(actor, restriction, reason="Encore")
    assert freeze(newcomer).id != restriction.id


def test_nobody_else_lifts_a_freeze(make, people, posts, newcomer):
    restriction = freeze(newcomer)
    make.facilitator(newcomer, HERE)
    for actor in (people["neighbour"], actor_for(again(newcomer))):
        with pytest.raises(Forbidden):
            frozen_accounts.lift(actor, restriction, reason="Une raison")
    assert db.session.get_one(Restriction, restriction.id).lifted_at is None


def test_each_sees_the_frozen_accounts_of_their_places_and_what_waits_there(make, posts, newcomer):
    away = make.user(trusted_at=None)
    elsewhere = make.idea(away, ELSEWHERE, "pending")
    make.idea(newcomer, ELSEWHERE, "draft")
    freeze(newcomer), freeze(away)
    here, there, over = (
        make.actor(facilitates=[HERE]),
        make.actor(facilitates=[ELSEWHERE]),
        make.actor(role="coordinator"),
    )
    waiting = {
        actor.id: [user.id for user, _restriction in queries.list_frozen_accounts(actor)]
        for actor in (here, there, over, make.actor())
    }
    assert list(waiting.values()) == [[newcomer.id], [away.id], [newcomer.id, away.id], []]
    assert [idea.id for idea in queries.list_pending_ideas(here, newcomer.id)] == [posts["idea"].id]
    assert [comment.id for comment in queries.list_pending_comments(here, newcomer.id)] == [posts["comment"].id]
    assert queries.list_pending_ideas(there, newcomer.id) == queries.list_pending_comments(there, newcomer.id) == []
    assert [idea.id for idea in queries.list_pending_ideas(there, away.id)] == [elsewhere.id]


def test_whoever_holds_the_server_lifts_a_freeze(make, newcomer):
    freeze(newcomer)
    with unit():
        frozen_accounts.thaw(newcomer.id)
    assert not actor_for(again(newcomer)).is_suspended
    with pytest.raises(Conflict), unit():
        frozen_accounts.thaw(newcomer.id)


def test_a_freeze_that_ended_is_none(make, newcomer):
    make.restriction(newcomer, kind="freeze", lifted_at=clock.now())
    make.restriction(newcomer)
    assert queries.find_freeze(newcomer.id) is None

"""The desk in SQL: each queue holds what the law lets its reader act on, no more and no less, and is paged in order."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment
from app.comments.queries import reading
from app.communities.queries import get_rooms
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import can
from app.desk.models import Assignment, ReadMark, ThreadReadMark
from app.desk.queries import desk
from app.desk.queries.queues import QUEUES, Scope, list_queue_names
from app.forum.queries import topics
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import measures
from app.moderation.cases import queries
from app.moderation.cases.models import Case
from app.moderation.first_posts.queries import frozen_accounts, held_revisions
from app.moderation.moves.models import Handover, Offer
from app.plan.models.links import Link
from app.plan.policy import READ_ACTION, may_feed
from app.plan.queries import actions, plans, tree
from tests.desk.full_desk import fill
from tests.support.square_reuse import build_once
from tests.support.world import ELSEWHERE, HERE, build

CHARGED = ("facilitator", "neighbour", "coordinator")


@pytest.fixture
def world(house, make):
    """The square, with something in every queue, in each community, and ideas that wait for too long."""
    return build_once(house, make, "desk", lambda: fill(make, build(make)))


def keys(actor, queue, room=None):
    """List what a queue holds, by pages of three."""
    scope, after, found = Scope(actor, room), "", []
    while True:
        page = desk.list_items(scope, queue, after=after, size=3)
        found += [item.key for item in page.items]
        if page.next is None:
            return found
        after = page.next


def ids(model):
    return list(db.session.scalars(select(model.id)))


def list_lawful_keys(actor):
    """Return the keys that each queue must hold, by the law alone."""
    contents = {f"idea-{row.id}": row for row in db.session.scalars(select(Idea))}
    talk = {f"comment-{row_id}": reading.reload_comment(row_id) for row_id in ids(Comment)}
    rooms = [room for room in get_rooms().all if can(actor, "community:moderate", room)]
    mine = {room.id for room in rooms}
    pitched = db.session.scalars(topics.select_contents()).all()
    drafts = db.session.scalars(select(Answer).options(joinedload(Answer.idea)))
    links = db.session.scalars(select(Link).options(joinedload(Link.idea), joinedload(Link.action))).all()
    return {
        "pending": {key for key, one in contents.items() if can(actor, "idea:admit", one)}
        | {key for key, one in talk.items() if can(actor, "comment:admit", one)}
        | {f"topic-{one.id}" for one in pitched if can(actor, "topic:admit", one)},
        "changes": {
            f"revision-{n}"
            for n in ids(HeldRevision)
            if can(actor, "held_revision:admit", held_revisions.find_held_change(HeldRevision.id == n))
        },
        "cases": {f"case-{n}" for n in ids(Case) if can(actor, "case:decide", queries.find_case_file(n))},
        "appeals": {
            f"appeal-{n}"
            for n in ids(Appeal)
            if can(actor, "appeal:judge", measures.find_contested_measure(actor, Appeal.id == n))
        },
        "reviews": {f"answer-{answer.id}" for answer in drafts if can(actor, "answer:review", answer)},
        "handovers": {
            f"handover-{offer.id}"
            for offer in db.session.scalars(select(Handover))
            if can(actor, "handover:answer", Offer(offer, contents[f"idea-{offer.idea_id}"]))
        },
        "frozen": {f"account-{user.id}" for user, _restriction in frozen_accounts.list_frozen_accounts(actor)},
        "unanswered": {
            key
            for key, one in contents.items()
            if one.is_public
            and one.status == "published"
            and one.community_id in mine
            and one.status_at < clock.ago(days=30)
        },
        "stalled": {
            key
            for key, one in contents.items()
            if one.is_public
            and one.status == "retained"
            and one.community_id in mine
            and one.status_at < clock.ago(days=90)
        },
        "orphans": {
            key for key, one in contents.items() if one.is_public and one.community_id is None and actor.is_coordinator
        },
        "links": {
            f"link-{link.id}"
            for link in links
            if can(actor, "link:answer", link) and may_feed(actor, link.idea) and link.action.is_living
        },
        "returned": {
            f"link-{link.id}"
            for link in links
            if link.action.state == "dropped"
            and link.is_in_force
            and link.idea.status == "retained"
            and not link.idea.answered_at
            and link.idea.community_id in mine
        },
        "late": {
            f"action-{row.id}"
            for plan in [plans.find_current_plan(actor)]
            if plan
            for row in tree.get_tree(plan).actions
            if row.late_since(clock.today())
            and can(actor, "holder:name", actions.get_action(actor, row.id, READ_ACTION))
        },
        "unlinked": {
            key
            for key, one in contents.items()
            if one.is_public and one.is_set_by_hand and not one.is_private and one.community_id in mine
        },
    }


def test_each_queue_holds_what_the_law_lets_its_reader_act_on(make, world):
    for who in CHARGED:
        actor = make.actor(world.people[who])
        lawful_keys, counts = list_lawful_keys(actor), desk.count_queues(Scope(actor))
        assert list(counts) == list_queue_names(Scope(actor)) and set(list_queue_names(Scope(actor))) >= set(QUEUES) - {
            "orphans",
            "late",
        }
        for queue, allowed_keys in lawful_keys.items():
            found = keys(actor, queue) if queue in counts else []
            assert len(found) == len(set(found)) and set(found) == allowed_keys, (who, queue)
            assert queue not in counts or counts[queue].all == len(allowed_keys), (who, queue)
        assert who != "facilitator" or all(lawful_keys[queue] for queue in set(lawful_keys) - {"orphans", "late"})
        assert who != "coordinator" or all(lawful_keys.values())


def test_the_desk_of_one_community_holds_what_is_there_and_nothing_else(make, world):
    coordinator = make.actor(world.people["coordinator"])
    room = get_rooms().by_slug[HERE]
    fae = make.actor(world.people["facilitator"])
    for queue in set(QUEUES) - {
        "orphans",
        "cases",
        "appeals",
        "reviews",
        "pending",
        "frozen",
        "handovers",
        "changes",
        "links",
        "late",
    }:
        assert keys(coordinator, queue, room) == keys(fae, queue, room) == keys(fae, queue), queue
    everywhere = {queue: set(keys(coordinator, queue)) for queue in QUEUES}
    assert keys(coordinator, "orphans", room) == [] and "orphans" not in list_queue_names(Scope(coordinator, room))
    for queue in QUEUES:
        assert set(keys(coordinator, queue, room)) <= everywhere[queue], queue


def test_a_late_idea_is_counted_as_the_reminders_count_it(make, world):
    due = answers.count_due(get_rooms().all)
    for slug in (HERE, ELSEWHERE):
        room = get_rooms().by_slug[slug]
        actor = make.actor(facilitates=[slug])
        assert desk.count_queues(Scope(actor))["unanswered"].all == due[room.id] == 1


def test_what_is_in_ones_hands_comes_first_and_may_stand_alone(make, people):
    fae = people["facilitator"]
    ideas = [make.idea(community=HERE, status="pending") for _n in range(5)]
    for n, idea in enumerate(ideas):
        make.at(idea, saved_at=clock.ago(hours=10 - n))
    for idea in ideas[3:]:
        make.add(Assignment(idea_id=idea.id, user_id=fae.id, by_id=fae.id))
    make.add(Assignment(idea_id=ideas[0].id, user_id=people["coordinator"].id, by_id=fae.id))
    order = [f"idea-{ideas[n].id}" for n in (3, 4, 0, 1, 2)]
    assert keys(fae, "pending") == order
    first = desk.list_items(Scope(fae), "pending", size=3).items
    assert [item.is_mine for item in first] == [True, True, False]
    assert first[2].assignment.user_id == people["coordinator"].id and first[0].assignment.user_id == fae.id
    mine = desk.list_items(Scope(fae), "pending", only_mine=True)
    assert [item.key for item in mine.items] == order[:2]
    assert desk.count_queues(Scope(fae))["pending"] == desk.QueueCount(all=5, mine=2)
    assert desk.count_queues(Scope(people["coordinator"]))["pending"].mine == 1


def test_a_broken_place_is_no_page(people):
    for place in ("1", "x.1.idea.1", "1.1.idea.0", "2.5.idea.1", "0.5.IDEA.1", "0.99999999999999999.idea.1"):
        with pytest.raises(NotFound):
            desk.list_items(Scope(people["facilitator"]), "pending", after=place)


def test_unread_is_what_others_said_in_sight_since_the_mark(make, people):
    fae, idea = people["facilitator"], make.idea(community=HERE)
    comments = [make.comment(idea) for _n in range(3)]
    make.comment(idea, account(fae))
    make.comment(idea, account(people["coordinator"]))
    make.comment(idea, status="pending")
    make.comment(idea, hidden_at=clock.now(), hidden_reason="x")
    make.comment(idea, deleted_at=clock.now())
    make.comment(make.idea(community=ELSEWHERE))
    make.comment(make.idea(community_id=None))
    former = make.user()
    make.facilitator(former, HERE, expires_at=clock.ago(days=1))
    comments.append(make.comment(idea, former))
    assert read_unread(fae) == {idea.thread_id: (comments[0].id, comments[-1].id, 4)}
    make.add(ReadMark(community_id=idea.community_id, comment_id=comments[1].id, by_id=fae.id))
    assert read_unread(fae) == {idea.thread_id: (comments[2].id, comments[-1].id, 2)}
    assert desk.count_queues(Scope(fae))["unread"].all == 1 and len(keys(people["coordinator"], "unread")) == 2
    make.add(ThreadReadMark(thread_id=idea.thread_id, comment_id=comments[2].id, by_id=fae.id))
    assert read_unread(fae) == {idea.thread_id: (comments[-1].id, comments[-1].id, 1)}


def read_unread(actor):
    """Return, by thread, its first unread comment, its newest one, and how many there are."""
    items = desk.list_items(Scope(actor), "unread").items
    return {item.id: (item.thing.first.id, item.thing.newest.id, item.thing.count) for item in items}


def account(actor):
    return db.session.get_one(User, actor.id)


def test_nobody_else_has_a_queue(make, people, author):
    make.idea(author, HERE)
    for actor in (make.actor(author), *(people[who] for who in ("unconfirmed", "member", "admin", "suspended"))):
        assert not can(actor, "desk:read")

"""Threads, desks and lists of what was said, decided and told read what they show, however much there is."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.comments.queries import pages, positions, reading
from app.communities.queries import get_rooms
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.paging import format_cursor
from app.core.unit import unit
from app.desk.models import Assignment, ReadMark
from app.desk.queries import desk, unread
from app.desk.queries.queues import QUEUES, Scope, list_queue_names
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers
from app.journal import queries as journal
from app.journal.models import Entry
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import appeals, measures
from app.moderation.cases import queries
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.moderation.moves import queries as moves
from app.moderation.moves.models import Handover, MoveRequest
from app.notifications.models import Notice
from app.notifications.queries import notices
from app.results import similar
from app.updates import queries as updates
from app.updates.models import Update
from app.votes import queries as votes
from app.votes.models import Vote
from tests.large import large
from tests.support import plans
from tests.support.make import Make

HERE, MANY = "securite-alimentaire", 13_000
# A desk counts a thousand things in each of its queues; a list shows twenty.
OF_A_DESK, OF_A_PAGE = 10_000, 6_000
assert MANY * 12 // plans.STEPS > OF_A_PAGE, "a whole table, read with the fewest steps for a row, would be no fault"
LONG = 12_000


@pytest.fixture
def talk(make: Make) -> Iterator[Idea]:
    """An idea with 12 000 roots and as many answers, 2 000 of them to the first; some are out of sight."""
    idea = make.idea(make.user())
    first = (db.session.scalar(select(func.max(Comment.id))) or 0) + 1
    gone = {
        "deleted_at": f"CASE WHEN n % 50 = 0 THEN {large.moment('n')} END",
        "hidden_at": f"CASE WHEN n % 70 = 0 THEN {large.moment('n')} END",
        "hidden_by": f"CASE WHEN n % 70 = 0 THEN {idea.author_id} END",
    }
    columns = {"thread_id": str(idea.thread_id), "author_id": str(idea.author_id), "body_html": "'<p>Un mot.</p>'"}
    large.grow(Comment, LONG, **columns, **gone, created_at=large.moment("n"), useful_count="n % 3")
    root = f"CASE WHEN n % 6 = 0 THEN {first} ELSE {first} + n END"
    large.grow(Comment, LONG, **columns, **gone, created_at=large.moment("n"), depth="1", root_id=root, parent_id=root)
    large.grow(Comment, 3 * LONG, **columns | {"thread_id": "1000000 + n"}, created_at=large.moment("n"))
    large.measure()
    yield idea


def test_a_long_thread_reads_what_it_shows_and_finds_places_far_in_it(make: Make, talk: Idea) -> None:
    look_at_pages(make, talk)
    find_places(talk)


def look_at_pages(make: Make, talk: Idea) -> None:
    thread = db.session.get_one(Thread, talk.thread_id)
    middle = db.session.scalars(select(Comment).where(Comment.root_id.is_(None)).offset(LONG // 2).limit(1)).one()
    first = db.session.scalar(select(func.min(Comment.id)))
    last = db.session.scalar(select(func.max(Comment.id)).where(Comment.root_id == first))
    calls: list[Callable[[], object]] = []
    for actor in (ANYONE, make.actor(), make.actor(role="coordinator")):
        for sort, value in (("oldest", middle.created_at), ("newest", middle.created_at), ("useful", 1)):
            after = format_cursor(value, middle.id)
            calls += [
                partial(pages.get_thread_page, actor, thread, sort=sort),
                partial(pages.get_thread_page, actor, thread, sort=sort, after=after),
                partial(pages.get_thread_page, actor, thread, sort=sort, at=middle.id),
            ]
        calls += [
            partial(pages.get_branch_page, actor, first),
            partial(pages.get_branch_page, actor, first, after=last - 3_000),
            partial(pages.get_branch_page, actor, first, at=last - 3_000),
            partial(positions.is_far, actor, last - 7, first),
        ]
    assert faults(calls, OF_A_PAGE) == []


def find_places(talk: Idea) -> None:
    """Beyond a thousand roots, the page begins with the comment that was asked for."""
    thread = db.session.get_one(Thread, talk.thread_id)
    rows = select(Comment.id).where(Comment.thread_id == thread.id, Comment.root_id.is_(None), Comment.in_sight())
    target = db.session.scalars(rows.order_by(Comment.created_at, Comment.id).offset(5_000).limit(1)).one()
    page = pages.get_thread_page(ANYONE, thread, at=target)
    assert page.branches[0].root_id == target and not page.is_first and len(page.branches) == 50
    branch = pages.get_thread_page(ANYONE, thread).branches[0]
    assert branch.is_vast and branch.size == 100 and len(branch.replies) == 20
    last = db.session.scalar(select(func.max(Comment.id)).where(Comment.root_id == branch.root_id, Comment.in_sight()))
    assert last in [entry.id for entry in pages.get_branch_page(ANYONE, branch.root_id, at=last).branches[0].entries]


@pytest.fixture
def square(make: Make) -> Iterator[Idea]:
    """Ten thousand ideas, each with a thread to read; much that was decided, told and published, some that waits."""
    large.fill_with_ideas(MANY)
    first = db.session.scalars(select(Idea).where(Idea.thread_id > 0).order_by(Idea.id)).first()
    thread, author = f"{first.thread_id} + n - 1", str(first.author_id)
    large.grow(
        Comment,
        MANY,
        thread_id=thread,
        author_id=author,
        created_at=large.moment("n"),
        status="CASE WHEN n % 4000 = 0 THEN 'pending' ELSE 'published' END",
    )
    with unit():
        lead = select(Idea.community_id).where(Idea.thread_id == Thread.id).scalar_subquery()
        db.session.execute(update(Thread).values(unread_id=reading.select_newest_id(Thread.id), community_id=lead))
    rooms = get_rooms().all
    room = f"{rooms[0].id} + n % {len(rooms)}"
    idea, at = f"{first.id} + n - 1", large.moment("n")
    state = "CASE WHEN n % 1000 = 0 THEN 'open' ELSE '{}' END"
    large.grow(Case, MANY, idea_id=idea, community_id=room, state=state.format("handled"), opened_at=at, decided_at=at)
    large.grow(Measure, MANY, kind="'hide'", idea_id=idea, community_id=room, reason="'x'", at=at)
    large.grow(
        Appeal, MANY, measure_id="n", user_id=author, words="'x'", state=state.format("refused"), at=at, decided_at=at
    )
    large.grow(
        Handover,
        MANY,
        idea_id=idea,
        from_id="1",
        to_id="2",
        reason="'x'",
        by_id=author,
        at=at,
        state=state.format("returned"),
    )
    large.grow(
        MoveRequest, MANY, idea_id=idea, to_id="2", reason="'x'", by_id=author, at=at, state=state.format("refused")
    )
    large.grow(
        Answer,
        MANY,
        idea_id=idea,
        status="'retained'",
        reason="'x'",
        by_id=author,
        at=at,
        asked_at=at,
        published_at=f"CASE WHEN n % 1000 > 0 THEN {at} END",
    )
    large.grow(
        Entry,
        MANY,
        kind="CASE WHEN n % 7 = 0 THEN 'lock' ELSE 'status' END",
        community_id=room,
        at=at,
        nonce="'n'",
        digest="'d'",
        previous="'p'",
        hash="'h' || n",
        idea_id=idea,
        facts="'{}'",
    )
    large.grow(Update, MANY, community_id=room, author_id=author, thread_id="1000000 + n", published_at=at)
    large.grow(
        Notice,
        MANY,
        key="'k' || n",
        user_id=author,
        kind="'status'",
        idea_id=idea,
        at=at,
        facts="'{}'",
        mailed_at=large.moment("n + 1"),
    )
    large.grow(Vote, MANY, user_id="2 + n", idea_id=str(first.id), is_named="n % 2 = 0", at=at)
    large.measure()
    yield first


def test_desks_and_lists_of_what_was_said_decided_and_told_read_what_they_show(make: Make, square: Idea) -> None:
    """One square for all of it, which is slow to make."""
    look_at_lists(make, square)
    look_at_desks(make, square)
    pass_over_what_was_read(make)


def look_at_desks(make: Make, square: Idea) -> None:
    here = get_rooms().by_slug[HERE]
    people = [make.actor(role="coordinator"), make.actor(facilitates=[HERE])]
    # The desk of who has the charge of one community is that community's.
    for actor, scopes in zip(people, ([None, here], [None]), strict=True):
        make.add(Assignment(idea_id=square.id + actor.id, user_id=actor.id, by_id=actor.id))
        db.session.rollback()
        for scope in (Scope(actor, room) for room in scopes):
            waits = desk.count_queues(scope)
            assert min(waits["unanswered"].all, waits["stalled"].all) > 300
            assert waits["unread"].all == unread.MOST + 1 and 0 < waits["cases"].all < 30
            assert faults([partial(desk.count_queues, scope)], OF_A_DESK) == []
            assert faults([call for queue in list_queue_names(scope) for call in walk(scope, queue)], OF_A_PAGE) == []


def walk(scope: Scope, queue: str) -> Iterator[Callable[[], object]]:
    """Yield the first page of a queue, one far in it, and what is in one's hands."""
    yield partial(desk.list_items, scope, queue)
    yield partial(desk.list_items, scope, queue, only_mine=True)
    walks = QUEUES[queue](scope)
    rank = walks[-1].rank
    far = db.session.scalars(walks[-1].query.with_only_columns(rank).order_by(rank).offset(500).limit(1)).first()
    number = far if isinstance(far, int) else round(far.timestamp() * 1_000_000) if far else 1
    yield partial(desk.list_items, scope, queue, after=f"1.{number}.{walks[-1].kind}.1")


def pass_over_what_was_read(make: Make) -> None:
    """A mark, and threads read one by one, are not walked again."""
    actor, here = make.actor(facilitates=[HERE]), get_rooms().by_slug[HERE]
    last = db.session.scalar(select(func.max(Thread.unread_id)).where(Thread.community_id == here.id))
    with unit():
        db.session.add(ReadMark(community_id=here.id, comment_id=last - 50, by_id=actor.id))
    scope = Scope(actor)
    assert 0 < desk.count_queues(scope)["unread"].all < 30
    assert (
        faults([partial(desk.list_items, scope, "unread"), partial(unread.get_newest_ids, [here.id])], OF_A_PAGE) == []
    )


def look_at_lists(make: Make, square: Idea) -> None:
    coordinator, facilitator = make.actor(role="coordinator"), make.actor(facilitates=[HERE])
    author = Actor(id=square.author_id)
    here = get_rooms().by_slug[HERE]
    waiting = make.idea(make.user(), HERE, "pending")
    past = {"since": db.session.scalar(select(func.min(Entry.at)))}
    calls: list[Callable[[], Any]] = [
        partial(answers.list_answerable, coordinator, here, ""),
        partial(answers.list_answerable, coordinator, here, "published"),
        partial(similar.list_near_waiting, waiting),
        partial(moves.list_open_offers, coordinator),
        partial(queries.list_cases, coordinator, "open"),
        partial(queries.list_cases, facilitator, "handled"),
        partial(appeals.list_appeals, coordinator, "open"),
        partial(appeals.list_appeals, facilitator, "refused"),
        partial(measures.list_measures, facilitator),
        partial(measures.list_measures_on_person, coordinator, 1),
        partial(journal.list_entries, ANYONE, journal.Filters()),
        partial(journal.list_entries, ANYONE, journal.Filters("lock")),
        partial(journal.list_entries, ANYONE, journal.Filters("none", here.id)),
        partial(journal.list_entries, ANYONE, journal.Filters(community_id=here.id)),
        partial(journal.list_entries, ANYONE, journal.Filters(until=past["since"])),
        partial(updates.list_latest, ANYONE),
        partial(updates.list_updates, ANYONE, here.id),
        partial(updates.list_own, author),
        partial(reading.list_own, author),
        partial(notices.list_notices, author),
        partial(notices.count_unread, author),
        partial(notices.list_mails_to_write),
        partial(votes.get_support, ANYONE, square),
        partial(votes.get_support, author, square),
    ]
    assert faults(calls, OF_A_PAGE) == []
    assert notices.count_unread(author) == notices.MOST + 1
    assert db.session.get_one(User, square.author_id)


def faults(calls: list[Callable[[], object]], most: int) -> list[str]:
    found = []
    for call in calls:
        with plans.record() as statements:
            call()
        db.session.rollback()
        found += [f"{call}\n{fault}" for fault in plans.faults(statements, most=most)]
    return found

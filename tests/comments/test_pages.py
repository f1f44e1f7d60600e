"""What stands on the pages of a thread, in which order, and at what cost."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from app.accounts.models.changes import HeldRevision
from app.comments.models import Comment, Thread
from app.comments.queries import pages, positions, reading
from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import NotFound
from app.core.unit import unit

FIRST = "securite-alimentaire"
GONE = {"deleted": "deleted_at", "hidden": "hidden_at"}


def rows(thread_id, author_id, parents, **columns):
    """Store comments in one statement; return their ids. `parents` has the position of each parent, or None."""
    start, values = clock.now() - timedelta(days=9), []
    for n, parent in enumerate(parents):
        upper = values[parent] if parent is not None else None
        values.append(
            {
                "id": n + 1,
                "thread_id": thread_id,
                "author_id": author_id,
                "body": f"mot {n}",
                "body_html": f"<p>mot {n}</p>",
                "renderer": 1,
                "created_at": start + timedelta(minutes=n),
                "parent_id": upper and upper["id"],
                "root_id": upper and (upper["root_id"] or upper["id"]),
                "depth": upper["depth"] + 1 if upper else 0,
                "useful_count": n % 7,
                "hidden_at": None,
                "deleted_at": None,
                "status": "published",
            }
            | columns
        )
    with unit():
        db.session.execute(insert(Comment), values)
    return [row["id"] for row in values]


@pytest.fixture
def thread(make):
    return db.session.get_one(Thread, make.idea(community=FIRST).thread_id)


def remove(comment_id, how):
    with unit():
        comment = db.session.get_one(Comment, comment_id)
        comment.hide(comment.author_id, "hors sujet") if how == "hidden" else comment.delete(comment.author_id)


def test_a_comment_that_one_may_not_read_is_on_no_page(make, thread):
    writer = make.user()
    ids = rows(thread.id, writer.id, [*[None] * (positions.ROOTS + 9), positions.ROOTS + 8])
    make.at(db.session.get_one(Comment, ids[-1]), status="pending")
    order = pages.ORDERS["oldest"]
    assert positions.find_page_start(make.actor(writer), thread, order, ids[-1]) is not None
    assert (
        positions.find_page_start(ANYONE, thread, order, ids[-1])
        is positions.find_page_start(ANYONE, thread, order, 999_999)
        is None
    )


def walk(actor, thread, sort="oldest"):
    """Follow every next page and every rest of a branch; return each page's entries in order."""
    after, entries_by_page, turns = "", [], 0
    while after is not None:
        page = pages.get_thread_page(actor, thread, sort=sort, after=after)
        for branch in page.branches:
            entries_by_page.append(list(branch.entries))
            rest = branch.last_id if branch.rest else None
            while rest:
                part = pages.get_branch_page(actor, branch.root_id, after=rest)
                entries_by_page.append(list(part.branches[0].entries))
                rest = int(part.next) if part.next else None
        after, turns = page.next, turns + 1
        assert turns < 20
    return entries_by_page


def forest(chance, roots=130, replies=400):
    parents = [None] * roots
    for n in range(replies):
        # One long branch under the first root, the others wherever.
        parents.append(0 if n < 30 else chance.randrange(len(parents)) if chance.random() < 0.8 else roots - 1)
    return parents


@pytest.mark.parametrize("sort", pages.SORTS)
def test_every_visible_comment_is_reached_exactly_once(make, thread, sort):
    chance = random.Random(130)
    ids = rows(thread.id, make.user().id, forest(chance))
    for comment_id in chance.sample(ids, 60):
        remove(comment_id, chance.choice(("hidden", "deleted")))
    for actor in (ANYONE, make.actor(), make.actor(role="coordinator")):
        found = [entry.id for entries in walk(actor, thread, sort) for entry in entries if entry.is_readable]
        expected_ids = db.session.scalars(
            select(Comment.id).join(Comment.thread).where(reading.visible_to(actor))
        ).all()
        assert sorted(found) == sorted(expected_ids)


@pytest.mark.parametrize("sort", pages.SORTS)
def test_roots_are_in_the_order_that_was_asked(make, thread, sort):
    rows(thread.id, make.user().id, [None] * 120)
    roots = [entries[0].comment for entries in walk(ANYONE, thread, sort)]
    keys = {
        "oldest": lambda c: (c.created_at, c.id),
        "newest": lambda c: (-c.created_at.timestamp(), -c.id),
        "useful": lambda c: (-c.useful_count, c.id),
    }
    assert [c.id for c in roots] == [c.id for c in sorted(roots, key=keys[sort])] and len(roots) == 120


def test_replies_are_in_reading_order_and_three_levels_deep(make, thread):
    # a(0) ← b(1) ← c(2) ← d(3) ← e(4) ← f(5); a ← g(6); b ← h(7)
    a, b, c, d, e, f, g, h = rows(thread.id, make.user().id, [None, 0, 1, 2, 3, 4, 0, 1])
    entries = pages.get_thread_page(ANYONE, thread).branches[0].entries
    assert [(entry.id, entry.depth) for entry in entries] == [
        (a, 0),
        (b, 1),
        (c, 2),
        (d, 3),
        (e, 3),
        (f, 3),
        (h, 2),
        (g, 1),
    ]
    assert [(entry.id, entry.answers.id) for entry in entries if entry.answers] == [(e, d), (f, e)]
    assert all(entry.is_near for entry in entries if entry.answers)


def test_a_long_branch_goes_on_apart_and_says_what_it_answers(make, thread):
    ids = rows(thread.id, make.user().id, [None] + [0] * 18 + [1, 19, 20, 21, 22] + [0] * 60)
    branch = pages.get_thread_page(ANYONE, thread).branches[0]
    assert (len(branch.entries), branch.rest, branch.last_id) == (21, len(ids) - 21, ids[20])
    first = pages.get_branch_page(ANYONE, ids[0], after=branch.last_id)
    assert len(first.branches[0].entries) == 50 and not first.is_first
    lead = next(entry for entry in first.branches[0].entries if entry.id == ids[21])
    assert (lead.answers.id, lead.is_near, lead.depth) == (ids[20], False, 1)
    whole = pages.get_branch_page(ANYONE, ids[0])
    assert whole.is_first and whole.branches[0].entries[0].id == ids[0] and whole.next == str(ids[49])
    at = pages.get_branch_page(ANYONE, ids[0], at=ids[60])
    assert ids[60] in [entry.id for entry in at.branches[0].entries] and not at.is_first
    assert pages.get_branch_page(ANYONE, ids[0], at=ids[3]).is_first


def test_places_are_found_among_the_pages(make, thread):
    ids = rows(thread.id, make.user().id, [None] * 130 + [110] + [0] * 25)
    for sort in pages.SORTS:
        for target, root in ((ids[0], ids[0]), (ids[77], ids[77]), (ids[129], ids[129]), (ids[130], ids[110])):
            page = pages.get_thread_page(ANYONE, thread, sort=sort, at=target)
            found = [entry.id for branch in page.branches for entry in branch.entries]
            assert target in found and root in found and len(page.branches) in (50, 30)
    far = {
        n: positions.is_far(ANYONE, ids[n], reading.reload_comment(ids[n]).root_id)
        for n in (0, 130, 131, 150, 151, 155)
    }
    assert far == {0: False, 130: False, 131: False, 150: False, 151: True, 155: True}


def test_a_place_that_is_not_there_shows_the_first_page(make, thread):
    elsewhere = make.comment(make.idea(), id=1000)
    ids = rows(thread.id, make.user().id, [None] * 60)
    remove(ids[55], "deleted")
    for at in (ids[55], elsewhere.id, 999_999):
        assert pages.get_thread_page(ANYONE, thread, at=at).is_first


@pytest.mark.parametrize("how", GONE)
def test_what_is_deleted_stays_above_what_is_visible_and_what_is_hidden_always(make, thread, how):
    # root ← a ← b ← c, and a lonely root; all of them gone but c.
    root, a, b, c, lonely = rows(thread.id, make.user().id, [None, 0, 1, 2, None])
    for comment_id in (root, a, b, lonely):
        remove(comment_id, how)
    readable = {
        entry.id: entry.is_readable for one in pages.get_thread_page(ANYONE, thread).branches for entry in one.entries
    }
    assert readable == {root: False, a: False, b: False, c: True} | ({lonely: False} if how == "hidden" else {})
    remove(c, how)
    left = [entry.id for one in pages.get_thread_page(ANYONE, thread).branches for entry in one.entries]
    assert left == ([root, a, b, c, lonely] if how == "hidden" else [])
    with pytest.raises(NotFound):
        pages.get_branch_page(ANYONE, root)


def test_what_waited_when_it_was_hidden_leaves_no_place(make, thread):
    by = {"hidden_at": clock.now(), "hidden_by": make.user().id, "hidden_reason": "non"}
    make.comment(thread, status="pending", **by)
    make.comment(thread, deleted_at=clock.now(), **by)
    make.comment(thread, hidden_at=clock.now(), hidden_reason="retiré de la source")
    assert pages.get_thread_page(ANYONE, thread).branches == []


def test_a_part_of_a_branch_where_all_is_hidden_leads_on(make, thread):
    ids = rows(thread.id, make.user().id, [None] + [0] * 60)
    for comment_id in ids[:51]:
        remove(comment_id, "hidden")
    first = pages.get_branch_page(ANYONE, ids[0])
    assert not any(entry.is_readable for entry in first.branches[0].entries) and first.next
    assert len(pages.get_branch_page(ANYONE, ids[0], after=int(first.next)).branches[0].entries) == 11


def test_the_author_and_those_in_charge_read_what_is_hidden_others_do_not(make, thread, people, author):
    (comment_id,) = rows(thread.id, author.id, [None])
    remove(comment_id, "hidden")
    reads = {
        who
        for who, actor in (people | {"author": make.actor(author)}).items()
        if pages.get_thread_page(actor, thread).branches[0].entries[0].is_readable
    }
    assert reads == {"author", "facilitator", "coordinator"}


def test_the_reader_s_marks_and_the_animation_s_badge_are_told(make, thread):
    reader, staff, once = make.user(), make.user(facilitates=[FIRST]), make.user()
    make.facilitator(once, FIRST, expires_at=clock.now() - timedelta(days=1))
    ids = {who: make.comment(thread, author=user).id for who, user in (("staff", staff), ("once", once))}
    make.useful(reader, reading.reload_comment(ids["once"]))
    entries = {one.root_id: one.entries[0] for one in pages.get_thread_page(make.actor(reader), thread).branches}
    assert (entries[ids["staff"]].is_staff, entries[ids["once"]].is_staff) == (True, False)
    assert (entries[ids["staff"]].is_marked, entries[ids["once"]].is_marked) == (False, True)
    assert not any(one.entries[0].is_marked for one in pages.get_thread_page(ANYONE, thread).branches)


@pytest.mark.parametrize(("state", "is_told"), [("open", True), ("refused", True), ("closed", False)])
def test_a_change_that_waits_or_was_refused_is_told_to_its_author_alone(make, thread, state, is_told):
    author, other = make.user(), make.user()
    comment = make.comment(thread, author)
    held = make.add(HeldRevision(comment_id=comment.id, by_id=author.id, state=state))

    def told(actor):
        (branch,) = pages.get_thread_page(actor, thread).branches
        return branch.entries[0].held_revision_id, branch.entries[0].is_held_open

    nothing = (None, False)
    assert told(make.actor(author)) == ((held.id, state == "open") if is_told else nothing)
    assert told(make.actor(other)) == told(make.actor(role="coordinator")) == told(ANYONE) == nothing


def test_a_thread_that_is_not_public_shows_nothing(make):
    draft = make.idea(status="draft")
    make.comment(draft)
    thread = db.session.get_one(Thread, draft.thread_id)
    assert pages.get_thread_page(make.actor(role="coordinator"), thread).branches == []
    with pytest.raises(NotFound):
        pages.get_branch_page(make.actor(role="coordinator"), db.session.scalars(select(Comment.id)).one())


@pytest.mark.parametrize("after", ["x", "1", "1.0", "-1.2", "1.2.3", "9" * 30])
def test_a_broken_place_is_not_a_page(thread, after):
    with pytest.raises(NotFound):
        pages.get_thread_page(ANYONE, thread, after=after)


def test_a_branch_is_named_by_its_root(make, thread):
    ids = rows(thread.id, make.user().id, [None, 0])
    with pytest.raises(NotFound):
        pages.get_branch_page(ANYONE, ids[1])


@pytest.mark.parametrize("n", [1, 60])
def test_a_page_of_a_thread_is_one_question(make, thread, count_queries, n):
    rows(thread.id, make.user().id, ([None] + [0] * 3) * n)
    actor, _read = make.actor(), thread.is_public
    with count_queries() as statements:
        page = pages.get_thread_page(actor, thread)
        [entry.comment.author.name for branch in page.branches for entry in branch.entries]
    assert len(statements) == 1
    with count_queries() as statements:
        pages.get_thread_page(actor, thread, at=1)
    assert len(statements) == 2
    with count_queries() as statements:
        pages.get_branch_page(actor, 1)
    assert len(statements) == 2

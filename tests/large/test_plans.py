"""Every list reads little on a large site: what a page shows, and not what there is (`tests/support/plans.py`)."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, product

from sqlalchemy import func

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.paging import format_cursor
from app.hubs.queries import gaps, hubs, places
from app.hubs.queries.subjects import HubSubject
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries import facet_counts, lists, own_road, reading, tags, two_minutes
from app.ideas.queries.lists import SORTS, Filters
from app.journal.models import Entry
from app.moderation.merges.models import Merge
from app.notifications.queries import followed
from app.search.query.parser import parse_query
from app.votes.models import Vote
from tests.large import large
from tests.support import plans
from tests.support.browser import Browser
from tests.support.make import Make, idea_page

# Rows that a list reads at the most where one filter has few ideas: for each, one of the filter, one of the ideas and
# one of their index. A filter has few below the root of twenty times the ideas: 630 of 20 000.
FEW = 3_000
PAGE, MAP = 200, 500
# What is looked at along an index before its tests, and what each is tested by.
WALK = 8_000
# How many comments and supports one person has: twenty times what an act may read.
LONG = 4_000
# How many lines the journal has, and how many merges there are.
LINES = 10_000


def test_what_reads_much_is_told(make: Make) -> None:
    large.grow(Idea, 20_000, author_id="1", thread_id="n", title="'Idée ' || n")
    large.measure()
    for where, reads_much in (
        (Idea.id == 7, False),
        (Idea.id > 19_000, False),
        (Idea.title == "none", True),
        (Idea.excerpt != "", True),
    ):
        with plans.record() as statements:
            db.session.execute(db.select(Idea.id).where(where).limit(20))
        assert bool(plans.faults(statements)) == reads_much, where


def test_every_list_of_ideas_and_every_usual_act_reads_little(make: Make, sign_in: Callable[[User], Browser]) -> None:
    large.fill_with_ideas()
    fill_with_exits()
    large.measure()
    facet_counts.get_counts()
    actor = make.actor(facilitates=["securite-alimentaire"])
    assert [fault for call, most in calls(actor) for fault in faults(call, most)] == []
    large.forget_measures()
    assert [fault for call, most in calls_of_hubs(list_filters()) for fault in faults(call, most)] == []
    assert list(faults_of_acts(sign_in(make.user()))) == []


def faults_of_acts(browser: Browser) -> Iterator[str]:
    """Support an idea and comment on it, as somebody who did so 4 000 times and in a thread as long: what reads much.

    This stands here for the site that was filled, which is slow to make.
    """
    person = db.session.scalar(db.select(func.max(User.id)))
    idea = db.session.scalars(
        db.select(Idea).where(reading.in_public(), Idea.author_id != person).offset(9_600)
    ).first()
    page, at = idea_page(idea), large.moment("n")
    large.grow(Comment, LONG, thread_id=str(idea.thread_id), author_id=str(person), body="'Mot ' || n", created_at=at)
    large.grow(Vote, LONG, user_id=str(person), idea_id=f"{idea.id} + n", at=at)
    large.grow(Vote, LONG, user_id=f"{person} + n", idea_id=str(idea.id), at=at)
    large.measure()
    for form, typed in (("#support form", {}), ("#comment-form", {"body": "Un mot de plus."})):
        shown = browser.get(page)
        with plans.record() as statements:
            assert browser.submit(shown, form, **typed).status_code == 303
        db.session.rollback()
        assert any("INSERT INTO" in sent.text for sent in statements)
        yield from plans.faults(statements, most=PAGE)


def calls(actor: Actor) -> Iterator[tuple[Callable[[], object], int]]:
    """Yield each list, and how much it may read."""
    filters = list_filters()
    for sort in SORTS:
        for one, after in product((Filters(), *filters.values()), ("", deep(sort))):
            yield partial(lists.list_ideas, ANYONE, one, sort=sort, after=after), FEW
    for first, second in combinations(filters, 2):
        both = Filters(**{axis: getattr(filters[axis], axis) for axis in (first, second)})
        yield partial(lists.list_ideas, ANYONE, both, sort="discussed"), FEW
    for words in ({"words": parse_query("introuvable")}, {"words": parse_query("introuvable"), "kind": ("need",)}):
        yield partial(lists.list_ideas, ANYONE, Filters(**words)), PAGE
    yield partial(lists.list_ideas, actor, filters["community"], size=6), FEW
    yield partial(lists.list_for_home, 4, 3), PAGE
    yield from calls_of_hubs(filters)
    for one in (Filters(), filters["community"]):
        yield partial(gaps.list_exits, 6, one), FEW
    yield partial(lists.list_last_steps, 5), PAGE
    yield from calls_of_member(filters)
    yield partial(tags.get_visible_ids, ANYONE, filters["tag"].tag), PAGE
    yield partial(reading.list_hidden, actor, filters["community"].community[0]), PAGE
    yield partial(reading.list_own, Actor(id=filters["author"].author)), PAGE


def calls_of_member(filters: dict[str, Filters]) -> Iterator[tuple[Callable[[], object], int]]:
    """Yield what the first page of a member reads; it looks among the last thousand ideas that nobody answered."""
    member, place = Actor(id=filters["author"].author), filters["territory"].territory[0]
    yield partial(two_minutes.find_two_minutes, member, place, clock.today()), WALK
    yield partial(followed.list_followed, member, 5), PAGE
    yield partial(own_road.list_last_moved, member, 3), WALK
    yield partial(own_road.list_waiting, member, 3), WALK


def calls_of_hubs(filters: dict[str, Filters]) -> Iterator[tuple[Callable[[], object], int]]:
    for axis in ("community", "issue", "territory", "tag"):
        ids = getattr(filters[axis], axis)
        yield partial(hubs.get_hub, HubSubject(axis, ids, (axis, str(ids[0])))), FEW
    for axis in ("community", "issue", "tag"):
        yield partial(places.get_numbers, filters[axis]), MAP
    yield partial(gaps.list_gaps, Filters()), PAGE
    yield partial(gaps.list_gaps, filters["territory"]), FEW


def fill_with_exits() -> None:
    """Add lines of the journal, on ideas, of kinds that take a need out of those that wait, and merges."""
    kind = "CASE n % 4 WHEN 0 THEN 'link' WHEN 1 THEN 'status' WHEN 2 THEN 'kind' ELSE 'publish' END"
    facts = """'{"state": "accepted", "status": "declined", "from": "need"}'"""
    last = db.session.scalar(db.select(func.max(Idea.id))) or 0
    large.grow(
        Entry,
        LINES,
        kind=kind,
        facts=facts,
        idea_id=f"{last - LINES} + n",
        at=large.moment("n * 5"),
        hash="'line ' || n",
    )
    large.grow(Merge, LINES, idea_id=f"{last - LINES} + n", into_id=f"{last} - n", at=large.moment("n * 5"))


def list_filters() -> dict[str, Filters]:
    """Return one filter of each axis, of which an idea in the middle is an example."""
    idea = db.session.scalars(db.select(Idea).order_by(Idea.id).offset(9_600).limit(1)).one()
    tag = db.session.scalar(db.select(IdeaTag.tag_id).where(IdeaTag.idea_id > idea.id).limit(1))
    return {
        "community": Filters(community=(idea.community_id,)),
        "kind": Filters(kind=(idea.kind,)),
        "status": Filters(status=(idea.status,)),
        "issue": Filters(issue=(place_of(idea, "issue"),)),
        "territory": Filters(territory=(place_of(idea, "territory"),)),
        "tag": Filters(tag=(tag,)),
        "gap": Filters(gap=("1",)),
        "author": Filters(author=idea.author_id),
    }


def place_of(idea: Idea, axis: str) -> int:
    column = lists.TABLES[axis]
    return db.session.scalar(db.select(column).where(column.class_.idea_id == idea.id).limit(1))


def deep(sort: str) -> str:
    """Return the place of the 12 000th idea."""
    order, value, _kind = SORTS[sort]
    idea = db.session.scalars(
        order.apply(lists.select_ideas().where(reading.in_public())).offset(12_000).limit(1)
    ).one()
    return format_cursor(getattr(idea, value), idea.thread_id)


def faults(call: Callable[[], object], most: int) -> list[str]:
    with plans.record() as statements:
        call()
    db.session.rollback()
    return plans.faults(statements, most=most)

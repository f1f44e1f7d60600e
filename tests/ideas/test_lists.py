import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import NotFound
from app.core.unit import unit
from app.ideas import policy
from app.ideas.models import IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries import facets, lists, reading
from app.ideas.queries.lists import SORTS, Filters
from app.reference.models import Issue, Tag, Territory
from app.search.query.parser import parse_query

HERE, THERE = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def many(make):
    """Thirty-five ideas with equal and unequal dates and counts."""
    author, now, chance = make.user(), clock.now(), random.Random(7)
    with unit():
        return [
            make.idea(
                author=author,
                community=HERE,
                published_at=now - timedelta(hours=n // 3),
                comments_count=chance.randrange(4),
            )
            for n in range(35)
        ]


def test_every_idea_is_reached_once_in_order(many):
    for sort, (order, value, _kind) in SORTS.items():
        ideas = read_to_the_end(sort)
        assert len(ideas) == len({idea.id for idea in ideas}) == 35
        keys = [(getattr(idea, value), idea.thread_id) for idea in ideas]
        assert keys == sorted(keys, reverse=order.descending), sort


def read_to_the_end(sort):
    found, after = [], ""
    while True:
        page = lists.list_ideas(ANYONE, Filters(), sort=sort, after=after, size=8)
        found += page.items
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("place", ["x", "1", "1.", "1.0", "-1.2", "9" * 40 + ".1", "1.1;drop", "1.2.3"])
def test_a_place_that_is_none_is_not_found(app, place):
    with pytest.raises(NotFound):
        lists.list_ideas(ANYONE, Filters(), after=place)


def test_only_what_is_public_is_listed_and_counted(make):
    make.idea(community=HERE)
    make.idea(community=HERE, status="draft")
    make.idea(community=HERE, status="pending")
    make.idea(community=HERE, hidden_at=clock.now())
    make.idea(community=HERE, deleted_at=clock.now())
    assert len(lists.list_ideas(ANYONE, Filters()).items) == 1
    counts = facets.get_counts(ANYONE, Filters())
    assert (counts.total, counts.of("kind", "idea"), counts.of("community", make.room(HERE).id)) == (1, 1, 1)
    assert facets.count_by_community(ANYONE)[None] == 1


@pytest.fixture
@unit()
def places(make):
    """Ideas on every axis."""
    mrc = db.session.scalars(select(Territory).where(Territory.code == "69")).one()
    inner = db.session.scalars(select(Territory).where(Territory.parent_id == mrc.id).order_by(Territory.id)).all()
    issue = db.session.scalars(select(Issue).order_by(Issue.id)).first()
    one = make.idea(community=HERE, kind="need", title="Un frigo près de l'école", body="Sécurité et cœur.")
    two = make.idea(community=THERE, kind="idea", title="Un autobus le soir")
    tag = make.add(Tag(slug="hiver", name="hiver", sort_key="hiver"))
    merged_tag = make.add(Tag(slug="hivers", name="hivers", sort_key="hivers", merged_into=tag.id))
    for table, column, rows in (
        (IdeaIssue, "issue_id", [(one, issue)]),
        (IdeaCommunity, "community_id", [(two, make.room(HERE))]),
        (IdeaTerritory, "territory_id", [(one, inner[0]), (one, inner[1]), (two, mrc)]),
        (IdeaTag, "tag_id", [(one, tag), (two, merged_tag)]),
    ):
        for idea, row in rows:
            make.add(table(idea_id=idea.id, **{column: row.id}))
    return {"one": one, "two": two, "mrc": mrc, "inner": inner, "issue": issue, "tag": tag, "merged_tag": merged_tag}


def titles(filters):
    return {idea.title for idea in lists.list_ideas(ANYONE, filters).items}


def test_each_axis_narrows_the_list(make, places):
    one, two = places["one"].title, places["two"].title
    assert titles(Filters(community=(make.room(HERE).id,))) == {one, two}
    assert titles(Filters(community=(make.room(THERE).id,))) == {two}
    assert titles(Filters(issue=(places["issue"].id,))) == {one}
    assert titles(Filters(territory=(places["inner"][0].id,))) == {one}
    assert titles(Filters(kind=("need",))) == {one}
    assert titles(Filters(status=("retained",))) == set()
    assert titles(Filters(tag=(places["tag"].id, places["merged_tag"].id))) == {one, two}
    assert titles(Filters(author=places["one"].author_id)) == {one}


def test_accents_and_case_do_not_matter(places):
    for words in ("securite", "coeur", "ecole frigo"):
        assert titles(Filters(words=parse_query(words))) == {places["one"].title}, words


def test_a_sign_of_the_pattern_language_matches_nothing_by_itself(places):
    for words in ("%", "_", "\\", "100%"):
        assert not parse_query(words) or titles(Filters(words=parse_query(words))) == set(), words


def test_counts_ignore_the_filter_of_their_own_axis_only(make, places):
    counts = facets.get_counts(ANYONE, Filters(kind=("need",)))
    assert counts.total == 1
    assert (counts.of("kind", "need"), counts.of("kind", "idea")) == (1, 1)
    assert (counts.of("community", make.room(HERE).id), counts.of("community", make.room(THERE).id)) == (1, 0)


def test_an_idea_in_two_municipalities_of_an_mrc_counts_once_there(places):
    counts = facets.get_counts(ANYONE, Filters())
    assert counts.of("mrc", places["mrc"].id) == 2
    assert counts.of("territory", places["inner"][0].id) == 1


def test_a_merged_tag_is_counted_and_shown_under_its_present_name(places):
    assert facets.get_counts(ANYONE, Filters()).tags == [("hiver", "hiver", 2)]
    assert facets.get_placings([places["two"]])[places["two"].id].tags == [("hiver", "hiver")]


def test_the_front_page_shows_the_latest_and_what_waits_for_an_answer(make):
    heard = make.idea(comments_count=3, published_at=clock.ago(hours=1))
    quiet = make.idea(published_at=clock.ago(days=3))
    make.idea(published_at=clock.ago(days=2), status="archived")
    latest, without_answer = lists.list_for_home(1, 2)
    assert [idea.id for idea in latest] == [heard.id] and [idea.id for idea in without_answer] == [quiet.id]


def test_moves_leave_out_what_is_hidden(make):
    public_idea, hidden_idea = make.idea(status="retained"), make.idea(status="retained", hidden_at=clock.now())
    assert [idea.id for _step, idea in lists.list_last_steps(5)] == [public_idea.id] != [hidden_idea.id]


def test_a_page_costs_the_same_for_one_and_for_twenty(make, count_queries):
    def cost():
        db.session.rollback()
        with count_queries() as statements:
            lists.list_ideas(ANYONE, Filters())
            facets.get_counts(ANYONE, Filters())
        return len(statements)

    make.idea()
    cost()  # fills what the process keeps: the catalogues, of one version
    make.idea()
    one = cost()
    with unit():
        for _ in range(19):
            make.idea()
    assert cost() == one == 3
    assert cost() == 2, "the counts stay for as long as nothing that they count changes"


def test_reading_an_idea_of_another_in_draft_is_like_reading_none(make):
    draft = make.idea(status="draft")
    with pytest.raises(NotFound):
        read_one(draft.id)
    with pytest.raises(NotFound):
        read_one(2_000_000)


def read_one(idea_id):
    return reading.get_idea(ANYONE, idea_id, policy.READ)


def test_a_shared_idea_counts_in_each_community_and_once_in_all(make):
    make.add(IdeaCommunity(idea_id=make.idea(community=HERE).id, community_id=make.room(THERE).id))
    counts = facets.count_by_community(ANYONE)
    assert (counts[make.room(HERE).id], counts[make.room(THERE).id], counts[None]) == (1, 1, 1)


def test_what_is_hidden_is_listed_to_its_facilitators_alone(make):
    idea = make.idea(community=HERE, hidden_at=clock.now(), hidden_reason="hors sujet")
    room = make.room(HERE).id
    ids = {
        who: [found.id for found in reading.list_hidden(actor, room)]
        for who, actor in {
            "anyone": ANYONE,
            "member": make.actor(),
            "here": make.actor(facilitates=[HERE]),
            "elsewhere": make.actor(facilitates=[THERE]),
            "coordinator": make.actor(role="coordinator"),
        }.items()
    }
    assert ids == {"anyone": [], "member": [], "here": [idea.id], "elsewhere": [], "coordinator": [idea.id]}

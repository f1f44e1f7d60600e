"""The counts of facets: what the table says, and what is looked at, are what a list holds."""

import random
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from app.communities.models import Community
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import CLOSED, KINDS, Idea
from app.ideas.queries import facet_counts, facet_matches, facets, lists
from app.ideas.queries.lists import AXES, Filters
from app.reference import queries as reference
from app.reference.models import Tag
from app.search.query.parser import Query, parse_query
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE

STATUSES = ("published", "under_review", "retained", "declined", "withdrawn", "draft", "pending")
PLACES = ("70", "70052", "70022", "67", "67015")


@pytest.fixture
def square(make: Make) -> dict[str, Any]:
    """Sixty ideas in every state, on every axis, some in a private community; one tag was merged into another."""
    chance, author = random.Random(3), make.user()
    room = make.community(is_private=True)
    tag = make.add(Tag(slug="velo", name="vélo", sort_key="velo"))
    row = [tag, *(make.add(Tag(slug=f"mot-{n}", name=f"mot {n}", sort_key=f"mot {n}")) for n in range(14))]
    row.append(make.add(Tag(slug="bicyclette", name="bicyclette", sort_key="bicyclette", merged_into=tag.id)))
    with unit():
        for n in range(60):
            lead = room if n % 9 == 0 else chance.choice((HERE, ELSEWHERE))
            make.idea(
                author,
                lead,
                chance.choice(STATUSES),
                title=f"Une idée de {chance.choice(('frigo', 'banc'))} {n}",
                kind=chance.choice(KINDS),
                issues=chance.sample(("education", "logement"), chance.randrange(3)),
                territories=chance.sample(PLACES, chance.randrange(4)),
                tags=chance.sample(row, chance.randrange(4)),
                communities=[ELSEWHERE] if lead == HERE and n % 4 == 0 else [],
                hidden_at=clock.now() if n % 11 == 0 else None,
            )
    return {"room": room.id, "tags": [tag.id for tag in row]}


def naive(actor: Actor, filters: Filters) -> Counter[tuple[str, str]]:
    """Count what a list holds, idea by idea."""
    ideas = lists.list_ideas(actor, filters, size=1000).items
    found = Counter({("all", ""): len(ideas)})
    parents = {place.id: place.parent_id or place.id for place in reference.get_catalogue().places}
    names = dict(db.session.execute(select(Tag.slug, Tag.id)).tuples().all())
    for idea in ideas:
        placing = facets.get_placings([idea])[idea.id]
        found.update({("kind", idea.kind), ("status", idea.status), ("community", str(idea.community_id))})
        found.update({("community", str(n)) for n in placing.communities} - {("community", str(idea.community_id))})
        found.update({("issue", str(n)) for n in placing.issues} | {("territory", str(n)) for n in placing.territories})
        found.update({("mrc", str(parents[n])) for n in placing.territories})
        found.update({("tag", str(names[slug])) for slug, _name in placing.tags})
        stored = db.session.get_one(Idea, idea.id)
        if stored.kind == "need" and stored.status not in CLOSED and not stored.is_private:
            found.update({("gap", "1" if stored.is_gap else "0")})
    return found


def some_filters(square: dict[str, Any], chance: random.Random) -> Filters:
    """Choose up to two values on each of some axes: a whole MRC as the page gives it, a tag with those merged into it."""
    catalogue, room_ids = (
        reference.get_catalogue(),
        db.session.scalars(select(Community.id).order_by(Community.id)).all(),
    )
    mrc = catalogue.place_at("67")
    assert mrc
    choices: dict[str, list[Any]] = {
        "community": [*room_ids[:2], square["room"]],
        "issue": [issue.id for issue in catalogue.issues[:3]],
        "territory": [place.id for place in catalogue.places if place.code in PLACES],
        "kind": list(KINDS),
        "status": ["published", "retained", "declined"],
        "tag": square["tags"][1:6],
        "gap": ["1"],
    }
    chosen = {
        axis: tuple(chance.sample(choices[axis], min(chance.choice((1, 1, 2)), len(choices[axis]))))
        for axis in chance.sample(AXES, chance.choice((0, 1, 1, 2, 2, 3)))
    }
    if chance.random() < 0.2:
        chosen["territory"] = tuple(place.id for place in catalogue.within(mrc))
    if chance.random() < 0.2:
        chosen["tag"] = (square["tags"][0], square["tags"][-1])
    return Filters(**chosen, words=parse_query("banc") if chance.random() < 0.1 else Query())


def test_the_counts_are_those_of_the_list_whatever_it_is_narrowed_to(make: Make, square: dict[str, Any]) -> None:
    chance, coordinator = random.Random(1), make.actor(role="coordinator")
    for _round in range(48):
        actor, filters = chance.choice((ANYONE, coordinator)), some_filters(square, chance)
        compare(actor, filters)


def compare(actor: Actor, filters: Filters) -> None:
    counts, whole = facets.get_counts(actor, filters), naive(actor, filters)
    assert counts.total == whole["all", ""] and not counts.cut
    own = {("community", str(n)) for n in filters.seen_by(actor).inside}
    for axis in AXES:
        found = naive(actor if axis != "community" else ANYONE, filters.without(axis))
        found.update({value: whole[value] for value in own if axis == "community"})
        for name in (axis, "mrc") if axis == "territory" else (axis,):
            numbers = {key: n for (of, key), n in found.items() if of == name and n}
            if axis == "tag":
                compare_tags(counts.tags, numbers)
            else:
                assert {key: n for key, n in counts.by[name].items() if n} == numbers, (name, filters)


def compare_tags(shown: list[tuple[str, str, int | None]], numbers: dict[str, int]) -> None:
    ids = dict(db.session.execute(select(Tag.slug, Tag.id)).tuples().all())
    assert [n for _slug, _name, n in shown] == sorted(numbers.values(), reverse=True)[: facet_matches.TAGS]
    assert all(numbers[str(ids[slug])] == n for slug, _name, n in shown)


def test_a_count_that_would_look_at_too_many_is_cut_and_says_so(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facet_matches, "MOST", 3)
    for _n in range(5):
        make.idea(community=HERE, kind="need", issues=["education"])
    room = make.room(HERE).id
    two = facets.get_counts(ANYONE, Filters(kind=("need",), community=(room,)))
    assert (two.total, two.is_cut, two.of("kind", "need")) == (5, False, 5), "the table knows each beside the other"
    assert two.of("issue", 1) is None and two.of("mrc", 1) is None
    searched = facets.get_counts(ANYONE, Filters(words=parse_query("idee")))
    assert (searched.total, searched.is_cut, searched.of("kind", "need")) == (3, True, None)


def test_an_author_is_looked_at_idea_by_idea(make: Make) -> None:
    author = make.user()
    make.idea(author, kind="need")
    make.idea()
    counts = facets.get_counts(ANYONE, Filters(author=author.id))
    assert (counts.total, counts.of("kind", "need"), counts.of("kind", "idea")) == (1, 1, 0)


def test_singles_are_the_counts_of_each_value_and_of_all(make: Make) -> None:
    tag = make.add(Tag(slug="velo", name="vélo", sort_key="velo"))
    make.idea(community=HERE, kind="need", tags=[tag])
    make.idea(community=HERE)
    numbers = facet_counts.get_counts()
    assert {key: numbers[key] for key in ("all", "kind:need", "kind:idea", f"community:{make.room(HERE).id}")} == {
        "all": 2,
        "kind:need": 1,
        "kind:idea": 1,
        f"community:{make.room(HERE).id}": 2,
    }
    assert f"tag:{tag.id}" not in numbers, "few have it"


def test_a_private_community_counts_for_those_who_see_it_and_adds_nothing(make: Make) -> None:
    room = make.community(is_private=True)
    make.idea(community=room)
    make.idea(community=HERE)
    assert facets.count_by_community(ANYONE) == facets.count_by_community(ANYONE) | {
        None: 1
    } and room.id not in facets.count_by_community(ANYONE)
    counts = facets.count_by_community(make.actor(member_of=[room.slug]))
    assert (counts[None], counts[room.id], counts[make.room(HERE).id]) == (1, 1, 1)

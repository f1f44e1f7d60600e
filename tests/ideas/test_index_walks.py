"""However a list finds its ideas, it shows those that its filters leave, each once, in order."""

import random
from collections.abc import Callable
from itertools import product

import pytest

from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.ideas.queries import index_walks, lists
from app.ideas.queries.lists import SORTS, Filters
from app.reference.models import Issue, Tag, Territory
from app.search.query.parser import parse_query
from tests.support.make import Make

HERE, THERE = "securite-alimentaire", "transport-collectif"
CASES: dict[str, tuple[Callable[[], Filters], Callable[[Idea], bool]]] = {
    "kind": (lambda: Filters(kind=("need",)), lambda idea: idea.kind == "need"),
    "kinds": (lambda: Filters(kind=("need", "project")), lambda idea: idea.kind != "idea"),
    "status": (lambda: Filters(status=("retained",)), lambda idea: idea.status == "retained"),
    "issue": (lambda: Filters(issue=(issue().id,)), lambda idea: is_placed(idea, "issues")),
    "words": (lambda: Filters(words=parse_query("rare")), lambda idea: "rare" in idea.title),
    "words and kind": (
        lambda: Filters(words=parse_query("rare"), kind=("need",)),
        lambda idea: "rare" in idea.title and idea.kind == "need",
    ),
    "nothing": (lambda: Filters(kind=("need",), status=("achieved",)), lambda _idea: False),
}


def issue() -> Issue:
    return db.session.scalars(db.select(Issue).order_by(Issue.id)).first()


def is_placed(idea: Idea, where: str) -> bool:
    return f"{where}!" in idea.title


@pytest.fixture
def ideas(make: Make) -> list[Idea]:
    """Forty ideas; the needs, the retained and the rare words are among the first ones alone, and one in three is placed."""
    author, slug, chance = make.user(), issue().slug, random.Random(5)
    with unit():
        return [
            make.idea(
                author,
                title=f"Idée {n}{' rare' if n in (1, 2, 9) else ''}{' issues!' if n % 3 else ''}",
                kind="need" if n < 15 else ("idea", "project")[n % 2],
                status="retained" if n in range(3, 12) else "published",
                issues=[slug] if n % 3 else [],
                published_at=clock.ago(days=50 - n // 2),
                comments_count=chance.randrange(3),
            )
            for n in range(40)
        ]


def read(filters: Filters, sort: str, actor: Actor = ANYONE) -> tuple[list[Idea], list[bool]]:
    """Read a list to its end, three ideas a page; tell which pages were short."""
    found, after, short = [], "", []
    while True:
        page = lists.list_ideas(actor, filters, sort=sort, after=after, size=3)
        found += page.items
        short.append(page.is_short)
        if page.next is None:
            return found, short
        after = page.next


def test_each_idea_is_shown_once_in_order_whatever_is_looked_at(
    ideas: list[Idea], monkeypatch: pytest.MonkeyPatch
) -> None:
    for sort, (look, margin) in product(SORTS, ((10_000, 4), (10_000, 1), (6, 4), (6, 1), (16, 1))):
        monkeypatch.setattr(index_walks, "LOOK", look)
        monkeypatch.setattr(lists, "MARGIN", margin)
        order, value, _kind = SORTS[sort]
        for name, (filters, is_wanted) in CASES.items():
            wanted = sorted(
                (idea for idea in ideas if is_wanted(idea)),
                reverse=order.descending,
                key=lambda idea: (getattr(idea, value), idea.thread_id),
            )
            assert [idea.id for idea in read(filters(), sort)[0]] == [idea.id for idea in wanted], (
                sort,
                name,
                look,
                margin,
            )


def test_a_list_that_looked_at_so_many_ideas_says_so_and_leads_on(
    ideas: list[Idea], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_walks, "LOOK", 6)
    both = Filters(kind=("need",), status=("published",))
    found, short = read(both, "discussed")
    assert len(found) == 6 and any(short) and not short[-1]


def test_the_ideas_of_a_private_community_are_found_by_who_sees_them(make: Make) -> None:
    room = make.community(slug="privee", is_private=True)
    member, ids = make.actor(member_of=["privee"]), []
    for n in range(4):
        ids.append(make.idea(community=room, kind="need" if n % 2 else "idea").id)
        make.idea(community=HERE)
    make.idea(community=room, communities=[THERE])
    asked = Filters(community=(room.id,), kind=("need", "idea"))
    assert {idea.id for idea in read(asked, "recent", member)[0]} >= set(ids) and read(asked, "recent")[0] == []
    assert {idea.id for idea in read(Filters(community=(room.id,), kind=("need",)), "discussed", member)[0]} == {
        ids[1],
        ids[3],
    }


def test_places_and_tags_of_several_ids_show_an_idea_once(make: Make) -> None:
    places = db.session.scalars(db.select(Territory).order_by(Territory.id).limit(3)).all()
    tags = [make.add(Tag(slug=f"mot-{n}", name=f"Mot {n}", sort_key=f"mot {n}")) for n in range(2)]
    idea = make.idea(territories=[place.code for place in places], tags=tags, communities=[THERE], community=HERE)
    for filters in (
        Filters(territory=tuple(place.id for place in places)),
        Filters(tag=tuple(tag.id for tag in tags)),
        Filters(community=(make.room(HERE).id, make.room(THERE).id)),
        Filters(author=idea.author_id),
        Filters(author=idea.author_id, tag=(tags[0].id,)),
    ):
        assert [found.id for found in read(filters, "recent")[0]] == [idea.id]

"""The counts of facets follow whatever becomes of ideas and tags, and nothing else moves them."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.comments import service as comments
from app.comments.models import Thread
from app.communities.queries import get_rooms
from app.core.db import db
from app.core.errors import DomainError
from app.core.unit import unit
from app.ideas import publishing, service
from app.ideas.facet_models import FacetCount, IdeaFacets
from app.ideas.models import KINDS, Idea, IdeaTag
from app.ideas.queries import facets
from app.ideas.queries.lists import Filters
from app.ideas.writing import IdeaWords
from app.moderation.merges import service as merges
from app.moderation.moves.service import moves
from app.operations import recount
from app.reference import service as reference
from app.reference.models import Issue, Tag, Territory
from app.search.query.parser import parse_query
from app.votes import service as votes
from tests.support.make import Make
from tests.support.races import at_once
from tests.support.world import ELSEWHERE, HERE

WHY = "Un motif que tout le monde lit"
NAMES = ("vélo", "bicyclette", "hiver", "marche")


class Acts:
    """Whatever may be done to ideas and their tags, by who may do it, to one that chance chooses."""

    def __init__(self, make: Make, chance: random.Random):
        self.chance = chance
        self.author, self.team = make.actor(), make.actor(facilitates=[HERE, ELSEWHERE])
        self.coordinator, self.member = make.actor(role="coordinator"), make.actor()
        self.rooms = [make.room(HERE).id, make.room(ELSEWHERE).id, make.community(is_private=True).id]
        self.issues = list(db.session.scalars(select(Issue.id).order_by(Issue.id).limit(4)))
        self.places = list(db.session.scalars(select(Territory.id).order_by(Territory.id).limit(6)))
        for name in NAMES:
            reference.get_or_add_tags([name])

    def words(self) -> IdeaWords:
        chance, room = self.chance, self.chance.choice(self.rooms[:2])
        return IdeaWords(
            title=f"Une idée {chance.random()}",
            body=f"Un texte {chance.random()}",
            kind=chance.choice(KINDS),
            community_id=room,
            communities=tuple(chance.sample(self.rooms[:2], chance.randrange(2))),
            issues=tuple(chance.sample(self.issues, 2)),
            territories=tuple(chance.sample(self.places, 2)),
            tags=tuple(chance.sample(NAMES, 2)),
        )

    def idea(self) -> Idea:
        return self.chance.choice(db.session.scalars(select(Idea).order_by(Idea.id)).all())

    def tag(self) -> Tag:
        return self.chance.choice(db.session.scalars(select(Tag).order_by(Tag.id)).all())

    def publish(self) -> None:
        publishing.submit(self.author, None, self.words())

    def draft(self) -> None:
        publishing.draft(self.author, self.words())

    def revise(self) -> None:
        service.revise(self.author, self.idea(), self.words())

    def answer(self) -> None:
        service.move(self.team, self.idea(), self.chance.choice(("under_review", "retained", "archived")), reason=WHY)

    def withdraw(self) -> None:
        service.withdraw(self.author, self.idea(), reason=WHY)

    def hide(self) -> None:
        service.hide(self.team, self.idea(), reason=WHY)

    def show(self) -> None:
        service.restore(self.team, self.idea())

    def merge(self) -> None:
        merges.merge(self.team, self.idea(), self.idea(), reason=WHY)

    def part(self) -> None:
        merges.part(self.team, self.idea(), reason=WHY)

    def split(self) -> None:
        title, body = f"Une part {self.chance.random()}", "Un texte"
        merges.split(self.team, self.idea(), title=title, body=body, reason=WHY)

    def change_lead(self) -> None:
        moves.move_idea(self.team, self.idea(), self.chance.choice(get_rooms().all[:8]), reason=WHY)

    def merge_tags(self) -> None:
        reference.merge_tag(self.coordinator, self.tag(), self.tag())

    def part_tag(self) -> None:
        reference.part_tag(self.coordinator, self.tag())

    def vote(self) -> None:
        votes.cast(self.member, self.idea())

    def all(self) -> list[Callable[[], None]]:
        return [
            self.publish,
            self.publish,
            self.publish,
            self.draft,
            self.revise,
            self.revise,
            self.answer,
            self.withdraw,
            self.hide,
            self.show,
            self.merge,
            self.part,
            self.split,
            self.change_lead,
            self.merge_tags,
            self.part_tag,
            self.vote,
        ]

    def one(self) -> None:
        """Do one of them, or be refused."""
        with suppress(DomainError):
            self.chance.choice(self.all())()
        db.session.rollback()


@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 40))])
def test_after_any_sequence_of_acts_the_counts_are_their_recount(make: Make, seed: int) -> None:
    acts = Acts(make, random.Random(seed))
    acts.publish()
    for _round in range(40):
        acts.one()
        assert recount.list_differences() == []
    assert db.session.scalar(select(FacetCount.n).where(FacetCount.axis == "all"))


def test_an_idea_that_no_longer_concerns_another_community_is_not_counted_there(make: Make) -> None:
    acts = Acts(make, random.Random(1))
    words = replace(acts.words(), community_id=acts.rooms[0], communities=(acts.rooms[1],))
    idea = publishing.submit(acts.author, None, words)
    service.revise(acts.author, idea, replace(words, communities=()))
    assert recount.list_differences() == [] and idea.community_id == acts.rooms[0]
    assert facets.count_by_community(acts.member).get(acts.rooms[1], 0) == 0


def test_acts_that_come_at_once_leave_true_counts(app: Flask, make: Make) -> None:
    chance = random.Random(5)
    acts = Acts(make, chance)
    for _n in range(6):
        acts.publish()
    people = [make.actor() for _n in range(8)]
    for _round in range(3):
        words = [acts.words() for _person in people]
        choices = (acts.revise, acts.answer, acts.hide, acts.show, acts.merge_tags, acts.part_tag)
        at_once(
            app,
            [
                *(partial(publishing.submit, *pair) for pair in zip(people, [None] * 8, words, strict=True)),
                *(chance.choice(choices) for _n in range(8)),
            ],
            DomainError,
        )
        assert recount.list_differences() == []


def test_a_support_and_a_comment_ask_nothing_of_the_counts(make: Make, count_queries: Any) -> None:
    idea, member = make.idea(tags=[make.add(Tag(slug="velo", name="vélo", sort_key="velo"))]), make.actor()
    with count_queries() as statements:
        votes.cast(member, idea)
        comments.post(member, db.session.get_one(Thread, idea.thread_id), body="D'accord.")
    assert [sql for sql in statements if "facet" in sql or "idea_tags" in sql] == []


def test_a_draft_is_in_no_count_and_an_edit_of_words_moves_none(make: Make) -> None:
    acts = Acts(make, random.Random(1))
    acts.draft()
    assert (list(db.session.scalars(select(IdeaFacets))), facets.get_counts(acts.member, Filters()).total) == ([], 0)
    acts.publish()
    before = list(db.session.execute(select(FacetCount.__table__).order_by(*FacetCount.__table__.primary_key)))
    idea = db.session.scalars(select(Idea).where(Idea.status == "published")).one()
    placing = facets.get_placings([idea])[idea.id]
    service.revise(
        acts.author,
        idea,
        IdeaWords(
            title="Un autre titre",
            body="Un autre texte",
            kind=idea.kind,
            communities=tuple(placing.communities),
            issues=tuple(placing.issues),
            territories=tuple(placing.territories),
            tags=tuple(name for _slug, name in placing.tags),
        ),
    )
    assert list(db.session.execute(select(FacetCount.__table__).order_by(*FacetCount.__table__.primary_key))) == before
    assert facets.get_counts(acts.member, Filters(words=parse_query("autre"))).total == 1, "words are searched anew"


def test_what_was_kept_goes_when_an_idea_appears_or_a_tag_is_renamed(make: Make) -> None:
    coordinator, tag = make.actor(role="coordinator"), make.add(Tag(slug="velo", name="vélo", sort_key="velo"))
    make.idea(tags=[tag])
    assert facets.get_counts(coordinator, Filters()).tags == [("velo", "vélo", 1)]
    reference.rename_tag(coordinator, tag, "Vélos")
    assert facets.get_counts(coordinator, Filters()).tags == [("velos", "Vélos", 1)]
    make.idea(tags=[db.session.get_one(Tag, 1)])
    assert facets.get_counts(coordinator, Filters()).tags == [("velos", "Vélos", 2)]


def test_a_transaction_that_is_undone_moves_nothing(make: Make) -> None:
    idea = make.idea(kind="need")
    with suppress(KeyError), unit():
        db.session.get_one(Idea, idea.id).kind = "project"
        db.session.flush()
        raise KeyError
    assert recount.list_differences() == []
    with unit():
        db.session.get_one(Idea, idea.id).kind = "project"
    assert recount.list_differences() == [] and facets.get_counts(make.actor(), Filters()).of("kind", "project") == 1


def test_what_is_wrong_is_found_and_put_right(make: Make) -> None:
    first, second = make.idea(kind="need"), make.idea(community=make.community(is_private=True))
    tag = make.add(Tag(slug="velo", name="vélo", sort_key="velo"))
    with unit():
        db.session.execute(update(FacetCount).where(FacetCount.axis == "all").values(n=7))
        db.session.execute(delete(FacetCount).where(FacetCount.axis == "kind", FacetCount.with_axis == "status"))
        db.session.execute(insert(IdeaTag.__table__).values(idea_id=first.id, tag_id=tag.id))
        db.session.execute(delete(IdeaFacets).where(IdeaFacets.idea_id == second.id))
    found = {(one.counter, one.id): (one.kept, one.counted) for one in recount.repair()}
    assert found["facet_counts.n", "all: with :"] == (7, 1)
    assert found["facet_counts.n", "kind:need with status:published"] == (0, 1)
    assert f" tag:{tag.id}" in str(found["idea_facets.codes", first.id][1])
    assert found["idea_facets.codes", second.id][0] == "in no list"
    assert str(found["idea_facets.codes", second.id][1]).startswith("private ")
    assert recount.list_differences() == [] and recount.repair() == []
    assert facets.get_counts(make.actor(), Filters()).tags == [("velo", "vélo", 1)]

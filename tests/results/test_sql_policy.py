"""A person finds what they may read, and nothing else: the twin of the law, over everybody and every state."""

from typing import Any

from app.communities import actors
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.ideas.queries import facets, lists
from app.ideas.queries.lists import Filters
from app.reference import service as reference
from app.reference.models import Tag
from app.results import jobs
from app.results import queries as result_queries
from app.search.index.index_sync import SOURCES
from app.search.index.models import IndexEntry
from app.search.query.retrieval import Narrow, get_hit_page
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE, SECLUDED, World


def who(world: World, role: str) -> Actor:
    return ANYONE if role == "anyone" else actors.actor_for(world.people[role])


def found_by(actor: Actor, kind: str, word: str) -> set[int]:
    results = result_queries.get_results(actor, result_queries.parse_query(word), kinds=(kind,), size=200)
    return {result.thing.id for result in results.items}


def found_whole(word: str) -> set[int]:
    """Return the ideas that have all that was typed, and not only what is near it."""
    results = result_queries.get_results(ANYONE, result_queries.parse_query(word), kinds=("idea",))
    return {result.thing.id for result in results.items if not result.is_almost}


def test_what_is_found_is_what_the_law_lets_read(world: World) -> None:
    indexed = {
        kind: set(db.session.scalars(db.select(IndexEntry.thing_id).where(IndexEntry.kind == kind))) for kind in SOURCES
    }
    for role in ("anyone", "member", "author", "facilitator", "neighbour", "coordinator", "admin", "suspended"):
        actor = who(world, role)
        for kind, word in (("idea", "idée"), ("comment", "canari"), ("update", "canari"), ("action", "canari")):
            law = SOURCES[kind].describe(actor, indexed[kind], "fr")
            words = {
                row.thing_id
                for row in get_hit_page(
                    result_queries.parse_query(word), Narrow(lambda rows: rows), kinds=(kind,), size=500
                ).items
            }
            assert words and found_by(actor, kind, word) == law.keys() & words, (role, kind)
        inside = role in ("member", "author", "coordinator")
        assert bool(found_by(actor, "community", "canari-cercle")) == inside, role


def test_hidden_words_are_found_by_nobody_whatever_is_typed(world: World) -> None:
    for role in ("anyone", "author", "facilitator", "coordinator"):
        for typed in (
            "canari-idee-hidden",
            "canari-idee-draft",
            "canari-idee-deleted",
            "canari-idee-pending",
            "canari-commentaire-hidden",
            "canari-commentaire-deleted",
            "canari-travaux-hidden",
            '"canari travaux deleted"',
        ):
            results = result_queries.get_results(who(world, role), result_queries.parse_query(typed), size=100)
            shown = " ".join(piece.text for result in results.items for piece in (*result.title, *result.excerpt))
            assert typed.strip('"').replace(" ", "-") not in shown, (role, typed)


def test_a_move_a_merge_a_hiding_and_a_rename_are_seen_by_the_next_search(make: Make, world: World) -> None:
    idea, member = world.ideas["published"], who(world, "anyone")
    assert idea.id in found_by(member, "idea", "published")
    make.at(idea, title="Une cabane à oiseaux", search_text="une cabane a oiseaux le texte")
    assert found_by(member, "idea", "cabanes oiseau") == {idea.id} and idea.id not in found_by(
        member, "idea", "published"
    )
    make.at(idea, merged_into=world.ideas["withdrawn"].id)
    assert found_by(member, "idea", "cabane") == set()
    make.at(idea, merged_into=None)
    assert found_by(member, "idea", "cabane") == {idea.id}


def test_counts_are_those_of_what_is_found_kind_by_kind(world: World) -> None:
    for role in ("anyone", "member", "coordinator"):
        for typed in ("canari", "idée", "texte"):
            actor = who(world, role)
            tally = result_queries.get_results(actor, result_queries.parse_query(typed)).tally
            found = {kind: len(found_by(actor, kind, typed)) for kind in SOURCES}
            assert tally.by_kind == {kind: number for kind, number in found.items() if number}, (role, typed)
            for kind in tally.by_kind:
                assert (
                    result_queries.get_results(actor, result_queries.parse_query(typed), kinds=(kind,)).tally.total
                    == found[kind]
                )


def test_communities_narrow_what_is_found(make: Make, world: World) -> None:
    room = make.room(HERE)
    results = result_queries.get_results(ANYONE, result_queries.parse_query("canari"), communities=(room.id,), size=100)
    assert results.items and {result.community_id for result in results.items} == {room.id}
    make.comment(
        make.idea(title="Un sentier", community=HERE, communities=["transport-collectif"]), body="Le sentier du haut."
    )
    MakePlan(make).action("Baliser le sentier", community=HERE, communities=["transport-collectif"])
    make.idea(title="Un autre sentier", community=HERE)
    beside = result_queries.get_results(
        ANYONE, result_queries.parse_query("sentier"), communities=(make.room("transport-collectif").id,)
    )
    assert sorted(result.kind for result in beside.items) == ["action", "comment", "idea"] and beside.tally.total == 3
    secluded = result_queries.get_results(
        ANYONE, result_queries.parse_query("canari"), communities=(make.room(SECLUDED).id,), size=100
    )
    assert secluded.items == []


def test_the_name_of_a_tag_finds_what_has_it_through_a_rename_and_a_merge(make: Make) -> None:
    boss = actors.actor_for(make.user(role="coordinator"))
    tag, other = (
        db.session.get_one(Tag, reference.get_or_add_tags([name])[0]) for name in ("jardin communautaire", "vélo")
    )
    tagged, cycling = make.idea(title="Une parcelle", tags=[tag]), make.idea(title="Un rack", tags=[other])
    said = make.idea(title="Des jardins communautaires")
    for typed in ("jardin communautaire", "les jardins communautaires", "Jardin  Communautaire !"):
        assert found_by(ANYONE, "idea", typed) == {tagged.id, said.id}, typed
        assert {
            idea.id for idea in lists.list_ideas(ANYONE, Filters(words=result_queries.parse_query(typed))).items
        } == {
            tagged.id,
            said.id,
        }
    assert found_by(ANYONE, "idea", "jardins communautaires -parcelle") == {said.id}
    assert found_by(ANYONE, "idea", '"jardins communautaires"') == {said.id}, "a phrase is what is written"
    reference.rename_tag(boss, tag, "potager")
    assert found_whole("potagers") == {tagged.id} == found_whole("jardin communautaire") - {said.id}
    reference.merge_tag(boss, other, tag)
    assert found_whole("potager") == {tagged.id, cycling.id} == found_whole("vélos")
    reference.part_tag(boss, other)
    assert found_whole("potager") == {tagged.id}


def test_a_tag_that_the_public_may_not_know_of_changes_nothing(make: Make, world: World) -> None:
    told = make.idea(title="Une courge au village")
    assert found_by(ANYONE, "idea", "courges bleues") == {told.id}, "one of the words"
    tag = db.session.get_one(Tag, reference.get_or_add_tags(["courge bleue"])[0])
    for columns in ({"status": "draft"}, {"status": "pending"}, {"hidden_at": clock.now()}, {"community": SECLUDED}):
        make.idea(title="Une serre", tags=[tag], **columns)
        assert found_by(ANYONE, "idea", "courges bleues") == {told.id}, columns
    make.idea(title="Une serre au village", tags=[tag])
    assert told.id not in found_by(ANYONE, "idea", "courges bleues"), "the name of a tag"


def test_a_list_of_ideas_finds_the_words_of_an_idea_in_all_their_forms(make: Make) -> None:
    first, second = (
        make.idea(title="Des épiceries au village", territories=["70052"]),
        make.idea(title="Un sentier", body="Près de l’épicerie"),
    )
    make.idea(title="Une épinette")
    jobs.count_words()
    for typed, ids in (
        ("épicerie", {first.id, second.id}),
        ("épicerie -village", {second.id}),
        ('"au village"', {first.id}),
        ("épic", set()),
        ("épicreie", {first.id, second.id}),
        ("valleyfield", {first.id}),
        ("sentiers épicerie", {second.id}),
        ("introuvable", set()),
    ):
        for sort in ("recent", "supported"):
            for more in ({}, {"kind": ("idea",)}, {"kind": ("need", "idea"), "status": ("published",)}):
                filters: Any = Filters(words=result_queries.parse_query(typed), **more)
                listed = {idea.id for idea in lists.list_ideas(ANYONE, filters, sort=sort).items}
                assert (listed, facets.get_counts(ANYONE, filters).total) == (ids, len(ids)), (typed, sort, more)

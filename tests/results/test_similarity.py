"""What is said to be near: the known duplicates among the first, few others, and nothing that a person may not read."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.core import clock
from app.core.actor import ANYONE
from app.core.unit import unit
from app.ideas.queries import facets
from app.operations import demo
from app.results import name_tokens, similar, similarity
from app.results.similar import SimilarityQuery
from app.results.similarity import WordCount, split_title
from app.search import synonyms
from tests.results.pairs_of_ideas import IDLE, KEPT, OTHERS, TUNING
from tests.support.make import Make
from tests.support.queries import record_statements
from tests.support.world import ELSEWHERE, HERE

FOUND, SHOWN = 0.9, 0.2
TITLE = "Des frigos communautaires près des écoles"


def titles_of_the_demonstration() -> list[str]:
    files = sorted(Path(demo.__file__).parent.glob("ideas_*.json"))
    return list(dict.fromkeys(idea["title"] for file in files for idea in json.loads(file.read_text(encoding="utf-8"))))


def ids(title: str, **more: Any) -> list[int]:
    return [one.id for one in similar.list_similar(more.pop("actor", ANYONE), SimilarityQuery(title, **more))]


@pytest.fixture
def square(make: Make) -> dict[int, str]:
    """The ideas of the demonstration and others, by their numbers."""
    room = make.room(HERE)
    with unit():
        return {make.idea(community=room, title=title).id: title for title in (*titles_of_the_demonstration(), *OTHERS)}


def test_known_duplicates_are_among_the_first_five_and_few_others_are_shown(square: dict[int, str]) -> None:
    for name, pairs in (("tuning", TUNING), ("kept", KEPT)):
        shown = {typed: [words in square[one] for one in ids(typed)] for typed, words in pairs}
        missed = [typed for typed, right in shown.items() if not any(right)]
        assert len(missed) <= (1 - FOUND) * len(pairs), (name, missed)
        each = [one for right in shown.values() for one in right]
        assert each.count(False) <= SHOWN * len(each), name
    idle = [typed for typed in IDLE if ids(typed)]
    assert len(idle) <= SHOWN * len(IDLE), idle


def test_rare_words_count_more_and_those_that_say_little_count_less(make: Make) -> None:
    assert (
        similarity.rarity(1) == 1 > similarity.rarity(10) > similarity.rarity(similarity.CAP) > 0.05
        and similarity.rarity(0) == 1
    )
    projet, compost, interdire, interdiction = (
        split_title(word)[0] for word in ("Projets", "compost", "interdire", "interdiction")
    )
    assert projet.weight < compost.weight and (interdire.meets(interdiction), interdire.meets(compost)) == (
        similarity.AKIN,
        0,
    )
    assert [word.text for word in split_title("Le co-voiturage, du covoiturage à l'école")] == [
        "co",
        "voiturage",
        "covoiturage",
        "ecole",
    ]
    assert split_title("covoiturage")[0].meets(split_title("co-voiturage")[1]) == 1 and split_title("À la !!") == ()
    words = {word: WordCount(1, 1) for word in split_title("Du compost au marché")}
    assert (
        similarity.score(words, split_title("Un marché de compost"))
        > similarity.score(words, split_title("Un compost"))
        > 0
    )
    assert similarity.score(words, split_title("Un compost"), {"marche"}) > similarity.score(
        words, split_title("Un compost")
    )
    assert similarity.score(words, split_title("Un sentier"), {"compost"}) == 0 == similarity.score(words, ())


def test_words_of_a_group_are_similar_and_count_less_the_more_ideas_have_one_of_them() -> None:
    bus, navette, velo = (split_title(word)[0] for word in ("autobus", "Navettes", "vélo"))
    assert bus.shares_group(navette) and not bus.shares_group(velo)
    assert split_title("Sans-abri")[0].shares_group(split_title("itinérance")[0])
    assert {"navette", "train"} <= synonyms.get_words(bus.group_ids) and not synonyms.get_words(())
    few, many = (similarity.count_word(bus, [1], range(number)) for number in (2, 30))
    assert few.own == many.own and few.of_synonyms > many.of_synonyms
    theirs = split_title("Navette du samedi")
    assert (
        0
        < similarity.score({bus: many}, theirs)
        < similarity.score({bus: few}, theirs)
        < similarity.score({navette: few}, theirs)
    )


def test_titles_share_their_words() -> None:
    assert split_title("Un jardin au village")[0] is split_title("Le jardin")[0]


def test_nothing_is_similar_that_a_person_may_not_read_nor_does_it_move_what_is(make: Make) -> None:
    make.community(slug="cercle", is_private=True)
    public = make.idea(community=ELSEWHERE, title=TITLE)
    found = similar.list_similar(ANYONE, SimilarityQuery("Un frigo communautaire"))
    author = make.user()
    make.idea(author, HERE, "draft", title=TITLE), make.idea(author, HERE, "pending", title=TITLE)
    make.idea(community=HERE, title=TITLE, deleted_at=clock.now())
    hidden = make.idea(community=HERE, title=TITLE, hidden_at=clock.now(), hidden_reason="x")
    inside = [make.idea(community="cercle", title=f"{TITLE} {n}") for n in range(3)]
    assert similar.list_similar(ANYONE, SimilarityQuery("Un frigo communautaire")) == found and [
        one.id for one in found
    ] == [public.id]
    for actor in (make.actor(author), make.actor(role="coordinator")):
        assert hidden.id not in ids("Un frigo communautaire", actor=actor)
    assert set(ids(TITLE, actor=make.actor(member_of=["cercle"]))) == {public.id, *(one.id for one in inside)}
    assert [one.id for one in similar.list_near_idea(public)] == [] == similar.list_near_idea(hidden)
    assert {one.id for one in similar.list_near_idea(inside[0])} == {public.id, *(one.id for one in inside[1:])}
    waiting = make.idea(author, HERE, "pending", title="Frigos communautaires")
    assert [one.id for one in similar.list_near_waiting(waiting)] == [public.id]


def test_the_title_of_what_was_joined_leads_to_what_received_it(make: Make) -> None:
    into = make.idea(title="Un réfrigérateur libre-service")
    joined = make.idea(title=TITLE, merged_into=into.id)
    assert ids(TITLE) == [into.id] and similar.list_similar(ANYONE, SimilarityQuery(TITLE, into.id)) == []
    make.at(joined, hidden_at=clock.now(), hidden_reason="x")
    assert ids(TITLE) == []


def test_the_same_title_comes_first_however_common_its_words(make: Make) -> None:
    with unit():
        twins = [make.idea(title="La fiscalité !").id for _n in range(similarity.CAP // 2)]
        for n in range(2 * similarity.CAP):
            make.idea(title=f"Fiscalité verte numéro {n}")
    assert ids("Fiscalité") == ids("fiscalité", only_twins=True) == twins[: -similar.MOST - 1 : -1]
    assert ids("Fiscalité", idea_id=twins[-1]) == twins[-2 : -similar.MOST - 2 : -1]
    assert ids("Un projet", only_twins=True) == [] == ids("Fiscalité verte", only_twins=True)
    vague = make.idea(title="Un projet")
    assert ids("Projet", only_twins=True) == [vague.id] == ids("Un projet")


def test_the_same_title_comes_before_a_nearer_place_and_is_read_as_the_law_lets(make: Make) -> None:
    placed = make.idea(community=HERE, title="Atelier de couture et couture", territories=["70052"])
    [place] = facets.get_placings([placed])[placed.id].territories
    twin = make.idea(title="Un atelier de couture")
    assert ids("L'atelier de couture", places=[place]) == [twin.id, placed.id]
    make.at(twin, hidden_at=clock.now(), hidden_reason="x")
    assert ids("L'atelier de couture", places=[place]) == [placed.id]
    make.at(placed, merged_into=make.idea(title="Coudre").id)
    assert ids("Atelier de couture et couture", only_twins=True) == [placed.merged_into], "what received its twin"


def test_a_place_and_a_community_make_more_similar(make: Make) -> None:
    there = make.idea(community=HERE, title="Un atelier de couture et de tricot", territories=["70052"])
    assert name_tokens.get_words_of_places("À Salaberry-de-Valleyfield ou ici").keys() >= {"salaberry", "valleyfield"}
    assert ids("Atelier de couture à Valleyfield") == [there.id]
    newer = make.idea(community=ELSEWHERE, title=there.title)
    [place] = facets.get_placings([there])[there.id].territories
    assert ids("Atelier de couture") == [newer.id, there.id]
    assert (
        ids("Atelier de couture", community_id=there.community_id)
        == ids("Atelier de couture", places=[place])
        == [there.id, newer.id]
    )


def test_common_words_find_old_ideas_that_have_several_and_few_statements_are_sent(make: Make) -> None:
    old = make.idea(title="Un marché de légumes frais")
    with unit():
        for n in range(similarity.CAP + 1):
            for word in ("marché", "frais"):
                make.idea(title=f"{word} numéro {n}")
    assert ids("Marché frais")[0] == old.id
    with record_statements() as statements:
        assert ids("Marché frais")[0] == old.id
    assert len(statements) <= 4, statements
    with record_statements() as statements:
        ids("Enseignement, faim, recyclage, plantation, internet, dépense, âgée, ouvert")
    assert len(statements) <= 4, "eight words of the largest families"

"""What is found is what a search done by hand over all the texts finds, on every engine, and each thing once."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import NotFound
from app.core.unit import unit
from app.search import stems
from app.search.index import counts, vocabulary, writing
from app.search.index.models import IndexEntry, Word
from app.search.index.rebuild import rebuild
from app.search.index.texts import Text, entry_number, index_line
from app.search.query import expansion, parser, retrieval
from app.search.query.retrieval import Narrow
from app.search.tokens import MOST_SIGNS, split_words

VOCABULARY = "école écoles parc parcs sentier loyer loyers jardin jardins hiver été vélo aînés aînée santé".split()
NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
MINE = ("idea", "comment")


def corpus(chance: random.Random, number: int) -> list[Text]:
    def some(most: int) -> str:
        return " ".join(chance.choices(VOCABULARY, k=chance.randrange(most)))

    return [
        Text(chance.choice(("idea", "comment")), n, NOW - timedelta(minutes=chance.randrange(50)), some(3), some(8))
        for n in range(1, number + 1)
    ]


def write(texts: list[Text]) -> None:
    with unit():
        for kind in MINE:
            mine = [text for text in texts if text.kind == kind]
            writing.store_texts(kind, [text.thing_id for text in mine], mine)


def has(text: str, word: str) -> bool:
    keys = stems.get_keys(split_words(word)[0]) | {split_words(word)[0]}
    return any(keys & (stems.get_keys(one) | {one}) for one in split_words(text))


def by_hand(texts: list[Text], typed: list[str]) -> list[tuple[str, int]]:
    """Return what has all the words: the best score first, and the newest of those that are as good."""
    score = expansion.prepare(parser.parse_query(" ".join(typed))).question.score
    whole = [text for text in texts if all(has(f"{text.title} {text.body}", word) for word in typed)]
    whole.sort(key=lambda text: (-score(index_line(text)), -entry_number(text)))
    return [(text.kind, text.thing_id) for text in whole]


def find(typed: str, *, kinds: tuple[str, ...] = MINE, **options: Any) -> retrieval.HitPage:
    """Search among what the test wrote: the communities of a new site are in the index too."""
    return retrieval.get_hit_page(parser.parse_query(typed), Narrow(lambda rows: rows), kinds=kinds, **options)


def read(typed: str, **options: Any) -> list[retrieval.Hit]:
    """Read a search to its end."""
    found, after = list[retrieval.Hit](), ""
    while True:
        page = find(typed, size=7, after=after, **options)
        found += page.items
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("seed", range(3))
def test_hits_are_those_of_a_search_by_hand_in_its_order(app: object, seed: int) -> None:
    chance = random.Random(seed)
    texts = corpus(chance, 90)
    write(texts)
    for _round in range(12):
        typed = chance.sample(VOCABULARY, chance.choice((1, 1, 2, 3)))
        found = read(" ".join(typed))
        whole = [(one.kind, one.thing_id) for one in found if not one.is_almost]
        assert whole == by_hand(texts, typed), typed
        assert len({one.id for one in found}) == len(found)
        dated = read(" ".join(typed), by_date=True)
        assert [one.id for one in dated if not one.is_almost] == sorted(
            (one.id for one in found if not one.is_almost), reverse=True
        )
        ideas = read(" ".join(typed), kinds=("idea",))
        assert [one.thing_id for one in ideas if not one.is_almost] == [n for kind, n in whole if kind == "idea"]
        counted = retrieval.count_hits(find(" ".join(typed)).search, Narrow(lambda rows: rows), MINE)
        if whole:
            assert counted.total == len(whole)


def test_where_there_is_little_what_lacks_the_least_telling_word_follows(app: object) -> None:
    write(
        [
            Text("idea", 1, NOW, "Un parc", "pour les aînés"),
            Text("idea", 2, NOW, "Un parc", "l’hiver"),
            Text("idea", 3, NOW, "Rien", "du tout"),
        ]
    )
    assert [(one.thing_id, one.is_almost) for one in read("parc aînées")] == [(1, False), (2, True)]
    assert [(one.thing_id, one.is_almost) for one in read("parc introuvable")] == [(2, True), (1, True)]
    assert read("introuvable parc") == read("parc introuvable"), "of two words that are as rare either is left out"
    assert read("parc aînées -hiver") == read("parc aînées")[:1]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [('"grand vélo" école', [3]), ('école "grand vélo"', [4]), ('neige "grand vélo" "petit parc"', [3])],
)
def test_what_lacks_a_word_has_each_phrase_and_what_lacks_a_phrase_has_all_the_rest(
    app: object, typed: str, ids: list[int]
) -> None:
    write(
        [
            Text("idea", 1, NOW, "Un vélo", "trop grand"),
            Text("idea", 2, NOW, "Un parc", "petit"),
            Text("idea", 3, NOW, "Un grand vélo", "d’hiver"),
            Text("idea", 4, NOW, "École", "de voile"),
            Text("idea", 5, NOW, "Un petit parc", "et une salle"),
        ]
    )
    assert [(one.thing_id, one.is_almost) for one in read(typed)] == [(number, True) for number in ids]


def test_an_error_is_forgiven_where_nothing_is_found_and_a_beginning_is_no_word(app: object) -> None:
    write(
        [
            Text("idea", 1, NOW, "", "une épicerie solidaire"),
            Text("idea", 2, NOW, "", "un épi de maïs"),
            Text("idea", 3, NOW, "Écoute", ""),
        ]
    )
    for typed, ids, way in (
        ("épicer", [], "whole"),
        ("épi", [2], "whole"),
        ("épiceire", [1], "corrected"),
        ("éppicerie", [1], "corrected"),
        ("épcerie", [1], "corrected"),
        ("épivierie", [], "whole"),
        ("ecou", [], "whole"),
        ("epo", [], "whole"),
    ):
        page = find(typed)
        assert ([one.thing_id for one in page.items], page.way if ids else "whole") == (ids, way), typed


def test_phrases_are_found_as_they_are_written(app: object) -> None:
    write(
        [
            Text("idea", 1, NOW, "Le plan d’action", "régional"),
            Text("idea", 2, NOW, "Plan", "d’une action"),
            Text("idea", 3, NOW, "Plan : actions", ""),
        ]
    )
    assert [one.thing_id for one in read("« plan d'action »") if not one.is_almost] == [1]
    assert [one.thing_id for one in read('plan -"plan d’action"')] == [2, 3]
    assert [one.thing_id for one in read('"action régional"')] == [], "no phrase goes from a title to the text"


def test_english_words_meet_in_english_texts(app: object) -> None:
    write([Text("idea", 1, NOW, "Snow removal", "Removing snow from sidewalks", lang="en")])
    assert [one.thing_id for one in read("sidewalk removing")] == [1]
    assert not [one for one in read("sidewalk removed") if not one.is_almost], "before its words are counted"
    counts.count_words(lambda rows: rows, {})
    assert [one.thing_id for one in read("sidewalk removed")] == [1]


def test_a_broken_place_is_refused(app: object) -> None:
    for place in (
        "x",
        "1.1",
        "3.0.0.9.9.9",
        "0.0.0.9.9.0",
        "0.0.0.9.9.9.9",
        f"0.0.0.{2**63}.9.9",
        f"0.0.0.9.9.{2**63}",
    ):
        with pytest.raises(NotFound):
            find("parc", after=place)


def test_writing_again_changes_nothing_and_other_words_take_the_place_of_those_before(app: object) -> None:
    text = Text("idea", 1, NOW, "Un parc", "")
    write([text])
    with unit():
        assert writing.store_texts("idea", [1], [text]) == 0
        assert writing.store_texts("idea", [1], [Text("idea", 1, NOW, "Un sentier", "", thread_id=4)]) == 1
        assert writing.store_texts("idea", [2], []) == 0
    assert [len(read(word)) for word in ("parc", "sentier")] == [0, 1]
    with unit():
        later = Text("idea", 1, NOW + timedelta(hours=1), "Un sentier", "")
        assert writing.store_texts("idea", [1], [later]) == 1
    assert [one.id for one in read("sentier")] == [entry_number(later)]
    with unit():
        assert writing.store_texts("idea", [1], []) == 1
    assert read("sentier") == []


def test_a_word_without_end_is_kept_and_found_by_its_parts(app: object) -> None:
    for part in ("abcdefghij", "\u3316" * 50):
        body = "-".join([part] * 2_700)[:30_000]
        write([Text("idea", 1, NOW, body[:150], body)])
        assert [one.thing_id for one in read(part)] == [1]
    assert max(map(len, db.session.scalars(select(Word.key)))) <= MOST_SIGNS + 2


def test_the_words_that_an_error_is_looked_for_in_are_of_a_usual_length(app: object) -> None:
    for typed in ("a" * 31, "\ufdf2" * 12, "-".join(["abcdefghij"] * 8), "sentier"):
        typed_words = parser.parse_query(typed).terms[0].words
        assert vocabulary.get_corrections(typed_words).keys() == typed_words & {"abcdefghij", "sentier"}


def test_a_number_is_no_other_number_with_an_error(app: object) -> None:
    write([Text("idea", 1, NOW, "", "Il faut 31000 $ pour 3000 boîtes, à 17h30.")])
    assert vocabulary.get_corrections({"30000", "16h30", "boitse"}) == {"boitse": ["boites"]}


def test_a_word_with_an_error_stands_for_so_many_others(app: object) -> None:
    write([Text("idea", 1, NOW, "", " ".join({*vocabulary._edits("zarbo")} - {"zarbo"}))])
    corrected = expansion.prepare(parser.parse_query("zarbo")).with_errors()
    assert corrected and expansion.MOST_CORRECTIONS <= len(corrected.forms["zarbo"]) < expansion.MOST_CORRECTIONS + 9


def test_a_line_holds_each_part_apart() -> None:
    text = Text("idea", 1, NOW, "Co-voiturage", "L’été", places=(4,), tags=(12, 3))
    assert (
        index_line(text)
        == " co voiturage # ete # covoiturage g_12 g_3 k_idea p_4 t_co t_covoiturage t_voiturage w_covoiturage "
    )


def test_a_rebuild_forgets_the_words_that_no_text_has(app: object) -> None:
    write([Text("idea", 987_654, NOW, "Introuvable", "")])
    assert rebuild() == 1, "there is no such idea"
    assert find("introuvables").search.forms == {"introuvables": []}
    assert IndexEntry.__tablename__ == "search_entries"

"""An excerpt is the passage that tells most of what was asked, wherever it stands in a text."""

import pytest

from app.search.index.counts import Edition
from app.search.query import excerpts, parser
from app.search.query.expansion import Search

FILLER = "Des gens se parlent ici depuis longtemps. " * 12


def search(typed: str, **counted: int) -> Search:
    """Return a search whose words have no other form; so many texts of a thousand have each."""
    query = parser.parse_query(typed)
    words = {word for term in query.terms for word in term.words}
    counts = {word: counted.get(word, 100) for word in words}
    return Search(query, {word: [word] for word in words}, counted=counts, edition=Edition(1, 1_000, 50))


def quote(asked: Search, *texts: str) -> str:
    return "".join(f"[{p.text}]" if p.is_found else p.text for p in excerpts.build_excerpt(texts, asked).pieces)


def test_it_is_where_most_of_the_words_are_and_not_where_the_first_is() -> None:
    text = f"Un local. {FILLER} Il faut un local pour monter les boîtes. {FILLER}"
    assert quote(search("local boîtes"), text).startswith("…Il faut un [local] pour monter les [boîtes]. Des gens")


def test_a_rare_word_counts_more_than_common_ones() -> None:
    text = f"Le local du marché est fermé. {FILLER} On cherche des boîtes. {FILLER}"
    asked = search("local marché boîtes", local=300, marche=300, boites=1)
    assert quote(asked, text).startswith("…On cherche des [boîtes].")
    assert quote(search("local marché boîtes"), text).startswith("Le [local] du [marché]")


def test_a_word_that_is_repeated_tells_no_more_and_words_that_are_near_tell_first() -> None:
    text = f"Local, local, local, local. {FILLER} Les boîtes, dans le beau local. {FILLER} Un local à boîtes. {FILLER}"
    assert quote(search("local boîtes"), text).startswith("…Un [local] à [boîtes].")


def test_it_begins_with_the_text_or_a_sentence_where_there_is_room() -> None:
    assert quote(search("boîtes"), f"On monte les boîtes. {FILLER}").startswith("On monte les [boîtes].")
    long_sentence = f"{FILLER} {'très ' * 60}boîtes {'encore ' * 60}"
    found = quote(search("boîtes"), long_sentence)
    assert found.startswith("…très ") and "[boîtes]" in found and found.endswith("encore…")
    assert len(found) <= excerpts.LENGTH + len("……[]")


def test_without_a_word_that_was_asked_it_is_the_beginning() -> None:
    assert quote(search("boîtes"), "Rien ici.") == "Rien ici." == quote(search("boîtes"), "Rien ici.", "Ni là.")
    assert quote(search("boîtes"), "") == ""


def test_of_two_texts_it_is_of_the_one_that_tells_more() -> None:
    assert quote(search("local boîtes"), "Un local.", "Sans local, pas de boîtes.") == "Sans [local], pas de [boîtes]."
    assert quote(search("local boîtes"), "Un local.", "Le local.") == "Un [local]."


def test_parts_of_a_compound_are_marked() -> None:
    assert quote(search("ville"), "Au centre-ville.") == "Au centre-[ville]."


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("7h30", "Avant 7 h 30, ou à 17 h 30.", "Avant [7 h 30], ou à 17 h 30."),
        ("1200", "Pour 1 200 $.", "Pour [1 200] $."),
        ("hlm", "Un H.L.M. au village.", "Un [H.L.M.] au village."),
        ("kahnawake", "À Kahnawà:ke.", "À [Kahnawà:ke]."),
        ("12 h", "À 12 h pile.", "À [12 h] pile."),
    ],
)
def test_what_is_written_in_several_ways_is_marked_as_it_stands(typed: str, text: str, marked: str) -> None:
    assert quote(search(typed), text) == marked


def test_small_words_are_marked_only_where_nothing_else_was_asked() -> None:
    assert quote(search('"le soir"'), "Le matin et le soir.") == "Le matin et le [soir]."
    assert quote(search("le"), "Le matin.") == "[Le] matin."


def test_of_a_name_of_several_words_it_shows_as_many_as_it_can() -> None:
    names = {("banc", "parc", "neuf"): [("banc", "parc", "neuf")]}
    query = parser.parse_query("banc parc neuf", others=names)
    asked = Search(query, {word: [word] for word in ("banc", "parc", "neuf")}, edition=Edition(1, 1_000, 50))
    assert quote(asked, f"Un banc. {FILLER} Un parc et son banc neuf. {FILLER}").startswith(
        "…Un [parc] et son [banc] [neuf]."
    )

"""An excerpt is the passage that tells most of what was asked, wherever it stands in a text."""

from app.search.query import excerpts, parser
from app.search.query.expansion import Search

FILLER = "Des gens se parlent ici depuis longtemps. " * 12


def search(typed: str, **rarities: int) -> Search:
    """Return a search whose words have no other form; each is as rare as it is told to be, or as the others."""
    query = parser.parse_query(typed)
    words = {word for term in query.terms for word in term.words}
    rare = {term: rarities.get(term.typed, 100) for term in query.terms}
    return Search(query, {word: [word] for word in words}, rarities=rare)


def quote(asked: Search, *texts: str) -> str:
    return "".join(f"[{p.text}]" if p.is_found else p.text for p in excerpts.build_excerpt(texts, asked))


def test_it_is_where_most_of_the_words_are_and_not_where_the_first_is() -> None:
    text = f"Un local. {FILLER} Il faut un local pour monter les boîtes. {FILLER}"
    assert quote(search("local boîtes"), text).startswith("…Il faut un [local] pour monter les [boîtes]. Des gens")


def test_a_rare_word_counts_more_than_common_ones() -> None:
    text = f"Le local du marché est fermé. {FILLER} On cherche des boîtes. {FILLER}"
    asked = search("local marché boîtes", local=50, marché=50, boîtes=900)
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

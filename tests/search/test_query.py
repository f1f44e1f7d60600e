"""Whatever is typed is a query: words, phrases, exclusions, and nothing of an engine's own language."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.indexed_words import _SYNTAX
from app.search.query import parser
from app.search.query.expansion import Search
from app.search.query.parser import Term, Token, parse_query

SIGNS = st.text(
    st.one_of(st.sampled_from("\"'-*():&|!<>~^{}[]\\,;.«»“”·/ ORANDNOTearn0\x00é"), st.characters()), max_size=80
)
ASKED = {"sqlite": r'(?:"[a-z0-9_]+"|[()]| OR | AND | NOT )*', "postgresql": r"(?:'[a-z0-9_]+'|[()]| \| | & |!| & !)*"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("l’école du village", ["ecole", "village"]),
        ("de la", ["de", "la"]),
        ("citoyen·ne·s", ["citoyen"]),
        ("centre-ville", ["centre", "centreville", "ville"]),
        ("  ", []),
        ("-parc", []),
        ("a b c école", ["ecole"]),
        ("OR NOT NEAR(", ["near", "not"]),
        ('"école', ["ecole"]),
        ("école école", ["ecole"]),
    ],
)
def test_words_are_folded_and_those_that_say_nothing_are_left_aside(typed: str, words: list[str]) -> None:
    assert sorted({word for term in parse_query(typed).terms for word in term.words}) == words


def test_phrases_and_exclusions_are_told_apart() -> None:
    asked = parse_query('logement "plan d’action" -condo -« tour à bureaux » hors-marché')
    assert [term.phrase for term in asked.terms] == ["", " plan action ", ""]
    assert [(sorted(term.words), term.phrase) for term in asked.excluded] == [
        (["condo"], ""),
        (["a", "bureaux", "tour"], " tour a bureaux "),
    ]
    assert asked.terms[-1] == Term((("horsmarche",), ("hors", "marche")))


def test_a_search_takes_eight_words() -> None:
    assert len(parse_query(" ".join(f"mot{n}" for n in range(20))).terms) == parser.MOST


def test_a_name_is_one_term_that_its_tokens_stand_for() -> None:
    valleyfield, cedars = Token("p_1", "Salaberry-de-Valleyfield"), Token("p_2", "Les Cèdres")
    names = {
        parser.parse_name("Salaberry-de-Valleyfield"): [valleyfield],
        parser.parse_name("Valleyfield"): [valleyfield],
        parser.parse_name("Les Cèdres"): [cedars],
        parser.parse_name("Saint-Timothée"): [valleyfield],
    }
    for typed in (
        "parc valleyfield",
        "parc Salaberry-de-Valleyfield",
        "parc salaberry de valleyfield",
        "parc st-timothee",
        "parc saint timothée",
    ):
        assert [term.tokens for term in parse_query(typed, names).terms] == [(), (valleyfield,)], typed
    assert [term.tokens for term in parse_query("les cèdres", names).terms] == [(cedars,)]
    assert [term.tokens for term in parse_query("cèdres", names).terms] == [()]


def test_a_term_knows_how_it_was_typed() -> None:
    names = {parser.parse_name("jardin communautaire"): [Token("g_1", "potager")]}
    asked = parse_query("(L’Épicerie) «plan d’action» parc/École, Jardin communautaire.", names)
    assert [term.typed for term in asked.terms] == [
        "L’Épicerie",
        "plan d’action",
        "parc",
        "ecole",
        "Jardin communautaire",
    ]


@given(SIGNS)
@settings(max_examples=300, deadline=None)
def test_nothing_that_is_typed_raises_or_speaks_to_the_engine(typed: str) -> None:
    asked = parse_query(typed)
    words = {word for term in (*asked.terms, *asked.excluded) for word in term.words}
    assert all(re.fullmatch("[a-z0-9_]+", word) for word in words)
    for engine, syntax in _SYNTAX.items():
        made = Written(asked, {word: [word, f"{word}s"] for word in words}, engine=syntax)
        for expression in (
            made.in_title(),
            made.in_text(),
            made.near_in_text(),
            made.nearly_in_title(),
            made.nearly_in_text(),
        ):
            assert re.fullmatch(ASKED[engine], expression), expression


class Written(Search):
    """A search as one engine is asked it."""

    engine: object

    def __init__(self, asked: parser.Query, forms: dict[str, list[str]], *, engine: object):
        super().__init__(asked, forms)
        object.__setattr__(self, "engine", engine)

    @property
    def _syntax(self) -> object:
        return self.engine

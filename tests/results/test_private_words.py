"""A private text moves nothing that a stranger finds: neither results nor their order, nor what is said of them."""

from itertools import chain
from typing import Any

import pytest

from app.core import clock
from app.core.actor import ANYONE, Actor
from app.results import jobs, similar
from app.results import queries as results
from app.search.tokens import split_words
from tests.support.make import Make

PUBLIC = {
    "La coalition des rangs": ("Nos écoles et leurs élèves, les lumières du parc.", "fr"),
    "Des associations de loisirs": ("Un comité, une coalition, des organisations.", "fr"),
    "Le son des cloches": ("Il est organisé par ses membres, et été comme hiver on en joue.", "fr"),
    "Removing the snow": ("Members organize the removal of snow near schools.", "en"),
    "Notre potager commun": ("On y plantera des tomates avec l’association du quartier.", "fr"),
}
PRIVATE = {
    "en": "Our coalition: coalitions, an association, associated schools, removed tomatoes, organizations, playing, plants.",
    "fr": "Une école, un élève, le sien et le son, sons, potagers, planter, une tomate, le loisir, s’associer, été, étés.",
}
ENDINGS = ("", "s", "al", "ed", "er", "ing", "ation")
MORE = (
    "sons",
    "coalitional rangs",
    "ecolle rangs",
    "snow coalition removals",
    '"son des cloches" sons',
    "-coalitional snow",
)


def list_searches() -> list[str]:
    """List the words of all texts, with other endings and with typing errors, alone and two by two."""
    texts = chain.from_iterable((title, body) for title, (body, _lang) in PUBLIC.items())
    words = sorted({word for text in (*texts, *PRIVATE.values()) for word in split_words(text)})
    ended = {f"{word.removesuffix('s')}{end}" for word in words for end in ENDINGS}
    wrong = {word[:place] + word[place - 1 :] for word in words if len(word) > 3 for place in (2, 4)}
    pairs = {f"{one} {two}" for one, two in zip(words, words[7:], strict=False)}
    return [*sorted({*words, *ended, *wrong, *pairs}), *MORE]


def find(actor: Actor, typed: str) -> Any:
    """Return all that a page says of a search."""
    page = results.get_results(actor, results.parse_query(typed))
    said = [(one.thing.id, one.is_almost, one.missing, one.names, one.title, one.excerpt) for one in page.items]
    return page.way, said, page.tally, page.next


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_private_text_moves_nothing_that_a_stranger_finds(make: Make, lang: str) -> None:
    for title, (body, of_body) in PUBLIC.items():
        make.idea(title=title, body=body, lang=of_body)
    circle = make.community(is_private=True)
    jobs.count_words()
    searches = list_searches()
    before = {typed: find(ANYONE, typed) for typed in searches}
    near = {typed: similar.list_near(ANYONE, similar.SimilarityQuery(typed)) for typed in searches}
    make.idea(title=PRIVATE[lang], body=PRIVATE[lang], lang=lang, community=circle.slug)
    for when in ("before it is counted", "once it would be"):
        assert {typed: found for typed in searches if (found := find(ANYONE, typed)) != before[typed]} == {}, when
        for typed in searches:
            assert similar.list_near(ANYONE, similar.SimilarityQuery(typed)) == near[typed], (when, typed)
        jobs.count_words()


def test_the_english_words_that_a_stranger_reads_meet_their_forms_once_counted(make: Make) -> None:
    def count() -> int:
        return len(find(ANYONE, "coalitional")[1])

    make.idea(title="La coalition des rangs")
    idea = make.idea(title="Our coalition", lang="en")
    assert count() == 0, "new"
    jobs.count_words()
    assert count() == 2
    make.at(idea, hidden_at=clock.now())
    assert count() == 1, "what was counted stands until it is counted again"
    jobs.count_words()
    assert count() == 0

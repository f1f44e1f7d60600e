"""A search made ready: the forms of its words that texts have, and what the index is asked for at each step."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate

from app.core import indexed_words
from app.core.indexed_words import Syntax
from app.search import synonyms
from app.search.index import counts, vocabulary
from app.search.index.counts import Edition
from app.search.index.texts import KIND, PLACE, TITLE, build_title_token
from app.search.query.parser import Query, Term, split_name
from app.search.query.scoring import EXACT, FORM, NEIGHBOUR, Asked, Question, get_rarity
from app.search.tokens import STOP_WORDS

MOST_CORRECTIONS = 200
"""How many words are taken for another that was typed with an error: each is asked for by itself."""
TOLD = 30
"""How much of what was typed, in hundredths, is in what comes close."""
CLOSE = 75
"""From how much of the rarity of a telling word, in hundredths, another one does in its place."""
Forms = dict[str, list[str]]
Part = tuple[int, int, int]
"""A word of a search: the number of its term, of the way, and its own."""


@dataclass(frozen=True)
class Search:
    """What the index is asked for: a query with the forms that texts have of each of its words.

    `neighbours` are, for each word, those near it: forms that share its English stem alone, and its synonyms. `counted`
    is how many texts have each form and each token, in an `edition` of the counts. `aside` are terms that were typed
    and are not asked for. `kinds` and `places` narrow what is found (none: all): facets of the filter of kinds, ids of
    territories. What the methods return is for `indexed_words`; "" finds nothing.
    """

    query: Query
    forms: Forms
    kinds: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    neighbours: Mapping[str, Set[str]] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)
    edition: Edition = counts.NONE
    aside: tuple[Term, ...] = ()

    def of(self, *kinds: str) -> "Search":
        return replace(self, kinds=kinds)

    def at(self, *places: int) -> "Search":
        return replace(self, places=places)

    def with_neighbours(self) -> "Search":
        """Return the same search with the synonyms of its words beside their forms."""
        words = {word: _synonyms(word) for word in _inflected(self.query.terms)}
        found = vocabulary.get_near_forms({one for own in words.values() for one in own})
        near = {word: set().union(*(found[one][0] for one in own)) for word, own in words.items()}
        return replace(self, neighbours={word: near[word] | self.neighbours.get(word, set()) for word in words})

    def with_errors(self) -> "Search | None":
        """Return the same search with one typing error forgiven in long words that are not counted, or None."""
        typed = {word for word in _inflected(self.query.terms) if not self._count_word(word)}
        more = _find_corrections(typed, self.edition)
        forms = {word: sorted({*own, *more.get(word, ())}) for word, own in self.forms.items()}
        return None if forms == self.forms else replace(self, forms=forms)

    def without_unknown(self) -> "Search | None":
        """Return the same search without the terms that no text has, or None where it has others alone, or none.

        A name of several words is these words, where nothing is filed under it.
        """
        terms = [one for term in self.query.terms for one in ([term] if self._is_filed(term) else split_name(term))]
        known = tuple(term for term in terms if self._count(term))
        aside = tuple(term for term in terms if term not in known)
        return (
            replace(self, query=replace(self.query, terms=known), aside=aside)
            if known not in ((), self.query.terms)
            else None
        )

    def _is_filed(self, term: Term) -> bool:
        return any(self.counted.get(token.text) for token in term.tokens)

    def get_rarity(self, term: Term) -> int:
        """Return how telling a term is."""
        return get_rarity(self._count(term), self.edition.texts)

    def _count(self, term: Term) -> int:
        """Return in about how many texts a term is: a way is in no more of them than its rarest word."""
        ways = [min(self._count_word(word) for word in way) for way in term.ways]
        return max([*ways, sum(self.counted.get(token.text, 0) for token in term.tokens)])

    def _count_word(self, word: str) -> int:
        return sum(self.counted.get(form, 0) for form in self.forms.get(word, [word]))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that a found text has one of, in one form or another; small ones only where no other was typed."""
        exact = {word for term in self.query.terms if term.phrase for word in term.words}
        typed = _inflected(self.query.terms)
        found = frozenset({form for word in typed for form in self._near(word)} | exact)
        return found - STOP_WORDS if (typed | exact) - STOP_WORDS else found

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(term.phrase for term in self.query.terms if term.phrase)

    @property
    def refused_phrases(self) -> tuple[str, ...]:
        return tuple(term.phrase for term in self.query.excluded if term.phrase)

    def in_title(self) -> str:
        """Return what asks for all the words in the title; nothing has those that were set aside."""
        return "" if self.aside else self._finish([self._of(term, TITLE) for term in self.query.terms])

    def in_text(self) -> str:
        """Return what asks for all the words anywhere; nothing has those that were set aside."""
        return "" if self.aside else self._finish([self._of(term) for term in self.query.terms])

    @cached_property
    def telling(self) -> tuple[Term, ...]:
        """The rarest terms, that say `TOLD` of all that was typed; all but one at the most, unless one stands alone."""
        terms = sorted(self.query.terms, key=self.get_rarity, reverse=True)
        said = list(accumulate(map(self.get_rarity, terms)))
        number = 1 + sum(100 * one < TOLD * said[-1] for one in said)
        return tuple(terms[: max(min(number, len(terms) - 1), 1)])

    @cached_property
    def as_telling(self) -> tuple[Term, ...]:
        """The last of the telling terms, and the words that are nearly as rare: any of them does. A phrase is alone."""
        *others, last = self.telling
        if last.phrase:
            return (last,)
        least, free = CLOSE * self.get_rarity(last), (one for one in self.query.terms if one not in others)
        return tuple(one for one in free if not one.phrase and 100 * self.get_rarity(one) >= least)

    def nearly_in_title(self) -> str:
        """Return what asks for the telling words in the title, or for words near them."""
        return self._nearly(TITLE)

    def nearly_in_text(self) -> str:
        """Return what asks for the telling words anywhere, or for words near them."""
        return self._nearly()

    def _nearly(self, prefix: str = "") -> str:
        if not self.telling:
            return ""
        needed = [self._of(term, prefix, is_near=True) for term in self.telling[:-1]]
        return self._finish(
            [*needed, self._syntax.any([self._of(term, prefix, is_near=True) for term in self.as_telling])]
        )

    def near_in_text(self) -> str:
        """Return what asks for all the words anywhere, or for words near them."""
        return self._finish([self._of(term, is_near=True) for term in self.query.terms])

    @cached_property
    def question(self) -> Question:
        """What entries are compared with."""
        terms = [
            Asked(
                self.get_rarity(term),
                tuple(tuple(self._worth(word, term) for word in way) for way in term.ways),
                frozenset(token.text for token in term.tokens),
            )
            for term in self.query.terms
        ]
        typed = build_title_token(" ".join(term.typed for term in self.query.terms))
        return Question(terms, self.edition.mean_length, typed)

    @cached_property
    def worth(self) -> dict[str, dict[Part, int]]:
        """What each form of a word tells: the words asked that it is a form of, with how telling it is of each."""
        found: dict[str, dict[Part, int]] = {}
        for form, slots in self.question.slots.items():
            for number, way, word, worth in slots:
                asked, told = self.question.asked[number], found.setdefault(form, {})
                share = worth * asked.rarity // len(asked.ways[way])
                told[number, way, word] = max(told.get((number, way, word), 0), share)
        return found

    def _worth(self, word: str, term: Term) -> dict[str, int]:
        """Return what each form of a word counts."""
        if term.phrase:
            return {word: EXACT}
        near = self.neighbours.get(word, set())
        forms = {form: NEIGHBOUR if form in near else FORM for form in self._near(word)}
        return forms | {word: EXACT}

    @property
    def has_names(self) -> bool:
        return any(term.tokens for term in self.query.terms)

    def names_in(self, line: str, lang: str = "fr") -> list[str]:
        """Return the names of the tags, places and axes of a text of the index that were asked for by name, each once.

        They are in the language of who reads, where they have one in it.
        """
        words = line.split()
        found = (token.name_in(lang) for term in self.query.terms for token in term.tokens if token.text in words)
        return list(dict.fromkeys(found))

    def missing_from(self, line: str) -> list[str]:
        """Return what was typed and does not stand in a text of the index."""
        words = set(line.split())
        missing = [term for term in self.query.terms if not self._is_in(term, line, words)]
        return [term.typed for term in (*missing, *self.aside)]

    def _is_in(self, term: Term, line: str, words: Set[str]) -> bool:
        if term.phrase:
            return term.phrase in line
        is_named = any(token.text in words for token in term.tokens)
        return is_named or any(all(not words.isdisjoint(self._near(word)) for word in way) for way in term.ways)

    def _near(self, word: str) -> Set[str]:
        return {*self.forms.get(word, ()), *self.neighbours.get(word, ())}

    def _finish(self, parts: Sequence[str]) -> str:
        """Join what must be there with the filters, and take away what must not."""
        filters = (f"{KIND}{kind}" for kind in self.kinds), (f"{PLACE}{place}" for place in self.places)
        narrow = [self._syntax.any(list(map(self._syntax.word, tokens))) for tokens in filters]
        excluded = [self._of(term) for term in self.query.excluded if not term.phrase]
        return self._syntax.but(self._syntax.all([*parts, *filter(None, narrow)]), self._syntax.any(excluded))

    def _of(self, term: Term, prefix: str = "", *, is_near: bool = False) -> str:
        ways = [self._syntax.all([self._of_word(word, term, prefix, is_near) for word in way]) for way in term.ways]
        return self._syntax.any(ways if prefix else [*ways, *(self._syntax.word(token.text) for token in term.tokens)])

    def _of_word(self, word: str, term: Term, prefix: str, is_near: bool) -> str:
        forms = [word] if term.phrase else sorted(self._near(word)) if is_near else self.forms.get(word, [])
        return self._syntax.any([self._syntax.word(f"{prefix}{form}") for form in forms])

    @property
    def _syntax(self) -> Syntax:
        return indexed_words.syntax()


def prepare(query: Query, edition_number: int = 0) -> Search:
    """Return the search of a query: the forms that texts have of each of its words, and how telling each is.

    `edition_number` is that of the counts (0: the present ones).
    """
    found = vocabulary.get_near_forms(_inflected((*query.terms, *query.excluded)))
    forms = {word: sorted(own | english) for word, (own, english) in found.items()}
    edition = counts.get_edition(edition_number)
    counted = counts.get_counts(edition, {*_words(query, forms), *(word for own in forms.values() for word in own)})
    return Search(
        query,
        forms,
        neighbours={word: english for word, (_own, english) in found.items()},
        counted=counted,
        edition=edition,
    )


def _words(query: Query, forms: Forms) -> Iterable[str]:
    """Yield what is counted beside the forms of words: the words of phrases, and the tokens of names."""
    for term in query.terms:
        yield from term.words - forms.keys()
        yield from (token.text for token in term.tokens)


def _inflected(terms: Iterable[Term]) -> set[str]:
    """Return the words that may be in another form."""
    return {word for term in terms if not term.phrase for word in term.words}


def _find_corrections(typed: Iterable[str], edition: Edition) -> Forms:
    """Return the words of texts that are one error away from each of these, and their forms: those that count first.

    A word that is not counted is itself alone: it may be that of a private text, and leads to no other one.
    """
    found = vocabulary.get_corrections(typed)
    forms = vocabulary.get_forms({one for words in found.values() for one in words})
    counted = counts.get_counts(edition, {one for word, own in forms.items() for one in (word, *own)})
    near = {word: {word, *(own if word in counted else ())} for word, own in forms.items()}
    return {
        word: sorted(set().union(*(near[one] for one in words)), key=lambda one: (one not in counted, one))[
            :MOST_CORRECTIONS
        ]
        for word, words in found.items()
    }


def _synonyms(word: str) -> set[str]:
    return synonyms.get_words(synonyms.get_group_ids(synonyms.get_keys(word)))

"""A search made ready: the forms of its words that texts have, and what the index is asked for at each step."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from app.core import indexed_words
from app.core.indexed_words import Syntax
from app.search.index import vocabulary
from app.search.index.texts import KIND, PLACE, TITLE
from app.search.query.parser import Query, Term

MOST_CORRECTIONS = 200
"""How many words are taken for another that was typed with an error: each is asked for by itself."""
Forms = dict[str, list[str]]


@dataclass(frozen=True)
class Search:
    """What the index is asked for: a query with the forms that texts have of each of its words.

    `kinds` and `places` narrow what is found (none: all): facets of the filter of kinds, ids of territories. What the
    methods return is for `indexed_words`; "" finds nothing.
    """

    query: Query
    forms: Forms
    kinds: tuple[str, ...] = ()
    places: tuple[int, ...] = ()

    def of(self, *kinds: str) -> "Search":
        return replace(self, kinds=kinds)

    def at(self, *places: int) -> "Search":
        return replace(self, places=places)

    def as_beginning(self) -> "Search | None":
        """Return the same search where the last word may go on, or None where no text has one that begins so."""
        word = self.query.beginning
        return self._add({word: vocabulary.list_beginning_with(word)} if word in self.forms else {})

    def with_errors(self) -> "Search | None":
        """Return the same search with one typing error forgiven in each long word, or None where none is mended so."""
        found = vocabulary.get_corrections(_inflected(self.query.terms))
        others = vocabulary.get_forms({one for words in found.values() for one in words})
        return self._add(
            {
                word: sorted(set().union(*(others[one] for one in words)))[:MOST_CORRECTIONS]
                for word, words in found.items()
            }
        )

    def _add(self, more: Mapping[str, Collection[str]]) -> "Search | None":
        """Return the same search with more forms of its words, or None where there are none."""
        if not any(more.values()):
            return None
        return replace(self, forms={word: sorted({*own, *more.get(word, ())}) for word, own in self.forms.items()})

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that a found text has one of, in one form or another."""
        exact = {word for term in self.query.terms if term.phrase for word in term.words}
        return frozenset({form for word in _inflected(self.query.terms) for form in self.forms[word]} | exact)

    @cached_property
    def worth(self) -> dict[str, dict[int, int]]:
        """What each of these words tells: the numbers of its terms in the query, each with how telling the term is."""
        found: dict[str, dict[int, int]] = {}
        for number, term in enumerate(self.query.terms):
            forms = term.words if term.phrase else {form for word in term.words for form in self.forms[word]}
            for form in forms:
                found.setdefault(form, {})[number] = 1
        return found

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(term.phrase for term in self.query.terms if term.phrase)

    @property
    def refused_phrases(self) -> tuple[str, ...]:
        return tuple(term.phrase for term in self.query.excluded if term.phrase)

    def in_title(self) -> str:
        """Return what asks for all the words in the title."""
        return self._finish([self._of(term, TITLE) for term in self.query.terms])

    def in_text(self, *, but: str = "") -> str:
        """Return what asks for all the words anywhere, and not for what another expression finds."""
        return self._finish([self._of(term) for term in self.query.terms], but)

    def without_word(self, *, but: str) -> str:
        """Return what asks for all but one of the words that stand in no phrase."""
        return self._without([term for term in self.query.terms if not term.phrase], but)

    def without_phrase(self, *, but: str) -> str:
        """Return what asks for all but one of the phrases, by their words."""
        return self._without([term for term in self.query.terms if term.phrase], but)

    def _without(self, terms: Sequence[Term], but: str) -> str:
        """Return what asks for all but one of these terms; of one term alone, nothing is left."""
        if not terms or len(self.query.terms) < 2:
            return ""
        ways = [self._syntax.all([self._of(other) for other in self.query.terms if other != term]) for term in terms]
        return self._finish([self._syntax.any(ways)], but)

    @property
    def has_names(self) -> bool:
        return any(term.tokens for term in self.query.terms)

    def names_in(self, line: str) -> list[str]:
        """Return the names of the tags and places of a text of the index that were asked for by name, each once."""
        words = line.split()
        found = (token.name for term in self.query.terms for token in term.tokens if token.text in words)
        return list(dict.fromkeys(found))

    def missing_from(self, line: str) -> list[str]:
        """Return what was typed and does not stand in a text of the index."""
        words = set(line.split())
        return [term.typed for term in self.query.terms if not self._is_in(term, line, words)]

    def _is_in(self, term: Term, line: str, words: Set[str]) -> bool:
        if term.phrase:
            return term.phrase in line
        is_named = any(token.text in words for token in term.tokens)
        return is_named or any(all(not words.isdisjoint(self.forms.get(word, ())) for word in way) for way in term.ways)

    def _finish(self, parts: Sequence[str], but: str = "") -> str:
        """Join what must be there with the filters, and take away what must not."""
        filters = (f"{KIND}{kind}" for kind in self.kinds), (f"{PLACE}{place}" for place in self.places)
        narrow = [self._syntax.any(list(map(self._syntax.word, tokens))) for tokens in filters]
        excluded = [self._of(term) for term in self.query.excluded if not term.phrase]
        return self._syntax.but(self._syntax.all([*parts, *filter(None, narrow)]), self._syntax.any([*excluded, but]))

    def _of(self, term: Term, prefix: str = "") -> str:
        ways = [self._syntax.all([self._of_word(word, term, prefix) for word in way]) for way in term.ways]
        return self._syntax.any(ways if prefix else [*ways, *(self._syntax.word(token.text) for token in term.tokens)])

    def _of_word(self, word: str, term: Term, prefix: str) -> str:
        forms = [word] if term.phrase else self.forms.get(word, [])
        return self._syntax.any([self._syntax.word(f"{prefix}{form}") for form in forms])

    @property
    def _syntax(self) -> Syntax:
        return indexed_words.syntax()


def prepare(query: Query) -> Search:
    """Return the search of a query, with the forms that texts have of each of its words."""
    return Search(query, vocabulary.get_forms(_inflected((*query.terms, *query.excluded))))


def _inflected(terms: Iterable[Term]) -> set[str]:
    """Return the words that may be in another form."""
    return {word for term in terms if not term.phrase for word in term.words}

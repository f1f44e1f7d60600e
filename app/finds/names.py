"""Places in a search: a name, short or former, stands for what is placed there."""
from collections import defaultdict

from app.core import versions
from app.reference import names as reference_names
from app.reference import queries as reference
from app.reference.place_names import other_names
from app.reference.queries import KEY
from app.search.query import Names, name_of, name_of_words
from app.search.stop_words import STOP_WORDS
from app.search.texts import PLACE
from app.search.tokens import groups

LONGEST = 4
"""How many words a name has, at most."""


def places() -> Names:
    """Return the tokens that each name of a place stands for: those of an MRC are those of its municipalities too."""
    return versions.keep("names of places", _load, under=KEY)


def _load() -> Names:
    former = reference_names.former("territory")
    catalogue, found = reference.catalogue(), defaultdict[tuple[str, ...], set[str]](set)
    for place in catalogue.places:
        tokens = {f"{PLACE}{inner.id}" for inner in catalogue.within(place)}
        for name in (place.name, *other_names(place.code), *former.get(place.id, ())):
            found[name_of(name)] |= tokens
    return {name: frozenset(tokens) for name, tokens in found.items()}


def words_of_places(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text that name a place, alone or with those beside them, with the tokens of the place."""
    found, known = dict[str, frozenset[str]](), places()
    words = [part for parts in groups(text) for part in parts if part not in STOP_WORDS]
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            tokens = known.get(name_of_words(words[start:end]), ())
            found |= {word: found.get(word, frozenset()) | frozenset(tokens) for word in words[start:end] if tokens}
    return found

"""Names in a search: one of a place, short or former, stands for what is placed there; one of a tag for what has it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.core import versions
from app.core.actor import Actor
from app.core.text.plain import sort_key
from app.ideas.queries import tags as idea_tags
from app.reference import former_names
from app.reference import queries as reference
from app.reference.place_names import list_other_names
from app.reference.queries import KEY
from app.reference.service import build_tag_slug
from app.search.index.texts import PLACE, TAG
from app.search.query.parser import Names, Token, build_name, parse_name
from app.search.tokens import STOP_WORDS, split_groups

LONGEST = 4
"""How many words a name has, at most."""
WORDS = 12
"""Among how many of the first words of a search a tag is looked for."""
_SHORT = 3
"""A word of so few letters has no plural."""


def get_name_tokens(typed: str, actor: Actor) -> Names:
    """Return the tokens that names stand for: those of all places, and of the tags that a search names.

    A tag that this person may not know of is no name: what is found would tell of it.
    """
    of_places = get_place_tokens()
    of_tags = {name: tokens.union(of_places.get(name, ())) for name, tokens in _find_tags(typed, actor).items()}
    return {**of_places, **of_tags}


def _find_tags(typed: str, actor: Actor) -> dict[tuple[str, ...], frozenset[Token]]:
    """Find the tags whose present or former names stand in what was typed, in the singular or in the plural."""
    words = sort_key(typed).split()[:WORDS]
    addresses = {build_tag_slug(form): parse_name(" ".join(span)) for span in _spans(words) for form in _forms(span)}
    tags = idea_tags.get_tags(actor, sorted(addresses)) if addresses else {}
    found = defaultdict[tuple[str, ...], frozenset[Token]](frozenset)
    for address, tag in tags.items():
        found[addresses[address]] |= {Token(f"{TAG}{tag_id}", tag.name) for tag_id in tag.ids}
    return found


def _spans(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield each run of consecutive words that may be a name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            yield words[start:end]


def _forms(words: Sequence[str]) -> set[str]:
    """Return a name as it was typed, with all its words in the singular, and in the plural."""
    singular = [word[:-1] if word[-1] in "sx" and len(word) > _SHORT else word for word in words]
    plural = [word if word[-1] in "sxz" or len(word) <= _SHORT else f"{word}s" for word in words]
    return {" ".join(form) for form in (words, singular, plural)}


def get_place_tokens() -> Names:
    """Return the tokens that each name of a place stands for: those of an MRC are those of its municipalities too."""
    return versions.get_or_load("names of places", _load, under=KEY)


def _load() -> Names:
    former = former_names.get_former_names("territory")
    catalogue = reference.get_catalogue()
    found = defaultdict[tuple[str, ...], set[Token]](set)
    for place in catalogue.places:
        tokens = {Token(f"{PLACE}{inner.id}", inner.name) for inner in catalogue.within(place)}
        for name in (place.name, *list_other_names(place.code), *former.get(place.id, ())):
            found[parse_name(name)] |= tokens
    return {name: frozenset(tokens) for name, tokens in found.items()}


def get_words_of_places(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text that name a place, alone or with those beside them, with the tokens of the place."""
    found = defaultdict[str, frozenset[str]](frozenset)
    tokens_of_names = get_place_tokens()
    words = [part for parts in split_groups(text) for part in parts if part not in STOP_WORDS]
    for span in _spans(words):
        tokens = frozenset(token.text for token in tokens_of_names.get(build_name(list(span)), ()))
        for word in span if tokens else ():
            found[word] |= tokens
    return found

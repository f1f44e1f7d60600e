"""Names in a search: those of places, tags, issues and communities, past ones too, stand for what is filed there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.communities.queries import Room, get_rooms, get_visible_rooms
from app.core import versions
from app.core.actor import Actor
from app.core.text.plain import sort_key
from app.ideas.queries import tags as idea_tags
from app.reference import acronyms, former_names
from app.reference import queries as reference
from app.reference.place_names import list_other_names
from app.reference.queries import KEY, Axis
from app.reference.service import build_tag_slug
from app.search.index.texts import COMMUNITY, ISSUE, PLACE, TAG
from app.search.query.parser import Names, OtherNames, Token, build_name, parse_name
from app.search.tokens import STOP_WORDS, split_groups, write_one_way

LONGEST, LONGEST_OF_AXES = 4, 10
"""How many words the name of a tag, or of an issue or a community, has at most."""
WORDS = 12
"""Among how many of the first words of a search a name is looked for."""
_SHORT = 3
"""A word of so few letters has no plural."""


def get_name_tokens(typed: str, actor: Actor) -> Names:
    """Return the tokens that names stand for: those of all places, and of the tags and axes that a search names.

    A tag or a community that this person may not know of is no name: what is found would tell of it.
    """
    found = dict(get_place_tokens())
    for named in (_find_tags(typed, actor), _find_axes(typed, actor)):
        found |= {name: tokens.union(found.get(name, ())) for name, tokens in named.items()}
    return found


def _find_tags(typed: str, actor: Actor) -> dict[tuple[str, ...], frozenset[Token]]:
    """Find the tags whose present or former names stand in what was typed, in the singular or in the plural."""
    words = sort_key(typed).split()[:WORDS]
    addresses = {build_tag_slug(form): parse_name(" ".join(span)) for span in _spans(words) for form in _forms(span)}
    tags = idea_tags.get_tags(actor, sorted(addresses)) if addresses else {}
    found = defaultdict[tuple[str, ...], frozenset[Token]](frozenset)
    for address, tag in tags.items():
        found[addresses[address]] |= {Token(f"{TAG}{tag_id}", tag.name) for tag_id in tag.ids}
    return found


def _find_axes(typed: str, actor: Actor) -> dict[tuple[str, ...], frozenset[Token]]:
    """Find the issues and the communities whose present or former names stand in what was typed, in either number."""
    names, rooms = _get_axis_names(), get_visible_rooms(actor).by_id
    unknown = {f"{COMMUNITY}{room_id}" for room_id in get_rooms().by_id.keys() - rooms.keys()}
    spans = _spans(_list_parts(typed), LONGEST_OF_AXES)
    found = {build_name(list(span)): names.get(_to_singular(span), ()) for span in spans}
    known = {name: frozenset(one for one in tokens if one.text not in unknown) for name, tokens in found.items()}
    return {name: tokens for name, tokens in known.items() if tokens}


def get_other_names(typed: str) -> OtherNames:
    """Return what the acronyms that stand in what was typed, or their meanings, are called as well."""
    known = versions.get_or_load("words of acronyms", _load_other_names, under=KEY)
    spans = list(_spans(_list_parts(typed), LONGEST_OF_AXES))
    return {build_name(list(span)): known[key] for span in spans if (key := _to_singular(span)) in known}


def _load_other_names() -> OtherNames:
    found = defaultdict[tuple[str, ...], set[tuple[str, ...]]](set)
    for name, others in acronyms.get_other_names().items():
        found[_to_singular(parse_name(name))] |= set(map(parse_name, others))
    return dict(found)


def _list_parts(typed: str) -> list[str]:
    return [part for parts in split_groups(write_one_way(typed)) for part in parts][:WORDS]


def _get_axis_names() -> Mapping[tuple[str, ...], frozenset[Token]]:
    return versions.get_or_load("names of issues and communities", _load_axis_names, under=KEY)


def _load_axis_names() -> Mapping[tuple[str, ...], frozenset[Token]]:
    """Load the tokens of each name, in the singular; who may know of a community is left to each search."""
    found = defaultdict[tuple[str, ...], set[Token]](set)
    axes: list[tuple[str, str, Iterable[Axis | Room]]] = [
        ("issue", ISSUE, reference.get_catalogue().issues),
        ("community", COMMUNITY, get_rooms().all),
    ]
    for kind, mark, things in axes:
        former = former_names.get_former_names(kind)
        for thing in things:
            token = Token(f"{mark}{thing.id}", thing.name, thing.name_en or "")
            for name in filter(None, (thing.name, *former.get(thing.id, ()), thing.name_en)):
                found[_to_singular(parse_name(name))].add(token)
    return {name: frozenset(tokens) for name, tokens in found.items()}


def _to_singular(words: Sequence[str]) -> tuple[str, ...]:
    """Return a name without the marks of the plural, as both sides of a comparison are."""
    return tuple(map(_cut, build_name(list(words))))


def _cut(word: str) -> str:
    return word[:-1] if word[-1] in "sx" and len(word) > _SHORT else word


def _spans(words: Sequence[str], longest: int = LONGEST) -> Iterator[Sequence[str]]:
    """Yield each run of consecutive words that may be a name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield words[start:end]


def _forms(words: Sequence[str]) -> set[str]:
    """Return a name as it was typed, with all its words in the singular, and in the plural."""
    singular = [_cut(word) for word in words]
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
            if place.is_mrc:
                found[parse_name(f"MRC {name}")] |= tokens
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

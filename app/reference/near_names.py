"""The names that are near a name: whoever types one that nobody knew is shown those, before it becomes one more.

Two names are near where they have the same words but for forms and accents, where one has all the words of the other,
where one is what the other begins with (« CAB »), or where what they do not share is all but spelt alike.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, islice
from typing import Any, TypeVar

from app.core import versions
from app.core.text.plain import clean_line, sort_key
from app.reference import acronyms, former_names, queries
from app.search import stems
from app.search.tokens import STOP_WORDS, split_groups

SPELT_ALIKE = 0.8
"""How much of what two names do not share is spelt alike, from which they are near."""
RARE = 2
"""So many names at most have a word that is enough by itself."""
LOOKED_AT = 40
"""How many names are compared with one, those that have the most letters in common with it."""
COMPARED, PAIRS = 500, 12
T = TypeVar("T", bound=Any)
_FORMS = frozenset(("inc", "ltee", "enr", "senc", "oinc"))
_SIGNS = 3


@dataclass(frozen=True)
class _Name:
    """A name as it is compared: `answer` is the present name that it stands for."""

    text: str
    answer: str
    words: tuple[str, ...]
    initials: frozenset[str]

    @property
    def squeezed(self) -> str:
        return "".join(self.words)

    @property
    def figures(self) -> list[str]:
        return sorted(word for word in self.words if any(map(str.isdigit, word)))


class NameIndex:
    """Names to be compared with others, each with the name that it stands for."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = [_read(text, answer) for text, answer in dict(names).items()]
        self._by_part, self._by_initials = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        self._uses: Counter[str] = Counter()
        for n, name in enumerate(self._names):
            self._uses.update({key for word in name.words for key in stems.get_keys(word)})
            for part in _parts(name.squeezed):
                self._by_part[part].append(n)
            for letters in name.initials:
                self._by_initials[letters].append(n)

    def find(self, name: str, most: int = 3) -> list[str]:
        """Return the names that are near this one and are not it, the nearest first."""
        scores: dict[str, float] = {}
        for text in (name, *_read_other_names().get(sort_key(name), ())):
            wanted = _read(text, text)
            for other in self._list_candidates(wanted):
                score = self._compare(wanted, other)
                scores[other.answer] = max(score, scores.get(other.answer, 0))
        near = ((-score, sort_key(answer), answer) for answer, score in scores.items() if score and answer != name)
        return [answer for _score, _key, answer in sorted(near)[:most]]

    def _list_candidates(self, wanted: _Name) -> list[_Name]:
        shared = Counter(chain.from_iterable(self._by_part.get(part, ()) for part in _parts(wanted.squeezed)))
        found = set(heapq.nlargest(LOOKED_AT, shared, key=lambda n: (shared[n], -n)))
        found.update(self._by_initials.get(wanted.squeezed, ())[:LOOKED_AT])
        by_word = (n for letters in wanted.initials for n in self._by_part.get(letters[:_SIGNS], ())[:LOOKED_AT])
        return [self._names[n] for n in sorted(found.union(by_word))]

    def _compare(self, one: _Name, other: _Name) -> float:
        """Return how near two names are, of 1; 0 where they are not."""
        if one.squeezed == other.squeezed:
            return 1.0
        if one.squeezed in other.initials or other.squeezed in one.initials:
            return 0.85
        rest, other_rest = _without(one.words, other.words), _without(other.words, one.words)
        if one.figures and other.figures and one.figures != other.figures:
            return 0.0
        if not rest or not other_rest:
            return self._score_inside(one, other)
        likeness = SequenceMatcher(None, "".join(rest), "".join(other_rest), autojunk=False).ratio()
        return likeness if likeness >= SPELT_ALIKE else 0.0

    def _score_inside(self, one: _Name, other: _Name) -> float:
        """Return how near a name is to one that has all its words."""
        shorter, longer = sorted((one.words, other.words), key=len)
        is_said = len(shorter) > 1 or any(self._uses[key] <= RARE for word in shorter for key in stems.get_keys(word))
        return 0.6 + 0.4 * len(shorter) / len(longer) if shorter and is_said else 0.0


def _read(text: str, answer: str) -> _Name:
    groups = list(chain.from_iterable(split_groups(text)))
    words = tuple(word for word in groups if word not in STOP_WORDS and word not in _FORMS) or tuple(groups)
    letters = {"".join(word[0] for word in some) for some in (words, groups)}
    return _Name(text, answer, words, frozenset(one for one in letters if len(one) >= _SIGNS))


def _parts(text: str) -> set[str]:
    return {text[n : n + _SIGNS] for n in range(max(1, len(text) - _SIGNS + 1))}


def _without(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the words of which no form is among the others."""
    keys = {key for word in others for key in stems.get_keys(word)}
    return [word for word in words if keys.isdisjoint(stems.get_keys(word))]


def _read_other_names() -> dict[str, list[str]]:
    """Return what acronyms stand for, and the reverse, by sort key."""
    found = defaultdict[str, list[str]](list)
    for name, others in acronyms.get_other_names().items():
        found[sort_key(name)] += sorted(others)
    return found


def get_index() -> NameIndex:
    """Return the names of the organisations that may be chosen, with those that they had."""
    return versions.get_or_load("near organisations", _load)


def _load() -> NameIndex:
    offered = [row.name for row in queries.list_organisations()]
    known = frozenset(offered)
    former = ((key, name) for key, name in former_names.get_present_names().items() if name in known)
    return NameIndex([*former, *((name, name) for name in offered)])


def find_near(name: str, most: int = 3) -> list[str]:
    """Return the organisations whose names are near this one, the nearest first: for whoever may know of them all."""
    return get_index().find(name, most)


def list_doubles(rows: Sequence[T]) -> list[tuple[T, T]]:
    """Return the rows whose names are near one another, two by two, the later made first: that which may go.

    At most `COMPARED` rows are looked at, those made last, and `PAIRS` pairs are given.
    """
    by_name = {row.name: row for row in sorted(rows, key=lambda row: -row.id)[:COMPARED]}
    index = NameIndex((name, name) for name in by_name)
    pairs = ((row, by_name[near]) for row in by_name.values() for near in index.find(row.name))
    return list(islice(((row, other) for row, other in pairs if row.id > other.id), PAIRS))


def list_questions(names: Iterable[str], public_names: Collection[str] | None = None) -> dict[str, list[str]]:
    """Return the names that would be new organisations, each with those that are near it.

    Whoever may not know of all is told of the `public_names` alone: another is as new to them as one that is not there.
    """
    new = list_new_organisations(names, public_names)
    if not new:
        return {}
    index = get_index() if public_names is None else NameIndex((name, name) for name in public_names)
    return {name: index.find(name) for name in new}


def list_new_organisations(names: Iterable[str], public_names: Collection[str] | None = None) -> list[str]:
    """Return those names that no organisation has or had, or none of the `public_names`, each once, in order.

    An archived one is never new: whoever acts is told that it is no longer offered.
    """
    by_key: dict[str, str] = {}
    for name in filter(None, map(clean_line, names)):
        by_key.setdefault(sort_key(name), name)
    known = former_names.get_organisations(list(by_key.values()))
    if public_names is not None:
        known = {name: row for name, row in known.items() if row.is_archived or row.name in public_names}
    return [name for name in by_key.values() if name not in known]

"""What a person typed, read as what must be found: words, « phrases », -exclusions; whatever is typed is a query."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.search.tokens import STOP_WORDS, join_parts, split_groups, write_one_way

MOST = 8
"""How many words a search takes: those after are left aside."""
LONGEST = 400
_QUOTES = str.maketrans(dict.fromkeys("“”«»„‟", '"'))
_PART = re.compile(r'(?P<not>(?<!\S)-)?(?:"\s*(?P<phrase>[^"]*)"|(?P<words>[^\s"]+))')
_AROUND = ".,;:!?…()[]"
"""What stands around a word that is typed, and is no part of it."""


class Token(NamedTuple):
    """What the index has of a thing that is asked for by its name, and how this thing is called: ("g_7", "vélo")."""

    text: str
    name: str
    name_en: str = ""

    def name_in(self, lang: str) -> str:
        return self.name_en if lang == "en" and self.name_en else self.name


Names = Mapping[tuple[str, ...], Collection[Token]]
"""The tokens that a name of several words stands for (`parse_name`)."""
OtherNames = Mapping[tuple[str, ...], Collection[tuple[str, ...]]]
"""What else a name is called: CdP is communauté de pratique."""


@dataclass(frozen=True)
class Term:
    """One thing that must be there, in any of its `ways`: each is words that are all there.

    A `phrase` is there as it is written, its words in no other form. `tokens` stand for the whole term as well. `typed`
    is how it was written; two terms that differ by it alone ask for the same.
    """

    ways: tuple[tuple[str, ...], ...]
    phrase: str = ""
    tokens: tuple[Token, ...] = ()
    typed: str = field(default="", compare=False)

    @property
    def words(self) -> set[str]:
        return {word for way in self.ways for word in way}

    @property
    def is_weak(self) -> bool:
        """Tell whether every text may have it: a search that has other words does without."""
        return not self.phrase and all(word in STOP_WORDS or len(word) == 1 for word in self.words)


@dataclass(frozen=True)
class Query:
    """What must be there and what must not."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def parse_query(typed: str, names: Names | None = None, others: OtherNames | None = None) -> Query:
    """Read what was typed; a search for nothing, or for exclusions alone, is false."""
    terms, excluded = list[Term](), list[Term]()
    for part in _PART.finditer(write_one_way(typed[:LONGEST].translate(_QUOTES))):
        (excluded if part["not"] else terms).extend(_read(part))
    terms = list(dict.fromkeys(_name(terms, names or {}, others or {})))
    strong = [term for term in terms if not term.is_weak]
    return Query(tuple((strong or terms)[:MOST]), tuple(dict.fromkeys(excluded))[:MOST])


def parse_name(text: str) -> tuple[str, ...]:
    """Return a name as it is looked for in a query."""
    return build_name([part for group in split_groups(text) for part in group])


def build_name(words: list[str]) -> tuple[str, ...]:
    """Return what makes a name: its words, without those that say nothing.

    A name of one word keeps its article: « cèdres » is no name of a place, « Les Cèdres » is.
    """
    return _strong(words)


def split_name(term: Term) -> tuple[Term, ...]:
    """Return the words of a name, each as a term of its own; what is no name, or is one word, as it is."""
    words = () if term.phrase else parse_query(term.typed).terms
    return words if len(words) > 1 else (term,)


def _strong(words: Sequence[str]) -> tuple[str, ...]:
    strong = tuple(word for word in words if word not in STOP_WORDS)
    return strong if len(strong) > 1 else tuple(words)


def _read(part: re.Match[str]) -> Iterator[Term]:
    if part["phrase"] is not None:
        words = [word for group in split_groups(part["phrase"]) for word in group]
        if words:
            yield Term((tuple(words),), phrase=f" {' '.join(words)} ", typed=part["phrase"].strip())
    written = (part["words"] or "").strip(_AROUND)
    found = split_groups(written)
    for group in found:
        strong = tuple(word for word in group if word not in STOP_WORDS)
        yield Term(
            ((join_parts(group),), strong or tuple(group)) if len(group) > 1 else (tuple(group),),
            typed=written if len(found) == 1 else "-".join(group),
        )


def _name(terms: list[Term], names: Names, others: OtherNames) -> Iterator[Term]:
    """Join the words that make a name in one term, which its tokens and other names are too; the longest name first."""
    place = 0
    while place < len(terms):
        term, length = _longest_name(terms, place, names, others)
        yield term
        place += length


def _longest_name(terms: list[Term], start: int, names: Names, others: OtherNames) -> tuple[Term, int]:
    for end in range(min(len(terms), start + MOST), start, -1):
        parts = [part for term in terms[start:end] for part in term.ways[-1]]
        key = build_name(parts)
        # A small word before a name is no part of it: « de Vaudreuil-Soulanges ».
        if terms[start].is_weak and key == build_name(parts[len(terms[start].ways[-1]) :]):
            continue
        if (key in names or key in others) and not any(term.phrase for term in terms[start:end]):
            own = (*(terms[start].ways if end == start + 1 else ()), _strong(parts), key)
            ways = tuple(dict.fromkeys((*own, *sorted(others.get(key, ())))))
            typed = " ".join(term.typed for term in terms[start:end])
            return Term(ways, tokens=tuple(sorted(names.get(key, ()))), typed=typed), end - start
    return terms[start], 1

"""How well an entry of the index answers a search: one integer, the same on both engines (`docs/decisions/0117`).

What counts: how rare each word is, where it stands and how often, in which form, how long the text is, whether the
words stand side by side as they were typed, and whether they are all that the title says. A text that only a team reads
has no part in it.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log2

from app.search.index.texts import END, TITLE

EXACT, FORM, NEIGHBOUR = 10, 7, 3
"""What a word counts as it was typed, in another form, as one near it: a synonym, or a word of its English stem."""
IN_TITLE, IN_FIRST_LINES, IN_TEXT = 6, 3, 2
"""What a word counts by where it stands."""
FIRST_LINES = 25
"""How many words of a text its first lines have."""
OF_TOKEN = 40
"""What the token of a place or of a tag counts for the word that names it: as two words of a text."""
MOST = 22
"""What a term adds, as often as its rarity, if it stands in a text for ever."""
ENOUGH = 24
"""A word that counts so much, in a text of mean length, says half of what it would if it stood there for ever."""
OF_LENGTH = 40
"""The part of that, in hundredths, that grows with the length of the text."""
SIDE_BY_SIDE, NEAR, IN_SIGHT = 3, 10, 30
"""How far apart two words are, at most; small words between them, such as articles, are counted."""
GAINS = {SIDE_BY_SIDE: 50, NEAR: 20, IN_SIGHT: 7}
"""What two words so near add, in tenths of the rarity of the more common one."""
OF_PHRASE = 10
"""What words that all stand side by side add, as often as their mean rarity."""
_APART = 1_000_000
"""The place where a text begins after its title: no word of the one is near a word of the other."""


@dataclass(frozen=True)
class Asked:
    """A term of a search: how rare it is, and its ways, each as words that are all there, by what each form counts."""

    rarity: int
    ways: tuple[tuple[Mapping[str, int], ...], ...]
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """What entries are compared with: the terms of a search, and how many words a text has on average (0: unknown).

    `title` is the token of what has exactly these words for its title (`texts.build_title_token`).
    """

    asked: Sequence[Asked]
    mean_length: int
    title: str = ""

    @cached_property
    def slots(self) -> dict[str, list[tuple[int, int, int, int]]]:
        """Return, for each form, where it counts: the number of its term, of the way, of the word, and how much."""
        found: dict[str, list[tuple[int, int, int, int]]] = {}
        for number, term in enumerate(self.asked):
            for way_number, way in enumerate(term.ways):
                for word_number, forms in enumerate(way):
                    for form, worth in forms.items():
                        found.setdefault(form, []).append((number, way_number, word_number, worth))
        return found

    def score(self, line: str) -> int:
        """Return how well the line of an entry (`texts.index_line`) answers: the more, the better."""
        title, body, more = line.split(END)
        words = title.split(), body.split()
        counts = [[[0] * len(way) for way in term.ways] for term in self.asked]
        places: list[list[int]] = [[] for _term in self.asked]
        for start, part in zip((0, _APART), words, strict=True):
            self._look(part, start, counts, places)
        tokens = frozenset(more.split())
        self._look_at_compounds(tokens, counts)
        enough = self._enough(len(words[0]) + len(words[1]))
        total = 0
        for term, ways in zip(self.asked, counts, strict=True):
            weight = max(max(map(min, ways)), OF_TOKEN * (not term.tokens.isdisjoint(tokens)))
            total += term.rarity * weight * MOST // (weight + enough)
        return 1 + total + self._nearness(places) + self._of_title(tokens)

    def _of_title(self, tokens: Set[str]) -> int:
        """Return what puts a text that has the words for its title, and no other one, before those that have them."""
        return MOST * sum(term.rarity for term in self.asked) * (self.title in tokens)

    def _look(self, words: Sequence[str], start: int, counts: list[list[list[int]]], places: list[list[int]]) -> None:
        """Note what each word of a part counts, and where it stands."""
        slots = self.slots
        for place, word in enumerate(words):
            if word in slots:
                weight = IN_TITLE if not start else IN_FIRST_LINES if place < FIRST_LINES else IN_TEXT
                for number, way, slot, worth in slots[word]:
                    counts[number][way][slot] += weight * worth
                    if not places[number] or places[number][-1] != start + place:
                        places[number].append(start + place)

    def _look_at_compounds(self, tokens: Set[str], counts: list[list[list[int]]]) -> None:
        """Note the words that are written in several parts: they stand among the tokens, without a place."""
        for word in tokens & self.slots.keys():
            weight = IN_TITLE if f"{TITLE}{word}" in tokens else IN_TEXT
            for number, way, slot, worth in self.slots[word]:
                counts[number][way][slot] += weight * worth

    def _enough(self, length: int) -> int:
        mean = self.mean_length
        return ENOUGH * ((100 - OF_LENGTH) * mean + OF_LENGTH * length) // (100 * mean) if mean else ENOUGH

    def _nearness(self, places: Sequence[Sequence[int]]) -> int:
        """Return what words that stand near the one that was typed before them add."""
        total = beside = 0
        for (one, there), (other, here) in pairwise(zip(self.asked, places, strict=True)):
            distance = _distance(there, here)
            reach = next((most for most in GAINS if distance <= most), 0)
            total += GAINS.get(reach, 0) * min(one.rarity, other.rarity) // 10
            beside += reach == SIDE_BY_SIDE
        is_phrase = 0 < len(self.asked) - 1 == beside
        return total + (OF_PHRASE * sum(term.rarity for term in self.asked) // len(self.asked) if is_phrase else 0)


def _distance(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how far the second stands from the first where they are nearest; further where it stands before it."""
    best = _APART
    for place in first if second else ():
        after = bisect(second, place)
        if after < len(second):
            best = min(best, second[after] - place)
        if after:
            best = min(best, place - second[after - 1] + SIDE_BY_SIDE)
    return best


def get_rarity(count: int, texts: int) -> int:
    """Return how telling a word is that so many of the texts have, in hundredths of a bit."""
    share = (texts + 1) / (max(min(count, texts), 1) + 0.5)
    return max(round(100 * log2(share)), 1) if texts > 1 else 100

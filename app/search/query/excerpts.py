"""Excerpts of what was found, with the words that were looked for marked.

An excerpt is the passage that tells most of what was asked: of the words that it has, the rare ones count more, and of
two passages that tell as much the one whose words stand nearer, then the first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.core.text.plain import one_line
from app.search.query.expansion import Part, Search
from app.search.tokens import WRITTEN, join_parts, split_groups

LENGTH, BEFORE = 220, 60
"""How long an excerpt is, and how much of it stands before its passage, where no sentence begins nearer."""
FAR = 20_000
"""How far into a text a passage is looked for."""
_PART = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?…;:][\s\u00a0\u202f»”)]+")
_LOOSE = " \u00a0\u202f,;:–—-"


@dataclass(frozen=True)
class ExcerptPiece:
    """A piece of an excerpt, as plain text; `is_found`: a word that was looked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True)
class Excerpt:
    """What is quoted of some texts, in pieces; `source` is the place among them of the one that it comes from."""

    source: int
    pieces: list[ExcerptPiece]


class Span(NamedTuple):
    """Where a word that was looked for stands, and the word as the index has it."""

    start: int
    stop: int
    word: str


class Passage(NamedTuple):
    """A part of a line: what it tells of what was asked, minus its length, minus where it begins; the most is best."""

    worth: int
    nearness: int
    place: int

    @property
    def start(self) -> int:
        return -self.place

    @property
    def stop(self) -> int:
        return self.start - self.nearness


NOTHING = Passage(0, 0, 0)


def highlight(text: str, search: Search) -> list[ExcerptPiece]:
    """Cut a text in pieces, the words that were looked for apart."""
    pieces, end = list[ExcerptPiece](), 0
    for span in _spans(text, search):
        pieces += [ExcerptPiece(text[end : span.start]), ExcerptPiece(text[span.start : span.stop], is_found=True)]
        end = span.stop
    return [piece for piece in (*pieces, ExcerptPiece(text[end:])) if piece.text]


def build_excerpt(texts: Sequence[str], search: Search, *, length: int = LENGTH) -> Excerpt:
    """Return the best passage of some texts in one line, with what stands around; without one, the first beginning."""
    lines = list(map(one_line, texts))
    passages = [_find_passage(line, search, length - BEFORE) for line in lines]
    best = max(range(len(lines)), key=lambda number: (passages[number].worth, -number))
    return Excerpt(best, highlight(_cut(lines[best], passages[best], length), search))


def _find_passage(line: str, search: Search, room: int) -> Passage:
    """Return the best of the passages that begin with a word that was looked for and fit in so much room."""
    spans, worth, best = list(_spans(line[:FAR], search)), search.worth, NOTHING
    for number, first in enumerate(spans):
        found = dict[Part, int]()
        for span in spans[number:]:
            if span.stop - first.start > room and found:
                break
            more = {part: told for part, told in worth.get(span.word, {}).items() if told > found.get(part, 0)}
            if more:
                found |= more
                best = max(best, Passage(sum(found.values()), first.start - span.stop, -first.start))
    return best


def _cut(line: str, passage: Passage, length: int) -> str:
    """Return the part of a line that has a passage: from the start of the line or of a sentence, if there is room."""
    if len(line) <= length:
        return line
    start = 0 if passage.stop <= length - len("…") else _find_start(line, passage, length)
    part = line[start : start + length]
    if start + length < len(line):
        part = part[: part.rfind(" ")] if " " in part[length // 2 :] else part
        part = part.rstrip(_LOOSE) + "…"
    return ("…" if start else "") + part


def _find_start(line: str, passage: Passage, length: int) -> int:
    """Return where to begin: with the sentence of a passage, else a little before it, at the beginning of a word."""
    first = max(passage.stop - length + BEFORE // 2, 0)
    sentences = [match.end() for match in _SENTENCE.finditer(line, first, passage.start)]
    if sentences:
        return sentences[-1]
    start = max(0, min(passage.start - BEFORE, len(line) - length))
    return line.find(" ", start) + 1 if " " in line[start : passage.start] else start


def _spans(text: str, search: Search) -> Iterator[Span]:
    """Yield where the words that were looked for stand, each as a whole: a compound, else its parts."""
    words = search.words
    for whole in WRITTEN.finditer(text):
        found = _words(whole[0])
        if found[0] in words:
            yield Span(*whole.span(), found[0])
        elif len(found) > 1:
            for part in _PART.finditer(whole[0]):
                word = next((one for one in _words(part[0]) if one in words), "")
                if word:
                    yield Span(whole.start() + part.start(), whole.start() + part.end(), word)


@lru_cache(maxsize=50_000)
def _words(typed: str) -> tuple[str, ...]:
    """Return a word as the index has it; a compound as one word, then its parts."""
    parts = [part for group in split_groups(typed) for part in group]
    return (join_parts(parts), *parts) if len(parts) != 1 else tuple(parts)

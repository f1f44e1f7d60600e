"""Excerpts of what was found, with the words that were looked for marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from app.core.text.plain import one_line
from app.search.query.expansion import Search
from app.search.tokens import join_parts, split_groups

LENGTH, BEFORE = 220, 60
"""How long an excerpt is, and how much of it stands before the first word that was looked for."""
MOST = 50
"""How many words that were looked for an excerpt is chosen among."""
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_LOOSE = " \u00a0\u202f,;:–—-"


@dataclass(frozen=True)
class ExcerptPiece:
    """A piece of an excerpt, as plain text; `is_found`: a word that was looked for."""

    text: str
    is_found: bool = False


def highlight(text: str, search: Search) -> list[ExcerptPiece]:
    """Cut a text in pieces, the words that were looked for apart."""
    pieces, end = list[ExcerptPiece](), 0
    for start, stop in _spans(text, search):
        pieces += [ExcerptPiece(text[end:start]), ExcerptPiece(text[start:stop], is_found=True)]
        end = stop
    return [piece for piece in (*pieces, ExcerptPiece(text[end:])) if piece.text]


def build_excerpt(text: str, search: Search, *, length: int = LENGTH) -> list[ExcerptPiece]:
    """Return a part of a text in one line: where most of the words that were looked for stand, else its beginning."""
    line = one_line(text)
    start = _best_start(line, search, length) if len(line) > length else 0
    part = line[start : start + length]
    if start + length < len(line):
        part = part[: part.rfind(" ")] if " " in part[length // 2 :] else part
        part = part.rstrip(_LOOSE) + "…"
    return highlight(("…" if start else "") + part, search)


def _best_start(line: str, search: Search, length: int) -> int:
    """Return where to begin: a little before the word that most others follow, at the beginning of a word."""
    spans = (start for start, _stop in _spans(line, search))
    first = next(spans, 0)
    if first < length - BEFORE:
        return 0
    places = [first, *islice(spans, MOST - 1)]
    best = max(places, key=lambda place: (sum(place <= one < place + length - BEFORE for one in places), -place))
    start = max(0, min(best - BEFORE, len(line) - length))
    return line.find(" ", start) + 1 if " " in line[start:best] else start


def _spans(text: str, search: Search) -> Iterator[tuple[int, int]]:
    """Yield where the words that were looked for stand, each as a whole: a compound, else its parts."""
    words = search.words
    for whole in _WORD.finditer(text):
        found = _words(whole[0])
        if found[0] in words:
            yield whole.span()
        elif len(found) > 1:
            for part in _PART.finditer(whole[0]):
                if not words.isdisjoint(_words(part[0])):
                    yield whole.start() + part.start(), whole.start() + part.end()


@lru_cache(maxsize=50_000)
def _words(typed: str) -> tuple[str, ...]:
    """Return a word as the index has it; a compound as one word, then its parts."""
    parts = [part for group in split_groups(typed) for part in group]
    return (join_parts(parts), *parts) if len(parts) != 1 else tuple(parts)

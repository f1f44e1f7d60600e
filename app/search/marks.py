"""Excerpts of what was found, with the words that were looked for marked."""
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.text.plain import one_line
from app.search.asking import Ask
from app.search.tokens import groups

LENGTH, BEFORE = 220, 60
"""How long an excerpt is, and how much of it stands before the first word that was looked for."""
_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_LOOSE = " \u00a0\u202f,;:–—-"


@dataclass(frozen=True)
class Piece:
    """A piece of an excerpt, as plain text; `is_found`: a word that was looked for."""

    text: str
    is_found: bool = False


def mark(text: str, asked: Ask) -> list[Piece]:
    """Cut a text in pieces, the words that were looked for apart."""
    pieces, end = list[Piece](), 0
    for start, stop in _spans(text, asked):
        pieces += [Piece(text[end:start]), Piece(text[start:stop], is_found=True)]
        end = stop
    return [piece for piece in (*pieces, Piece(text[end:])) if piece.text]


def excerpt(text: str, asked: Ask, *, length: int = LENGTH) -> list[Piece]:
    """Return a part of a text in one line: where most of the words that were looked for stand, else its beginning."""
    line = one_line(text)
    start = _best_start(line, [start for start, _stop in _spans(line, asked)], length)
    part = line[start:start + length]
    if start + length < len(line):
        part = part[:part.rfind(" ")] if " " in part[length // 2:] else part
        part = part.rstrip(_LOOSE) + "…"
    return mark(("…" if start else "") + part, asked)


def _best_start(line: str, found: list[int], length: int) -> int:
    """Return where to begin: a little before the word that most others follow, at the beginning of a word."""
    if len(line) <= length or not found or found[0] < length - BEFORE:
        return 0
    best = max(found, key=lambda place: (sum(place <= other < place + length - BEFORE for other in found), -place))
    start = max(0, min(best - BEFORE, len(line) - length))
    return line.find(" ", start) + 1 if start and " " in line[start:best] else start


def _spans(text: str, asked: Ask) -> Iterator[tuple[int, int]]:
    """Yield where the words that were looked for stand, each as a whole: a compound, else its parts."""
    for whole in _WORD.finditer(text):
        parts = [part for group in groups(whole[0]) for part in group]
        if _is_found("".join(parts), asked):
            yield whole.span()
            continue
        for part in re.finditer(r"[^\W_]+", whole[0]) if len(parts) > 1 else ():
            if any(_is_found(word, asked) for group in groups(part[0]) for word in group):
                yield whole.start() + part.start(), whole.start() + part.end()


def _is_found(word: str, asked: Ask) -> bool:
    return word in asked.words or bool(asked.begins and word.startswith(asked.query.beginning))

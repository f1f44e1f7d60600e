"""Texts on which a slow pattern is slow: signs, pairs and words repeated, made of what the pattern itself looks for."""

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

COMMON = ["a", "1", " ", "\n", "é", "<", '"', "'", "-", ".", "/", "_", "!"]
WORDS = [
    "<!--",
    "<![",
    "<b>",
    "</br",
    '<a href="',
    "http://",
    "http://a.",
    "&#",
    "a@",
    "\\",
    "**",
    "> ",
    "\r\n",
    "e\u0301",
    "https://a-",
    "d'",
    "a,",
    "a;",
    "[a](",
    "```",
    "| ",
    "1. ",
    "- ",
    "«",
    "%(",
    "a-",
    "a.",
    "=x",
    "\u200d",
    "🇦",
    "👍🏽",
]
MOST_SIGNS = 12
_IN_CLASS = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: ".",
}


class Recipe(NamedTuple):
    """How a text of any size is made: what it begins with, what is repeated, and the sign that ends it."""

    start: str
    seed: str
    end: str

    def make(self, size: int) -> str:
        return self.start + self.seed * (size // len(self.seed)) + self.end


def of_pattern(pattern: "re.Pattern[Any]", *, is_sample: bool) -> Iterator[Recipe]:
    """Yield the texts that are made for a pattern."""
    return _recipes(*_alphabet(pattern), is_sample)


def of_anything(*, is_sample: bool) -> Iterator[Recipe]:
    """Yield the texts that are made for whatever reads texts."""
    return _recipes(COMMON, WORDS, is_sample)


def _recipes(signs: list[str], words: list[str], is_sample: bool) -> Iterator[Recipe]:
    """Yield signs and words repeated; unless a sample will do, pairs of signs, other ends and other starts too."""
    for seed in dict.fromkeys([*signs, *words]):
        yield Recipe("", seed, "\x00")
    if is_sample:
        return
    for seed in dict.fromkeys([*signs, *words, *(one + other for one in signs for other in signs)]):
        yield Recipe("", seed, "")
        yield Recipe(words[0] if words else "", seed, "\x00")
    yield from (Recipe(word, sign, "\x00") for word in words for sign in signs)


def _alphabet(pattern: "re.Pattern[Any]") -> tuple[list[str], list[str]]:
    """Return the signs and the words of which a pattern is made."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    literals, runs = list(_literals(parser.parse(text, flags))), list(_runs(parser.parse(text, flags)))
    signs = list(dict.fromkeys([*literals, "a", "1", " ", "\n"]))
    step = max(1, len(signs) // MOST_SIGNS)
    return signs[::step][:MOST_SIGNS], list(dict.fromkeys(run for run in runs if len(run) > 1))[:8]


def _literals(tree: Any) -> Iterator[str]:
    """Yield a sign for each thing that a pattern looks for."""
    for code, value in _items(tree):
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(value)
        elif code is codes.RANGE:
            yield from map(chr, {value[0], (value[0] + value[1]) // 2})
        elif code is codes.CATEGORY:
            yield _IN_CLASS.get(value, "a")


def _runs(tree: Any) -> Iterator[str]:
    """Yield the words that a pattern spells."""
    word = ""
    for code, value in _items(tree):
        if code is codes.LITERAL:
            word += chr(value)
            continue
        yield word
        word = ""
    yield word


def _items(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each (code, value) of a parsed pattern, those inside others too, in the order of the pattern."""
    if isinstance(tree, tuple) and len(tree) == 2 and isinstance(tree[0], type(codes.LITERAL)):
        yield tree
        yield from _items(tree[1])
    elif isinstance(tree, parser.SubPattern | tuple | list):
        for one in tree:
            yield from _items(one)

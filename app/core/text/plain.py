"""Clean, compare and shorten plain text."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from app.core.text import characters

_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Runs of whitespace that are not a single space of a line already.
_SPACES = re.compile(r"[\s\u2800]{2,}|[^\S \u00a0\u202f]|\u2800")
_APOSTROPHES = {ord(mark): "'" for mark in "’‘ʼ‛′＇´`"}
_FOLDED = {
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("ø"): "o",
    ord("ł"): "l",
    ord("đ"): "d",
    ord("ı"): "i",
    ord("‐"): "-",
    ord("‑"): "-",
    **_APOSTROPHES,
}
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_LOOSE_END = " \u00a0\u202f,;:–—-«(["
MAX_WORDS, MAX_WORD = 10, 50


class _Signs(dict[int, Any]):
    """What each sign becomes (`str.translate`): found once for each, except in rare scripts, which would fill it."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self.become = become

    def __missing__(self, code: int) -> str:
        found = self.become(chr(code))
        if code < _RARE:
            self[code] = found
        return found


_RARE = 0x3000
_WITHOUT_ACCENTS = _Signs(lambda sign: "" if characters.is_accent(sign) else sign)
_IN_WORDS = _Signs(lambda sign: sign if unicodedata.category(sign)[0] in "LMN" else " ")


def clean_text(text: str) -> str:
    """Return `text` as it may be kept: NFC, lines ended by \\n, no control or bidi formatting character."""
    text = unicodedata.normalize("NFC", _NEWLINE.sub("\n", text))
    return unicodedata.normalize("NFC", characters.UNSAFE.sub("", text))


def clean_line(text: str) -> str:
    """Return `text` as a title, a name or a tag may be kept: one line, NFC, nothing invisible, trimmed.

    A no-break space alone between two words stays (« Pourquoi ? »); so do the joiners that make an emoji. Accents
    without a letter are no line.
    """
    text = characters.without_invisible(clean_text(one_line(text)))
    line = one_line(unicodedata.normalize("NFC", text))
    return line if has_visible(line) else ""


def has_visible(text: str) -> bool:
    """Tell whether a reader would see something: a letter, a digit, a sign or an emoji."""
    return any(characters.is_visible(character) for character in text)


def fold(text: str) -> str:
    """Return `text` for matching: no accents, œ and æ in two letters, casefolded, one kind of apostrophe."""
    text = characters.without_invisible(clean_text(text))
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    text = unicodedata.normalize("NFKD", text)
    return " ".join(unicodedata.normalize("NFKC", text.translate(_WITHOUT_ACCENTS)).translate(_FOLDED).split())


def sort_key(name: str) -> str:
    """Return the key that puts Élan before Zoé: folded, punctuation ignored; compare it as bytes."""
    return " ".join(_tokens(fold(name))) or fold(name)


def search_words(query: str) -> list[str]:
    """Return the folded words of a search, without doubles or elisions: at most 10, of 50 characters."""
    found = _tokens(_ELISION.sub(" ", fold(query)))
    return list(dict.fromkeys(word[:MAX_WORD] for word in found))[:MAX_WORDS]


def excerpt(text: str, length: int) -> str:
    """Return `text` in one line of at most `length` characters (≥ 1), ended by … if cut, between words."""
    line = one_line(text)
    if len(line) <= length:
        return line
    return line[: word_end(line, length - 1)].rstrip(_LOOSE_END) + "…"


def word_end(text: str, length: int) -> int:
    """Return where to cut `text` up to `length`: after a word or, in a long one, between two signs."""
    end = max(text.rfind(" ", 0, length + 1), text.rfind("\n", 0, length + 1))
    return end if end > length // 2 else characters.boundary(text, length)


def one_line(text: str) -> str:
    """Return `text` with each run of whitespace as one space, a no-break one if nothing else was there."""
    return _SPACES.sub(_one_space, text).strip()


def initials(name: str) -> str:
    """Return one or two capitals for `name` (Marie-Ève Tremblay: MT), or ? when it has no letter or digit."""
    firsts = [next(filter(str.isalnum, word), "") for word in clean_line(name).split()]
    letters = [letter.upper()[0] for letter in firsts if letter]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"


def _one_space(run: re.Match[str]) -> str:
    kinds = set(run[0])
    return run[0][0] if kinds <= {"\u00a0", "\u202f"} else " "


def _tokens(text: str) -> list[str]:
    return text.translate(_IN_WORDS).split()

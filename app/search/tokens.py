"""Cut a text in folded words: elisions, hyphens, forms that name women and men, what is written in several ways."""

import re
from collections.abc import Sequence

from app.core.text.plain import fold

LONGEST, MOST_SIGNS = 50, 100
"""How many letters of a word count, and of how many signs a token is: PostgreSQL holds none of more than 2 046."""
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_FEMININE = "nes?|ses?|ives?|les?|tes?|ves?|es?|[ei]ere?s?|eres?|ieres?|t?rices?|euses?|esses?|elles?|celles?|ales?|x"
_BOTH = re.compile(rf"(?<!\w)(\w{{2,}}?)(?:([·⋅•‧∙.\-/])(?:{_FEMININE})(?:\2?s)?|\((?:{_FEMININE})\)s?)(?!\w)")
_ALL_OF_US = re.compile(r"(?<!\w)tou(?=[·⋅•‧∙.\-/(]t)")
_SPACE = "[ \u00a0\u202f\u2009]"
# What people write in several ways, and the one that both a text and a search are read in.
_ONE_WAY = [
    (re.compile(pattern.replace("~", _SPACE), re.IGNORECASE), written)
    for pattern, written in (
        (r"(?<![\d.,])(\d{1,3})(?:~|,)(\d{3})(?:(?:~|,)(\d{3}))?(?!\d)", r"\1\2\3"),
        (r"(?<![\w:])0?(\d{1,2})(?:~?h~?|:)(\d{2})(?![\w:])", r"\1h\2"),
        (r"(?<!\w)0?(\d{1,2})~?h(?!\w)", r"\1h"),
        (r"(?<!\w)(\d+)(?:ers?|[eè]?res?|i?[eè]mes?|es?|nde?s?|st|rd|th)(?!\w)", r"\1e"),
        (r"(?<!\w)(\d+)(km|cm|mm|kg|ml|ha|min|kwh?|mwh?|go|mo|ans?|mois|jours?)(?!\w)", r"\1 \2"),
        (r"(?<!\w)s(te?s?)\.?(?=(?:~|[-‐‑])[^\W\d_])", r"sain\1"),
        (r"(?<![\w.])~\.~(?:\.~)?(?:\.~)?(?:\.~)?(?!\w)".replace("~", r"([^\W\d_])"), r"\1\2\3\4\5"),
        (r"(?<=\w\w):(?=k[^\W\d_])", ""),
    )
]
"""30 000, 7 h 30, 2ème, 10km, Ste-Marthe, C.P.E., Kahnawà:ke: a letter of Mohawk, and no sign."""
_CODE = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{1,2})(?!\w|\.\d)")
"""1.1.2, an action of a plan."""
_APART = [
    pattern.replace("~", _SPACE)
    for pattern in (
        r"(?<![\d.,])\d{1,3}(?:(?:~|,)\d{3}){1,2}(?!\d)",
        r"(?<![\w:])\d{1,2}(?:~?h~?|:)\d{2}(?![\w:])",
        r"(?<!\w)\d{1,2}~h(?!\w)",
        _CODE.pattern,
        r"(?<![\w.])[^\W\d_]\.[^\W\d_]\.(?:[^\W\d_]\.){0,3}(?!\w)",
        r"[^\W_]{2,}:(?=[kK])[^\W\d_]+",
    )
]
WRITTEN = re.compile("|".join([*_APART, r"[^\W_]+(?:[-‐‑][^\W_]+)*"]), re.IGNORECASE)
"""A word as it stands in a text that people read: also one that has spaces or signs in it, as those above."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_RARE = re.compile("[^a-z0-9]")


def split_groups(text: str) -> list[list[str]]:
    """Return the words of a text in its order, each as its parts: « centre-ville » has two."""
    written = _CODE.sub(r"\1x\2x\3", write_one_way(fold(text)))
    folded = _BOTH.sub(r"\1", _ALL_OF_US.sub("tous", _ELISION.sub(" ", written)))
    return [[_token(part) for part in word.split("-")] for word in _WORD.findall(folded)]


def write_one_way(text: str) -> str:
    """Return a text, folded or not, with what people write in several ways written in one."""
    for pattern, written in _ONE_WAY:
        text = pattern.sub(written, text)
    return text


def split_words(text: str) -> list[str]:
    """Return the words of a text in its order; a hyphenated word is its parts, then all of them in one."""
    found = list[str]()
    for parts in split_groups(text):
        found += [*parts, join_parts(parts)] if len(parts) > 1 else parts
    return found


def join_parts(parts: Sequence[str]) -> str:
    """Return the one word that the parts of a compound make."""
    return "".join(parts)[:MOST_SIGNS]


def _token(word: str) -> str:
    """Write a word as both engines take it for one: letters that are not ours become their numbers."""
    return _RARE.sub(lambda sign: f"_{ord(sign[0]):x}_", word[:LONGEST])[:MOST_SIGNS]


STOP_WORDS = frozenset(
    """
a ai ais ait as au aux avec c ce ces cet cette ceux ci d dans de des du elle elles en es est et etre eu eux il ils j je
l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas pour qu que qui s sa
sans se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y
an and are at be but by for from has have he in is it its of or that the their they this to was we were which with you
""".split()
)

"""Know the characters that are not seen, or that change how the others are seen."""

import re
import unicodedata

# Controls but tab and newline, lone surrogates, bidi embeddings, overrides and isolates (CVE-2021-42574),
# and the two non-characters that XML (so a feed) may not carry.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
_FORMATS = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
_INVISIBLE = f"{_FILLERS}{_FORMATS}\ufe00-\ufe0f\U000e0000-\U000e0fff"
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
# Scripts where a joiner between two letters is spelling: Arabic to Myanmar, Khmer, Mongolian.
_JOINED = "[\u0600-\u109f\u1780-\u18af\ua840-\ua87f]"
_SEEN = re.compile(
    f"(?P<kept>{_PICTURE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
    f"(?:\u200d{_PICTURE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?)*"
    "(?:(?<=\U0001f3f4)[\U000e0030-\U000e007a]{1,6}\U000e007f)?"
    "|[0-9#*]\ufe0f\u20e3"
    f"|(?<={_JOINED})[\u200c\u200d](?={_JOINED}))"
    f"|[{_INVISIBLE}]"
)
_IS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_GLUE = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_REGIONAL = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def without_invisible(text: str) -> str:
    """Drop what has no shape, except the joiners and selectors that an emoji or a script needs."""
    return _SEEN.sub(lambda found: found["kept"] or "", text)


def is_visible(character: str) -> bool:
    """Tell whether `character` alone leaves ink: not a space, a mark, a control, a filler."""
    if _IS_INVISIBLE.match(character):
        return False
    # Emoji younger than this Python's tables are "unassigned" there.
    return unicodedata.category(character)[0] not in "CZM" or "\U0001f000" <= character <= "\U0001faff"


def is_accent(character: str) -> bool:
    """Tell whether `character` is a mark that readers leave out: accents, Hebrew and Arabic points.

    Classes 7 to 9 (nukta, kana voicing, virama) change the letter and stay.
    """
    return unicodedata.combining(character) not in (0, 7, 8, 9)


def boundary(text: str, end: int) -> int:
    """Return the last place up to `end` where a cut does not break what is seen as one sign."""
    while 0 < end < len(text) and _is_inside(text, end):
        end -= 1
    return end


def _is_inside(text: str, place: int) -> bool:
    character, before = text[place], text[place - 1]
    if unicodedata.category(character)[0] == "M" or _GLUE.match(character) or before == "\u200d":
        return True
    near = text[max(0, place - 64) : place]
    return character in _REGIONAL and (len(near) - len(near.rstrip(_REGIONAL))) % 2 == 1

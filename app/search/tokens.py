"""Cut a text in folded words: elisions, hyphens, and forms that name women and men."""
import re

from app.core.text.plain import fold

_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_FEMININE = "nes?|ses?|ives?|les?|tes?|ves?|es?|[ei]ere?s?|eres?|ieres?|t?rices?|euses?|esses?|elles?|ales?|x"
_BOTH = re.compile(rf"(?<!\w)(\w{{2,}}?)(?:([·⋅•‧∙.\-/])(?:{_FEMININE})(?:\2?s)?|\((?:{_FEMININE})\)s?)(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the folded words of a text in its order; a hyphenated word is its parts, then all of them in one."""
    folded = _BOTH.sub(r"\1", _ELISION.sub(" ", fold(text)))
    found = list[str]()
    for word in _WORD.findall(folded):
        parts = word.split("-")
        found += [*parts, "".join(parts)] if len(parts) > 1 else parts
    return found

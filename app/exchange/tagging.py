"""Which of a source's words can be tags here."""

from app.core.text.plain import fold
from app.reference.service import MOST_TAGS, TAG


def sort_tags(names: list[str]) -> tuple[list[str], list[str]]:
    """Return those that can be tags here (short enough, with a letter or a digit, not too many), then the others."""
    names = list(dict.fromkeys(names))
    tags = [name for name in names if _is_tag(name)][:MOST_TAGS]
    return tags, [name for name in names if name not in tags]


def _is_tag(name: str) -> bool:
    return TAG[0] <= len(name) <= TAG[1] and any(sign.isascii() and sign.isalnum() for sign in fold(name))

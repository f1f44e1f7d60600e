"""Which of a source's words can be tags here."""
from app.core.text.plain import fold
from app.reference import service as reference
from app.reference.service import MOST_TAGS, TAG


def sort_tags(names: list[str]) -> tuple[list[str], list[str]]:
    """Return those that can be tags here (short enough, with a letter or a digit, not too many), then the others."""
    names = list(dict.fromkeys(names))
    able = [name for name in names if _is_able(name)][:MOST_TAGS]
    return able, [name for name in names if name not in able]


def _is_able(name: str) -> bool:
    return TAG[0] <= len(name) <= TAG[1] and any(sign.isascii() and sign.isalnum() for sign in fold(name))


def ids(names: list[str]) -> list[int]:
    return reference.tags_named(names)

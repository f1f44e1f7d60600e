"""What the page of search calls each kind of thing, and where one leads.

Each noun says it beside its blueprint (`name`), of what its room lets search find (`searchable.py`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SearchKind:
    """A kind: its name in the filter, the name of one thing of it, and the address of one."""

    plural: Any
    singular: Callable[[Any], Any]
    url: Callable[[Any], str]


KINDS: dict[str, SearchKind] = {}


def name(kind: str, *, plural: Any, singular: Callable[[Any], Any], url: Callable[[Any], str]) -> None:
    KINDS[kind] = SearchKind(plural=plural, singular=singular, url=url)


def check(kinds: Collection[str]) -> None:
    """Raise ValueError for a kind that search finds and that no noun names."""
    missing = sorted(set(kinds) - KINDS.keys())
    if missing:
        raise ValueError(
            f"search finds {', '.join(missing)}: write search_kinds.name(…) in app/web/<noun>/bp.py of each, with "
            "what it is called and where one leads"
        )

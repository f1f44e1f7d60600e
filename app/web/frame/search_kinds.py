"""What the page of search calls each kind of thing, and where one leads.

Each noun says it beside its blueprint (`name`), of what its room lets search find (`searchable.py`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SearchKind:
    """A kind: its facets with their names in the filter, the name of one thing of it, and the address of one.

    `more` is where its page shows what search quotes beside its text (`Description.more`).
    """

    facets: Mapping[str, Any]
    singular: Callable[[Any], Any]
    url: Callable[[Any], str]
    more: str


KINDS: dict[str, SearchKind] = {}


def name(
    kind: str,
    *,
    plural: Any | Mapping[str, Any],
    singular: Callable[[Any], Any],
    url: Callable[[Any], str],
    more: str = "",
) -> None:
    """Name a kind; `plural` is its name in the filter, or those of its facets where the filter tells things apart."""
    facets = plural if isinstance(plural, Mapping) else {kind: plural}
    KINDS[kind] = SearchKind(facets=facets, singular=singular, url=url, more=more)


def get_facets(kinds: Iterable[str]) -> dict[str, Any]:
    """Return the names in the filter of the facets of these kinds, in their order."""
    return {facet: plural for kind in kinds for facet, plural in KINDS[kind].facets.items()}


def check(kinds: Collection[str]) -> None:
    """Raise ValueError for a kind that search finds and that no noun names."""
    missing = sorted(set(kinds) - KINDS.keys())
    if missing:
        raise ValueError(
            f"search finds {', '.join(missing)}: write search_kinds.name(…) in app/web/<noun>/bp.py of each, with "
            "what it is called and where one leads"
        )

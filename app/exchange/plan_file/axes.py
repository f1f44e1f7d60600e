"""What a cell names of what is here: territories, issues and communities, by their names, codes or addresses."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.communities.queries import get_rooms
from app.core.errors import N_
from app.core.text.plain import sort_key
from app.exchange.plan_file.cells import CellError
from app.reference import former_names
from app.reference.queries import get_catalogue

UNKNOWN = N_("« %(name)s » n'est pas connu ici.")
EVERYWHERE = frozenset(
    "toutes les mrc|les 5 mrc|les cinq mrc|5 mrc|toute la region|la region|region|regional|regionale|monteregie ouest|"
    "ensemble du territoire|tout le territoire|partout|all|whole region|region wide|all mrcs".split("|")
)
"""What says that something is for the whole region, as sort keys."""
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_KINDS = ("mrc", "ville", "municipalite", "village", "canton", "paroisse")
_SHORTEST = 4
_LINKS = ("de", "du", "des", "la", "le", "les", "l", "d", "of", "the")
SEVERAL = N_("Il y a plusieurs « %(name)s ». Écrivez le code : %(codes)s.")
PRIVATE = N_("« %(name)s » est une communauté privée : le plan est public.")


@dataclass(frozen=True)
class Named:
    """One thing: its key (a code or an address), its names, the shortest way to write it first; what it was called."""

    key: str
    names: tuple[str, ...]
    former: Collection[str] = ()


Choose = Callable[[str, str, Sequence[str]], str]
"""What a person chose among several things of a name: a kind, the name, their keys; "" until they do."""
NOBODY: Choose = lambda _kind, _name, _keys: ""  # noqa: E731 - a value of its type


class Axis:
    """The things of one kind, found by any of their names; by one that a thing had, where none has it now.

    `everywhere` are the keys of what says that something is for the whole region.
    """

    def __init__(self, kind: str, things: Iterable[Named], *, choose: Choose = NOBODY, everywhere: Sequence[str] = ()):
        self._kind, self._choose, self._everywhere = kind, choose, list(everywhere)
        self._names: dict[str, str] = {}
        self._keys: dict[str, list[str]] = {}
        self._former: dict[str, list[str]] = {}
        for thing in things:
            self._names[thing.key] = thing.names[0]
            for name in dict.fromkeys(map(sort_key, (thing.key, *thing.names, _both(thing.names[0], thing.key)))):
                self._keys.setdefault(name, []).append(thing.key)
            for name in dict.fromkeys(map(sort_key, thing.former)):
                self._former.setdefault(name, []).append(thing.key)

    def find(self, name: str) -> tuple[list[str], bool]:
        """Return the keys of what is named, and whether it is sure. Raise CellError for nothing, or several."""
        keys, is_sure = self._look_up(name)
        if not keys and sort_key(name) in EVERYWHERE and self._everywhere:
            return self._everywhere, False
        if not keys:
            raise CellError(UNKNOWN, name=name)
        chosen = keys[0] if len(keys) == 1 else self._choose(self._kind, name, keys)
        if not chosen:
            raise CellError(SEVERAL, name=name, codes=", ".join(keys))
        return [chosen], is_sure

    def _look_up(self, name: str) -> tuple[list[str], bool]:
        """Return the keys of a name; else of the one thing whose name has all its words, which is not sure."""
        key = sort_key(name)
        keys = self._keys.get(key) or self._former.get(key, [])
        words = {_SAINTS.get(word, word) for word in key.split()[:12]} - {*_LINKS, *_KINDS}
        if keys or not words or len(key) < _SHORTEST:
            return keys, True
        near = {one for text, ones in self._keys.items() if words <= set(text.split()) for one in ones}
        return (sorted(near), False) if len(near) == 1 else ([], True)

    def write(self, key: str) -> str:
        """Return how a file names a thing: by its name, with its key where another has that name."""
        name = self._names.get(key, key)
        return name if name == key or self._keys[sort_key(name)] == [key] else _both(name, key)


def _both(name: str, key: str) -> str:
    """Tell a thing from its namesake: « Hemmingford (68010) »."""
    return f"{name} ({key})"


def build_territory_axis(choose: Choose = NOBODY) -> Axis:
    """Return the MRCs and municipalities."""
    former, places = former_names.get_former_names("territory"), get_catalogue().places
    return Axis(
        "territory",
        (
            Named(
                place.code,
                (place.name, *_with_kind(place.name, place.is_mrc)),
                [
                    former_name
                    for name in former.get(place.id, ())
                    for former_name in (name, _both(name, place.code), *_with_kind(name, place.is_mrc))
                ],
            )
            for place in places
        ),
        choose=choose,
        everywhere=[place.code for place in places if place.is_mrc and not place.is_archived],
    )


def _with_kind(name: str, is_mrc: bool) -> tuple[str, ...]:
    return (f"MRC {name}", f"MRC de {name}", f"MRC du {name}", f"MRC des {name}") if is_mrc else ()


def build_issue_axis() -> Axis:
    return Axis("issue", _named("issue", get_catalogue().issues, get_catalogue().issue_by_slug))


def _named(kind: str, things: Iterable[Any], by_slug: Mapping[str, Any]) -> Iterator[Named]:
    """Yield issues or communities with the names and the addresses that they have, and had."""
    former = {row_id: list(found) for row_id, found in former_names.get_former_names(kind).items()}
    for slug, thing in by_slug.items():
        former.setdefault(thing.id, []).append(slug)
    for thing in things:
        yield Named(thing.slug, (thing.name, *filter(None, [thing.name_en])), former.get(thing.id, ()))


class Communities(Axis):
    """The communities, of which the plan names no private one."""

    def __init__(self) -> None:
        rooms = get_rooms()
        self._private = {room.slug for room in rooms.all if room.is_private}
        super().__init__("community", _named("community", rooms.all, rooms.by_slug))

    def find(self, name: str) -> tuple[list[str], bool]:
        slugs, is_sure = super().find(name)
        if self._private.intersection(slugs):
            raise CellError(PRIVATE, name=name)
        return slugs, is_sure

"""What a cell names of what is here: territories, issues and communities, by their names, codes or addresses."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.communities.queries import get_rooms
from app.core.errors import N_
from app.core.text.plain import sort_key
from app.exchange.plan_file.cells import CellError
from app.reference import former_names
from app.reference.queries import get_catalogue

UNKNOWN = N_("« %(name)s » n'est pas connu ici.")
SEVERAL = N_("Il y a plusieurs « %(name)s ». Écrivez le code : %(codes)s.")
PRIVATE = N_("« %(name)s » est une communauté privée : le plan est public.")


@dataclass(frozen=True)
class Named:
    """One thing: its key (a code or an address), its names, the shortest way to write it first; what it was called."""

    key: str
    names: tuple[str, ...]
    former: Collection[str] = ()


class Axis:
    """The things of one kind, found by any of their names; by one that a thing had, where none has it now."""

    def __init__(self, things: Iterable[Named]):
        self._names: dict[str, str] = {}
        self._keys: dict[str, list[str]] = {}
        self._former: dict[str, list[str]] = {}
        for thing in things:
            self._names[thing.key] = thing.names[0]
            for name in dict.fromkeys(map(sort_key, (thing.key, *thing.names, _both(thing.names[0], thing.key)))):
                self._keys.setdefault(name, []).append(thing.key)
            for name in dict.fromkeys(map(sort_key, thing.former)):
                self._former.setdefault(name, []).append(thing.key)

    def find(self, name: str) -> str:
        """Return the key of what is named. Raise CellError for nothing, or several."""
        keys = self._keys.get(sort_key(name)) or self._former.get(sort_key(name), [])
        if not keys:
            raise CellError(UNKNOWN, name=name)
        if len(keys) > 1:
            raise CellError(SEVERAL, name=name, codes=", ".join(keys))
        return keys[0]

    def write(self, key: str) -> str:
        """Return how a file names a thing: by its name, with its key where another has that name."""
        name = self._names.get(key, key)
        return name if name == key or self._keys[sort_key(name)] == [key] else _both(name, key)


def _both(name: str, key: str) -> str:
    """Tell a thing from its namesake: « Hemmingford (68010) »."""
    return f"{name} ({key})"


def build_territory_axis() -> Axis:
    """Return the MRCs and municipalities."""
    former = former_names.get_former_names("territory")
    return Axis(
        Named(
            place.code,
            (place.name, *_with_kind(place.name, place.is_mrc)),
            [
                former_name
                for name in former.get(place.id, ())
                for former_name in (name, _both(name, place.code), *_with_kind(name, place.is_mrc))
            ],
        )
        for place in get_catalogue().places
    )


def _with_kind(name: str, is_mrc: bool) -> tuple[str, ...]:
    return (f"MRC {name}", f"MRC de {name}", f"MRC du {name}") if is_mrc else ()


def build_issue_axis() -> Axis:
    return Axis(_named("issue", get_catalogue().issues, get_catalogue().issue_by_slug))


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
        super().__init__(_named("community", rooms.all, rooms.by_slug))

    def find(self, name: str) -> str:
        slug = super().find(name)
        if slug in self._private:
            raise CellError(PRIVATE, name=name)
        return slug

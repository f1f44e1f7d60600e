"""The names of places wherever one is chosen: two that are called alike say what they are."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.core import versions
from app.forms.base import ARCHIVED
from app.reference.queries import KEY, get_catalogue

KINDS = {
    "mrc": _l("MRC"),
    "ville": _l("ville"),
    "municipalité": _l("municipalité"),
    "paroisse": _l("paroisse"),
    "canton": _l("canton"),
    "village": _l("village"),
}
PlaceGroup = tuple[str, list[tuple[str, str, int | None]]]
"""The name of an MRC, and its places: the code, the name and the count of each."""


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def place_name(place: Any) -> str:
    """Name a territory, with its kind if another one has the same name."""
    return get_place_names()[place.id]


def get_place_names() -> dict[int, str]:
    """Return the names of all territories by number, in the order of the catalogue."""
    return versions.get_or_load(("place names", get_locale().language), _name_places, under=KEY)


def _name_places() -> dict[int, str]:
    places = get_catalogue().places
    numbers = Counter(place.name for place in places)
    return {p.id: f"{p.name} ({kind_name(p.kind)})" if numbers[p.name] > 1 else p.name for p in places}


def territory_choices(present: str | None = None) -> list[SelectChoice]:
    """Group the municipalities by MRC, each MRC first in its group; an archived one only where it is `present`."""
    places = get_catalogue()
    options = [SelectChoice("", _("Ne rien indiquer"))]
    for mrc in (place for place in places.places if place.is_mrc):
        for place in places.within(mrc):
            if not place.is_archived or place.code == present:
                name = _("Toute la MRC %(name)s", name=place.name) if place.is_mrc else place_name(place)
                name = str(ARCHIVED % {"name": name}) if place.is_archived else name
                options.append(SelectChoice(place.code, name, optgroup=mrc.name))
    return options


def group_territories(count: Callable[[str, int], int | None] = lambda _axis, _id: None) -> list[PlaceGroup]:
    """Group the municipalities as a filter offers them, under their MRC, which is the first choice of its group.

    `count` tells how many things are in a "territory" or in an "mrc", by its number, where that is known.
    """
    catalogue, names, groups = get_catalogue(), get_place_names(), list[PlaceGroup]()
    for mrc in (place for place in catalogue.places if place.is_mrc):
        inner = [(place.code, names[place.id], count("territory", place.id)) for place in catalogue.within(mrc)[1:]]
        whole_mrc = (mrc.code, _("Toute la MRC %(name)s", name=mrc.name), count("mrc", mrc.id))
        groups.append((mrc.name, [whole_mrc, *inner]))
    return groups


def territory_id(code: str | None) -> int | None:
    place = get_catalogue().place_at(code or "")
    return place.id if place else None

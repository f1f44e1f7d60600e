"""The names of places wherever one is chosen: two that are called alike say what they are."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.forms.base import ARCHIVED
from app.reference.queries import get_catalogue

KINDS = {
    "mrc": _l("MRC"),
    "ville": _l("ville"),
    "municipalité": _l("municipalité"),
    "paroisse": _l("paroisse"),
    "canton": _l("canton"),
    "village": _l("village"),
}


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def place_name(place: Any) -> str:
    """Name a territory, with its kind if another one has the same name."""
    return f"{place.name} ({kind_name(place.kind)})" if place.name in get_catalogue().shared_names else str(place.name)


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


def territory_id(code: str | None) -> int | None:
    place = get_catalogue().place_at(code or "")
    return place.id if place else None

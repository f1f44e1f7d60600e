"""Where a member is from, and their communities, as their first page counts what is said there."""

from collections.abc import Mapping

from flask import url_for
from flask_login import current_user

from app.forms.places import get_place_names
from app.reference.queries import Place, get_catalogue
from app.web.frame.filters import label
from app.web.frame.minimap import MiniPlace
from app.web.frame.session import me, rooms


def find_own_place() -> MiniPlace | None:
    """Return the municipality or the MRC that the reader named in their account, uncounted."""
    place = _find()
    return _show(place, 0, is_here=True) if place else None


def find_own_mrc() -> str:
    """Return the code of the MRC where the reader is, "" where they named no place."""
    place = _find()
    mrc = (get_catalogue().parent(place) or place) if place else None
    return mrc.code if mrc else ""


def list_own_places(counts: Mapping[str, int]) -> list[MiniPlace]:
    """Return the reader's municipality, their MRC and their communities, with how many public ideas each has."""
    place = _find()
    mrc = get_catalogue().parent(place) if place else None
    found = [_show(place, _count(place, counts), is_here=True)] if place else []
    found += [_show(mrc, _count(mrc, counts), is_here=False)] if mrc else []
    mine = me().memberships | me().facilitates
    return found + [
        MiniPlace(label(room), counts.get(f"community:{room.id}", 0), url_for("communities.show", slug=room.slug))
        for room in rooms().current
        if room.id in mine and not room.is_private
    ]


def _find() -> Place | None:
    return get_catalogue().place.get(current_user.territory_id or 0)


def _count(place: Place, counts: Mapping[str, int]) -> int:
    return counts.get(f"{'mrc' if place.is_mrc else 'territory'}:{place.id}", 0)


def _show(place: Place, count: int, *, is_here: bool) -> MiniPlace:
    url = url_for("reference.territory", code=place.code)
    return MiniPlace(get_place_names()[place.id], count, url, is_here)

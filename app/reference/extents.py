"""The extents in which a thing counts, by the places that it names: each of them, each of their MRC once, and all."""

from collections.abc import Collection, Iterable

from app.reference.queries import Place, get_catalogue

ALL = "all"
NOWHERE = "nowhere"
"""What names no place is said of the whole region."""
PLACE, MRC = AXES = ("territory:", "mrc:")


def at(place: Place) -> str:
    """Return the extent of what names this place: of a municipality, or of an MRC as a whole."""
    return f"{PLACE}{place.id}"


def inside(mrc: Place) -> str:
    """Return the extent of what names an MRC or a municipality of it, once however many it names."""
    return f"{MRC}{mrc.id}"


def pick_extents(codes: Iterable[str]) -> list[str]:
    """Return the extents of a thing whose facets are these, such as `territory:12`, `mrc:3` and others."""
    return [ALL, *([code for code in codes if code.startswith(AXES)] or [NOWHERE])]


def find_extents(place_ids: Collection[int]) -> list[str]:
    """Return the extents of a thing that names these places, each once."""
    places = get_catalogue().place
    mrc_ids = {places[place_id].parent_id or place_id for place_id in place_ids}
    return pick_extents([*(f"{PLACE}{n}" for n in sorted(place_ids)), *(f"{MRC}{n}" for n in sorted(mrc_ids))])

"""What a disc shows of the numbers of a place."""

from app.hubs.queries.places import Numbers, RegionNumbers
from app.web.frame.map_words import GAPS, PlaceCount

COLUMN = {"needs": "needs", GAPS: "waiting", "ideas": "ideas", "actions": "actions"}
"""The number of a place that a disc has, by what is counted."""


def count_place(words: str, numbers: Numbers) -> PlaceCount | None:
    """Return what is counted there, None where it is not known."""
    count = getattr(numbers, COLUMN[words])
    if count is None:
        return None
    if words == GAPS:
        return PlaceCount(count, count)
    if words != "needs" or numbers.waiting is None or numbers.tied is None:
        return PlaceCount(count)
    return PlaceCount(count, numbers.waiting, count - numbers.waiting - numbers.tied)


def count_places(words: str, region: RegionNumbers) -> dict[str, PlaceCount] | None:
    """Return the counts of discs by code, each MRC once; None where too much would be looked at."""
    found = {place.code: count_place(words, numbers) for place, numbers in region.rows()}
    known = {code: count for code, count in found.items() if count is not None}
    return known if len(known) == len(found) else None


def count_wholes(words: str, region: RegionNumbers) -> dict[str, PlaceCount]:
    """Return what is said for each whole MRC, by its code."""
    found = ((one.mrc.code, count_place(words, one.whole)) for one in region.mrcs)
    return {code: count for code, count in found if count is not None}

"""Tell an exact address in what somebody typed: a civic number with its street, or a postal code."""

import re

_POSTAL_CODE = r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?!\w)"
# 12, 12A, 12-14, 12 ½; but neither 2e nor 3rd, which are names of streets.
_NUMBER = r"(?:\d{1,5}-)?\d{1,5}(?: ?[A-D]\b)?(?: ?½)?,? "
_FRENCH = (
    r"rue|ruelle|avenue|av|boulevard|boul|bd|chemin|ch|route|rte|rang|montée|côte|place|impasse|allée|croissant|"
    r"terrasse|square|promenade|quai"
)
_ENGLISH = r"street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|crescent|cres|court|place|terrace|highway|hwy"
_IN_FRENCH = rf"{_NUMBER}(?:de la |du |\d{{1,3}}e )?(?:{_FRENCH})\b"
# Between the number and the street stands a name, in capitals, or one word that measures nothing.
_NAME = r"(?-i:(?:[A-Z0-9][\w'’.-]* ){1,3})|(?!(?:m|km|min|miles?|blocks?|more|other) )[\w'’.-]+ "
_IN_ENGLISH = rf"{_NUMBER}(?:{_NAME})(?:{_ENGLISH})\b"
_ADDRESS = re.compile(rf"(?<![\w-])(?<!km )(?<!mètre )(?:{_POSTAL_CODE}|{_IN_FRENCH}|{_IN_ENGLISH})", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def has_address(text: str) -> bool:
    """Tell whether a text names a door, or the few of a postal code; a road that has a number (route 132) is none."""
    return _ADDRESS.search(_SPACES.sub(" ", text)) is not None

"""The numbers of rows, as addresses and forms write them."""

import re

LARGEST = 2**31 - 1
"""The largest number that a column of both engines holds."""
ONE_WAY = r"[1-9][0-9]{0,9}"
"""How a row's number is written: plain digits, without a sign or a zero before them."""


def row_number(text: str) -> int:
    """Return the number of a row that a text writes in its one way, or 0."""
    number = int(text) if re.fullmatch(ONE_WAY, text) else 0
    return number if number <= LARGEST else 0


def signed_number(text: str) -> int:
    """Return the number of a part of a draft that a text writes in its one way (below zero: it has no row), or 0."""
    return -row_number(text[1:]) if text.startswith("-") else row_number(text)

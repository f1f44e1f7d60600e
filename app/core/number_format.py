"""Figures as people write them, in French or in English: « 1 250,5 », "1,250.5", "12 000 $"."""

import re
from decimal import Decimal

BOUND = 10.0**12
"""No figure that people write is larger."""
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})+")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_LEFT_OUT = re.compile(r"[\s$]")


def parse_number(text: str) -> float | None:
    """Return the figure of a text, whose last point or comma begins the decimals; None where it is none."""
    bare = _LEFT_OUT.sub("", text)
    last = max(bare.rfind(","), bare.rfind("."))
    if "," in bare and "." in bare and _GROUPS.fullmatch(bare[:last]):
        bare = re.sub("[.,]", "", bare[:last]) + bare[last:]
    return float(bare.replace(",", ".")) if len(bare) < 40 and _PLAIN.fullmatch(bare) else None


def parse_whole_number(text: str) -> int | None:
    """Return the whole figure of a text; None where it is none. Three digits after a point or a comma are thousands."""
    bare = _LEFT_OUT.sub("", text)
    if len(bare) < 40 and _GROUPS.fullmatch(bare):
        return int(re.sub("[.,]", "", bare))
    found = parse_number(text)
    return int(found) if found is not None and found.is_integer() else None


def format_number(figure: float, comma: str = ",") -> str:
    """Write a figure so that `parse_number` finds the same one: « 12,5 », without decimals where it has none."""
    return f"{Decimal(repr(figure)).normalize():f}".replace(".", comma)

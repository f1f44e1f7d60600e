"""Parameters of an address, read once and strictly: unknown values and repeated single ones are 400."""
from collections.abc import Collection

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from app.forms.base import LARGEST

LONGEST = 200


class Identifier(IntegerConverter):
    """A row's number in a path: plain digits, without a leading zero, that fits the column."""

    regex = r"[1-9]\d{0,9}"

    def to_python(self, value: str) -> int:
        if not value.isascii() or int(value) > LARGEST:
            raise ValidationError()
        return int(value)


def single(name: str, allowed: Collection[str] | None = None, default: str = "") -> str:
    """Read a parameter that may be given once; answer 400 to a repeated, too long or unknown value."""
    given = request.args.getlist(name)
    if len(given) > 1 or any(len(value) > LONGEST or "\x00" in value for value in given):
        abort(400)
    value = given[0] if given else ""
    if value and allowed is not None and value not in allowed:
        abort(400)
    return value or default


def many(name: str, allowed: Collection[str], *, at_most: int = 80) -> list[str]:
    """Read a parameter that may repeat; answer 400 to an unknown value."""
    given = list(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(given) > at_most or any(value not in allowed for value in given):
        abort(400)
    return given


def number(name: str) -> int | None:
    """Read a row's number given as a parameter, or None when absent."""
    value = single(name)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and value[0] != "0" and int(value) <= LARGEST):
        abort(400)
    return int(value)

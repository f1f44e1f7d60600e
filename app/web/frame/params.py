"""Parameters of an address, read once and strictly: unknown values and repeated single ones are 400."""
from collections.abc import Collection

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from app.core.numbers import ONE_WAY, row_number

LONGEST = 200


class Identifier(IntegerConverter):
    """A row's number in a path, written in its one way."""

    regex = ONE_WAY

    def to_python(self, value: str) -> int:
        if not row_number(value):
            raise ValidationError()
        return row_number(value)


def single(
        name: str, allowed: Collection[str] | None = None, default: str = "", *, longest: int = LONGEST) -> str:
    """Read a parameter that may be given once; answer 400 to a repeated, too long or unknown value."""
    given = request.args.getlist(name)
    if len(given) > 1 or any(len(value) > longest or "\x00" in value for value in given):
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
    return row_number(value) or abort(400)


def slug() -> str:
    """Return the name of a row as the address gives it, which may be a past one."""
    return str((request.view_args or {})["slug"])

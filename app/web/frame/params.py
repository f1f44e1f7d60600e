"""Read the parameters of an address strictly: an unknown value, or a second one, answers 400."""

from collections.abc import Collection

from flask import abort, request
from werkzeug.routing import IntegerConverter, ValidationError

from app.core.numbers import ONE_WAY, row_number, signed_number

LONGEST = 200


class Identifier(IntegerConverter):
    """The number of a row in a path, in its one spelling."""

    regex = ONE_WAY
    read = staticmethod(row_number)

    def to_python(self, value: str) -> int:
        number = self.read(value)
        if not number:
            raise ValidationError()
        return number


class PartIdentifier(Identifier):
    """The number of a part of a draft in a path, in its one spelling."""

    regex = f"-?{ONE_WAY}"
    read = staticmethod(signed_number)


def single_param(
    name: str, choices: Collection[str] | None = None, default: str = "", *, longest: int = LONGEST
) -> str:
    """Read a parameter that may stand once; answer 400 to a repeated, too long or unknown value."""
    values = request.args.getlist(name)
    if len(values) > 1 or any(len(value) > longest or "\x00" in value for value in values):
        abort(400)
    value = values[0] if values else ""
    if value and choices is not None and value not in choices:
        abort(400)
    return value or default


def many_params(name: str, choices: Collection[str], *, at_most: int = 80) -> list[str]:
    """Read a parameter that may repeat; answer 400 to an unknown value."""
    values = list(dict.fromkeys(value for value in request.args.getlist(name) if value))
    if len(values) > at_most or any(value not in choices for value in values):
        abort(400)
    return values


def id_param(name: str) -> int | None:
    """Read the number of a row, None when the parameter is absent; answer 400 to anything else."""
    value = single_param(name)
    if not value:
        return None
    return row_number(value) or abort(400)


def path_slug() -> str:
    """Return the slug in the path, which may be a former one of its row."""
    return str((request.view_args or {})["slug"])


def path_id(name: str) -> int:
    """Return the number that the address gives under this name."""
    return int((request.view_args or {})[name])

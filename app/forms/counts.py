"""A number of things, as the reader's language writes it."""

from flask_babel import format_decimal


def write_count(number: int) -> int | str:
    """Write a number of things: 1 234 in French, 1,234 in English."""
    return number if -1000 < number < 1000 else str(format_decimal(number))

"""The code of the day: four letters and figures, shown in the room, made from the keys for one forum and one day."""

from flask import current_app

from app.core import clock, keys
from app.core.keys import Purpose
from app.events.models.registrations import CODE_LETTERS
from app.forum.models import Forum

LENGTH = 4


def read_day_code(forum: Forum) -> str:
    """Return the code that the room is shown today."""
    return list_day_codes(forum)[0]


def list_day_codes(forum: Forum) -> list[str]:
    """Return what is taken for the code of today, under each key of the site."""
    text = f"{forum.id} {clock.today().isoformat()}"
    return [_write(digest) for digest in keys.get_keys(current_app.config).digests(Purpose.DAY_CODE, text)]


def _write(digest: str) -> str:
    number, letters = int(digest, 16), ""
    for _place in range(LENGTH):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[letter]
    return letters

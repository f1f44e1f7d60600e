"""The code of a registration: six letters and figures that nobody takes for others, to be said at a door."""

import secrets

from app.events.models.registrations import CODE_LENGTH, CODE_LETTERS
from app.events.queries import registrations


def new_code(event_id: int) -> str:
    """Make a code that no other registration of the meeting has."""
    code = ""
    while not code or registrations.has_code(event_id, code):
        code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    return code


def clean_code(typed: str) -> str:
    """Return a code as it is kept, however it was typed: in small letters, with spaces or a hyphen between."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)

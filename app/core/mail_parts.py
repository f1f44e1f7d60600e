"""The parts of a mail beside its text: a meeting for a calendar, and the lines that stand between parts."""

from email.message import EmailMessage
from typing import Any

FILE = "rencontre.ics"


def add_calendar(message: EmailMessage, calendar: str) -> None:
    """Add a meeting twice: as a part that mail programs show, and as a file for those that show none.

    The part names the method of the calendar, PUBLISH or CANCEL: none asks for an answer by mail.
    """
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "PUBLISH"
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    file: dict[str, Any] = {"subtype": "calendar", "filename": FILE, "params": {"charset": "utf-8"}}
    message.add_attachment(calendar.encode(), maintype="text", **file)


def name_boundaries(message: EmailMessage, boundary: str) -> None:
    """Name the boundaries by the mail, so that it is the same each time, to the last byte.

    The outermost part has the name as it is, each other one a number after it.
    """
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"{boundary}.{n}" if n else boundary)

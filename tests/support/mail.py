"""What the platform wrote to people."""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.core.db import db
from app.core.mail import Outgoing
from app.web.accounts import address_answers


class Outbox(Sequence[Outgoing]):
    """The mails in the outbox, oldest first, read again each time; `outbox.to(address)`, `outbox.links(mail)`.

    Before it is read, the worker answers what was asked at an address.
    """

    def _rows(self) -> list[Outgoing]:
        db.session.rollback()
        address_answers.answer_requests()
        return list(db.session.scalars(select(Outgoing).order_by(Outgoing.id)))

    def __getitem__(self, index: Any) -> Any:
        return self._rows()[index]

    def __len__(self) -> int:
        return len(self._rows())

    def to(self, recipient: str) -> list[Outgoing]:
        return [mail for mail in self._rows() if mail.recipient == recipient]

    def links(self, mail: Outgoing | EmailMessage) -> list[str]:
        """Return the addresses of the text part, from their path on; a mail that left says nothing any more, its message does."""
        return re.findall(r"https?://[^/\s]+(/[^\s>)]*)", text_of(mail))

    def sent(self, mail: Outgoing) -> str:
        """Return both parts of a mail that left, from the file that development keeps of it."""
        file = current_app.config["DATA_DIR"] / "mail" / f"{mail.id:06}.eml"
        message = message_from_bytes(file.read_bytes(), policy=default)
        return "".join(part.get_content() for part in message.iter_parts())


def text_of(mail: Outgoing | EmailMessage) -> str:
    if isinstance(mail, Outgoing):
        return mail.text
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())

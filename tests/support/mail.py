"""What the platform wrote to people."""
import re
from collections.abc import Sequence
from typing import Any

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
        address_answers.answer()
        return list(db.session.scalars(select(Outgoing).order_by(Outgoing.id)))

    def __getitem__(self, index: Any) -> Any:
        return self._rows()[index]

    def __len__(self) -> int:
        return len(self._rows())

    def to(self, recipient: str) -> list[Outgoing]:
        return [mail for mail in self._rows() if mail.recipient == recipient]

    def links(self, mail: Outgoing) -> list[str]:
        """Return the addresses of the text part, from their path on."""
        return re.findall(r"https?://[^/\s]+(/[^\s>)]*)", mail.text)

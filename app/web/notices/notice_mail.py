"""A mail of notices before it is in the outbox, and what it can be written from again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.accounts.models.people import User
from app.communities.queries import get_public_rooms
from app.core import dead_addresses
from app.reference.queries import get_catalogue
from app.web.frame import mail
from app.web.frame.mail import MailText


@dataclass(frozen=True)
class NoticeMail:
    """A template of mails with its values and headers; `about` is which notices it tells of, and in which summary."""

    template: str
    values: dict[str, Any]
    headers: dict[str, str]
    about: dict[str, Any]

    def render(self, user: User) -> MailText:
        return mail.render(self.template, user.locale, **self.values)


def read_names() -> None:
    """Read what mails name, once for all of them: each is written in a transaction of its own, which keeps nothing."""
    get_public_rooms()
    get_catalogue()


def queue_mail(user: User, notice_mail: NoticeMail | None) -> bool:
    """Put a mail in the outbox, in the command that claimed what it tells; return whether there was one.

    Nothing goes to an address that does not exist.
    """
    if notice_mail is None or dead_addresses.is_dead(str(user.email)):
        return False
    mail.send(
        notice_mail.template,
        recipient=str(user.email),
        locale=user.locale,
        user_id=user.id,
        headers=notice_mail.headers,
        origin=notice_mail.about | {"user": user.id},
        **notice_mail.values,
    )
    return True


def get_origin(ids: Sequence[int], **more: str) -> dict[str, Any]:
    """Return what a mail about these notices can be written from again."""
    return {"notices": list(ids), **more}

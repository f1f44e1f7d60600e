"""Sending what waits in the outbox: what has waited a while is written again, with the rights of then."""

from datetime import date

from flask import current_app

from app.accounts import queries as accounts
from app.accounts.models.people import User
from app.core import mail as outgoing_mail
from app.core import old_mails
from app.core.actor import Actor
from app.core.unit import command
from app.notifications.queries import settings
from app.notifications.queries.summaries import Period
from app.web.frame import mail
from app.web.notices import immediate_mails, summaries
from app.web.notices.notice_mail import NoticeMail


def deliver() -> int:
    """Send what waits, and return how many mails left; the worker runs it."""
    if mail.can_leave():
        with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
            for mail_id in old_mails.list_due_ids():
                _write_again(mail_id)
    return mail.deliver()


@command
def _write_again(mail_id: int) -> None:
    """Write a mail again as it would be now; there is none any more where nothing that it tells may still be read."""
    row = outgoing_mail.claim(mail_id)
    if row is None or row.origin is None:
        return
    user = accounts.find_open_account(row.origin["user"])
    notice_mail = _compose(user, row.origin) if user else None
    if user is None or notice_mail is None:
        old_mails.drop(row)
        return
    content = notice_mail.render(user)
    old_mails.rewrite(row, subject=content.subject, text=content.text, html=content.html)


def _compose(user: User, origin: dict[str, str | list[int]]) -> NoticeMail | None:
    ids = settings.list_still_mailed(Actor(user.id), [int(number) for number in origin["notices"]])
    if "pace" not in origin:
        return immediate_mails.compose_mail(user, ids)
    return summaries.compose_summary(
        user, ids, Period(str(origin["pace"]), [date.fromisoformat(str(origin["day"]))] * 7)
    )

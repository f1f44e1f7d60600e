"""The mails that come at once: what a person was told of one content within some minutes, in one mail."""

import re
from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.text.plain import excerpt
from app.core.unit import command
from app.notifications.queries import notices as queries
from app.notifications.service import notices as service
from app.notifications.topics import SECURITY, TALK, USUAL
from app.web.frame import mail, mail_drawing
from app.web.frame.filters import first_name
from app.web.frame.locale import TAGS
from app.web.notices import mail_panels, notice_mail, notice_view, reasons, unsubscribe
from app.web.notices.groups import NoticeGroup
from app.web.notices.notice_mail import NoticeMail
from app.web.notices.notice_view import NoticeView

# Kinds whose sentence has a title of its own, and no place in the subject line for that of its subject.
NAMES_ITSELF = ("chain", "linked", "unlinked", "link", "plan", "action", "charge", "idea.back")
# Kinds that end with a thread that one wants to hear nothing of.
OF_THREAD = (
    "comment.post",
    "status",
    "support",
    "follow",
    "chain",
    "linked",
    "unlinked",
    "plan",
    *(f"{what}.follower" for what in ("moved", "changed", "cancelled", "minutes")),
)
TITLE = 60


def write_mails() -> int:
    """Write the mails of what people were told, as the worker does; return how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        notice_mail.read_names()
        return sum([_try(user.id, user, ids) for user, ids in queries.list_mails_to_write()])


def _try(user_id: int, user: User, ids: Sequence[int]) -> bool:
    """Write one mail; one that can't be written keeps none of the others back."""
    try:
        return _write(user, ids)
    except Exception:
        current_app.logger.exception("the mail of notices %s to account %s can't be written", ids, user_id)
        return False


@command
def _write(user: User, ids: Sequence[int]) -> bool:
    """Claim the mail of some notices and put it in the outbox, both or neither; return whether there was one to write.

    What can no longer be read is not told.
    """
    return notice_mail.queue_mail(user, compose_mail(user, service.claim_mail(ids)))


def compose_mail(user: User, ids: Sequence[int]) -> NoticeMail | None:
    """Write the mail that tells of some notices, with the rights that their reader has now.

    Whoever can't sign in is told only what protects their account.
    """
    actor = actor_for(user)
    notices = [notice for notice in queries.list_remaining(actor, ids) if user.active or notice.topic == SECURITY]
    if not notices:
        return None
    with force_locale(TAGS[user.locale]):
        views = sorted(notice_view.build_views(actor, notices), key=_rank)
        group = NoticeGroup(views[0].subject, views)
        values: dict[str, Any] = {
            "subject": _name(views),
            "views": views,
            "panel": mail_panels.view_panel(views[0], first_name(user.name)),
            "inks": mail_drawing.INKS,
            "head": group.head,
            "url": current_app.config["SITE_URL"] + (views[0].url or url_for("notices.index")),
            "why": reasons.explain(views[0].notice, group.subject, views[0].followed),
        } | _list_stops(user, views)
    thread_id = group.subject.thread_id if group.subject else None
    headers = mail.list_headers(stop=values["stop"], thread_id=thread_id)
    return NoticeMail("notice", values, headers, notice_mail.get_origin(ids))


def _rank(view: NoticeView) -> tuple[bool, int]:
    """Order what a mail tells: how things stand now, then what led there, then what was said, in the order it was."""
    is_talk = view.notice.kind in TALK
    return is_talk, view.notice.id if is_talk else -view.notice.id


def _list_stops(user: User, views: Sequence[NoticeView]) -> dict[str, str]:
    """Return the addresses that stop such mails, or a thread; empty where nothing stops them."""
    topics = [view.notice.topic for view in views if view.notice.topic in USUAL]
    subject, kind = views[0].subject, views[0].notice.kind
    is_of_thread = subject is not None and kind.startswith(OF_THREAD)
    return {
        "stop": unsubscribe.unsubscribe_url(user.id, "topic", topics[0]) if topics else "",
        "silence": unsubscribe.unsubscribe_url(user.id, "thread", subject.thread_id)
        if subject and is_of_thread
        else "",
    }


def _name(views: Sequence[NoticeView]) -> str:
    """Say the first thing that a mail tells, and how many more."""
    first, more = views[0], len(views) - 1
    line = first.sentence
    if first.subject and not first.notice.kind.startswith(NAMES_ITSELF):
        title = excerpt(first.subject.title, TITLE)
        line = (
            _("%(sentence)s : « %(title)s »", sentence=line, title=title)
            if not re.search(r":\s", line.partition("(")[0])
            else _("%(sentence)s – « %(title)s »", sentence=line, title=title)
        )
    return line + ngettext(", et %(num)s autre avis", ", et %(num)s autres avis", more) if more else line

"""The notices of a person: their page, and their mails."""
from collections.abc import Sequence
from typing import Any

from flask import current_app, flash, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.appeals.queries import appeals
from app.communities.actors import actor_for
from app.communities.queries import Room
from app.core import dead_addresses
from app.core.actor import Actor
from app.core.text.plain import excerpt
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import Notice
from app.notifications.queries import notices as queries
from app.notifications.queries import settings
from app.notifications.service import notices as service
from app.notifications.topics import SECURITY, USUAL
from app.web.frame import mail
from app.web.frame.filters import capped, label
from app.web.frame.locale import TAGS
from app.web.frame.page import count_unread
from app.web.frame.params import number, single
from app.web.frame.routes import Loader, members
from app.web.frame.session import me, rooms
from app.web.frame.support import go, render
from app.web.notices import notice_view, preferences, reasons, unsubscribe
from app.web.notices.bp import bp
from app.web.notices.notice_view import Group, NoticeView

# Kinds whose mail has the title of its subject in its own subject line.
NAMES_SUBJECT = ("comment", "status", "follow", "support")
# Kinds that end with a thread that one wants to hear nothing of.
OF_THREAD = ("comment.post", "status", "support", "follow")
TITLE = 60


@bp.get("/notifications")
@members(policy.READ)
def index() -> str:
    unread, slug = single("unread", ("1",)), single("community", rooms().by_slug)
    room = rooms().by_slug.get(slug)
    listing = queries.of(me(), before=number("after"), is_unread=bool(unread), community_id=room.id if room else None)
    views = notice_view.read(me(), listing.items)
    return render(
        "notices/index.html", listing=listing, groups=notice_view.group(views), tabs=_list_tabs(unread, room),
        filters={"unread": unread or None, "community": slug or None}, appealable=_list_appealable(me(), views),
        comes=preferences.describe(me(), settings.paces(me()), settings.of(me())))


def _list_tabs(unread: str, room: Room | None) -> list[tuple[Any, ...]]:
    """Return the tabs: all, what was not read with its number, and each community that the last notices are about."""
    ids, count = queries.community_ids(me()), capped(count_unread(), queries.MOST)
    return [(_("Tous"), url_for(".index"), not unread and room is None),
            (_("Non lus"), url_for(".index", unread=1), bool(unread), count),
            *[(label(one), url_for(".index", community=one.slug), one == room)
              for one in rooms().all if one.id in ids or one == room]]


@bp.post("/notifications/reading")
@members(policy.READ)
def read() -> Response:
    service.mark_all_read(me())
    flash(_("Tous vos avis sont marqués comme lus."), "success")
    return go(".index")


@bp.post("/notifications/<id:notice_id>/reading")
@members(policy.OPEN, of=Loader(queries.one, "notice_id"))
def read_one(notice: Notice) -> Response:
    service.mark_read(me(), notice)
    flash(_("C'est marqué comme lu."), "success")
    return go(".index")


def _list_appealable(actor: Actor, views: Sequence[NoticeView]) -> set[int]:
    return appeals.open_to_appeal(actor, [view.measure_id for view in views if view.measure_id])


def write_mails() -> int:
    """Write the mails of what people were told, as the worker does; return how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return sum([_try(user.id, user, ids) for user, ids in queries.to_mail()])


def _try(user_id: int, user: User, ids: Sequence[int]) -> bool:
    """Write one mail; one that can't be written keeps none of the others back."""
    try:
        return _write_mail(user, ids)
    except Exception:
        current_app.logger.exception("the mail of notices %s to account %s can't be written", ids, user_id)
        return False


@command
def _write_mail(user: User, ids: Sequence[int]) -> bool:
    """Claim the mail of some notices and put it in the outbox, both or neither; return whether there was one to write.

    What can no longer be read is not told; nothing is mailed to an address that does not exist, and to whoever can't
    sign in only what protects their account.
    """
    actor, claimed = actor_for(user), service.claim_mail(ids)
    notices = [notice for notice in queries.some(actor, claimed) if user.active or notice.topic == SECURITY]
    if not notices or dead_addresses.is_dead(str(user.email)):
        return False
    with force_locale(TAGS[user.locale]):
        views = notice_view.read(actor, notices)
        group = Group(views[0].subject, views)
        values: dict[str, Any] = {
            "subject": _name_mail(views), "views": views, "head": group.head,
            "appealable": _list_appealable(actor, views),
            "url": current_app.config["SITE_URL"] + (views[0].url or url_for("notices.index")),
            "why": reasons.explain(views[0].notice, group.subject)} | _list_stops(user, views)
    thread_id = group.subject.thread_id if group.subject else None
    headers = mail.list_headers(stop=values["stop"], thread_id=thread_id)
    mail.send("notice", recipient=str(user.email), locale=user.locale, headers=headers, **values)
    return True


def _list_stops(user: User, views: Sequence[NoticeView]) -> dict[str, str]:
    """Return the addresses that stop such mails, or a thread; empty where nothing stops them."""
    topics = [view.notice.topic for view in views if view.notice.topic in USUAL]
    subject, kind = views[0].subject, views[0].notice.kind
    is_of_thread = subject is not None and kind.startswith(OF_THREAD)
    return {
        "stop": unsubscribe.link(user.id, "topic", topics[0]) if topics else "",
        "silence": unsubscribe.link(user.id, "thread", subject.thread_id) if subject and is_of_thread else ""}


def _name_mail(views: Sequence[NoticeView]) -> str:
    """Say the first thing that a mail tells, and how many more."""
    first, more = views[0], len(views) - 1
    line = first.sentence
    if first.subject and first.notice.kind.startswith(NAMES_SUBJECT):
        line = _("%(sentence)s : « %(title)s »", sentence=line, title=excerpt(first.subject.title, TITLE))
    return line + ngettext(", et %(num)s autre avis", ", et %(num)s autres avis", more) if more else line

"""The notices of a person: their page, and their mails."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities.queries import Room
from app.notifications import policy
from app.notifications.models import Notice
from app.notifications.queries import notices as queries
from app.notifications.queries import settings
from app.notifications.service import notices as service
from app.web.frame import destination, locale, read_state
from app.web.frame.filters import capped, label
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me, rooms
from app.web.notices import moments, notice_view, preferences
from app.web.notices.bp import bp
from app.web.notices.groups import group_by_subject
from app.web.notices.notice_view import NoticeView


@bp.get("/notifications")
@members(policy.READ)
def index() -> str:
    unread, slug = single_param("unread", ("1",)), single_param("community", rooms().by_slug)
    room = rooms().by_slug.get(slug)
    listing = queries.list_notices(
        me(), before=id_param("after"), is_unread=bool(unread), community_id=room.id if room else None
    )
    views = notice_view.build_views(me(), listing.items)
    return render(
        "notices/index.html",
        listing=listing,
        groups=group_by_subject(views),
        moment=moments.find_moment(views) if listing.is_first else None,
        tabs=_list_tabs(unread, room, views),
        here=locale.this_page(),
        filters={"unread": unread or None, "community": slug or None},
        comes=preferences.describe(me(), *settings.get_choices(me())),
    )


def _list_tabs(unread: str, room: Room | None, views: Sequence[NoticeView]) -> list[tuple[Any, ...]]:
    """Return the tabs: all, what was not read with its number, and each community that the last notices are about.

    What this page says whole is read here.
    """
    count, ids = queries.get_tabs(me())
    read_state.mark_seen(count, [view.notice.id for view in views if view.is_new and view.is_said_whole])
    return [
        (_("Tous"), url_for(".index"), not unread and room is None),
        (_("Non lus"), url_for(".index", unread=1), bool(unread), capped(read_state.count_unread(), queries.MOST)),
        *[
            (label(one), url_for(".index", community=one.slug), one == room)
            for one in rooms().all
            if one.id in ids or one == room
        ],
    ]


@bp.post("/notifications/reading")
@members(policy.READ, limit="account")
def read() -> Response:
    service.mark_all_read(me())
    return done(url_for(".index"), _("Tous vos avis sont marqués comme lus."))


@bp.post("/notifications/<id:notice_id>/reading")
@members(policy.OPEN, of=Loader(queries.get_notice, "notice_id"), limit="account")
def read_one(notice: Notice) -> Response:
    service.mark_read(me(), notice)
    return done(destination.get_goal() or url_for(".index"), _("C'est marqué comme lu."))

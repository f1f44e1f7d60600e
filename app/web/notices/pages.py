"""The notices of a person: their page, and the mail of each."""
from typing import Any

from flask import current_app, flash, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.appeals.queries import appeals
from app.communities.actors import actor_for
from app.core.unit import command
from app.notifications import policy, queries, service
from app.notifications.models import Notice
from app.web.frame import mail
from app.web.frame.locale import TAGS
from app.web.frame.params import number
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import go, render
from app.web.notices import notice_view
from app.web.notices.bp import bp


@bp.get("/notifications")
@members(policy.READ)
def index() -> str:
    listing = queries.of(me(), before=number("after"))
    views = [notice_view.read(me(), notice) for notice in listing.items]
    appealable = appeals.open_to_appeal(me(), [view.measure_id for view in views if view.measure_id])
    return render("notices/index.html", listing=listing, views=views, appealable=appealable)


@bp.post("/notifications/reading")
@members(policy.READ)
def read() -> Response:
    service.mark_all_read(me())
    flash(_("Tous vos avis sont marqués comme lus."), "success")
    return go(".index")


def write_mails() -> int:
    """Write the mail of each notice that has none yet, as the worker does; return how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return sum(_write_mail(notice, user) for notice, user in queries.to_mail())


@command
def _write_mail(notice: Notice, user: User) -> bool:
    """Claim the mail of a notice and put it in the outbox, both or neither; return whether it was still to write."""
    if not service.claim_mail(notice):
        return False
    with force_locale(TAGS[user.locale]):
        view = notice_view.read(actor_for(user), notice)
        values: dict[str, Any] = {
            "subject": view.sentence, "title": view.title, "reason": view.reason,
            "url": current_app.config["SITE_URL"] + (view.url or url_for("notices.index"))}
    mail.send("notice", recipient=str(user.email), locale=user.locale, **values)
    return True

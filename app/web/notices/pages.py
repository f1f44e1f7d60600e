"""What a person was told: the page of their notices, and the mail that goes with each."""
from typing import Any

from flask import current_app, flash, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.appeals.queries import appeals
from app.communities.queries import actor_for
from app.core.unit import command
from app.notifications import policy, queries, service
from app.notifications.models import Notice
from app.web.frame import mail
from app.web.frame.locale import TAGS
from app.web.frame.params import number
from app.web.frame.session import me
from app.web.frame.support import go, members, render
from app.web.notices.bp import bp
from app.web.notices.notice_view import told


@bp.get("/notifications")
@members(policy.READ)
def index() -> str:
    listing = queries.of(me(), before=number("after"))
    shown = [told(me(), notice) for notice in listing.items]
    contested = appeals.open_to_appeal(me(), [one.measure_id for one in shown if one.measure_id])
    return render("notices/index.html", listing=listing, told=shown, contested=contested)


@bp.post("/notifications/reading")
@members(policy.READ)
def read() -> Response:
    service.read_all(me())
    flash(_("Tous vos avis sont marqués comme lus."), "success")
    return go(".index")


def write_mails() -> int:
    """Write the mail of each notice that has none yet; what the worker runs. Give how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return sum(_mailed(notice, user) for notice, user in queries.to_mail())


@command
def _mailed(notice: Notice, user: User) -> bool:
    """Claim the mail of a notice and put it in the outbox, both or neither."""
    if not service.mailed(notice):
        return False
    with force_locale(TAGS[user.locale]):
        said = told(actor_for(user), notice)
        values: dict[str, Any] = {
            "subject": said.sentence, "title": said.title, "reason": said.reason,
            "url": current_app.config["SITE_URL"] + (said.url or url_for("notices.index"))}
    mail.send("notice", recipient=str(user.email), locale=user.locale, **values)
    return True

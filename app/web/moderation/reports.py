"""A member tells the team of a content, and follows what became of it."""
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import policy as accounts
from app.appeals.queries import appeals
from app.cases import policy, service
from app.cases.queries import reports
from app.comments.queries import reading as comments
from app.contents.models import Content
from app.forms.reports import ReportForm
from app.ideas.queries import reading as ideas
from app.web.comments import subjects
from app.web.frame import content_links, words
from app.web.frame.attempt import attempt
from app.web.frame.params import number
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation.bp import bp

BOTH = ["GET", "POST"]


@bp.route("/ideas/<id:idea_id>/report", methods=BOTH)
@members(policy.REPORT)
def report_idea(idea_id: int) -> str | Response:
    return ask(lambda: ideas.one(me(), idea_id, policy.REPORT))


@bp.route("/comments/<id:comment_id>/report", methods=BOTH)
@members(policy.REPORT)
def report_comment(comment_id: int) -> str | Response:
    return ask(lambda: comments.one(me(), comment_id, policy.REPORT))


@bp.route("/communities/<slug>/updates/<id:update_id>/report", methods=BOTH)
@members(policy.REPORT)
def report_update(slug: str, update_id: int) -> str | Response:
    return ask(lambda: subjects.update_at(slug, update_id, policy.REPORT))


def ask(read: Callable[[], Any], report: Callable[..., bool] = service.report) -> str | Response:
    """Ask what is wrong with what `read` returns, then tell the team; who told it already is shown what they said."""
    content = read()
    known, back = reports.own_open_report(me(), content), content_links.address(content)
    form = ReportForm().offer(words.REPORT_REASONS)
    if request.method == "GET":
        return render("moderation/reports/new.html", **_shown(content, form), known=known)
    if known:
        return _thanked(back, is_new=False)
    outcome = attempt(form, lambda: report(me(), content, reason=form.why.data, words=form.words.data))
    if outcome.code:
        return refused("moderation/reports/new.html", code=outcome.code, **_shown(read(), form), known=None)
    return _thanked(back, is_new=bool(outcome.made))


def _shown(content: Content, form: ReportForm) -> dict[str, Any]:
    return {"content": content, "named": content_links.named(content), "form": form}


def _thanked(back: str, *, is_new: bool) -> Response:
    if is_new:
        flash(_("Merci. L'équipe d'animation regardera et vous dira ce qu'elle décide, avec son motif."), "success")
    else:
        flash(_("Vous aviez déjà signalé ce contenu : c'est noté, et l'équipe d'animation le regardera."), "info")
    return redirect(back, 303)


@bp.get("/account/reports")
@members(accounts.SIGNED_IN)
def list_own_reports() -> str:
    listing = reports.own(me(), before=number("after"))
    shown = [(one, content_links.named(one.content)) for one in listing.items]
    return render("moderation/reports/index.html", listing=listing, shown=shown, appeals=appeals.own(me()))

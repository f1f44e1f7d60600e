"""A member tells the team of a content, and follows what became of it."""
from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import limits
from app.accounts import policy as accounts
from app.comments.queries import reading as comments
from app.forms.reports import ReportForm
from app.ideas.queries import reading as ideas
from app.moderation.models.dossiers import Content
from app.moderation.policy import cases as policy
from app.moderation.queries import appeals, cases
from app.moderation.service import cases as service
from app.web import contents, subjects, words
from app.web.params import number
from app.web.session import me
from app.web.support import members, refused, render
from app.web.taking import taken

REPORTS = 20
BOTH = ["GET", "POST"]
bp = Blueprint("reports", __name__)


@bp.route("/ideas/<id:idea_id>/report", methods=BOTH)
@members(policy.REPORT)
def on_idea(idea_id: int) -> str | Response:
    return _report(ideas.one(me(), idea_id, policy.REPORT))


@bp.route("/comments/<id:comment_id>/report", methods=BOTH)
@members(policy.REPORT)
def on_comment(comment_id: int) -> str | Response:
    return _report(comments.one(me(), comment_id, policy.REPORT))


@bp.route("/communities/<slug>/updates/<id:update_id>/report", methods=BOTH)
@members(policy.REPORT)
def on_update(slug: str, update_id: int) -> str | Response:
    return _report(subjects.update_at(slug, update_id, policy.REPORT))


def _report(content: Content) -> str | Response:
    return ask(content, lambda **said: service.report(me(), content, **said))


def ask(content: Content, act: Callable[..., bool]) -> str | Response:
    """Ask what is wrong, then tell the team; who told it already is shown what they said."""
    known, back = cases.own_open_report(me(), content), contents.address(content)
    form = ReportForm().offer(words.REPORT_REASONS)
    shown = {"content": content, "named": contents.named(content), "form": form, "known": known}
    if request.method == "GET":
        return render("reports/new.html", **shown)
    if known:
        return _thanked(back, is_new=False)
    wait = _wait(form) if form.validate() else 0
    found: list[bool] = []
    if wait or not taken(form, lambda: found.append(
            act(reason=form.why.data, words=form.words.data))):
        return refused("reports/new.html", code=429 if wait else form.refusal_code, **shown)
    return _thanked(back, is_new=found[0])


def _thanked(back: str, *, is_new: bool) -> Response:
    if is_new:
        flash(_("Merci. L'équipe d'animation regardera et vous dira ce qu'elle décide, avec son motif."), "success")
    else:
        flash(_("Vous aviez déjà signalé ce contenu : c'est noté, et l'équipe d'animation le regardera."), "info")
    return redirect(back, 303)


def _wait(form: ReportForm) -> int:
    seconds = limits.count("report", me(), most=REPORTS, within=timedelta(hours=1))
    if seconds:
        form.say(None, _("Vous avez signalé beaucoup de contenus en peu de temps. Réessayez dans %(minutes)s minutes; "
                         "votre texte est gardé ci-dessous.", minutes=limits.minutes(seconds)))
    return seconds


@bp.get("/account/reports")
@members(accounts.SIGNED_IN)
def index() -> str:
    listing = cases.own(me(), before=number("after"))
    shown = [(one, contents.named(one.dossier.content)) for one in listing.items]
    return render("reports/index.html", listing=listing, shown=shown, appeals=appeals.own(me()))

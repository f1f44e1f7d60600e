"""A member tells the team of a content, and follows what became of it."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import policy as accounts
from app.accounts.models.people import Profile
from app.contents.models import Content
from app.forms.reports import ReportForm
from app.moderation.appeals.queries import appeals
from app.moderation.cases import policy, queries, service
from app.moderation.cases import service as cases
from app.web.frame import content_links, team_words
from app.web.frame.attempt import attempt
from app.web.frame.form_limits import counted_by_service
from app.web.frame.params import id_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import contents
from app.web.moderation.bp import bp

PAGE = "moderation/reports/new.html"


def report(content: Content, noun: str) -> str | Response:
    """Ask what is wrong with a content, then report it; a second time, show the report that is open."""
    own_report, url = queries.find_own_open_report(me(), content), content_links.content_url(content)
    form = ReportForm().offer(team_words.REPORT_REASONS)
    if request.method != "POST":
        return render(PAGE, content=content, link=content_links.describe(content), form=form, own_report=own_report)
    if own_report:
        return _thank(url, is_new=False)
    outcome = attempt(form, lambda: _report(content, form))
    if outcome.code:
        content = contents.LOADERS[noun].again(policy.REPORT)
        return refuse(
            PAGE, code=outcome.code, content=content, link=content_links.describe(content), form=form, own_report=None
        )
    return _thank(url, is_new=outcome.result)


def _report(content: Content, form: ReportForm) -> bool:
    values = {"reason": form.why.data, "words": form.words.data}
    if isinstance(content, Profile):
        return cases.report_profile(me(), content.author, **values)
    return service.report(me(), content, **values)


def _thank(url: str, *, is_new: bool) -> Response:
    if is_new:
        return done(url, _("Merci. L'équipe d'animation regardera et vous dira ce qu'elle décide, avec son motif."))
    return done(
        url, _("Vous aviez déjà signalé ce contenu : c'est noté, et l'équipe d'animation le regardera."), "info"
    )


for kind, address in contents.ADDRESSES.items():
    bp.add_url_rule(
        f"{address}/report",
        f"report_{kind}",
        members(policy.REPORT, of=contents.LOADERS[kind], limit=counted_by_service("report"), back_to_desk=False)(
            report
        ),
        methods=["GET", "POST"],
        defaults={"noun": kind},
    )


@bp.get("/account/reports")
@members(accounts.SIGNED_IN)
def list_own_reports() -> str:
    listing = queries.list_own_reports(me(), before=id_param("after"))
    lines = [(one, content_links.describe(one.content)) for one in listing.items]
    return render("moderation/reports/index.html", listing=listing, lines=lines, appeals=appeals.list_own_appeals(me()))

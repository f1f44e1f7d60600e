"""What members reported, for the team: the list of cases, one case, and what is decided of it."""
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import Profile
from app.cases import policy, service
from app.cases.models import STATES, CaseFile
from app.cases.queries import cases as queries
from app.cases.queries import reports
from app.communities import policy as communities
from app.communities import queries as rooms
from app.core.permits import require
from app.forms.reports import DecisionForm, ReopeningForm
from app.web.frame import content_links, words
from app.web.frame.attempt import kept, kept_late
from app.web.frame.locale import day
from app.web.frame.params import number, single
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp


@bp.get("/moderation/cases")
@members(policy.CASE_LIST)
def list_cases() -> str:
    require(me(), policy.CASE_LIST)
    slug, state = single("community"), single("state", STATES, "open")
    room = rooms.one(me(), slug, communities.MODERATE) if slug else None
    listing = queries.listing(me(), state, community_id=room.id if room else None, after=single("after"))
    shown = [(line, content_links.named(line.content)) for line in listing.items]
    return render("moderation/cases/index.html", listing=listing, shown=shown, state=state, room=room)


@bp.get("/moderation/cases/<id:case_id>")
@members(policy.CASE_READ)
def show_case(case_id: int) -> str:
    return render("moderation/cases/show.html", **_page(queries.one(me(), case_id, policy.CASE_READ)))


@bp.post("/moderation/cases/<id:case_id>/decision")
@members(policy.CASE_READ)
def decide_case(case_id: int) -> str | Response:
    case_file = queries.one(me(), case_id, policy.CASE_READ)
    form = _offered(DecisionForm(), case_file)
    if case_file.case.state != "open":
        return _late(case_file)
    require(me(), policy.CASE_DECIDE, case_file)
    if saved_replies.begun(form.reason, case_file.community_id):
        return render("moderation/cases/show.html", **_page(case_file, decision=form))
    code = kept_late(form, lambda: _decide(case_file, form))
    if code:
        present = queries.one(me(), case_id, policy.CASE_READ)
        form.version.data = _version(present)
        return refused("moderation/cases/show.html", code=code, **_page(present, decision=form))
    flash(DONE[form.act.data](), "success")
    return redirect(url_for(".show_case", case_id=case_id), 303)


def _decide(case_file: CaseFile, form: DecisionForm) -> None:
    act, reason = form.act.data, form.reason.data
    if act == "hide":
        service.hide_and_handle(me(), case_file.content, case_file.case, reason=reason, version=form.version.data or "")
    elif act == "handle":
        service.handle(me(), case_file.content, case_file.case, reason=reason,
                       measure_id=int(form.measure.data) if form.measure.data else None)
    else:
        service.dismiss(me(), case_file.content, case_file.case, reason=reason)


DONE = {
    "hide": lambda: _("Le contenu est masqué et le cas est clos. Les personnes concernées liront votre motif."),
    "handle": lambda: _("Le cas est clos. Les personnes concernées liront votre motif."),
    "dismiss": lambda: _("Le cas est classé sans suite. Qui l'a signalé lira votre motif."),
}


def _late(case_file: CaseFile) -> Response:
    """Show a case that a colleague closed meanwhile, with the reason that was typed."""
    form = ReopeningForm()
    form.say(None, _("Ce cas a été clos entre-temps. Votre motif est gardé ci-dessous : il peut servir à le rouvrir."))
    return refused("moderation/cases/show.html", code=409, **_page(case_file, reopening=form))


@bp.post("/moderation/cases/<id:case_id>/reopening")
@members(policy.CASE_READ)
def reopen_case(case_id: int) -> str | Response:
    case_file = queries.one(me(), case_id, policy.CASE_READ)
    form = ReopeningForm()
    if saved_replies.begun(form.reason, case_file.community_id):
        return render("moderation/cases/show.html", **_page(case_file, reopening=form))
    code = kept(form, lambda: service.reopen(me(), case_file.content, case_file.case, reason=form.reason.data))
    if code:
        return _not_reopened(queries.one(me(), case_id, policy.CASE_READ), form, code)
    flash(_("Le cas est rouvert. Qui l'a signalé le saura."), "success")
    return redirect(url_for(".show_case", case_id=case_id), 303)


def _not_reopened(case_file: CaseFile, form: ReopeningForm, code: int) -> Response:
    """Say why; the reason typed for a case that a colleague reopened meanwhile may serve to decide of it."""
    if case_file.case.state != "open":
        return refused("moderation/cases/show.html", code=code, **_page(case_file, reopening=form))
    decision = _offered(DecisionForm(), case_file)
    decision.version.data = _version(case_file)
    decision.say(None, _("Ce cas a été rouvert entre-temps. Votre motif est gardé ci-dessous : il peut servir à en "
                         "décider."))
    return refused("moderation/cases/show.html", code=409, **_page(case_file, decision=decision))


def _offered(form: DecisionForm, case_file: CaseFile) -> DecisionForm:
    """Offer the measures that were taken since the case was opened, each with its day."""
    taken_since = queries.measures(case_file)
    return form.offer(
        (one.id, _("%(measure)s, %(day)s", measure=words.MEASURES_TAKEN[one.kind], day=day(one.at)))
        for one in taken_since)


def _version(case_file: CaseFile) -> str:
    """Name the words of a profile that wait to be read; "" for any other content."""
    return case_file.content.version if isinstance(case_file.content, Profile) else ""


def _page(
        case_file: CaseFile, decision: DecisionForm | None = None, reopening: ReopeningForm | None = None
) -> dict[str, Any]:
    return {
        "case_file": case_file, "named": content_links.named(case_file.content), "steps": queries.steps(case_file),
        "reports": reports.reports(case_file, after=number("after")), "reasons": reports.reasons(case_file.id),
        "decision": decision or _offered(DecisionForm(formdata=None, version=_version(case_file)), case_file),
        "reopening": reopening or ReopeningForm(formdata=None)}

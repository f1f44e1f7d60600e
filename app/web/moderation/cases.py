"""What members reported, for the team: the list of cases, one case, and what is decided of it."""
from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts.models.people import Profile
from app.communities import policy as communities
from app.communities import queries as rooms
from app.forms.reports import DecisionForm, ReopeningForm
from app.moderation.models.cases import STATES
from app.moderation.models.dossiers import Dossier
from app.moderation.policy import cases as policy
from app.moderation.queries import cases as queries
from app.moderation.service import cases as service
from app.web.frame import content_links, words
from app.web.frame.attempt import LATE, attempt
from app.web.frame.locale import day
from app.web.frame.params import number, single
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import go, refused, render
from app.web.moderation import loaders, saved_replies
from app.web.moderation.bp import bp

PAGE = "moderation/cases/show.html"
DONE = {
    "hide": _l("Le contenu est masqué et le cas est clos. Les personnes concernées liront votre motif."),
    "handle": _l("Le cas est clos. Les personnes concernées liront votre motif."),
    "dismiss": _l("Le cas est classé sans suite. Qui l'a signalé lira votre motif."),
}


@bp.get("/moderation/cases")
@members(policy.CASE_LIST)
def list_cases() -> str:
    slug, state = single("community"), single("state", STATES, "open")
    room = rooms.one(me(), slug, communities.MODERATE) if slug else None
    listing = queries.listing(me(), state, community_id=room.id if room else None, after=single("after"))
    lines = [(line, content_links.named(line.dossier.content)) for line in listing.items]
    return render("moderation/cases/index.html", listing=listing, lines=lines, state=state, room=room)


@bp.get("/moderation/cases/<id:case_id>")
@members(policy.CASE_READ, of=loaders.CASE)
def show_case(dossier: Dossier) -> str:
    return render(PAGE, **_values(dossier))


@bp.post("/moderation/cases/<id:case_id>/decision")
@members(policy.CASE_DECIDE, of=loaders.CASE_TO_DECIDE)
def decide_case(dossier: Dossier) -> str | Response:
    form = _with_measures(DecisionForm(), dossier)
    if dossier.case.state != "open":
        return _refuse_closed(dossier)
    if saved_replies.insert(form.reason, dossier.community_id):
        return render(PAGE, **_values(dossier, decision=form))
    outcome = attempt(form, lambda: _decide(dossier, form), late=LATE)
    if outcome.code:
        present = loaders.CASE.again(policy.CASE_READ)
        form.version.data = _version(present)
        return refused(PAGE, code=outcome.code, **_values(present, decision=form))
    flash(DONE[form.act.data], "success")
    return go(".show_case", case_id=dossier.id)


def _decide(dossier: Dossier, form: DecisionForm) -> None:
    act, reason = form.act.data, form.reason.data
    if act == "hide":
        service.hide_and_handle(me(), dossier.content, dossier.case, reason=reason, version=form.version.data or "")
    elif act == "handle":
        service.handle(me(), dossier.content, dossier.case, reason=reason,
                       measure_id=int(form.measure.data) if form.measure.data else None)
    else:
        service.dismiss(me(), dossier.content, dossier.case, reason=reason)


def _refuse_closed(dossier: Dossier) -> Response:
    """Show a case that a colleague closed meanwhile, with the reason that was typed."""
    form = ReopeningForm()
    form.say(None, _("Ce cas a été clos entre-temps. Votre motif est gardé ci-dessous : il peut servir à le rouvrir."))
    return refused(PAGE, code=409, **_values(dossier, reopening=form))


@bp.post("/moderation/cases/<id:case_id>/reopening")
@members(policy.CASE_READ, of=loaders.CASE)
def reopen_case(dossier: Dossier) -> str | Response:
    form = ReopeningForm()
    if saved_replies.insert(form.reason, dossier.community_id):
        return render(PAGE, **_values(dossier, reopening=form))
    outcome = attempt(form, lambda: service.reopen(me(), dossier.content, dossier.case, reason=form.reason.data))
    if outcome.code:
        return _refuse_reopening(loaders.CASE.again(policy.CASE_READ), form, outcome.code)
    flash(_("Le cas est rouvert. Qui l'a signalé le saura."), "success")
    return go(".show_case", case_id=dossier.id)


def _refuse_reopening(dossier: Dossier, form: ReopeningForm, code: int) -> Response:
    """Show why; the reason typed for a case that a colleague reopened meanwhile may serve to decide of it."""
    if dossier.case.state != "open":
        return refused(PAGE, code=code, **_values(dossier, reopening=form))
    decision = _with_measures(DecisionForm(), dossier)
    decision.version.data = _version(dossier)
    decision.say(None, _("Ce cas a été rouvert entre-temps. Votre motif est gardé ci-dessous : il peut servir à en "
                         "décider."))
    return refused(PAGE, code=409, **_values(dossier, decision=decision))


def _with_measures(form: DecisionForm, dossier: Dossier) -> DecisionForm:
    """Offer in the form the measures that were taken since the case was opened, each with its day."""
    return form.offer(
        (measure.id, _("%(measure)s, %(day)s", measure=words.MEASURES_TAKEN[measure.kind], day=day(measure.at)))
        for measure in queries.measures(dossier))


def _version(dossier: Dossier) -> str:
    """Return the name of the words of a profile that wait to be read; "" for any other content."""
    return dossier.content.version if isinstance(dossier.content, Profile) else ""


def _values(
        dossier: Dossier, decision: DecisionForm | None = None, reopening: ReopeningForm | None = None
) -> dict[str, Any]:
    return {
        "dossier": dossier, "named": content_links.named(dossier.content), "steps": queries.steps(dossier),
        "reports": queries.reports(dossier, after=number("after")), "reasons": queries.reasons(dossier.id),
        "decision": decision or _with_measures(DecisionForm(formdata=None, version=_version(dossier)), dossier),
        "reopening": reopening or ReopeningForm(formdata=None)}

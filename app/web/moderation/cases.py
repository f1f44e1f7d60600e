"""The cases of a team: list them, show one, decide on it, reopen it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts.models.people import Profile
from app.communities import policy as communities
from app.communities import queries as community_queries
from app.forms.reports import DecisionForm, ReopeningForm
from app.moderation.appeals.queries import appeals
from app.moderation.cases import policy, queries, service
from app.moderation.cases.models import STATES, CaseFile
from app.web.frame import content_links, team_words
from app.web.frame.attempt import LATE, attempt
from app.web.frame.locale import format_day
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import finders, saved_replies
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
    slug, state = single_param("community"), single_param("state", STATES, "open")
    room = community_queries.get_room(me(), slug, communities.MODERATE) if slug else None
    listing = queries.list_cases(me(), state, community_id=room.id if room else None, after=single_param("after"))
    lines = [(line, content_links.describe(line.content)) for line in listing.items]
    overturned = appeals.get_overturnings([line.case.measure_id for line in listing.items])
    return render(
        "moderation/cases/index.html", listing=listing, lines=lines, state=state, room=room, overturned=overturned
    )


@bp.get("/moderation/cases/<id:case_id>")
@members(policy.CASE_READ, of=finders.CASE, shows="case")
def show_case(case_file: CaseFile) -> str:
    return render(PAGE, **_values(case_file))


@bp.post("/moderation/cases/<id:case_id>/decision")
@members(policy.CASE_DECIDE, of=finders.CASE_TO_DECIDE, limit="team")
def decide_case(case_file: CaseFile) -> str | Response:
    form = _with_measures(DecisionForm(), case_file)
    if case_file.case.state != "open":
        return _refuse_closed(case_file)
    if saved_replies.insert(form.reason, case_file.community_id):
        return render(PAGE, **_values(case_file, decision=form))
    outcome = attempt(form, lambda: _decide(case_file, form), late=LATE)
    if outcome.code:
        present = finders.CASE.again(policy.CASE_READ)
        form.version.data = _version(present)
        return refuse(PAGE, code=outcome.code, **_values(present, decision=form))
    return done(url_for(".show_case", case_id=case_file.id), DONE[form.act.data])


def _decide(case_file: CaseFile, form: DecisionForm) -> None:
    act, reason = form.act.data, form.reason.data
    if act == "hide":
        service.hide_and_handle(me(), case_file.content, case_file.case, reason=reason, version=form.version.data)
    elif act == "handle":
        service.handle(
            me(),
            case_file.content,
            case_file.case,
            reason=reason,
            measure_id=int(form.measure.data) if form.measure.data else None,
        )
    else:
        service.dismiss(me(), case_file.content, case_file.case, reason=reason)


def _refuse_closed(case_file: CaseFile) -> Response:
    """Show a case that a colleague closed meanwhile, with the reason that was typed."""
    form = ReopeningForm()
    form.say(None, _("Ce cas a été clos entre-temps. Votre motif est gardé ci-dessous : il peut servir à le rouvrir."))
    return refuse(PAGE, code=409, **_values(case_file, reopening=form))


@bp.post("/moderation/cases/<id:case_id>/reopening")
@members(policy.CASE_READ, of=finders.CASE, limit="team")
def reopen_case(case_file: CaseFile) -> str | Response:
    form = ReopeningForm()
    if saved_replies.insert(form.reason, case_file.community_id):
        return render(PAGE, **_values(case_file, reopening=form))
    outcome = attempt(form, lambda: service.reopen(me(), case_file.content, case_file.case, reason=form.reason.data))
    if outcome.code:
        return _refuse_reopening(finders.CASE.again(policy.CASE_READ), form, outcome.code)
    return done(url_for(".show_case", case_id=case_file.id), _("Le cas est rouvert. Qui l'a signalé le saura."))


def _refuse_reopening(case_file: CaseFile, form: ReopeningForm, code: int) -> Response:
    """Show why; the reason typed for a case that a colleague reopened meanwhile may serve to decide of it."""
    if case_file.case.state != "open":
        return refuse(PAGE, code=code, **_values(case_file, reopening=form))
    decision = _with_measures(DecisionForm(), case_file)
    decision.version.data = _version(case_file)
    decision.say(
        None, _("Ce cas a été rouvert entre-temps. Votre motif est gardé ci-dessous : il peut servir à en décider.")
    )
    return refuse(PAGE, code=409, **_values(case_file, decision=decision))


def _with_measures(form: DecisionForm, case_file: CaseFile) -> DecisionForm:
    """Fill the form with the measures that were taken since the case was opened, each with its day."""
    return form.offer(
        (
            measure.id,
            _("%(measure)s, %(day)s", measure=team_words.MEASURES_TAKEN[measure.kind], day=format_day(measure.at)),
        )
        for measure in queries.list_measures(case_file)
    )


def _version(case_file: CaseFile) -> str:
    """Return the version of a profile, whose words may change before the decision; "" for any other content."""
    return case_file.content.version if isinstance(case_file.content, Profile) else ""


def _values(
    case_file: CaseFile, decision: DecisionForm | None = None, reopening: ReopeningForm | None = None
) -> dict[str, Any]:
    steps = queries.list_steps(case_file)
    return {
        "case_file": case_file,
        "link": content_links.describe(case_file.content),
        "steps": steps,
        "overturned": appeals.get_overturnings([step.measure_id for step in steps]),
        "reports": queries.list_reports(case_file, after=id_param("after")),
        "reasons": queries.count_reasons(case_file.id),
        "decision": decision or _with_measures(DecisionForm(formdata=None, version=_version(case_file)), case_file),
        "reopening": reopening or ReopeningForm(formdata=None),
    }

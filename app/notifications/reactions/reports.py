"""Reports and appeals: the team that decides, those who reported, whoever wrote it, whoever appealed."""

from app.appeals.models import Appeal
from app.appeals.signals import AppealJudged, AppealMade
from app.cases.models import Case, CaseStep
from app.cases.queries import cases, reports
from app.cases.signals import CaseMoved, CaseOpened
from app.communities import queries as communities
from app.core.db import db
from app.measures.models import Measure
from app.notifications.reactions import about
from app.notifications.service import notices


def tell_of_case(signal: CaseOpened) -> None:
    """Tell the team that a content was reported: those who may decide, neither who wrote it nor who reported it."""
    case = db.session.get_one(Case, signal.case_id)
    for user_id in communities.team(about.community(case), apart_from={signal.by, *about.parties(case)}):
        notices.tell(user_id, "case.opened", str(case.id), **about.fields(case), case=case.id)


def tell_of_decision(signal: CaseMoved) -> None:
    """Tell those who reported what was decided and why; its author only if it was upheld, or no longer is.

    Whoever is told of the hiding itself has read the reason there.
    """
    step = db.session.get_one(CaseStep, signal.step_id)
    case = db.session.get_one(Case, step.case_id)
    state = "reopened" if step.state == "open" else step.state
    for user_id in reports.reporters(case.id):
        notices.tell(user_id, f"report.{state}", str(step.id), **about.fields(case), reason=step.reason)
    if step.state == "handled" and step.measure_id is None:
        notices.tell(about.author(case), "report.against", str(step.id), **about.fields(case), reason=step.reason)
    elif step.state == "dismissed" and cases.was_handled(case.id, before=step.id):
        notices.tell(about.author(case), "report.cleared", str(step.id), **about.fields(case), reason=step.reason)


def tell_of_appeal(signal: AppealMade) -> None:
    """Tell those who may judge an appeal that it waits: never who took the measure."""
    appeal = db.session.get_one(Appeal, signal.appeal_id)
    measure = db.session.get_one(Measure, appeal.measure_id)
    parties = {appeal.user_id, measure.by_id, *about.parties(measure)}
    for user_id in communities.team(about.community(measure), apart_from=parties):
        notices.tell(user_id, "appeal.opened", str(appeal.id), **about.fields(measure), appeal=appeal.id)


def tell_of_judgement(signal: AppealJudged) -> None:
    """Tell whoever appealed what was judged, and why."""
    appeal = db.session.get_one(Appeal, signal.appeal_id)
    measure = db.session.get_one(Measure, appeal.measure_id)
    notices.tell(
        appeal.user_id,
        f"appeal.{appeal.state}",
        str(appeal.id),
        **about.fields(measure),
        reason=appeal.reason,
        judged=measure.id,
    )

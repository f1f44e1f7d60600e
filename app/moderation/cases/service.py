"""Reports: a member tells of a content, several are one case, the team decides with a reason and may open it again."""

from app.accounts import limits, profiles
from app.accounts.models.people import Profile, User
from app.contents.models import COLUMNS, Content, container_of
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import noun, require
from app.core.signals import tell
from app.core.text.plain import has_visible
from app.core.unit import command
from app.journal import service as journal
from app.moderation.cases import policy, queries
from app.moderation.cases.models import REASONS, Case, CaseFile, CaseStep, Report
from app.moderation.measures.service import contents as measures
from app.moderation.signals import CaseMoved, CaseOpened

CLOSED = N_("Ce cas a été clos entre-temps. Relisez-le avant de décider.")
OPEN_AGAIN = N_("Ce contenu a déjà un cas ouvert : c'est là que la suite se décide.")
NOT_OPENED = N_("Ce cas est déjà ouvert.")
NOT_A_REASON = N_("Choisissez un motif de la liste.")
SAY_WHY = N_("Dites en quelques mots ce qui ne va pas : la liste ne le dit pas pour vous.")
NOT_ITS_MEASURE = N_("Cette mesure ne porte pas sur ce contenu. Choisissez-en une de la liste.")


@command
def report(actor: Actor, content: Content, *, reason: str, words: str = "") -> bool:
    """Report a content, once a case; return whether this person had not done so yet.

    The content is locked, so that members who report it together wait for one another and find one case. Raise
    Forbidden without the right to, Invalid for an unknown reason or missing words, TooMany past the limit.
    """
    require(actor, policy.REPORT, content)
    if reason not in REASONS:
        raise Invalid(NOT_A_REASON, "reason")
    if reason == "other" and not has_visible(words):
        raise Invalid(SAY_WHY, "words")
    limits.take("report", actor)
    case, is_first = _case_of(content)
    is_new = insert_once(Report, case_id=case.id, user_id=actor.id, reason=reason, words=words, at=clock.now())
    if is_first:
        tell(CaseOpened(case.id, by=actor.own_id))
    return is_new


@command
def report_profile(actor: Actor, user: User, *, reason: str, words: str = "") -> bool:
    """Report what a person says of themselves, as `report` does; the row of the profile is added if it has none."""
    return report(actor, profiles.get_or_add_profile(user), reason=reason, words=words)


def _case_of(content: Content) -> tuple[Case, bool]:
    """Return the open case of a content, and whether this opened it."""
    open_case = queries.find_open_case(content)
    if open_case:
        return open_case, False
    case = Case(
        opened_at=clock.now(), community_id=container_of(content).community_id, **{COLUMNS[type(content)]: content.id}
    )
    db.session.add(case)
    db.session.flush()
    return case, True


@command
def handle(actor: Actor, content: Content, case: Case, *, reason: str, measure_id: int | None = None) -> None:
    """Close a case: the reports were right; `measure_id` is the measure that was taken elsewhere, if any.

    Raise NotFound or Forbidden without the right to, Conflict where it is closed, Invalid for another's measure.
    """
    case_file = _reread_open(actor, content, case)
    if measure_id is not None and measure_id not in {measure.id for measure in queries.list_measures(case_file)}:
        raise Invalid(NOT_ITS_MEASURE, "measure")
    _record_step(actor, case_file, "handled", reason, measure_id)


@command
def hide_and_handle(actor: Actor, content: Content, case: Case, *, reason: str, version: str = "") -> None:
    """Hide the content and close its case in one gesture, for one reason.

    `version` names the new words of a hidden profile: left hidden, they leave the desk. Raise Conflict where they
    changed meanwhile, and what `handle` raises.
    """
    case_file = _reread_open(actor, content, case)
    require(actor, policy.CASE_HIDE, case_file)
    if isinstance(content, Profile):
        profiles.check_version(content, version)
    measures.hide(actor, content, reason=reason)
    _record_step(actor, case_file, "handled", reason, queries.find_last_measure_id(content, "hide"))


@command
def dismiss(actor: Actor, content: Content, case: Case, *, reason: str) -> None:
    """Close a case: nothing has to be done about what was reported. Raise what `handle` raises."""
    _record_step(actor, _reread_open(actor, content, case), "dismissed", reason, None)


@command
def reopen(actor: Actor, content: Content, case: Case, *, reason: str) -> None:
    """Undo a decision: the case waits again. A measure that was taken stays until somebody undoes it.

    Raise NotFound or Forbidden without the right to, Conflict where it is open, or another of the content is.
    """
    case_file = _reread(actor, content, case)
    if case.state == "open":
        raise Conflict(NOT_OPENED)
    require(actor, policy.CASE_REOPEN, case_file)
    if queries.find_open_case(content):
        raise Conflict(OPEN_AGAIN)
    _record_step(actor, case_file, "open", reason, None)


def _reread_open(actor: Actor, content: Content, case: Case) -> CaseFile:
    """Read a case anew; raise unless it is open and this person may decide on it."""
    case_file = _reread(actor, content, case)
    if case.state != "open":
        raise Conflict(CLOSED)
    require(actor, policy.CASE_DECIDE, case_file)
    return case_file


def _reread(actor: Actor, content: Content, case: Case) -> CaseFile:
    """Read a case and its content anew; the content was given too, so that it is locked with its case."""
    case_file = queries.find_case_file(case.id)
    if case_file is None or case_file.content is not content or not policy.CASE_READ.permits(actor, case_file):
        raise NotFound()
    return case_file


def _record_step(actor: Actor, case_file: CaseFile, state: str, reason: str, measure_id: int | None) -> None:
    """Write a decision on the case and as a step of its story, tell of it, and put it in the journal."""
    case, is_open = case_file.case, state == "open"
    step = CaseStep(
        case_id=case.id, state=state, by_id=actor.own_id, at=clock.now(), reason=reason, measure_id=measure_id
    )
    db.session.add(step)
    case.state, case.measure_id = state, measure_id
    case.decided_at, case.decided_by = (None, None) if is_open else (step.at, step.by_id)
    case.reason = "" if is_open else reason
    db.session.flush()
    tell(CaseMoved(step.id))
    journal.record(
        "case",
        reason=reason,
        community_id=case_file.community_id,
        is_private=case_file.is_private,
        state=state,
        on=noun(case_file.content),
    )

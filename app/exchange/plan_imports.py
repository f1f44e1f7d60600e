"""A plan from a file: what it would change is shown, the file waits, then it becomes a draft, or a version at once."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import defer

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import Permission, require
from app.core.unit import command
from app.exchange import plan_headings
from app.exchange.plan_file import fitting, progress, reading, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.matching import match
from app.exchange.plan_file.progress import ProgressChange
from app.exchange.plan_file.rows import Guess, Refusal
from app.exchange.plan_file.tables import Table
from app.plan import differences, editing, policy, renaming
from app.plan.differences import Difference
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanImport
from app.plan.news import ActionNews, load_news, merge
from app.plan.outline import Outline
from app.plan.queries import plans, statuses
from app.plan.queries import progress as plan_progress
from app.plan.queries.plans import WorkingCopy
from app.plan.service import publishing, reporting

LIFETIME = timedelta(days=30)
CHANGED = N_("Le plan a changé entre-temps : relisez ce qui viendrait, puis confirmez de nouveau.")
REFUSED = N_("Dans le brouillon seulement : une partie du fichier est refusée.")
HAS_DRAFT = N_(
    "Un brouillon de ce plan est en cours, et ce fichier change le plan : faites-le entrer dans le brouillon, ou "
    "publiez ou jetez d'abord celui-ci."
)
NOTHING = N_("Ce fichier dit ce que le plan dit déjà : il n'y a rien à y changer.")


@dataclass(frozen=True)
class Preview:
    """What a file would do to the plan that `version` names, those of its draft (`is_of_draft`) or published.

    A refused cell leaves what it is about as it stands, and nothing leaves the plan while rows are `unplaced`.
    `obstacle` is what keeps all of it out. `outline` and `progress` have the codes that a version would give;
    `draft_outline` and `draft_news` are what a draft holds then, with the news that waited already.
    """

    outline: Outline
    version: str
    is_of_draft: bool
    structure: list[Difference]
    progress: list[ActionNews]
    refusals: list[Refusal]
    guesses: list[Guess]
    unplaced: list[int]
    obstacle: Invalid | None
    draft_outline: Outline
    draft_news: list[ActionNews]

    @property
    def progress_changes(self) -> list[ProgressChange]:
        return list(progress.list_changes(self.progress))

    @property
    def changes(self) -> list[Difference | ProgressChange]:
        """Return what becomes of the parts of the plan, then what changes in the progress of actions."""
        return [*self.structure, *self.progress_changes]

    @property
    def counts(self) -> dict[str, int]:
        """Count the changes of each kind."""
        kinds = [one.kind for one in self.changes]
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def build_blank_outline(plan: Plan) -> Outline:
    """Return a plan without its parts, for what a file holds to be put in."""
    return Outline(plan.title, plan.starts_on.isoformat(), plan.ends_on.isoformat(), plan.summary)


def build_preview(file: PlanFile, plan: Plan | None, *, at_once: bool = False) -> Preview:
    """Compare a file with the draft of a plan, else with its version; the file stays as it is.

    `at_once`: with its version alone. Without a plan, with nothing: the file begins one.
    """
    file = deepcopy(file)
    outline = renaming.use_present_names(file.outline)
    pairs, said = file.actions(), list(zip(outline.parts(), file.said, strict=True))
    completions = file.get_completions()
    known = plan_progress.get_progress_by_action(plan) if plan else {}
    base = _get_base(plan, outline, at_once=at_once)
    match(file, base.outline, [action_id for action_id, one in known.items() if not one.is_public])
    present_ids = set(map(id, outline.actions()))
    pairs = [pair for pair in pairs if id(pair[0]) in present_ids]
    refusals = [*file.refusals, *fitting.fit(file, pairs, said, base.outline)]
    waiting = load_news(base.draft.progress, outline) if base.draft else []
    refusals += fitting.list_early_achievements(file, pairs, completions, known, waiting)
    news = progress.list_news(pairs, completions, known, waiting)
    shown, shown_news = deepcopy((outline, news))
    structure = differences.list_differences(_number(base.outline), _number(shown))
    editing.clear_inner_ids(outline)
    return Preview(
        shown,
        base.version,
        base.draft is not None,
        structure,
        shown_news,
        sorted(refusals, key=lambda one: one.row),
        sorted(file.guesses, key=lambda one: one.row),
        sorted(set(file.unplaced)),
        _find_obstacle(shown),
        outline,
        merge(waiting, news),
    )


def _get_base(plan: Plan | None, outline: Outline, *, at_once: bool) -> WorkingCopy:
    """Return the words with which a file is compared; what an action has several of has ids in them too."""
    if plan is None:
        return WorkingCopy(Outline(outline.title, outline.starts_on, outline.ends_on), plans.name_version(0), None)
    base = plans.get_working_copy(plan)
    if at_once:
        return WorkingCopy(plans.get_published_outline(plan), base.version, None)
    editing.assign_inner_ids(base.outline)
    return base


def _number(outline: Outline) -> Outline:
    outline.number()
    return outline


def _find_obstacle(outline: Outline) -> Invalid | None:
    """Return what keeps the whole of a plan from being published, or written in a draft."""
    try:
        publishing.check(outline)
    except Invalid as refusal:
        return refusal
    return None


@command
def write_draft(actor: Actor, plan: Plan | None, file: PlanFile, *, version: str) -> Preview:
    """Write what a file holds as the draft of a plan, where its progress waits to be published; return what it did.

    Without a plan one begins. `version` names the words that were compared. Raise Conflict where they are others by
    now, or where nothing changes, Invalid for what keeps all of it out.
    """
    require(actor, policy.CHANGE if plan else policy.WRITE, plan)
    plan = plan or _begin(actor, file.outline)
    found = _check(build_preview(file, plan), version)
    draft = plans.find_draft(plan)
    publishing.save_draft(
        actor, plan, found.draft_outline, version=draft.version if draft else "", news=found.draft_news
    )
    return found


def _check(found: Preview, version: str) -> Preview:
    """Return a preview of the words that were compared, of which something can be brought in."""
    if found.version != version:
        raise Conflict(CHANGED)
    if found.obstacle:
        raise found.obstacle
    if not found.changes:
        raise Conflict(NOTHING)
    return found


def check_at_once(found: Preview, plan: Plan | None) -> None:
    """Raise Invalid or Conflict for what can't be published at once, and could go into the draft."""
    if found.refusals:
        raise Invalid(REFUSED)
    if found.structure and plan and plans.has_draft(plan):
        raise Conflict(HAS_DRAFT)


@command(also=lambda _actor, plan, _file: statuses.list_changed_rows(plan) if plan else ())
def publish(actor: Actor, plan: Plan | None, file: PlanFile, *, version: str, reason: str) -> Plan:
    """Publish what a file holds as the next version of a plan, with a bulletin for each action; return the plan.

    What says nothing of the plan but its progress makes no version. Raise what `write_draft` raises, Conflict where the
    plan changes and has a draft, Invalid without a reason or where something is refused.
    """
    require(actor, policy.CHANGE if plan else policy.WRITE, plan)
    if not reason.strip():
        raise Invalid(publishing.NO_REASON, "reason")
    plan = plan or _begin(actor, file.outline)
    found = _check(build_preview(file, plan, at_once=True), version)
    check_at_once(found, plan)
    if found.structure or not plan.number:
        publishing.publish(actor, plan, found.outline, reason=reason, is_of_file=True, news=found.progress)
    else:
        reporting.report(actor, plan, found.progress, reason=reason, is_of_version=False)
    return plan


def _begin(actor: Actor, outline: Outline) -> Plan:
    return publishing.begin(
        actor,
        title=outline.title,
        starts_on=date.fromisoformat(outline.starts_on),
        ends_on=date.fromisoformat(outline.ends_on),
        summary=outline.summary,
    )


@command
def store(actor: Actor, plan: Plan, table: Table, *, file_name: str, is_partial: bool = False) -> PlanImport:
    """Store the table of a file until it is confirmed, for 30 days. Raise Invalid where there is no plan to read.

    `is_partial`: it describes a part of the plan, of which it removes nothing.
    """
    require(actor, policy.WRITE, plan)
    answers = replace(plan_headings.recall(plan), is_partial=is_partial)
    reading.parse(table, build_blank_outline(plan), answers)
    content = tables.dump_table(table)
    row = PlanImport(plan_id=plan.id, file_name=file_name, content=content, answers=answers.dump(), by_id=actor.own_id)
    db.session.add(row)
    db.session.flush()
    return row


def get_plan_import(actor: Actor, import_id: int, permission: Permission) -> PlanImport:
    """Return a stored plan file by its number. Raise NotFound where it expired, or is another person's."""
    is_alive = PlanImport.at > clock.now() - LIFETIME
    row = db.session.scalar(select(PlanImport).where(PlanImport.id == import_id, is_alive))
    if row is None or not permission.permits(actor, row):
        raise NotFound()
    return row


def list_waiting(actor: Actor) -> Sequence[PlanImport]:
    """Return the files that a person sent and that may still be confirmed, the last one first."""
    query = select(PlanImport).where(PlanImport.by_id == actor.own_id, PlanImport.at > clock.now() - LIFETIME)
    query = query.options(defer(PlanImport.content, raiseload=True)).order_by(PlanImport.id.desc())
    return db.session.scalars(query).all()


def get_plan(row: PlanImport) -> Plan:
    return db.session.get_one(Plan, row.plan_id)


def get_file(row: PlanImport) -> PlanFile:
    """Return what a stored file holds, read with what its person answered so far."""
    table, answers = tables.load_table(row.content), Answers(**row.answers)
    return reading.parse(table, build_blank_outline(get_plan(row)), answers)


@command(also=lambda _actor, row, _answers: [get_plan(row)])
def answer(actor: Actor, row: PlanImport, answers: Answers) -> None:
    """Store what a person answered about a file, in the place of what they said before.

    What they say of its columns is remembered for the next file of the plan. Raise Invalid where there is no plan to
    read that way.
    """
    require(actor, policy.CONFIRM_IMPORT, row)
    plan = get_plan(row)
    reading.parse(tables.load_table(row.content), build_blank_outline(plan), answers)
    row.answers = replace(answers, is_partial=Answers(**row.answers).is_partial).dump()
    plan_headings.remember(plan, answers.headings)


@command(also=lambda _actor, row: [get_plan(row)])
def bring_in(actor: Actor, row: PlanImport, *, version: str) -> Preview:
    """Write a stored file as the draft of its plan; return what it did. It is deleted unless cells of it are refused.

    Raise what `write_draft` raises.
    """
    require(actor, policy.CONFIRM_IMPORT, row)
    found = write_draft(actor, get_plan(row), get_file(row), version=version)
    if not found.refusals:
        db.session.delete(row)
    return found


@command(also=lambda _actor, row: [get_plan(row), *statuses.list_changed_rows(get_plan(row))])
def confirm(actor: Actor, row: PlanImport, *, version: str, reason: str) -> Plan:
    """Publish a stored file at once, and delete it. Raise what `publish` raises."""
    require(actor, policy.CONFIRM_IMPORT, row)
    plan = publish(actor, get_plan(row), get_file(row), version=version, reason=reason)
    db.session.delete(row)
    return plan


@command
def purge() -> None:
    """Delete the files that nobody confirmed within 30 days."""
    run(delete(PlanImport).where(PlanImport.at <= clock.now() - LIFETIME))

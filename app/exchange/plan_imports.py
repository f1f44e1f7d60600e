"""A plan from a file: what it would change is shown, the file is stored until it is confirmed, then published."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import defer

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import Permission, require
from app.core.unit import command
from app.exchange.plan_file import progress, reading, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import Pairs, PlanFile
from app.exchange.plan_file.matching import match
from app.exchange.plan_file.progress import ProgressChange, ProgressDifference
from app.exchange.plan_file.rows import Refusal
from app.exchange.plan_file.tables import Table
from app.plan import differences, policy, renaming
from app.plan.differences import Difference
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanImport
from app.plan.outline import Outline
from app.plan.queries import plans, statuses
from app.plan.queries import progress as plan_progress
from app.plan.queries.progress import ActionProgress
from app.plan.service import bulletins, publishing
from app.plan.service.bulletins import NOT_ALL, BulletinWords, Completion

LIFETIME = timedelta(days=30)
CHANGED = N_("Le plan a changé entre-temps : relisez ce qui viendrait, puis confirmez de nouveau.")
REFUSED = N_("Rien n'est importé : corrigez d'abord ce qui est refusé.")
HAS_DRAFT = N_(
    "Un brouillon de ce plan est en cours, et ce fichier change le plan : publiez le brouillon ou jetez-le d'abord."
)
NOTHING = N_("Ce fichier dit ce que le plan dit déjà : il n'y a rien à publier.")


@dataclass(frozen=True)
class Preview:
    """What a file would do to a plan in its present version (`number`): nothing at all where something is refused."""

    outline: Outline
    number: int
    structure: list[Difference]
    progress: list[ProgressDifference]
    refusals: list[Refusal]

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


def build_preview(file: PlanFile, plan: Plan | None) -> Preview:
    """Compare a file with a plan, or with nothing for one that it begins; the file stays as it is."""
    file = deepcopy(file)
    outline, pairs = renaming.use_present_names(file.outline), file.actions()
    known = plan_progress.get_progress_by_action(plan) if plan else {}
    present = plans.get_published_outline(plan) if plan else Outline(outline.title, outline.starts_on, outline.ends_on)
    match(outline, present, file.titles, [action_id for action_id, one in known.items() if not one.is_public])
    outline.number()
    structure = differences.list_differences(present, outline)
    refusals = [*file.refusals, *_early_achievements(file, pairs, known)]
    if structure and plan and plans.has_draft(plan):
        refusals.append(Refusal(0, "", "", HAS_DRAFT))
    return Preview(
        outline,
        plan.number if plan else 0,
        structure,
        progress.list_progress_differences(pairs, known),
        refusals or _contradictions(outline),
    )


def _early_achievements(file: PlanFile, pairs: Pairs, known: Mapping[int, ActionProgress]) -> list[Refusal]:
    """Refuse the actions that a file calls achieved and that have milestones to reach."""
    return [
        Refusal(claim.row, file.titles["action.state"], "", NOT_ALL)
        for action, claim in pairs
        if progress.is_too_early(action, claim, known.get(action.id, ActionProgress()))
    ]


def _contradictions(outline: Outline) -> list[Refusal]:
    """Return what keeps the whole of a plan from being published."""
    try:
        publishing.check(outline)
    except Invalid as refusal:
        return [Refusal(0, "", "", refusal.message, refusal.values)]
    return []


@command(also=lambda _actor, plan, _file: statuses.list_changed_rows(plan) if plan else ())
def publish(actor: Actor, plan: Plan | None, file: PlanFile, *, number: int, reason: str) -> Plan:
    """Publish what a file holds as the next version of a plan, then a bulletin for each action; return the plan.

    Without a plan one begins. `number` is that of the version which was compared. Raise Conflict where there is another
    one by now, or nothing to change, Invalid for what is refused, or without a reason.
    """
    require(actor, policy.CHANGE if plan else policy.WRITE, plan)
    if not reason.strip():
        raise Invalid(publishing.NO_REASON, "reason")
    if plan is None:
        plan = _begin(actor, file.outline)
    found = build_preview(file, plan)
    if plan.number != number:
        raise Conflict(CHANGED)
    if found.refusals:
        raise Invalid(REFUSED)
    if not found.changes:
        raise Conflict(NOTHING)
    is_of_version = bool(found.structure or not plan.number)
    if is_of_version:
        publishing.publish(actor, plan, found.outline, reason=reason, is_of_file=True)
    actions = {action.id: action for action in plans.list_actions(plan)}
    entries = [(actions[one.action.id], _words(one, reason)) for one in found.progress]
    bulletins.post_each(actor, entries, is_of_version=is_of_version)
    return plan


def _begin(actor: Actor, outline: Outline) -> Plan:
    return publishing.begin(
        actor,
        title=outline.title,
        starts_on=date.fromisoformat(outline.starts_on),
        ends_on=date.fromisoformat(outline.ends_on),
        summary=outline.summary,
    )


def _words(difference: ProgressDifference, reason: str) -> BulletinWords:
    """Return the bulletin of one action, whose words are the reason of the import."""
    completions = [
        Completion(milestone.id, date.fromisoformat(one.on), one.proof, one.url)
        for milestone, one in difference.completions
    ]
    return BulletinWords(reason, state=difference.state, progress=difference.progress, completions=completions)


@command
def store(actor: Actor, plan: Plan, table: Table, *, file_name: str) -> PlanImport:
    """Store the table of a file until it is confirmed, for 30 days. Raise Invalid where there is no plan to read."""
    require(actor, policy.WRITE, plan)
    reading.parse(table, build_blank_outline(plan), Answers())
    content = tables.dump_table(table)
    row = PlanImport(plan_id=plan.id, file_name=file_name, content=content, answers={}, by_id=actor.own_id)
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


@command
def answer(actor: Actor, row: PlanImport, answers: Answers) -> None:
    """Store what a person answered about a file, in the place of what they said before.

    Raise Invalid where there is no plan to read that way.
    """
    require(actor, policy.CONFIRM_IMPORT, row)
    reading.parse(tables.load_table(row.content), build_blank_outline(get_plan(row)), answers)
    row.answers = answers.dump()


@command(also=lambda _actor, row: [get_plan(row), *statuses.list_changed_rows(get_plan(row))])
def confirm(actor: Actor, row: PlanImport, *, number: int, reason: str) -> Plan:
    """Publish a stored file, and delete it. Raise what `publish` raises."""
    require(actor, policy.CONFIRM_IMPORT, row)
    plan = publish(actor, get_plan(row), get_file(row), number=number, reason=reason)
    db.session.delete(row)
    return plan


@command
def purge() -> None:
    """Delete the files that nobody confirmed within 30 days."""
    run(delete(PlanImport).where(PlanImport.at <= clock.now() - LIFETIME))

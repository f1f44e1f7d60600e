"""Bring in a plan from a file: weigh what it would change, hold it until it is confirmed, and publish it."""
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import Permission, require
from app.core.unit import command
from app.exchange.plan_file import contents
from app.exchange.plan_file import news as of_progress
from app.exchange.plan_file.contents import Facts, PlanFile
from app.exchange.plan_file.matching import match
from app.exchange.plan_file.news import News, Progress
from app.exchange.plan_file.rows import Refusal
from app.plan import differences, policy, renaming
from app.plan.differences import Difference
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanImport
from app.plan.outline import ActionOutline, Outline
from app.plan.queries import following, plans, standing
from app.plan.queries.standing import Standing
from app.plan.service import bulletins, publishing
from app.plan.service.bulletins import NOT_ALL, Reached, Words

KEPT = timedelta(hours=24)
CHANGED = N_("Le plan a changé entre-temps : relisez ce qui viendrait, puis confirmez de nouveau.")
REFUSED = N_("Rien n'est importé : corrigez d'abord ce qui est refusé.")
HAS_DRAFT = N_("Un brouillon de ce plan est en cours, et ce fichier change le plan : publiez le brouillon ou jetez-le "
               "d'abord.")
NOTHING = N_("Ce fichier dit ce que le plan dit déjà : il n'y a rien à publier.")


@dataclass(frozen=True)
class Preview:
    """What a file would do to a plan in its present version (`number`): nothing at all where something is refused."""

    outline: Outline
    number: int
    structure: list[Difference]
    news: list[News]
    refusals: list[Refusal]

    @property
    def progress(self) -> list[Progress]:
        return list(of_progress.of_progress(self.news))

    @property
    def told(self) -> list[Difference | Progress]:
        """Return all that would come: what becomes of the parts of the plan, then what is new of progress."""
        return [*self.structure, *self.progress]

    @property
    def changes_something(self) -> bool:
        return bool(self.structure or self.news)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many parts of the plan become what, and how many say something new of progress."""
        kinds = [one.kind for one in self.told]
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def frame(plan: Plan) -> Outline:
    """Return a plan without its parts, for what a file holds to be put in."""
    return Outline(plan.title, plan.starts_on.isoformat(), plan.ends_on.isoformat(), plan.summary)


def weigh(file: PlanFile, plan: Plan | None) -> Preview:
    """Compare a file with a plan, or with nothing for one that it begins."""
    outline = renaming.renew((file := deepcopy(file)).outline)
    pairs = file.actions()
    standings = standing.of_plan(plan) if plan else {}
    present = plans.published_outline(plan) if plan else Outline(outline.title, outline.starts_on, outline.ends_on)
    match(outline, present, file.titles, [number for number, one in standings.items() if not one.is_public])
    outline.number()
    refusals = file.refusals + [_too_early(file, facts) for action, facts in pairs if of_progress.is_too_early(
        action, facts, standings.get(action.id, Standing()))]
    structure = differences.between(present, outline)
    if structure and plan and plans.has_draft(plan):
        refusals.append(Refusal(0, "", "", HAS_DRAFT))
    return Preview(outline, plan.number if plan else 0, structure, of_progress.of_file(pairs, standings),
                   refusals or _contradictions(outline))


def _too_early(file: PlanFile, facts: Facts) -> Refusal:
    return Refusal(facts.row, file.titles["action.state"], "", NOT_ALL)


def _contradictions(outline: Outline) -> list[Refusal]:
    """Return what keeps the whole of a plan from being published."""
    try:
        publishing.check(outline)
    except Invalid as refusal:
        return [Refusal(0, "", "", refusal.message, refusal.values)]
    return []


@command(also=lambda _actor, plan, _file: following.changed_by(plan) if plan else ())
def bring(actor: Actor, plan: Plan | None, file: PlanFile, *, number: int, reason: str) -> Plan:
    """Publish what a file holds as the next version of a plan, then say what it tells of each action; return the plan.

    Without a plan one begins. `number` is that of the version which was compared. Raise Conflict where there is another
    one by now, or nothing to change, Invalid for what is refused, or without a reason.
    """
    require(actor, policy.WRITE, plan)
    if not reason.strip():
        raise Invalid(publishing.NO_REASON, "reason")
    if plan is None:
        plan = _begin(actor, file.outline)
    preview = weigh(file, plan)
    if plan.number != number:
        raise Conflict(CHANGED)
    if preview.refusals:
        raise Invalid(REFUSED)
    if not preview.changes_something:
        raise Conflict(NOTHING)
    is_of_version = bool(preview.structure or not plan.number)
    if is_of_version:
        publishing.publish(actor, plan, preview.outline, reason=reason, is_of_file=True)
    actions = {action.id: action for action in plans.actions_of(plan)}
    said = [(actions[one.action.id], _words(one, reason)) for one in preview.news]
    bulletins.post_each(actor, said, is_of_version=is_of_version)
    return plan


def _begin(actor: Actor, outline: Outline) -> Plan:
    return publishing.begin(
        actor, title=outline.title, starts_on=date.fromisoformat(outline.starts_on),
        ends_on=date.fromisoformat(outline.ends_on), summary=outline.summary)


def _words(news: News, reason: str) -> Words:
    """Write what is told of one action: the reason of the import are its words."""
    action: ActionOutline = news.action
    said = [(action.milestones[place].id, news.facts.reached[place]) for place in news.reached]
    reached = [Reached(number, date.fromisoformat(one.on), one.proof, one.url) for number, one in said if one]
    return Words(reason, state=news.facts.state, progress=news.progress, reached=reached)


@command
def hold(actor: Actor, plan: Plan, file: PlanFile, *, file_name: str) -> PlanImport:
    """Keep a file that was read until it is confirmed, for 24 hours."""
    require(actor, policy.WRITE, plan)
    held = PlanImport(plan_id=plan.id, file_name=file_name, content=file.dump(), by_id=actor.own_id)
    db.session.add(held)
    db.session.flush()
    return held


def one(actor: Actor, import_id: int, permission: Permission) -> PlanImport:
    """The only way from a number in an address to a file that waits; another person's is as if it were not."""
    held = db.session.scalar(select(PlanImport).where(PlanImport.id == import_id, PlanImport.at > clock.now() - KEPT))
    if held is None or not permission.permits(actor, held):
        raise NotFound()
    return held


def plan_of(held: PlanImport) -> Plan:
    return db.session.get_one(Plan, held.plan_id)


def file_of(held: PlanImport) -> PlanFile:
    return contents.read(held.content)


@command(also=lambda _actor, held: [plan_of(held), *following.changed_by(plan_of(held))])
def confirm(actor: Actor, held: PlanImport, *, number: int, reason: str) -> Plan:
    """Publish what a file that waits holds, and forget it. Raise what `bring` raises."""
    require(actor, policy.CONFIRM_IMPORT, held)
    plan = bring(actor, plan_of(held), file_of(held), number=number, reason=reason)
    db.session.delete(held)
    return plan


@command
def purge() -> None:
    """Forget the files that nobody confirmed within 24 hours."""
    run(delete(PlanImport).where(PlanImport.at <= clock.now() - KEPT))

"""Plans: begun, written as a draft that the coordination shares, published as a version with a reason."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete as sql_delete

from app.accounts.submissions import Sending
from app.communities.queries import get_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import fold
from app.core.unit import command
from app.plan import differences, editing, policy, renaming
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanDraft, PlanImport, PlanVersion
from app.plan.news import ActionNews, dump_news, load_news
from app.plan.outline import ActionOutline, Outline
from app.plan.queries import plans as queries
from app.plan.queries import statuses
from app.plan.service import applying, bulletins, reporting
from app.plan.signals import PlanArchived, PlanMadeCurrent, PlanPublished, PlanUnarchived

CHANGED = N_("Quelqu'un a changé le brouillon du plan entre-temps : relisez-le avant de continuer.")
SAME_CODE = N_("Deux parties du plan portent le même code : « %(code)s ».")
BAD_YEARS = N_("La fin du plan vient après son début.")
NO_TITLE = N_("Chaque orientation, chaque objectif, chaque action et chaque jalon a un titre.")
BAD_WEIGHT = N_("Un poids est un nombre entier, de 1 à 100 : « %(title)s ».")
NOTHING_NEW = N_("Rien ne change par rapport à la dernière version : il n'y a rien à publier.")
NOT_PUBLISHED = N_("Ce plan n'a pas encore de version : publiez-la d'abord.")
NO_REASON = N_("Dites en quelques mots pourquoi cette version paraît.")
PRIVATE = N_("Le plan est public : une communauté privée ne peut pas porter l'action « %(title)s ».")
TOO_MANY = N_(
    "L'action « %(title)s » en dit trop : au plus %(partners)s partenaires, %(milestones)s jalons, "
    "%(indicators)s indicateurs, %(funding)s financements et %(documents)s documents."
)
WEIGHTS = range(1, 101)
MOST = {"partners": 30, "milestones": 40, "indicators": 20, "funding": 20, "documents": 20}
"""How many of each an action may have: its form shows them all."""
ADDRESS = r"https?://[^\s/][^\s]*\Z"
BAD_ADDRESS = N_("L'adresse d'un document commence par https://, ou par http://.")


@command
def begin(
    actor: Actor, *, title: str, starts_on: date, ends_on: date, summary: str = "", form_key: str | None = None
) -> Plan:
    """Begin a plan, which only the coordination sees until its first version. The same form sent twice begins one.

    Raise Invalid for an end before the start.
    """
    require(actor, policy.WRITE)
    sending = Sending(actor, "plan", form_key)
    first_id = sending.first_result()
    first = db.session.get(Plan, first_id) if first_id else None
    if first is not None:
        return first
    plan = Plan(title=title, starts_on=starts_on, ends_on=ends_on, summary=summary)
    db.session.add(plan)
    db.session.flush()
    check(queries.get_published_outline(plan))
    sending.record(plan.id)
    return plan


@command
def save_draft(
    actor: Actor, plan: Plan, outline: Outline, *, version: str, news: Sequence[ActionNews] | None = None
) -> PlanDraft:
    """Keep the draft that the coordination shares; `version` names the one that was changed ("" where there is none).

    The news that wait with it stay, unless others are given. Raise Conflict where somebody else changed it meanwhile.
    """
    require(actor, policy.CHANGE, plan)
    draft = queries.find_draft(plan)
    if version != (draft.version if draft else ""):
        raise Conflict(CHANGED)
    if draft is None:
        draft = PlanDraft(plan_id=plan.id)
        db.session.add(draft)
    if news is not None:
        editing.assign_ids(outline)
        draft.progress = dump_news(news)
    draft.outline, draft.by_id, draft.at = outline.dump(), actor.own_id, clock.now()
    db.session.flush()
    return draft


@command
def drop_draft(actor: Actor, plan: Plan, *, version: str) -> None:
    """Forget the draft. Raise Conflict where it is another one now."""
    require(actor, policy.CHANGE, plan)
    db.session.delete(_draft(actor, plan, version))


@command(also=lambda _actor, plan: statuses.list_changed_rows(plan))
def publish_draft(
    actor: Actor, plan: Plan, *, version: str, reason: str, dropped_reasons: Mapping[int, str] | None = None
) -> PlanVersion:
    """Publish the draft as the next version, with the news that wait with it, as `publish` does.

    Raise Conflict where it is another one now, Invalid where nothing changes or for what `check` says.
    """
    require(actor, policy.CHANGE, plan)
    draft = _draft(actor, plan, version)
    outline = queries.get_draft_outline(draft)
    news = load_news(draft.progress, outline)
    if not news and not differences.list_differences(queries.get_published_outline(plan), outline):
        raise Invalid(NOTHING_NEW)
    db.session.delete(draft)
    return publish(actor, plan, outline, reason=reason, news=news, dropped_reasons=dropped_reasons)


@command(also=lambda _actor, plan, _outline: statuses.list_changed_rows(plan))
def publish(
    actor: Actor,
    plan: Plan,
    outline: Outline,
    *,
    reason: str,
    is_of_file: bool = False,
    news: Sequence[ActionNews] = (),
    dropped_reasons: Mapping[int, str] | None = None,
) -> PlanVersion:
    """Publish an outline as the next version of a plan; an action that it no longer holds is dropped for this reason.

    `dropped_reasons` are those of actions that have one of their own, by id.
    The first published plan is the current one. `is_of_file`: it came in a file, which is one line of the journal with
    all that it drops; so are the `news` of its actions with the version. Raise Invalid for what `check` says.
    """
    require(actor, policy.CHANGE, plan)
    if not reason.strip():
        raise Invalid(NO_REASON, "reason")
    renaming.use_present_names(outline).number()
    check(outline)
    present = {action.id for action in outline.actions()}
    removed = [action for action in queries.list_actions(plan) if action.id not in present]
    reasons = [(action, (dropped_reasons or {}).get(action.id) or reason) for action in removed]
    bulletins.drop(actor, reasons, is_of_version=is_of_file)
    applying.write_rows(actor, plan, outline)
    plan.number += 1
    plan.published_at = clock.now()
    row = PlanVersion(plan_id=plan.id, number=plan.number, outline=outline.dump(), reason=reason, by_id=actor.own_id)
    db.session.add(row)
    if not queries.has_current():
        plan.is_current = True
    db.session.flush()
    reported = reporting.report(actor, plan, news, reason=reason, is_of_version=True)
    tell(PlanPublished(row.id, reported))
    return row


@command(also=lambda _actor, _plan: queries.list_all_plans())
def make_current(actor: Actor, plan: Plan) -> None:
    """Make a published plan the current one, in the place of the present one; a second time changes nothing.

    Raise Conflict for a plan without a version.
    """
    require(actor, policy.CHANGE, plan)
    if not plan.is_published:
        raise Conflict(NOT_PUBLISHED)
    if plan.is_current:
        return
    for other in queries.list_all_plans():
        other.is_current = False
    db.session.flush()
    plan.is_current = True
    tell(PlanMadeCurrent(plan.id))


def check(outline: Outline) -> None:
    """Raise Invalid for a plan that can't be published: years, titles, weights, addresses, codes, rooms, lengths."""
    if not outline.starts_on or outline.ends_on <= outline.starts_on:
        raise Invalid(BAD_YEARS, "ends_on")
    codes: set[str] = set()
    for part in outline.parts():
        _check_part(part)
        code = fold(part.code)
        if code and code in codes:
            raise Invalid(SAME_CODE, "code", code=part.code)
        codes.add(code)
        for milestone in getattr(part, "milestones", ()):
            _check_part(milestone)
        if not all(re.match(ADDRESS, document.url) for document in getattr(part, "documents", ())):
            raise Invalid(BAD_ADDRESS)
    for action in outline.actions():
        _check_rooms(action)
        if any(len(getattr(action, name)) > most for name, most in MOST.items()):
            raise Invalid(TOO_MANY, "milestones", title=action.title, **MOST)


def _check_part(part: Any) -> None:
    if not part.title.strip():
        raise Invalid(NO_TITLE, "title")
    if part.weight not in WEIGHTS:
        raise Invalid(BAD_WEIGHT, "weight", title=part.title)


def _check_rooms(action: ActionOutline) -> None:
    rooms = get_rooms().by_slug
    if any(slug in rooms and rooms[slug].is_private for slug in (action.community, *action.communities)):
        raise Invalid(PRIVATE, "community", title=action.title)


def _draft(actor: Actor, plan: Plan, version: str) -> PlanDraft:
    draft = queries.find_draft(plan)
    if draft is None or draft.version != version:
        raise Conflict(CHANGED)
    return draft


@command
def delete(actor: Actor, plan: Plan, *, version: str) -> None:
    """Delete a plan that no version was published of, with its draft and the files that wait to be brought in.

    Raise Conflict where its draft is another one than `version` names.
    """
    require(actor, policy.DELETE, plan)
    if queries.get_working_copy(plan).version != version:
        raise Conflict(CHANGED)
    for model in (PlanDraft, PlanImport):
        run(sql_delete(model).where(model.plan_id == plan.id))
    db.session.delete(plan)


@command
def archive(actor: Actor, plan: Plan) -> None:
    """Put a plan out of the lists of work, and out of the place of the current one; its pages stay."""
    require(actor, policy.ARCHIVE, plan)
    plan.archived_at, plan.archived_by, plan.is_current = clock.now(), actor.own_id, False
    tell(PlanArchived(plan.id))


@command
def unarchive(actor: Actor, plan: Plan) -> None:
    """Take a plan back from the archives; it is not the current one before it is made so."""
    require(actor, policy.UNARCHIVE, plan)
    plan.archived_at = plan.archived_by = None
    tell(PlanUnarchived(plan.id))

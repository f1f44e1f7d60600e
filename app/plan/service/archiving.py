"""A plan that was made by mistake: deleted while nothing of it was published, put in the archives after."""

from sqlalchemy import delete as sql_delete

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanDraft, PlanImport
from app.plan.queries import plans as queries
from app.plan.service.publishing import CHANGED
from app.plan.signals import PlanArchived, PlanUnarchived


@command
def delete(actor: Actor, plan: Plan, *, version: str) -> None:
    """Delete a plan that no version was published of, with its draft and the files that wait to be brought in.

    Raise Conflict where its draft is another one than `version` names.
    """
    require(actor, policy.DELETE, plan)
    if queries.working_copy(plan).version != version:
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

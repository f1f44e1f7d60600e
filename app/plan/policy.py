"""Who may do what with the plan: the page of law."""
from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator, may_take_part
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Objective, Plan
from app.plan.models.versions import PlanImport


def is_published(_actor: Actor, plan: Plan) -> bool:
    return plan.is_published


def is_of_published(_actor: Actor, objective: Objective) -> bool:
    return objective.orientation.plan.is_published


def is_public(_actor: Actor, content: Action | Bulletin) -> bool:
    return content.is_public


def is_kept(_actor: Actor, content: Action | Bulletin) -> bool:
    return not content.is_deleted


def is_shown(_actor: Actor, content: Action | Bulletin) -> bool:
    return not content.is_hidden


def is_hidden(_actor: Actor, content: Action | Bulletin) -> bool:
    return content.is_hidden


def is_in_plan(_actor: Actor, action: Action) -> bool:
    return action.removed_at is None


def moderates_it(actor: Actor, action: Action) -> bool:
    return communities.facilitates(actor, action)


def decides_on_it(actor: Actor, action: Action) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    return moderates_it(actor, action) or communities.stands_in(actor, action, action.author_id)


def holds_it(actor: Actor, action: Action) -> bool:
    """They were given the charge of keeping it up to date."""
    return action.id in actor.holds


def brought_it(actor: Actor, held: PlanImport) -> bool:
    """They sent this file themselves."""
    return actor.is_someone and held.by_id == actor.id


READ = Permission("plan:read", [is_published], [is_coordinator])
READ_OBJECTIVE = Permission("objective:read", [is_of_published], [is_coordinator])
WRITE = Permission("plan:write", [is_coordinator, may_take_part])
CONFIRM_IMPORT = Permission("plan_import:confirm", [is_coordinator, may_take_part, brought_it])
READ_ACTION = Permission("action:read", [is_public], [decides_on_it, is_kept])
REPORT_ON = Permission(
    "action:report_on", [holds_it, may_take_part, is_in_plan, is_public],
    [is_coordinator, may_take_part, is_in_plan, is_public])
NAME_HOLDER = Permission("holder:name", [is_coordinator, may_take_part, is_in_plan, is_public])

"""Who may do what with the plan: the page of law."""

from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_coordinator, is_of_another, may_take_part
from app.ideas import policy as ideas
from app.ideas.models import LINKED, Idea
from app.plan.models.links import Link, LinkPair
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Objective, Plan
from app.plan.models.versions import PlanImport


def is_published(_actor: Actor, plan: Plan) -> bool:
    return plan.is_published


def is_unpublished(_actor: Actor, plan: Plan) -> bool:
    return not plan.is_published


def is_open(_actor: Actor, plan: Plan) -> bool:
    return not plan.is_archived


def is_archived(_actor: Actor, plan: Plan) -> bool:
    return plan.is_archived


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


def is_author(actor: Actor, content: Action | Bulletin) -> bool:
    return actor.is_someone and content.author_id == actor.id


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


def action_is_public(_actor: Actor, bulletin: Bulletin) -> bool:
    """A bulletin is hidden with its action."""
    return bulletin.action.is_public


def moderates_bulletin(actor: Actor, bulletin: Bulletin) -> bool:
    return bulletin.action.is_public and moderates_it(actor, bulletin.action)


def decides_on_bulletin(actor: Actor, bulletin: Bulletin) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    is_near = bulletin.action.is_public and communities.stands_in(actor, bulletin.action, bulletin.author_id)
    return moderates_bulletin(actor, bulletin) or is_near


def still_speaks_for_it(actor: Actor, bulletin: Bulletin) -> bool:
    """They still keep the action up to date, or coordinate."""
    return actor.is_coordinator or holds_it(actor, bulletin.action)


def may_be_fed(_actor: Actor, pair: LinkPair | Link) -> bool:
    """An action of the plan as it stands, not dropped."""
    return pair.action.is_living


def may_feed(_actor: Actor, idea: Idea) -> bool:
    """Open, and in no private community: the plan is public."""
    return idea.is_open and not idea.is_private


def its_idea_may_feed(actor: Actor, pair: LinkPair | Link) -> bool:
    return may_feed(actor, pair.idea)


def its_idea_is_retained(_actor: Actor, pair: LinkPair | Link) -> bool:
    return pair.idea.status in LINKED


def takes_part_there(actor: Actor, idea: Idea) -> bool:
    return ideas.may_take_part_there(actor, idea)


def takes_part_in_its_idea(actor: Actor, pair: LinkPair | Link) -> bool:
    return ideas.may_take_part_there(actor, pair.idea)


def reads_both(actor: Actor, pair: LinkPair | Link) -> bool:
    return ideas.READ.permits(actor, pair.idea) and READ_ACTION.permits(actor, pair.action)


def decides_on_its_idea(actor: Actor, pair: LinkPair | Link) -> bool:
    """The team of the idea decides: never on what they wrote or reported, unless nobody else is there to decide."""
    idea = pair.idea
    may = ideas.decides_on_it(actor, idea) and is_of_another(actor, idea)
    return may or (ideas.is_author(actor, idea) and ideas.is_alone(actor, idea))


def was_accepted(_actor: Actor, link: Link) -> bool:
    return link.answer == "accepted"


def is_waiting(_actor: Actor, link: Link) -> bool:
    return link.is_waiting


def is_in_force(_actor: Actor, link: Link) -> bool:
    return link.is_in_force


def proposed_it(actor: Actor, link: Link) -> bool:
    return actor.is_someone and link.proposed_by == actor.id


def is_living(_actor: Actor, action: Action) -> bool:
    return action.is_living


def sent_it(actor: Actor, row: PlanImport) -> bool:
    """They sent this file themselves."""
    return actor.is_someone and row.by_id == actor.id


READ = Permission("plan:read", [is_published], [is_coordinator])
READ_OBJECTIVE = Permission("objective:read", [is_of_published], [is_coordinator])
WRITE = Permission("plan:write", [is_coordinator, may_take_part])
CHANGE = Permission("plan:change", [is_coordinator, may_take_part, is_open])
DELETE = Permission("plan:delete", [is_coordinator, may_take_part, is_unpublished])
ARCHIVE = Permission("plan:archive", [is_coordinator, may_take_part, is_published, is_open])
UNARCHIVE = Permission("plan:unarchive", [is_coordinator, may_take_part, is_archived])
CONFIRM_IMPORT = Permission("plan_import:confirm", [is_coordinator, may_take_part, sent_it])
READ_ACTION = Permission("action:read", [is_public], [decides_on_it, is_kept])
READ_OWN_ACTION = Permission("action:read_own", [is_author, is_kept])
HIDE_ACTION = Permission("action:hide", [decides_on_it, is_of_another, is_kept, is_shown])
RESTORE_ACTION = Permission("action:restore", [decides_on_it, is_of_another, is_kept, is_hidden])
REPORT_ON = Permission(
    "action:report_on",
    [holds_it, may_take_part, is_in_plan, is_public],
    [is_coordinator, may_take_part, is_in_plan, is_public],
)
NAME_HOLDER = Permission("holder:name", [is_coordinator, may_take_part, is_in_plan, is_public])
READ_BULLETIN = Permission("bulletin:read", [is_public, action_is_public], [decides_on_bulletin, is_kept])
READ_OWN_BULLETIN = Permission("bulletin:read_own", [is_author, is_kept, action_is_public])
EDIT_BULLETIN = Permission(
    "bulletin:edit", [is_author, still_speaks_for_it, may_take_part, is_kept, is_shown, action_is_public]
)
DELETE_BULLETIN = Permission("bulletin:delete", [is_author, is_kept, is_shown])
HIDE_BULLETIN = Permission("bulletin:hide", [decides_on_bulletin, is_of_another, is_kept, is_shown])
RESTORE_BULLETIN = Permission("bulletin:restore", [decides_on_bulletin, is_of_another, is_kept, is_hidden])
CONSIDER_LINK = Permission("link:consider", [takes_part_there, may_feed])
FEED = Permission("action:feed", [may_take_part, is_living])
PROPOSE_LINK = Permission("link:propose", [takes_part_in_its_idea, reads_both, its_idea_may_feed, may_be_fed])
MAKE_LINK = Permission(
    "link:make", [decides_on_its_idea, reads_both, its_idea_may_feed, its_idea_is_retained, may_be_fed]
)
READ_LINK = Permission(
    "link:read", [reads_both, was_accepted], [reads_both, proposed_it], [reads_both, decides_on_its_idea]
)
ANSWER_LINK = Permission("link:answer", [decides_on_its_idea, reads_both, is_waiting])
END_LINK = Permission("link:end", [decides_on_its_idea, reads_both, is_in_force], [proposed_it, reads_both, is_waiting])

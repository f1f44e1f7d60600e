"""The loaders of moderation that need more than a query and a permission."""

from flask import request

from app.accounts import policy as accounts_policy
from app.accounts import queries as accounts
from app.accounts.models.people import Profile
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, require
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.moderation.appeals import policy as appeals_policy
from app.moderation.appeals.models import ContestedMeasure
from app.moderation.appeals.queries import measures as contested_measures
from app.moderation.cases import policy as cases_policy
from app.moderation.cases import queries
from app.moderation.cases.models import CaseFile
from app.moderation.first_posts.models import FrozenAccount
from app.moderation.first_posts.queries import frozen_accounts
from app.moderation.moves import policy as moves
from app.moderation.moves import queries as move_requests
from app.moderation.moves.models import MoveRequest
from app.web.frame.routes import Loader


def get_profile(actor: Actor, user_id: int, permission: Permission) -> Profile:
    """Return a profile. Raise NotFound where it is absent or forbidden."""
    profile = accounts.get_profile(accounts.get_user(actor, user_id, accounts_policy.READ))
    if not permission.permits(actor, profile):
        raise NotFound()
    return profile


def get_frozen_account(actor: Actor, user_id: int, permission: Permission) -> FrozenAccount:
    """Return a frozen account; a form that is sent also finds one whose freeze a colleague lifted meanwhile."""
    return frozen_accounts.get_frozen_account(actor, user_id, permission, even_lifted=request.method == "POST")


def get_case_to_decide(actor: Actor, case_id: int, permission: Permission) -> CaseFile:
    """Return a case, also one that a colleague closed. Raise Forbidden for a reader who may not decide on it."""
    case_file = queries.get_case_file(actor, case_id, cases_policy.CASE_READ)
    if case_file.case.state == "open":
        require(actor, permission, case_file)
    return case_file


def get_measure_to_undo(actor: Actor, measure_id: int, permission: Permission) -> ContestedMeasure:
    """Return a measure, also one without effect. Raise Forbidden for a reader who may not undo it."""
    contested_measure = contested_measures.get_contested_measure(actor, measure_id, appeals_policy.MEASURE_READ)
    if contested_measure.has_effect:
        require(actor, permission, contested_measure)
    return contested_measure


def get_idea_of_request(actor: Actor, idea_id: int, permission: Permission) -> tuple[Idea, MoveRequest | None]:
    """Return an idea with its open move request, or for which this person may make one. Raise NotFound."""
    idea = ideas.get_idea(actor, idea_id, permission)
    move_request = move_requests.find_open_request(idea)
    if move_request is None and not moves.MOVE_ASK.permits(actor, idea):
        raise NotFound()
    return idea, move_request


PROFILE, FROZEN_ACCOUNT = Loader(get_profile, "user_id"), Loader(get_frozen_account, "user_id")
CASE, CASE_TO_DECIDE = Loader(queries.get_case_file, "case_id"), Loader(get_case_to_decide, "case_id")
MEASURE, MEASURE_TO_UNDO = (
    Loader(contested_measures.get_contested_measure, "measure_id"),
    Loader(get_measure_to_undo, "measure_id"),
)
IDEA_OF_REQUEST = Loader(get_idea_of_request, "idea_id")

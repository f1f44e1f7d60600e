"""How the rows of these addresses are found, where a query and its permission do not say all of it."""
from flask import request

from app.accounts import policy as accounts_law
from app.accounts import queries as accounts
from app.accounts.models.people import Profile
from app.admission.models import FrozenAccount
from app.admission.queries import frozen_accounts
from app.appeals import policy as law
from app.appeals.models import ContestedMeasure
from app.appeals.queries import measures as taken
from app.cases import policy as cases_law
from app.cases.models import CaseFile
from app.cases.queries import cases
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, require
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.moves import policy as moves
from app.moves import queries as move_requests
from app.web.frame.routes import Loader


def find_profile(actor: Actor, user_id: int, permission: Permission) -> Profile:
    """Return the profile at an address; the absent and the forbidden answer alike."""
    profile = accounts.profile(accounts.one(actor, user_id, accounts_law.READ))
    if not permission.permits(actor, profile):
        raise NotFound()
    return profile


def find_frozen(actor: Actor, user_id: int, permission: Permission) -> FrozenAccount:
    """Return a frozen account; a form that was sent finds also one that a colleague let go meanwhile."""
    return frozen_accounts.one(actor, user_id, permission, even_lifted=request.method == "POST")


def find_case_to_decide(actor: Actor, case_id: int, permission: Permission) -> CaseFile:
    """Return a case; Forbidden to who reads it and may not decide on it. One that a colleague closed is found too."""
    case_file = cases.one(actor, case_id, cases_law.CASE_READ)
    if case_file.case.state == "open":
        require(actor, permission, case_file)
    return case_file


def find_measure_to_undo(actor: Actor, measure_id: int, permission: Permission) -> ContestedMeasure:
    """Return a measure; Forbidden to who reads it and may not undo it. One that has no effect any more is found too."""
    contested = taken.one(actor, measure_id, law.MEASURE_READ)
    if contested.has_effect:
        require(actor, permission, contested)
    return contested


def find_idea_of_request(actor: Actor, idea_id: int, permission: Permission) -> Idea:
    """Return an idea for which another community is asked, or may be asked by this person."""
    idea = ideas.one(actor, idea_id, permission)
    if move_requests.open_request(idea) is None and not moves.MOVE_ASK.permits(actor, idea):
        raise NotFound()
    return idea


PROFILE, FROZEN = Loader(find_profile, "user_id"), Loader(find_frozen, "user_id")
CASE, CASE_TO_DECIDE = Loader(cases.one, "case_id"), Loader(find_case_to_decide, "case_id")
MEASURE, MEASURE_TO_UNDO = Loader(taken.one, "measure_id"), Loader(find_measure_to_undo, "measure_id")
IDEA_OF_REQUEST = Loader(find_idea_of_request, "idea_id")

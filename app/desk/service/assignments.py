"""The work of a team: give an idea or a case to somebody, take it, release it; say how far the comments were read."""
from collections.abc import Sequence

from sqlalchemy import delete, update

from app.accounts.models.people import User
from app.communities.models import Community
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas.models import Idea
from app.moderation.models.cases import Case
from app.moderation.models.desk import Assignment, ReadMark
from app.moderation.models.dossiers import Dossier
from app.moderation.policy import desk as policy
from app.moderation.policy.cases import CASE_READ
from app.moderation.queries import assignments, cases, desk
from app.moderation.signals import Assigned

NOT_IN_CHARGE = N_("Cette personne ne peut pas s'en charger. Choisissez quelqu'un de l'équipe dans la liste.")
CLOSED = N_("Ce cas a été clos entre-temps : il n'est plus à confier.")


@command
def assign(actor: Actor, idea: Idea, *, to: int) -> None:
    """Put an idea into the hands of somebody of the team, oneself included; given again, it changes hands."""
    require(actor, policy.ASSIGN, idea)
    _give(actor, assignments.for_idea(idea).able, to, idea_id=idea.id)


@command
def release(actor: Actor, idea: Idea) -> None:
    """Let an idea be everybody's again."""
    require(actor, policy.ASSIGN, idea)
    run(delete(Assignment).where(Assignment.idea_id == idea.id))


@command
def assign_case(actor: Actor, case: Case, *, to: int) -> None:
    """Put a case into the hands of somebody who may decide it."""
    dossier = _open(actor, case)
    _give(actor, assignments.for_case(dossier).able, to, case_id=dossier.id)


@command
def release_case(actor: Actor, case: Case) -> None:
    run(delete(Assignment).where(Assignment.case_id == _open(actor, case).id))


def _open(actor: Actor, case: Case) -> Dossier:
    """Read a case anew and ask whether this person may give it to somebody."""
    dossier = cases.find(actor, case.id)
    if dossier is None or not CASE_READ.permits(actor, dossier):
        raise NotFound()
    if dossier.case.state != "open":
        raise Conflict(CLOSED)
    require(actor, policy.ASSIGN_CASE, dossier)
    return dossier


def _give(actor: Actor, able: Sequence[User], to: int, **subject: int) -> None:
    """Write down who has it, once; whoever is given something by somebody else is told."""
    if to not in {user.id for user in able}:
        raise Invalid(NOT_IN_CHARGE, "to")
    held = assignments.kept(**subject)
    if held and held.user_id == to:
        return
    held = held or Assignment(**subject)
    held.user_id, held.by_id, held.at = to, actor.own_id, clock.now()
    db.session.add(held)
    db.session.flush()
    tell(Assigned(held.id))


@command
def mark_read(actor: Actor, community: Community, *, upto: int) -> None:
    """Take the comments of a community as read up to one of them; the mark never goes back."""
    require(actor, policy.MARK_READ, community)
    last = desk.last_said(community.id, upto)
    if last is None:
        return
    values = {"comment_id": last, "by_id": actor.own_id, "at": clock.now()}
    if not insert_once(ReadMark, community_id=community.id, **values):
        behind = (ReadMark.community_id == community.id, ReadMark.comment_id < last)
        run(update(ReadMark).where(*behind).values(**values))

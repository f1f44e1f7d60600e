"""Every act on communities: ask, change, tell."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from app.accounts.models.people import User
from app.communities import policy
from app.communities.models import COLOURS, Community, CommunityIssue, Facilitator, Membership
from app.communities.queries import KEY, list_covered_ids
from app.communities.signals import FacilitatorNamed, FacilitatorRelieved, IssuesCovered, MemberJoined, MemberLeft
from app.core import clock, dialect, versions
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.reference.entries import EntryWords, begin, list_siblings, reword, shift

BAD_COLOUR = N_("Choisissez une couleur de la liste.")
NOT_ABLE = N_("Il faut un compte confirmé pour animer une communauté.")
NO_ADMIN = N_("L'administration ne modère pas : donnez la charge à un autre compte.")
BAD_DAYS = N_("Écrivez un nombre de jours de 1 à 365.")
MOST_DAYS = 365
PAST = N_("La fin de la charge doit être dans l'avenir.")


@dataclass(frozen=True)
class WorkingRules:
    """How the team of a community works; days are from 1 to 365."""

    wants_review: bool = False
    answer_days: int = 30
    stalled_days: int = 90

    def put_on(self, community: Community) -> None:
        for name in ("answer_days", "stalled_days"):
            if not 1 <= getattr(self, name) <= MOST_DAYS:
                raise Invalid(BAD_DAYS, name)
        community.wants_review = self.wants_review
        community.answer_days, community.stalled_days = self.answer_days, self.stalled_days


@command
def create(
    actor: Actor,
    words: EntryWords,
    *,
    colour: str = "neutral",
    is_private: bool = False,
    rules: WorkingRules | None = None,
    issue_ids: Collection[int] = (),
) -> Community:
    """Make a community; whether it is private is said now, and for ever.

    Raise Invalid for a name that is taken, an unknown colour or a wrong number of days.
    """
    require(actor, policy.EDIT)
    community: Community = begin("community", Community, words, colour=_colour(colour), is_private=is_private)
    (rules or WorkingRules()).put_on(community)
    _cover(community, issue_ids)
    versions.touch(KEY)
    return community


@command
def edit(
    actor: Actor,
    community: Community,
    words: EntryWords,
    *,
    colour: str,
    slug: str,
    rules: WorkingRules | None = None,
    issue_ids: Collection[int] | None = None,
) -> None:
    """Change how a community is named, shown and run; without `issue_ids`, the issues that it covers stay.

    Raise Invalid for a name or an address that is taken, an unknown colour or a wrong number of days.
    """
    require(actor, policy.EDIT, community)
    community.colour = _colour(colour)
    if rules:
        rules.put_on(community)
    reword("community", community, words, slug)
    if issue_ids is not None:
        _cover(community, issue_ids)
    versions.touch(KEY)


def _cover(community: Community, issue_ids: Collection[int]) -> None:
    """Write which issues a community covers; where they are those already, nothing."""
    former = set(list_covered_ids(community.id))
    if former == set(issue_ids):
        return
    gone = former - set(issue_ids)
    run(delete(CommunityIssue).where(CommunityIssue.community_id == community.id, CommunityIssue.issue_id.in_(gone)))
    for issue_id in sorted(set(issue_ids) - former):
        dialect.insert_once(CommunityIssue, community_id=community.id, issue_id=issue_id)
    tell(IssuesCovered(community.id))


def _colour(name: str) -> str:
    if name not in COLOURS:
        raise Invalid(BAD_COLOUR, "colour")
    return name


@command(also=lambda _actor, community: list_siblings(community))
def move(actor: Actor, community: Community, *, step: int) -> None:
    require(actor, policy.EDIT, community)
    shift(community, step)
    versions.touch(KEY)


@command
def archive(actor: Actor, community: Community) -> None:
    """Close it to what is new; its page, its ideas and its members stay."""
    require(actor, policy.EDIT, community)
    community.archived_at = community.archived_at or clock.now()
    versions.touch(KEY)


@command
def unarchive(actor: Actor, community: Community) -> None:
    require(actor, policy.EDIT, community)
    community.archived_at = None
    versions.touch(KEY)


@command
def join(actor: Actor, community: Community) -> None:
    """Become a member; a second time changes nothing."""
    require(actor, policy.JOIN, community)
    if dialect.insert_once(Membership, user_id=actor.id, community_id=community.id):
        tell(MemberJoined(community.id, actor.own_id, by=None))


@command
def leave(actor: Actor, community: Community) -> None:
    """Stop being a member; a charge of facilitator, which somebody gave, stays."""
    require(actor, policy.LEAVE, community)
    mine = (Membership.user_id == actor.id, Membership.community_id == community.id)
    if dialect.delete_once(delete(Membership).where(*mine)):
        tell(MemberLeft(community.id, actor.own_id))


@command
def grant_facilitator(actor: Actor, community: Community, user_id: int, *, expires_at: datetime | None = None) -> None:
    """Grant somebody the charge of a community, until a time if one is said; given again, it is renewed.

    Raise what `appoint` raises.
    """
    require(actor, policy.GRANT, community)
    appoint(community, user_id, by=actor.id, expires_at=expires_at)


@command
def revoke_facilitator(actor: Actor, community: Community, user_id: int) -> None:
    """Take the charge back, even from the last one: coordinators have all communities."""
    require(actor, policy.GRANT, community)
    theirs = (Facilitator.user_id == user_id, Facilitator.community_id == community.id)
    if dialect.delete_once(delete(Facilitator).where(*theirs)):
        tell(FacilitatorRelieved(community.id, user_id, by=actor.id))


@command
def appoint(community: Community, user_id: int, *, by: int | None = None, expires_at: datetime | None = None) -> None:
    """Write the charge down without asking who wants it: for the terminal, and for `grant_facilitator`.

    Raise Invalid for an account that is not confirmed or an end that is past, Conflict for one of the administration.
    """
    _check(db.session.get(User, user_id), expires_at)
    values = {"granted_by": by, "granted_at": clock.now(), "expires_at": expires_at}
    if not dialect.insert_once(Facilitator, user_id=user_id, community_id=community.id, **values):
        theirs = (Facilitator.user_id == user_id, Facilitator.community_id == community.id)
        run(update(Facilitator).where(*theirs).values(**values))
    tell(FacilitatorNamed(community.id, user_id, by=by))


def _check(user: User | None, expires_at: datetime | None) -> None:
    if user is None or user.is_closed or user.confirmed_at is None:
        raise Invalid(NOT_ABLE, "email")
    if user.site_role == "admin":
        raise Conflict(NO_ADMIN)
    if expires_at is not None and expires_at <= clock.now():
        raise Invalid(PAST, "expires_on")

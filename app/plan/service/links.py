"""Links: an idea feeds an action. Any member proposes it, the team of the idea makes, answers or ends it."""

from collections.abc import Sequence
from typing import Any

from app.accounts.submissions import Sending
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas.models import Idea
from app.plan import policy
from app.plan.models.links import Link, LinkPair
from app.plan.models.structure import Action, Plan
from app.plan.queries import links as queries
from app.plan.service import statuses
from app.plan.signals import LinkAnswered, LinkEnded, LinkProposed

IS_LINKED = N_("Cette contribution et cette action sont déjà liées.")
IS_PROPOSED = N_("Ce lien est déjà proposé : une équipe va y répondre.")
NOT_RETAINED = N_("La contribution doit d'abord être retenue : répondez-lui, puis acceptez ce lien.")
NOT_OPEN = N_(
    "Cette contribution n'est plus ouverte : elle est archivée, retirée, masquée, jointe à une autre, ou "
    "dans une communauté privée."
)
NOT_LIVING = N_("Cette action n'est plus au plan, ou elle a été abandonnée.")


@command
def propose(actor: Actor, idea: Idea, action: Action, *, reason: str, form_key: str | None = None) -> Link:
    """Ask a team to link an idea to an action. The same form sent twice makes one link.

    Raise Forbidden where either can't be linked or read, Conflict where they are linked or this is proposed.
    """
    require(actor, policy.PROPOSE_LINK, LinkPair(idea, action))
    sending, link = _begin(actor, idea, action, reason, form_key)
    if link is None:
        link = _add(actor, idea, action, reason)
        sending.record(link.id)
        tell(LinkProposed(link.id))
    return link


def _plan(_actor: Actor, _idea: Idea, action: Action) -> Sequence[Any]:
    """Return the plan of an action: whether it is the current one decides what the link answers."""
    return [db.session.get(Plan, action.plan_id)]


@command(also=_plan)
def make(actor: Actor, idea: Idea, action: Action, *, reason: str, form_key: str | None = None) -> Link:
    """Link an idea to an action at once, or accept what was proposed. The same form sent twice makes one link.

    Raise Forbidden without the right to, Conflict where they are linked.
    """
    require(actor, policy.MAKE_LINK, LinkPair(idea, action))
    sending, link = _begin(actor, idea, action, reason, form_key, is_team=True)
    if link is None:
        link = queries.find_open(idea, action) or _add(actor, idea, action, reason)
        sending.record(link.id)
        _answer(actor, link, "accepted", reason)
        statuses.update_idea(actor, idea, action.id)
    return link


def _both(_actor: Actor, link: Link) -> Sequence[Any]:
    """Return what a link ties, and the plan, to be locked with it."""
    action = db.session.get_one(Action, link.action_id)
    return [db.session.get(Idea, link.idea_id), action, db.session.get(Plan, action.plan_id)]


@command(also=_both)
def accept(actor: Actor, link: Link, *, reason: str = "") -> None:
    """Accept a link that was proposed: the idea follows the action from now on.

    Raise Forbidden without the right to, Conflict where the idea or the action can't be linked now.
    """
    require(actor, policy.ANSWER_LINK, link)
    if not policy.may_feed(actor, link.idea):
        raise Conflict(NOT_OPEN)
    if not policy.its_idea_is_retained(actor, link):
        raise Conflict(NOT_RETAINED)
    if not link.action.is_living:
        raise Conflict(NOT_LIVING)
    _answer(actor, link, "accepted", reason)
    statuses.update_idea(actor, link.idea, link.action_id)


@command(also=_both)
def decline(actor: Actor, link: Link, *, reason: str) -> None:
    """Say no to a link that was proposed, and why. Raise Forbidden without the right to."""
    require(actor, policy.ANSWER_LINK, link)
    _answer(actor, link, "declined", reason)


@command(also=_both)
def end(actor: Actor, link: Link, *, reason: str) -> None:
    """End a link in force, or take back what one proposed, and say why. Raise Forbidden without the right to."""
    require(actor, policy.END_LINK, link)
    was_in_force = link.is_in_force
    link.ended_at, link.ended_by, link.ended_reason = clock.now(), actor.own_id, reason
    if was_in_force:
        statuses.update_idea(actor, link.idea, link.action_id)
    tell(LinkEnded(link.id, by=actor.own_id))


def _begin(
    actor: Actor,
    idea: Idea,
    action: Action,
    reason: str,
    form_key: str | None,
    *,
    is_team: bool = False,
) -> tuple[Sending, Link | None]:
    """Return the sending of a form, with the link that the same form made already.

    Raise Conflict where the two are linked or, but for a team, where that is proposed.
    """
    sending = Sending(actor, "link", form_key, (str(idea.id), str(action.id), reason))
    first_id = sending.first_result()
    if first_id:
        return sending, db.session.get_one(Link, first_id)
    link = queries.find_open(idea, action)
    if link is not None and not (is_team and link.is_waiting):
        raise Conflict(IS_PROPOSED if link.is_waiting else IS_LINKED)
    return sending, None


def _add(actor: Actor, idea: Idea, action: Action, reason: str) -> Link:
    link = Link(idea_id=idea.id, action_id=action.id, reason=reason, proposed_by=actor.own_id, proposed_at=clock.now())
    db.session.add(link)
    db.session.flush()
    return link


def _answer(actor: Actor, link: Link, answer: str, reason: str) -> None:
    """Write the answer; whoever makes a link at once gave its reason already."""
    is_own = link.proposed_by == actor.id and link.reason == reason
    link.answer, link.answered_by, link.answered_at = answer, actor.own_id, clock.now()
    link.answer_reason = "" if is_own else reason
    db.session.flush()
    tell(LinkAnswered(link.id, by=actor.own_id))

"""Every act on an idea that was submitted, or that goes: ask, change, tell."""

from collections.abc import Iterable

from sqlalchemy import bindparam, update

from app.accounts import changes, trust
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import lead_community, policy, removal, writing
from app.ideas.models import DRAFT, IN_PLAN, Idea, Revision
from app.ideas.signals import IdeaHeld, IdeaMoved, IdeaRevised, KindChanged
from app.ideas.transitions import SAME, find_status_after
from app.ideas.writing import IdeaWords

NO_LINK = N_("Ce motif paraît sans être relu : un nouveau compte n'y met ni lien, ni plus de noms avec @ que permis.")
NO_NEW_VERSION = N_(
    "Ces mots vont avec un nouveau titre, un nouveau texte, un nouveau lieu ou une autre nature, et rien de cela n'a "
    "changé. Complétez, ou effacez ceci."
)
WHY_NO_NEED = N_(
    "Dites ici pourquoi ce n'est plus un besoin : il ne sera plus parmi ceux qui attendent une action, et l'on se "
    "demandera pourquoi."
)
NOT_NEXT = N_("Cette étape n'est pas possible depuis celle où l'idée se trouve.")
IS_IN_PLAN = N_("Cette idée suit une action du plan : son étape change avec l'action. Mettez d'abord fin à leur lien.")

_COUNTING = (
    update(Idea)
    .where(Idea.id == bindparam("counted"))
    .values(votes_count=Idea.votes_count + bindparam("by"))
    .returning(Idea.votes_count)
    .execution_options(synchronize_session=False)
)


@command
def revise(
    actor: Actor,
    idea: Idea,
    words: IdeaWords,
    *,
    summary: str = "",
    version: str = "",
    waiting: str | None = None,
    signs: Iterable[str] = (),
) -> Idea:
    """Change an idea that was submitted; a new revision is kept when its words changed.

    What is doubtful waits as a held revision (`changes.find_own_revision`), and what is published stays; so does what
    was hidden, when its author writes it again. `version` names what the person had before them ("" for nothing),
    `waiting` a change that waited. Raise Conflict where another change waits by now, where it was hidden meanwhile, or
    where it was a draft and is submitted in other words; TooMany past the limit. Raise Invalid for a summary of no
    change, but from a page that is older than the idea: its form was sent already; and for a need that is to be one no
    more, without a word why.
    """
    require(actor, policy.EDIT, idea)
    if idea.status == "pending" and idea.is_hidden:
        return _submit_again(actor, idea, words, version, signs)
    change, fields = writing.compare_words(idea, words, summary), writing.pack(words, summary)
    if idea.is_hidden:
        _check_hiding(idea, version)
        changes.hold_again(actor, change, fields, signs=signs, waiting=waiting, idea_id=idea.id)
        return idea
    is_same, is_waiting = not writing.is_rewritten(idea, words), idea.status == "pending"
    if version == DRAFT:
        writing.check_same(idea, words)
    elif summary.strip() and version == idea.version and is_same and words.kind == idea.kind:
        raise Invalid(NO_NEW_VERSION, "summary")
    elif not (is_waiting or summary.strip()) and idea.kind == "need" != words.kind:
        raise Invalid(WHY_NO_NEED, "summary")
    if is_waiting and not is_same:
        changes.count_change(actor)
    if is_waiting or changes.admit_or_hold(actor, change, fields, signs=signs, waiting=waiting, idea_id=idea.id):
        rewrite(actor, idea, words, summary=summary)
    return idea


def _check_hiding(idea: Idea, version: str) -> None:
    """Raise Conflict where the page of a form did not show that the idea is hidden, and why."""
    if version and version != idea.version:
        raise Conflict(trust.HIDDEN, reason=idea.hidden_reason)


def _submit_again(actor: Actor, idea: Idea, words: IdeaWords, version: str, signs: Iterable[str]) -> Idea:
    """Let a refused idea wait once more, in other words.

    Raise Conflict where the page did not show this refusal, Invalid for the same words or in an archived community,
    TooMany past the limit.
    """
    if version and version != idea.version:
        raise Conflict(trust.REFUSED, reason=idea.hidden_reason)
    lead_community.check_current(idea.community_id)
    former = writing.get_texts(idea)
    if not writing.apply_words(actor, idea, words):
        raise Invalid(trust.SAME_WORDS)
    changes.keep_former(actor, former, idea_id=idea.id)
    idea.suspect = trust.suspect_codes_again(actor, "idea", writing.get_whole_text(idea), signs=signs)
    idea.submit_again()
    writing.sync_thread(idea)
    tell(IdeaHeld(idea.id, by=actor.own_id))
    return idea


def rewrite(actor: Actor, idea: Idea, words: IdeaWords, *, summary: str, is_read: bool = False) -> None:
    """Write a new text over an idea, inside the command that let it appear; `is_read`: the team did."""
    has_changed, former = writing.is_rewritten(idea, words), idea.kind
    writing.apply_words(actor, idea, words)
    writing.sync_thread(idea)
    if idea.status == "pending":
        return
    is_recast = idea.kind != former
    if has_changed or (is_recast and summary):
        idea.edited_at = clock.now()
        writing.add_revision(idea, summary)
        tell(IdeaRevised(idea.id, by=idea.author_id or actor.own_id, number=idea.revisions_count, is_read=is_read))
    if is_recast:
        tell(KindChanged(idea.id, former))


def appear_again(actor: Actor, idea: Idea, words: IdeaWords, *, summary: str) -> None:
    """Show a hidden idea in the words that its author wrote since, inside the command that let them appear.

    The versions that were hidden stay so.
    """
    hidden = update(Revision).where(Revision.idea_id == idea.id, Revision.hidden_at.is_(None))
    run(hidden.values(hidden_at=idea.hidden_at).execution_options(synchronize_session=False))
    idea.show()
    rewrite(actor, idea, words, summary=summary, is_read=True)


@command
def move(actor: Actor, idea: Idea, status: str, *, reason: str) -> Idea:
    """Bring an idea to its next station, or leave it where it is (SAME), with the reason the public reads.

    Raise Conflict for what is not the next one.
    """
    require(actor, policy.ANSWER, idea)
    step = find_status_after(idea, status)
    if step is None:
        raise Conflict(explain_refused_step(idea))
    return _take_step(actor, idea, step, reason, stays=status == SAME)


def explain_refused_step(idea: Idea) -> str:
    """Return why a step can't be set by hand."""
    return IS_IN_PLAN if idea.action_id else NOT_NEXT


def set_derived_status(by: int | None, idea: Idea, status: str, *, leads: int | None, action_id: int | None) -> None:
    """Bring an idea to the status that derives from the plan, inside the command that moved an action or a link.

    `leads` is the action from which the status derives now, `action_id` the one that the step names.
    """
    idea.status, idea.action_id = status, leads
    writing.add_step(idea, status, by=by, reason="", action_id=action_id)
    writing.sync_thread(idea)
    if by is not None:
        tell(IdeaMoved(idea.id, by=by, status=status, reason="", action_id=action_id))


@command
def withdraw(actor: Actor, idea: Idea, *, reason: str) -> Idea:
    """Let its author take an idea back; it stays readable, its supports are frozen.

    Raise Invalid for a link in the reason of a new account.
    """
    require(actor, policy.WITHDRAW, idea)
    if actor.is_new and (trust.count_links(reason) or trust.count_excess(reason)):
        raise Invalid(NO_LINK, "reason")
    changes.drop(idea_id=idea.id)
    return _take_step(actor, idea, "withdrawn", reason)


@command
def discard(actor: Actor, idea: Idea) -> None:
    """Discard a draft."""
    require(actor, policy.DISCARD, idea)
    removal.erase(idea)


@command
def hide(actor: Actor, idea: Idea, *, reason: str) -> None:
    require(actor, policy.HIDE, idea)
    idea.hide(actor.own_id, reason)
    writing.sync_thread(idea)


@command
def restore(actor: Actor, idea: Idea) -> None:
    require(actor, policy.RESTORE, idea)
    idea.show()
    changes.forget_hiding(idea_id=idea.id)
    writing.sync_thread(idea)


def count_vote(idea_id: int, by: int) -> int:
    """Move the counter of supports, in the transaction of the vote; return the count."""
    return int(run(_COUNTING, counted=idea_id, by=by).scalar_one())


def _take_step(actor: Actor, idea: Idea, status: str, reason: str, *, stays: bool = False) -> Idea:
    idea.status = status
    idea.action_id = idea.action_id if status in IN_PLAN else None
    writing.add_step(idea, status, by=actor.id, reason=reason, stays=stays)
    writing.sync_thread(idea)
    tell(IdeaMoved(idea.id, by=actor.own_id, status=status, reason=reason, stays=stays))
    return idea

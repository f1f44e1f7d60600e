"""A ballot: all the dots of one person, changed until the choice stops; how many placed theirs is counted now and then.

A ballot writes private tables alone, so that no page of the site is made anew for it, and nothing sums it.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update

from app.choices import policy
from app.choices.models import OPEN, Choice, ChoiceCandidate, ChoiceDot, ChoiceFold
from app.choices.queries import choices as queries
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.unit import command
from app.forum.pace import count_press
from app.forum.participants import Participant, list_rows

# How often those who placed their dots are counted at most.
PAUSE = timedelta(seconds=5)
STOPPED = N_("Le choix est fermé : plus aucune pastille ne bouge. Ce que vous aviez enregistré avant est compté.")
TAKEN_BACK = N_("Ce choix n'est plus là : quelqu'un de l'équipe l'a retiré avant que des pastilles y soient posées.")
TOO_MANY = N_("Vous avez posé %(placed)s pastilles, et vous en avez %(dots)s : retirez-en %(over)s, où vous voulez.")
MANY_HERE = N_("Au plus %(most)s sur une même ligne.")


def cast(actor: Actor, who: Participant, placed: Sequence[int], opened: str = "") -> int:
    """Place all the dots of a person anew, so many on each candidate in their order; return how many they have left.

    `opened` says when the choice of the page was opened. Raise Conflict where another one was opened since, and once it
    is stopped, unless these are the dots that were in: whoever heard nothing of them sends them again. Raise Invalid
    for too many, TooMany.
    """
    require(actor, policy.CAST, who)
    assert who.registration, "granted to a participant"
    count_press(actor, who.registration.id)
    return _cast(actor, who, placed, opened)


@command(also=list_rows)
def _cast(actor: Actor, who: Participant, placed: Sequence[int], opened: str) -> int:
    require(actor, policy.CAST, who)
    assert who.registration, "granted to a participant"
    registration_id, choice = who.registration.id, hold(who.forum.id)
    if opened and opened != choice.opened_at.isoformat():
        raise Conflict(TAKEN_BACK)
    candidates = queries.list_candidate_ids(choice.id)
    found = {one: dots for one, dots in zip(candidates, placed, strict=False) if dots}
    is_in = found == queries.get_ballot(choice.id, who.registration)
    if choice.state != OPEN and not (found and is_in):
        raise Conflict(STOPPED)
    check(placed, choice.dots, choice.most_on_one)
    if is_in:
        return choice.dots - sum(placed)
    run(delete(ChoiceDot).where(ChoiceDot.registration_id == registration_id, ChoiceDot.candidate_id.in_(candidates)))
    db.session.add_all(
        ChoiceDot(registration_id=registration_id, candidate_id=one, dots=dots) for one, dots in found.items()
    )
    db.session.flush()
    _fold_when_due(choice.id)
    return choice.dots - sum(placed)


def check(placed: Sequence[int], dots: int, most_on_one: int) -> None:
    """Raise Invalid where there are more dots than one has, beside the candidate that has too many."""
    for n, number in enumerate(placed):
        if number > most_on_one:
            raise Invalid(MANY_HERE, f"dots-{n}", most=most_on_one)
    over = sum(placed) - dots
    if over > 0:
        raise Invalid(TOO_MANY, placed=sum(placed), dots=dots, over=over)


def hold(forum_id: int) -> Choice:
    """Return the choice of a forum as it is now, held until the act ends: ballots come before it stops, or after.

    Raise Conflict where it was taken back.
    """
    query = dialect.lock(select(Choice).where(Choice.id == forum_id)).execution_options(populate_existing=True)
    choice = db.session.scalar(query)
    if choice is None:
        raise Conflict(TAKEN_BACK)
    return choice


def _fold_when_due(choice_id: int) -> None:
    now = clock.now()
    if insert_once(ChoiceFold, choice_id=choice_id, at=now):
        fold(choice_id)
        return
    is_due = (ChoiceFold.choice_id == choice_id, ChoiceFold.at <= now - PAUSE)
    if run(update(ChoiceFold).where(*is_due).values(at=now)).rowcount:
        fold(choice_id)


def fold(choice_id: int) -> None:
    """Count those who placed their dots; write the number where it changed."""
    voters = queries.count_voters(choice_id)
    run(update(Choice).where(Choice.id == choice_id, Choice.voters_count != voters).values(voters_count=voters))


@command
def fold_all() -> None:
    """Count what the last ballots of each choice left to count; an hour after them, nothing is left."""
    late = select(ChoiceFold.choice_id).join(Choice, Choice.id == ChoiceFold.choice_id)
    late = late.where(ChoiceFold.at > clock.now() - timedelta(hours=1), Choice.state == OPEN)
    for choice_id in db.session.scalars(late.order_by(ChoiceFold.choice_id)).all():
        fold(choice_id)


def forget(registration_ids: Sequence[int]) -> None:
    """Forget the ballots of places: those that are not counted yet go with them."""
    mine = ChoiceDot.registration_id.in_(registration_ids)
    query = select(ChoiceCandidate.choice_id).join(ChoiceDot, ChoiceDot.candidate_id == ChoiceCandidate.id)
    found = sorted(db.session.scalars(query.where(mine).distinct()).all())
    if not found:
        return
    dialect.lock_rows(Choice.__table__, found)
    run(delete(ChoiceDot).where(mine))
    for choice_id in found:
        fold(choice_id)

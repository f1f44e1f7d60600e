"""Paper ballots: their sums are typed by one and confirmed by another, once the choice is stopped."""

from collections.abc import Sequence

from sqlalchemy import delete

from app.choices import policy
from app.choices.models import STOPPED, ChoicePaper, ChoicePaperSum
from app.choices.queries import choices as queries
from app.choices.service.ballots import hold
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.unit import command
from app.forum.models import Forum
from app.forum.participants import Participant

MOST_BALLOTS = 5_000
NOT_STOPPED = N_("Le papier se tape après la fermeture du choix, et avant le décompte : regardez où il en est.")
TOO_MANY = N_("Ces sommes font %(sum)s pastilles, et %(ballots)s bulletins en portent %(most)s au plus.")
MANY_HERE = N_("%(ballots)s bulletins en portent %(most)s au plus sur une même ligne.")
SAME = N_("Les sommes se confirment à deux : une autre personne que celle qui les a tapées le fait.")
ALREADY = N_("Quelqu'un d'autre vient de confirmer ces sommes : vous pouvez compter.")
CHANGED = N_("Ces sommes viennent de changer : relisez-les avant de confirmer.")


def _rows(_actor: Actor, who: Participant, *_words: object) -> list[Forum]:
    return [who.forum]


@command(also=_rows)
def type_sums(actor: Actor, who: Participant, ballots: int, sums: Sequence[int]) -> None:
    """Write how many paper ballots there are and their dots on each candidate, in their order; none takes them off.

    Another person confirms them then; the same sums, typed again, change nothing. Raise Conflict where the choice is
    not stopped, Invalid for too many dots.
    """
    require(actor, policy.RUN, who)
    choice = hold(who.forum.id)
    if choice.state != STOPPED:
        raise Conflict(NOT_STOPPED)
    for n, number in enumerate(sums):
        if number > ballots * choice.most_on_one:
            raise Invalid(MANY_HERE, f"dots-{n}", ballots=ballots, most=ballots * choice.most_on_one)
    if sum(sums) > ballots * choice.dots:
        raise Invalid(TOO_MANY, "ballots", sum=sum(sums), ballots=ballots, most=ballots * choice.dots)
    ids = queries.list_candidate_ids(choice.id)
    if _is_typed(choice.id, ballots, dict(zip(ids, sums, strict=True))):
        return
    run(delete(ChoicePaperSum).where(ChoicePaperSum.candidate_id.in_(ids)))
    run(delete(ChoicePaper).where(ChoicePaper.choice_id == choice.id))
    if not ballots:
        return
    db.session.add(ChoicePaper(choice_id=choice.id, ballots=ballots, typed_by=actor.own_id, typed_at=clock.now()))
    db.session.add_all(ChoicePaperSum(candidate_id=one, dots=dots) for one, dots in zip(ids, sums, strict=True))


def _is_typed(choice_id: int, ballots: int, sums: dict[int, int]) -> bool:
    """Tell whether this is what stands: whoever heard nothing of their sending sends it again."""
    paper = queries.find_paper(choice_id)
    return paper is not None and paper.ballots == ballots and queries.get_paper_sums(choice_id) == sums


@command(also=_rows)
def confirm(actor: Actor, who: Participant, seen: str) -> None:
    """Confirm the sums that the page showed (`seen` says when they were typed).

    Raise Conflict for whoever typed them, where they changed since, and where somebody else confirmed them.
    """
    require(actor, policy.RUN, who)
    choice = hold(who.forum.id)
    paper = queries.find_paper(choice.id)
    if choice.state != STOPPED:
        raise Conflict(NOT_STOPPED)
    if paper is None or paper.typed_at.isoformat() != seen:
        raise Conflict(CHANGED)
    if paper.typed_by == actor.id:
        raise Conflict(SAME)
    if paper.confirmed_by not in (None, actor.id):
        raise Conflict(ALREADY)
    paper.confirmed_by = actor.own_id

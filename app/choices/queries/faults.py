"""What no press leads to in the tables of choices: `check` says where it is so all the same, and no number of dots."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.choices.models import COUNTED, STOPPED, Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot, ChoicePaper
from app.choices.models import ChoicePaperSum as PaperSum
from app.choices.sizes import LEAST, MOST
from app.core.db import db
from app.events.models.registrations import EventRegistration
from app.forum.models import CLOSED, Forum, ForumTopic


def list_faults() -> list[str]:
    """Return what can't be, in words, with the number of the choice that it is about: that of its forum."""
    return [words.format(number) for words, query in _select_faults() for number in db.session.scalars(query)]


def _select_faults() -> Iterator[tuple[str, Select[Any]]]:
    """Yield each fault with the choices that have it."""
    candidates = select(func.count()).where(ChoiceCandidate.choice_id == Choice.id).scalar_subquery()
    yield "choice {} has too few candidates, or too many", _select(~candidates.between(LEAST, MOST))
    is_closed = select(Forum.id).where(Forum.id == Choice.id, Forum.phase == CLOSED).exists()
    yield "choice {} is not counted, and its forum is closed", _select(Choice.state != COUNTED, is_closed)
    elsewhere = _of(ForumTopic.id, ForumTopic.id == ChoiceCandidate.topic_id, ForumTopic.forum_id != Choice.id)
    yield "choice {} has a candidate of another forum", _select(elsewhere)
    yield from _of_dots()
    yield from _of_paper()
    yield from _of_count()


def _of_dots() -> Iterator[tuple[str, Select[Any]]]:
    placed = _of(ChoiceDot.dots, ChoiceDot.candidate_id == ChoiceCandidate.id)
    yield "choice {} is counted, and its ballots still have owners", _select(Choice.state == COUNTED, placed)
    place = EventRegistration.id == ChoiceDot.registration_id
    elsewhere = _of(
        ChoiceDot.dots,
        ChoiceDot.candidate_id == ChoiceCandidate.id,
        select(EventRegistration.id).where(place, EventRegistration.event_id != Choice.id).exists(),
    )
    yield "choice {} has a ballot from a place at another meeting", _select(elsewhere)
    ballot = select(ChoiceDot.registration_id).join(ChoiceCandidate, ChoiceCandidate.id == ChoiceDot.candidate_id)
    ballot = ballot.where(ChoiceCandidate.choice_id == Choice.id).group_by(ChoiceDot.registration_id)
    is_over = or_(func.sum(ChoiceDot.dots) > Choice.dots, func.max(ChoiceDot.dots) > Choice.most_on_one)
    yield "choice {} has a ballot of more dots than one has", _select(ballot.having(is_over).correlate(Choice).exists())


def _of_paper() -> Iterator[tuple[str, Select[Any]]]:
    typed = select(ChoicePaper.choice_id).where(ChoicePaper.choice_id == Choice.id).exists()
    summed = _of(PaperSum.dots, PaperSum.candidate_id == ChoiceCandidate.id)
    yield "choice {} has typed paper, and is not stopped", _select(Choice.state != STOPPED, or_(typed, summed))
    is_unsigned = or_(
        Choice.paper_typed_by.is_(None),
        Choice.paper_confirmed_by.is_(None),
        Choice.paper_typed_by == Choice.paper_confirmed_by,
    )
    yield "choice {} counts paper that two people did not sign", _select(Choice.paper_ballots > 0, is_unsigned)


def _of_count() -> Iterator[tuple[str, Select[Any]]]:
    has_total = _of(ChoiceCandidate.id, or_(ChoiceCandidate.placed.is_not(None), ChoiceCandidate.on_paper.is_not(None)))
    has_none = _of(ChoiceCandidate.id, or_(ChoiceCandidate.placed.is_(None), ChoiceCandidate.on_paper.is_(None)))
    is_wrong = or_(and_(Choice.state != COUNTED, has_total), and_(Choice.state == COUNTED, has_none))
    yield "choice {} has totals before its count, or lacks some after it", _select(is_wrong)
    early = or_(
        _of(ChoiceBallot.ballot, ChoiceBallot.candidate_id == ChoiceCandidate.id),
        _of(ChoiceCandidate.id, ChoiceCandidate.decision != ""),
    )
    yield "choice {} has ballots of nobody or a decision before its count", _select(Choice.state != COUNTED, early)


def _of(column: Any, *which: Any) -> Any:
    """Ask whether something hangs on a candidate of the choice."""
    query = select(ChoiceCandidate.id).where(ChoiceCandidate.choice_id == Choice.id)
    if column.class_ is ChoiceCandidate:
        return query.where(*which).exists()
    return query.where(select(column).where(*which).exists()).exists()


def _select(*which: Any) -> Select[Any]:
    return select(Choice.id).where(*which).order_by(Choice.id)

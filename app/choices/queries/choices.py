"""A choice, its candidates, the ballot of one person, how many placed theirs, and the ballots that name nobody."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.choices.models import Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot, ChoicePaper, ChoicePaperSum
from app.core.db import db
from app.core.errors import NotFound
from app.events.models.registrations import IN, EventRegistration


def find_choice(forum_id: int) -> Choice | None:
    """Return the choice of a forum; None where none was opened."""
    return db.session.get(Choice, forum_id)


def get_choice(forum_id: int) -> Choice:
    """Return the choice of a forum. Raise NotFound."""
    found = find_choice(forum_id)
    if found is None:
        raise NotFound()
    return found


def get_counted(forum_id: int) -> Choice:
    """Return the choice of a forum once it is counted. Raise NotFound."""
    choice = get_choice(forum_id)
    if not choice.is_counted:
        raise NotFound()
    return choice


def list_candidates(choice_id: int) -> Sequence[ChoiceCandidate]:
    """Return what one chooses among, in the order in which the team listed it, with the sessions of lines."""
    query = select(ChoiceCandidate).where(ChoiceCandidate.choice_id == choice_id)
    query = query.options(joinedload(ChoiceCandidate.topic))
    query = query.options(joinedload(ChoiceCandidate.decider).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(ChoiceCandidate.position, ChoiceCandidate.id)).all()


def list_candidate_ids(choice_id: int) -> Sequence[int]:
    """Return the numbers of the candidates, in their order."""
    query = select(ChoiceCandidate.id).where(ChoiceCandidate.choice_id == choice_id)
    return db.session.scalars(query.order_by(ChoiceCandidate.position, ChoiceCandidate.id)).all()


def get_candidate(choice_id: int, candidate_id: int) -> ChoiceCandidate:
    """Return one of the candidates of a choice. Raise NotFound."""
    found = next((one for one in list_candidates(choice_id) if one.id == candidate_id), None)
    if found is None:
        raise NotFound()
    return found


def count_decisions(choice_id: int) -> int:
    """Count the candidates of which the circle decided something."""
    decided = (ChoiceCandidate.choice_id == choice_id, ChoiceCandidate.decision != "")
    return db.session.scalar(select(func.count()).select_from(ChoiceCandidate).where(*decided)) or 0


def get_ballot(choice_id: int, registration: EventRegistration | None) -> dict[int, int]:
    """Map the candidates that somebody placed dots on to how many; nothing for whoever has no place."""
    if registration is None:
        return {}
    query = select(ChoiceDot.candidate_id, ChoiceDot.dots).join(
        ChoiceCandidate, ChoiceCandidate.id == ChoiceDot.candidate_id
    )
    mine = (ChoiceCandidate.choice_id == choice_id, ChoiceDot.registration_id == registration.id)
    return dict(db.session.execute(query.where(*mine)).tuples().all())


def list_dots(choice_id: int) -> Sequence[tuple[int, int, int]]:
    """Return the places, the candidates and the dots of the ballots that are counted: of those who have their place."""
    query = select(ChoiceDot.registration_id, ChoiceDot.candidate_id, ChoiceDot.dots)
    query = query.join(ChoiceCandidate, ChoiceCandidate.id == ChoiceDot.candidate_id)
    query = query.join(EventRegistration, EventRegistration.id == ChoiceDot.registration_id)
    return (
        db.session.execute(query.where(ChoiceCandidate.choice_id == choice_id, EventRegistration.state == IN))
        .tuples()
        .all()
    )


def count_voters(choice_id: int) -> int:
    """Count those who placed their dots and have their place still."""
    query = select(func.count(ChoiceDot.registration_id.distinct()))
    query = query.join(ChoiceCandidate, ChoiceCandidate.id == ChoiceDot.candidate_id)
    query = query.join(EventRegistration, EventRegistration.id == ChoiceDot.registration_id)
    return db.session.scalar(query.where(ChoiceCandidate.choice_id == choice_id, EventRegistration.state == IN)) or 0


def find_paper(choice_id: int) -> ChoicePaper | None:
    """Return what was typed of paper ballots, with who typed it."""
    query = select(ChoicePaper).where(ChoicePaper.choice_id == choice_id)
    return db.session.scalar(query.options(joinedload(ChoicePaper.typist).load_only(User.name, User.closed_at)))


def get_paper_sums(choice_id: int) -> dict[int, int]:
    """Map the candidates to the dots of paper, as they were typed."""
    query = select(ChoicePaperSum.candidate_id, ChoicePaperSum.dots)
    query = query.join(ChoiceCandidate, ChoiceCandidate.id == ChoicePaperSum.candidate_id)
    return dict(db.session.execute(query.where(ChoiceCandidate.choice_id == choice_id)).tuples().all())


def name_people(ids: Sequence[int | None]) -> dict[int, User]:
    """Map members to themselves, to be named."""
    known = [one for one in ids if one]
    query = select(User).where(User.id.in_(known))
    return {user.id: user for user in db.session.scalars(query)} if known else {}


def list_ballots(choice_id: int) -> list[dict[int, int]]:
    """Return the ballots of a choice that was counted, in the order drawn by lot: candidates, and dots on each."""
    query = select(ChoiceBallot.ballot, ChoiceBallot.candidate_id, ChoiceBallot.dots)
    query = query.join(ChoiceCandidate, ChoiceCandidate.id == ChoiceBallot.candidate_id)
    query = query.where(ChoiceCandidate.choice_id == choice_id)
    found: dict[int, dict[int, int]] = {}
    for ballot, candidate_id, dots in db.session.execute(
        query.order_by(ChoiceBallot.ballot, ChoiceBallot.candidate_id)
    ):
        found.setdefault(ballot, {})[candidate_id] = dots
    return list(found.values())

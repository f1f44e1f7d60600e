from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.accounts.signals import AccountClosed
from app.core.db import db
from app.core.errors import Forbidden
from app.core.signals import tell
from app.core.unit import unit
from app.ideas import service as ideas
from app.ideas.models import OPEN, STATUSES
from app.votes import queries, service
from app.votes.models import DeclinedVote, Vote
from tests.support.rows import kinds_told


@pytest.fixture
def cross(make):
    """Somebody and an idea, and the pairs that share one of the two: written before them and after."""
    (before, user, after), (first, idea, last) = [make.user() for _n in range(3)], [make.idea() for _n in range(3)]
    others = ((before, idea), (user, first), (user, last), (after, idea))
    return SimpleNamespace(actor=make.actor(user), idea=idea, own=(user, idea), others=others)


def pairs(model, *where):
    return set(db.session.execute(select(model.user_id, model.idea_id).where(*where)).tuples())


def pair_ids(found):
    return {(user.id, idea.id) for user, idea in found}


def decline(make, user, idea, origin):
    """Have somebody take back the support that a merge brought."""
    make.vote(user, idea, inherited_from=origin.id)
    service.withdraw(make.actor(user), idea)


def votes_of(idea):
    return db.session.scalar(select(func.count()).where(Vote.idea_id == idea.id))


def test_a_confirmed_person_supports_once_and_takes_it_back(people, make):
    idea, actor = make.idea(), people["member"]
    for act in (service.cast, service.withdraw):
        with pytest.raises(Forbidden):
            act(people["unconfirmed"], idea)
    service.cast(actor, idea)
    service.cast(actor, idea)
    assert (idea.votes_count, votes_of(idea)) == (1, 1)
    service.withdraw(actor, idea)
    service.withdraw(actor, idea)
    assert (idea.votes_count, votes_of(idea)) == (0, 0)


@pytest.mark.parametrize("status", STATUSES)
def test_supports_are_frozen_where_an_idea_is_out_of_the_way(make, status):
    idea, before, after = make.idea(status=status), make.actor(), make.actor()
    db.session.add(Vote(user_id=before.id, idea_id=idea.id))
    db.session.commit()
    make.at(idea, votes_count=1)
    if status in OPEN:
        service.cast(after, idea)
        service.withdraw(before, idea)
        assert votes_of(idea) == idea.votes_count == 1
        return
    with pytest.raises(Forbidden):
        service.cast(after, idea)
    with pytest.raises(Forbidden):
        service.withdraw(before, idea)
    assert votes_of(idea) == idea.votes_count == 1


def test_withdrawing_an_idea_keeps_its_supports(make, author):
    idea, supporter = make.idea(author=author), make.actor()
    service.cast(supporter, idea)
    ideas.withdraw(make.actor(author), idea, reason="Je m'y prends autrement.")
    assert votes_of(idea) == idea.votes_count == 1
    with pytest.raises(Forbidden):
        service.withdraw(supporter, idea)


def test_a_name_is_shown_only_by_choice_and_the_last_choice_stands(make):
    idea, actor = make.idea(), make.actor()
    service.cast(actor, idea)
    vote = db.session.scalars(select(Vote)).one()
    assert vote.is_named is False
    service.cast(actor, idea, is_named=True)
    assert vote.is_named is True and idea.votes_count == 1
    service.set_is_named(actor, idea, is_named=False)
    assert vote.is_named is False


def test_a_name_is_withdrawn_even_where_supports_are_frozen(make, author):
    idea, actor = make.idea(author=author), make.actor()
    service.cast(actor, idea, is_named=True)
    ideas.withdraw(make.actor(author), idea, reason="Je m'y prends autrement.")
    service.set_is_named(actor, idea, is_named=False)
    assert not db.session.scalars(select(Vote)).one().is_named


def test_a_name_is_put_on_one_support_and_no_other(make, cross):
    for user, idea in (*cross.others, cross.own):
        make.vote(user, idea)
    service.set_is_named(cross.actor, cross.idea, is_named=True)
    assert pairs(Vote, Vote.is_named) == pair_ids([cross.own])


def test_one_support_is_taken_back_and_no_other(make, cross):
    for user, idea in (*cross.others, cross.own):
        make.vote(user, idea)
    service.withdraw(cross.actor, cross.idea)
    assert pairs(Vote) == pair_ids(cross.others) and cross.idea.votes_count == 2


def test_a_refusal_is_of_one_person_and_one_idea(make, cross):
    origin = make.idea()
    for user, idea in cross.others:
        decline(make, user, idea, origin)
    make.vote(cross.own[0], origin)
    assert queries.count_to_carry(origin, cross.idea) == 1


def test_a_support_given_again_forgets_one_refusal_and_no_other(make, cross):
    origin = make.idea()
    for user, idea in (*cross.others, cross.own):
        decline(make, user, idea, origin)
    assert pairs(DeclinedVote) == pair_ids((*cross.others, cross.own))
    service.cast(cross.actor, cross.idea)
    assert pairs(DeclinedVote) == pair_ids(cross.others)


def test_an_author_hears_of_the_tenth_support_but_not_of_their_own(make, author):
    tenth, own = make.idea(author=author, votes=9), make.idea(author=author, votes=9)
    service.cast(make.actor(author), own)
    service.cast(make.actor(), own)
    assert kinds_told(author) == []
    service.cast(make.actor(), tenth)
    assert kinds_told(author) == ["support.tens"]


def test_nobody_names_themselves_on_what_they_may_not_read(make):
    draft, stranger = make.idea(status="draft"), make.actor()
    with pytest.raises(Forbidden):
        service.set_is_named(stranger, draft, is_named=True)


def test_a_closed_account_leaves_its_supports_without_a_name(make):
    idea, before, leaves, after = make.idea(), make.actor(), make.actor(), make.actor()
    for person in (before, leaves, after):
        service.cast(person, idea, is_named=True)
    with unit():
        tell(AccountClosed(leaves.id))
    ids = set(db.session.scalars(select(Vote.user_id).where(Vote.is_named)))
    assert ids == {before.id, after.id} and idea.votes_count == 3

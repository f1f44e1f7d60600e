import pytest
from sqlalchemy import func, select

from app.accounts.signals import AccountClosed
from app.core.db import db
from app.core.errors import Forbidden
from app.core.signals import tell
from app.core.unit import unit
from app.ideas import service as ideas
from app.ideas.models import OPEN, STATUSES
from app.votes import service
from app.votes.models import Vote


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


def test_a_name_is_put_on_one_support_and_no_other(make):
    idea, other, actor, neighbour = make.idea(), make.idea(), make.actor(), make.actor()
    for person, idea_to_support in ((actor, idea), (actor, other), (neighbour, idea)):
        service.cast(person, idea_to_support)
    service.set_is_named(actor, idea, is_named=True)
    pairs = db.session.execute(select(Vote.user_id, Vote.idea_id).where(Vote.is_named)).tuples().all()
    assert pairs == [(actor.id, idea.id)]


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

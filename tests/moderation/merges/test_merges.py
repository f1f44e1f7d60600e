"""Joining one idea to another and parting it again: whose support comes, and every row as before."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.ideas.models import STATUSES
from app.journal.models import Entry
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from app.moderation.merges.models import Merge
from app.operations import recount
from app.votes import service as votes
from app.votes.models import Vote
from tests.support import tables
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

# What tells the story of a merge is kept; everything else must be as it was.
LOGS = {"measures", "journal", "merges", "notices", "facts"}
WHY = "Les deux demandent un marché public"


@pytest.fixture
def pair(make):
    """Two ideas that say the same, each with its supporters and its talk; one person supports both."""
    idea = make.idea(community=HERE, title="Un marché public au centre-ville", votes=3)
    into = make.idea(community=HERE, title="Un marché couvert", votes=2)
    both = make.user()
    make.vote(both, idea, is_named=True)
    make.vote(both, into)
    make.vote(make.user(), idea, is_named=True)
    make.comment(idea, parent=make.comment(idea))
    make.comment(into)
    return idea, into


def supports(idea):
    """Return who supports an idea, with the idea that their support came from."""
    db.session.rollback()
    return dict(
        db.session.execute(select(Vote.user_id, Vote.inherited_from).where(Vote.idea_id == idea.id)).tuples().all()
    )


def find_changed_tables(before):
    return tables.changed_tables(before, tables.photo()) - LOGS


def test_an_idea_that_is_parted_leaves_every_row_as_before(people, pair):
    idea, into = pair
    before = tables.photo()
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    assert find_changed_tables(before) == {"ideas", "threads", "votes"}
    merges.part(people["facilitator"], again(idea), reason="Finalement, non")
    assert find_changed_tables(before) == set() and recount.list_differences() == []


def test_each_supporter_is_counted_once_and_without_their_name(people, pair):
    idea, into = pair
    own, coming = supports(into), supports(idea)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    assert supports(into) == {person: idea.id for person in coming} | own
    assert again(into).votes_count == 7 and recount.list_differences() == []
    ids = db.session.scalars(select(Vote.idea_id).where(Vote.is_named)).all()
    assert set(ids) == {idea.id}
    assert supports(idea) == coming


def test_the_idea_keeps_its_page_and_leaves_what_is_public(people, pair):
    idea, into = pair
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    merged_idea = again(idea)
    assert (
        merged_idea.merged_into == into.id
        and merged_idea.is_published
        and not merged_idea.is_public
        and not merged_idea.is_open
    )
    assert merged_idea.status == "published"


def test_it_is_in_the_journal_without_anybody_named(people, pair):
    idea, into = pair
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    merges.part(people["facilitator"], again(idea), reason="Finalement, non")
    lines = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(line.kind, line.reason) for line in lines] == [("merge", WHY), ("part", "Finalement, non")]
    merge_measure, part_measure = db.session.scalars(select(Measure).order_by(Measure.id)).all()
    assert merge_measure.data == {"into": into.id} and part_measure.undoes_id == merge_measure.id
    merge = db.session.scalars(select(Merge)).one()
    assert merge.parted_by == people["facilitator"].id and merge.parted_at


def test_it_can_be_joined_and_parted_again_and_again(people, pair):
    idea, into = pair
    before = tables.photo()
    for _time in range(3):
        merges.merge(people["facilitator"], again(idea), again(into), reason=WHY)
        merges.part(people["facilitator"], again(idea), reason=WHY)
    assert find_changed_tables(before) == set()
    undone = db.session.scalars(select(Measure.undoes_id).where(Measure.kind == "part")).all()
    assert len(set(undone)) == 3


# Who, and what becomes of it.


def test_only_those_in_charge_join_and_part(people, pair):
    idea, into = pair
    with pytest.raises(Forbidden):
        merges.merge(people["neighbour"], again(idea), again(into), reason=WHY)
    merges.merge(people["coordinator"], again(idea), again(into), reason=WHY)
    with pytest.raises(Forbidden):
        merges.part(people["neighbour"], again(idea), reason=WHY)


def test_both_communities_must_be_in_their_charge(make, people):
    here, there = make.idea(community=HERE), make.idea(community=ELSEWHERE)
    for actor, idea, into in ((people["facilitator"], here, there), (people["neighbour"], there, here)):
        with pytest.raises(Invalid) as refusal:
            merges.merge(actor, idea, into, reason=WHY)
        assert refusal.value.message == merges.REFUSALS[merges.policy.has_charge_of_both]
    merges.merge(make.actor(facilitates=[HERE, ELSEWHERE]), here, there, reason=WHY)


def test_what_is_not_open_neither_goes_nor_receives(make, people):
    states = {
        "hidden": {"hidden_at": clock.now(), "hidden_reason": "hors sujet"},
        "deleted": {"deleted_at": clock.now()},
        "merged": {"merged_into": make.idea(community=HERE).id},
    }
    open_one = make.idea(community=HERE)
    for state in (*STATUSES, *states):
        other = make.idea(community=HERE, status=state if state in STATUSES else "published", **states.get(state, {}))
        if other.is_open:
            merges.merge(people["facilitator"], other, make.idea(community=HERE), reason=WHY)
            continue
        with pytest.raises(Forbidden):
            merges.merge(people["facilitator"], other, again(open_one), reason=WHY)
        with pytest.raises(Invalid) as refusal:
            merges.merge(people["facilitator"], again(open_one), again(other), reason=WHY)
        assert refusal.value.message == merges.REFUSALS[merges.policy.are_open], state


def test_an_idea_is_not_joined_to_itself(make, people):
    idea = make.idea(community=HERE)
    with pytest.raises(Invalid):
        merges.merge(people["facilitator"], idea, idea, reason=WHY)


def test_what_holds_others_is_not_joined_so_that_there_are_no_circles(make, people):
    first, second, third = (make.idea(community=HERE) for _n in range(3))
    merges.merge(people["facilitator"], first, second, reason=WHY)
    with pytest.raises(Invalid) as refusal:
        merges.merge(people["facilitator"], again(second), third, reason=WHY)
    assert refusal.value.message == merges.HOLDS_OTHERS
    with pytest.raises(Invalid):
        merges.merge(people["facilitator"], again(second), again(first), reason=WHY)
    merges.merge(people["facilitator"], again(third), again(second), reason=WHY)
    assert again(third).merged_into == again(first).merged_into == second.id


def test_a_private_idea_goes_only_to_one_of_the_same_community(make, people):
    for slug in ("cercle", "autre-cercle"):
        make.community(slug=slug, name=slug, is_private=True)
    inside, near, other, public = (make.idea(community=slug) for slug in ("cercle", "cercle", "autre-cercle", HERE))
    for idea, into in ((inside, other), (inside, public), (public, inside)):
        with pytest.raises(Invalid) as refusal:
            merges.merge(people["coordinator"], again(idea), again(into), reason=WHY)
        assert refusal.value.message == merges.REFUSALS[merges.policy.are_in_one_circle]
    merges.merge(people["coordinator"], again(inside), again(near), reason=WHY)
    line = db.session.scalars(select(Entry)).one()
    assert line.is_private


def test_an_imported_idea_without_a_community_is_for_coordinators(make, people):
    idea, into = make.idea(community_id=None), make.idea(community=HERE)
    with pytest.raises(Forbidden):
        merges.merge(people["facilitator"], idea, into, reason=WHY)
    merges.merge(people["coordinator"], again(idea), into, reason=WHY)


# What happens meanwhile.


def test_what_was_said_and_supported_meanwhile_stays_under_the_other(make, people, pair):
    idea, into = pair
    supporter = make.actor()
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    votes.cast(supporter, again(into))
    make.comment(into)
    merges.part(people["facilitator"], again(idea), reason=WHY)
    assert supporter.id in supports(into) and again(into).votes_count == 4
    assert (again(into).comments_count, again(idea).comments_count) == (2, 2)
    assert recount.list_differences() == []


def test_it_is_parted_whatever_became_of_either(make, people, pair):
    idea, into = pair
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    assert len(tables.photo()["votes"]) == 12
    changes = {
        "hidden": lambda: measures.hide(people["facilitator"], again(into), reason="Hors du sujet"),
        "joined is hidden": lambda: measures.hide(people["facilitator"], again(idea), reason="Hors du sujet"),
        "moved": lambda: make.at(into, community_id=make.room(ELSEWHERE).id),
        "withdrawn": lambda: make.at(into, status="withdrawn"),
        "locked": lambda: measures.lock(people["facilitator"], again(idea), reason="Trop vif"),
    }
    for meanwhile, change in tables.on_same_rows(changes.items()):
        change()
        merges.part(people["facilitator"], again(idea), reason=WHY)
        assert not again(idea).is_merged and again(idea).is_open == (meanwhile != "joined is hidden"), meanwhile
        assert again(into).votes_count == 3 and recount.list_differences() == [], meanwhile


def test_it_is_parted_by_those_who_have_the_charge_of_it_now(make, people, pair):
    idea, into = pair
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    make.at(idea, community_id=make.room(ELSEWHERE).id)
    with pytest.raises(Forbidden):
        merges.part(people["facilitator"], again(idea), reason=WHY)
    merges.part(people["neighbour"], again(idea), reason=WHY)
    assert not again(idea).is_merged


def test_what_stands_alone_is_not_parted(people, pair):
    with pytest.raises(Forbidden):
        merges.part(people["facilitator"], pair[0], reason=WHY)

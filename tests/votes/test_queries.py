from app.core import clock
from app.core.actor import ANYONE
from app.votes import queries, service


def test_the_public_sees_the_count_and_the_names_that_were_given(make):
    idea = make.idea()
    make.vote(make.user(name="Rose"), idea, is_named=True)
    make.vote(make.user(name="Paul"), idea)
    support = queries.get_support(ANYONE, idea)
    assert (support.count, support.is_mine, support.is_named, support.more) == (2, False, False, 1)
    assert [name for _id, name in support.names] == ["Rose"]


def test_a_person_sees_their_own_support(make):
    idea, rose, paul = make.idea(), make.user(name="Rose"), make.user(name="Paul")
    make.vote(rose, idea, is_named=True)
    make.vote(paul, idea)
    of_rose, of_paul = queries.get_support(make.actor(rose), idea), queries.get_support(make.actor(paul), idea)
    assert (of_rose.is_mine, of_rose.is_named, len(of_rose.names)) == (True, True, 1)
    assert (of_paul.is_mine, of_paul.is_named, len(of_paul.names)) == (True, False, 1)


def test_ten_names_are_shown_and_the_others_counted(make, count_queries):
    idea, me = make.idea(), make.user(name="Moi")
    for n in range(13):
        make.vote(make.user(name=f"Nom {n}"), idea, is_named=True)
    make.vote(me, idea, is_named=True)
    actor, _count = make.actor(me), idea.votes_count
    with count_queries() as statements:
        support = queries.get_support(actor, idea)
    assert len(support.names) == 10 and support.more == 4 and support.names[0][1] == "Moi"
    assert len(statements) == 1


def test_a_closed_account_is_never_named(make):
    idea = make.idea()
    make.vote(make.user(closed_at=clock.now()), idea, is_named=True)
    support = queries.get_support(ANYONE, idea)
    assert (support.count, support.names, support.more) == (1, (), 1)


def test_an_idea_without_support_has_none(make):
    assert queries.get_support(make.actor(), make.idea()) == queries.Support(0)


def test_what_is_shown_of_an_idea_is_its_own(make):
    ideas, mine = [make.idea() for _n in range(3)], make.actor()
    for n in (0, 2):
        service.cast(mine, ideas[n], is_named=True)
        make.vote(make.user(), ideas[n], inherited_from=ideas[1].id)
    for reader in (mine, make.actor()):
        assert queries.get_support(reader, ideas[1]) == queries.Support(0)


def test_ones_own_support_is_found_among_many_that_came_before(make):
    mine, idea = make.actor(), make.idea()
    for _n in range(13):
        service.cast(make.actor(), idea, is_named=True)
    service.cast(mine, idea)
    assert queries.get_support(mine, idea).is_mine and queries.get_support(mine, idea).more == 4


def test_ten_names_are_shown_beside_ones_own_support_that_has_none(make):
    idea, mine = make.idea(), make.actor()
    for _n in range(12):
        service.cast(make.actor(), idea)
    for _n in range(13):
        service.cast(make.actor(), idea, is_named=True)
    service.cast(mine, idea)
    for reader in (mine, make.actor()):
        support = queries.get_support(reader, idea)
        assert (len(support.names), support.more, support.is_mine, support.is_named) == (10, 16, reader is mine, False)

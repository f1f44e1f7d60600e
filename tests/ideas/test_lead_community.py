"""The privacy of a content follows its community, whatever is done to it; and nothing published crosses the wall."""

from itertools import product

import pytest
from sqlalchemy import update

from app.accounts.models.people import User
from app.comments.models import Thread
from app.communities.queries import get_rooms
from app.core.db import db
from app.core.errors import Invalid
from app.core.unit import unit
from app.ideas import publishing, service
from app.ideas.models import Idea
from app.ideas.writing import IdeaWords
from app.operations import recount
from app.updates import service as updates

HERE, THERE = "securite-alimentaire", "transport-collectif"
WORDS = {"title": "Des paniers à la bibliothèque", "body": "Chaque jeudi."}


@pytest.fixture
def rooms(make):
    return {name: make.room(name).id for name in (HERE, THERE)} | {
        name: make.community(slug=name, is_private=True).id for name in ("cercle", "autre-cercle", "ailleurs")
    }


@pytest.fixture
def author(make, rooms):
    return make.actor(member_of=["cercle", "autre-cercle"])


def read_privacy(idea):
    return idea.is_private, db.session.get_one(Thread, idea.thread_id).is_private


def test_the_flag_follows_from_the_draft_to_the_publication(author, rooms):
    idea = publishing.draft(author, IdeaWords(**WORDS, community_id=rooms["cercle"]))
    assert read_privacy(idea) == (True, True)
    publishing.save(author, idea, IdeaWords(**WORDS, community_id=rooms[HERE]))
    assert not idea.is_private
    publishing.publish(author, publishing.save(author, idea, IdeaWords(**WORDS, community_id=rooms["autre-cercle"])))
    assert read_privacy(idea) == (True, True) and recount.list_differences() == []


def test_once_submitted_an_edit_never_changes_which_community_leads(make, author, rooms):
    """The team may have answered the idea, noted on it or decided on a report: only a move changes the community."""
    edits = ((HERE, THERE), (HERE, "cercle"), (HERE, None), ("cercle", HERE), ("cercle", "autre-cercle"))
    for status, (start, goal) in product(("pending", "published", "declined"), edits):
        idea = make.idea(db.session.get_one(User, author.id), start, status)
        before = read_privacy(idea)
        service.revise(author, idea, IdeaWords(title="Un autre titre", body="x", community_id=rooms.get(goal)))
        assert (idea.title, idea.community_id, read_privacy(idea)) == ("Un autre titre", rooms[start], before)
        assert db.session.get_one(Thread, idea.thread_id).community_id == rooms[start]


@pytest.mark.parametrize(
    ("lead", "others", "field"),
    [
        ("ailleurs", (), "community"),
        ("cercle", (HERE,), "communities"),
        (HERE, ("cercle",), "communities"),
        (HERE, ("ailleurs",), "communities"),
    ],
)
def test_an_idea_is_placed_only_where_it_may_be_read(author, rooms, lead, others, field):
    words = IdeaWords(**WORDS, community_id=rooms[lead], communities=tuple(rooms[name] for name in others))
    with pytest.raises(Invalid) as error:
        publishing.draft(author, words)
    assert error.value.field == field
    publishing.draft(
        author,
        IdeaWords(
            **WORDS,
            community_id=rooms[lead if lead != "ailleurs" else "cercle"],
            communities=(rooms["cercle"],) * (lead == "cercle"),
        ),
    )


def test_a_draft_of_a_community_that_was_left_is_still_its_authors(make, rooms):
    user = make.user()
    idea = make.idea(user, "ailleurs", "draft")
    publishing.save(make.actor(user), idea, IdeaWords(**WORDS, community_id=rooms[HERE]))
    assert idea.community_id == rooms[HERE] and not idea.is_private
    publishing.publish(make.actor(user), idea)


def test_an_update_takes_the_privacy_of_its_community(make, people, rooms):
    for name in ("cercle", HERE):
        news = updates.publish(people["coordinator"], get_rooms().by_slug[name], **WORDS)
        assert read_privacy(news) == (name == "cercle", name == "cercle")
        make.at(news, is_private=name != "cercle")
        updates.edit(people["coordinator"], news, title="Un autre titre", body="x")
        assert read_privacy(news) == (name == "cercle", name == "cercle")
        updates.delete(people["coordinator"], news)
        assert read_privacy(news)[0] == (name == "cercle")


@pytest.mark.parametrize("table", [Idea, Thread])
def test_a_flag_that_differs_from_its_community_is_found_and_put_right(make, rooms, table):
    idea = make.idea(community="cercle")
    with unit():
        db.session.execute(update(table).values(is_private=False))
    wrong = {found.counter for found in recount.list_differences()}
    assert wrong - {"idea_facets.codes"} == {f"{table.__tablename__}.is_private"}
    recount.repair()
    assert read_privacy(db.session.get_one(Idea, idea.id)) == (True, True) and recount.list_differences() == []

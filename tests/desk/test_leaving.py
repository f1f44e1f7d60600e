"""Who closes their account leaves no text that somebody could still let appear, and no work about one."""

import pytest

from app.accounts import service as accounts
from app.communities.actors import actor_for
from app.communities.queries import get_rooms
from app.core.db import db
from app.core.errors import DomainError
from app.core.unit import unit
from app.desk.models import Assignment, Note
from app.desk.queries import desk
from app.desk.queries.queues import Scope
from app.ideas.models import Idea, IdeaIssue
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.service import appeals
from app.moderation.first_posts.service import first_posts, frozen_accounts
from app.moderation.measures import queries as measures
from app.moderation.measures.models import Measure
from app.moderation.moves.service import requests
from app.operations import recount
from tests.support import tables
from tests.support.world import HERE

SECRET = "canari-secret"


@pytest.fixture
def leaver(make):
    return make.user("Maude Mésange", trusted_at=None)


@pytest.fixture
def waiting(make, people, leaver):
    """Two ideas and two comments of somebody, a pending and a refused one of each; a team works on them."""
    team = people["facilitator"]
    places = {"body": f"Un texte {SECRET}.", "suspect": "first links:4"}
    idea, refused_idea = (
        make.idea(leaver, HERE, "pending", title=f"Une idée {SECRET} {n}", issues=["education"], **places)
        for n in (1, 2)
    )
    subject = make.idea(community=HERE, title="Une idée qui reste")
    comment, refused_comment = (
        make.comment(subject, leaver, f"Un mot {SECRET}.", status="pending", suspect="first") for _n in range(2)
    )
    for row in (
        Assignment(idea_id=idea.id, user_id=team.id, by_id=team.id),
        Note(idea_id=idea.id, body="À relire.", by_id=team.id),
    ):
        make.add(row)
    first_posts.refuse_idea(team, refused_idea, reason="Hors sujet ici.", version=refused_idea.version)
    first_posts.refuse_comment(team, refused_comment, reason="Hors sujet ici.", version=refused_comment.version)
    for measure in db.session.query(Measure).all():
        appeals.appeal(actor_for(leaver), measure, words=f"Je répète {SECRET}.")
    public_idea = make.idea(leaver, HERE)
    requests.request_move(
        actor_for(leaver), public_idea, get_rooms().by_slug["transport-collectif"], reason=f"Plutôt là, {SECRET}."
    )
    with unit():
        frozen_accounts.freeze(leaver.id)
    return [idea, refused_idea, comment, refused_comment]


def words():
    return {
        f"{name}.{column}"
        for name, rows in tables.photo().items()
        for row in rows.values()
        for column, value in row.items()
        if SECRET in str(value)
    }


def test_the_words_are_in_no_table_and_the_desk_has_nothing_of_them(people, sign_in, leaver, waiting):
    ids = [row.id for row in waiting]
    assert words() >= {
        "ideas.title",
        "ideas.body",
        "comments.body",
        "comments.body_html",
        "threads.title",
        "appeals.words",
        "move_requests.reason",
    }
    scope = Scope(people["coordinator"], get_rooms().by_slug[HERE])
    before = {name: count.all for name, count in desk.count_queues(scope).items() if count.all}
    assert before == {"pending": 2, "appeals": 2, "frozen": 1, "requests": 1}
    accounts.close(actor_for(leaver), leaver)
    db.session.rollback()
    assert words() == set() and db.session.query(IdeaIssue).count() == 0
    assert {name: count.all for name, count in desk.count_queues(scope).items() if count.all} == {}
    assert (
        db.session.query(Assignment).count() == db.session.query(Note).count() == db.session.query(Appeal).count() == 0
    )
    assert [measure.reason for measure in db.session.query(Measure).filter_by(kind="refuse")] == ["Hors sujet ici."] * 2
    assert recount.list_differences() == [] and list(measures.list_journal_faults()) == []
    browser = sign_in(db.session.get_one(type(leaver), people["coordinator"].id))
    for path in (f"/ideas/{ids[0]}", f"/ideas/{ids[1]}", f"/comments/{ids[2]}", f"/comments/{ids[3]}"):
        assert browser.get(path).status_code == 404
    assert browser.get("/moderation/measures").status_code == 200


def test_what_waited_is_let_appear_by_nobody_afterwards(people, leaver, waiting):
    accounts.close(actor_for(leaver), leaver)
    db.session.rollback()
    idea, _refused_idea, comment, _refused_comment = (db.session.get_one(type(row), row.id) for row in waiting)
    for act, thing in ((first_posts.publish_idea, idea), (first_posts.publish_comment, comment)):
        with pytest.raises(DomainError):
            act(people["coordinator"], thing, version=thing.version)
        db.session.rollback()
    assert db.session.query(Idea).filter(Idea.published_at.is_not(None)).count() == 2


def test_what_waits_of_others_still_waits(make, people, leaver, waiting):
    make.idea(make.user(trusted_at=None), HERE, "pending", title=f"D'une autre personne {SECRET}")
    accounts.close(actor_for(leaver), leaver)
    db.session.rollback()
    assert (
        "ideas.title" in words()
        and desk.count_queues(Scope(people["facilitator"], get_rooms().by_slug[HERE]))["pending"].all == 1
    )

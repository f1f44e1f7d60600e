"""Who is told of a merge, a parting or a split; and that those whose idea was joined follow the other one."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.ideas import service as ideas
from app.moderation.merges import service as merges
from app.notifications.models import Notice
from app.web.notices.sentences import NOTICES
from tests.support.rows import again
from tests.support.world import HERE

WHY = "Elles disent la même chose"


@pytest.fixture
def writers(make):
    return make.user("Ana"), make.user("Béa")


@pytest.fixture
def pair(make, writers):
    return tuple(make.idea(writer, HERE, body="Un marché. Un autobus.") for writer in writers)


def list_notices(kind=""):
    db.session.rollback()
    rows = db.session.execute(select(Notice.kind, Notice.user_id).where(Notice.kind.startswith(kind))).tuples()
    return sorted(rows)


def test_both_authors_and_each_person_whose_support_came_are_told_once(make, people, pair, writers):
    idea, into = pair
    came, both = make.user(), make.user()
    make.vote(came, idea)
    for one in pair:
        make.vote(both, one)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    assert list_notices() == sorted(
        [("merge.author", writers[0].id), ("merge.received", writers[1].id), ("merge.support", came.id)]
    )
    notice = db.session.scalars(select(Notice).where(Notice.kind == "merge.support")).one()
    assert (notice.idea_id, notice.facts) == (into.id, {"beside": idea.id, "reason": WHY})
    merges.part(people["facilitator"], again(idea), reason=WHY)
    assert list_notices("part") == sorted([("part.author", writers[0].id), ("part.support", came.id)])


@pytest.mark.parametrize("supports", [0, 1])
def test_supports_are_told_to_the_author_where_there_are_any(make, people, writers, supports):
    idea, into = (make.idea(writer, HERE, votes=supports) for writer in writers)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    merges.part(people["facilitator"], again(idea), reason=WHY)
    db.session.rollback()
    told = db.session.scalars(select(Notice).where(Notice.kind.in_(("merge.author", "part.author")))).all()
    assert [notice.facts.get("unsupported", False) for notice in told] == [not supports] * 2


def test_who_joins_and_parts_two_ideas_is_not_told_of_their_own_support(make, people, pair):
    idea, into = pair
    make.vote(people["facilitator"], idea)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    merges.part(people["facilitator"], again(idea), reason=WHY)
    assert list_notices("merge.support") == list_notices("part.support") == []


def test_the_author_of_what_receives_may_be_among_the_supporters(make, people, pair, writers):
    idea, into = pair
    make.vote(writers[1], idea)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    assert ("merge.support", writers[1].id) in list_notices() and again(into).votes_count == 1


def test_the_author_is_told_of_the_part_drawn_out_of_their_text(people, pair, writers):
    part = merges.split(people["facilitator"], pair[0], title="Un autobus le samedi", body="Un autobus.", reason=WHY)
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.kind, notice.user_id, notice.idea_id) == ("split.author", writers[0].id, part.id)
    assert notice.facts == {"beside": pair[0].id, "reason": WHY}


def test_whoever_wrote_what_was_joined_is_told_when_the_other_moves(make, people, pair, writers):
    idea, into = pair
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    ideas.move(people["facilitator"], again(into), "retained", reason="On le fait au printemps")
    assert list_notices("status") == sorted([("status", writers[1].id), ("status.joined", writers[0].id)])
    merges.part(people["facilitator"], again(idea), reason=WHY)
    ideas.move(people["facilitator"], again(into), "declined", reason="Faute de moyens")
    assert len(list_notices("status.joined")) == 1


def test_nobody_is_told_of_what_they_may_no_longer_read(make, people, writers):
    make.community(slug="cercle", name="cercle", is_private=True)
    idea, into = (make.idea(writer, "cercle") for writer in writers)
    merges.merge(people["coordinator"], idea, into, reason=WHY)
    ideas.move(people["coordinator"], again(into), "retained", reason="On le fait au printemps")
    assert list_notices("status") == [("status", writers[1].id)]


def test_every_notice_has_its_words(make, people, pair, sign_in):
    kinds = (
        "merge.author",
        "merge.received",
        "merge.support",
        "part.author",
        "part.support",
        "split.author",
        "status.joined",
    )
    assert set(kinds) <= NOTICES.keys()
    idea, into = pair
    person = make.user()
    make.vote(person, idea)
    merges.merge(people["facilitator"], idea, into, reason=WHY)
    page = sign_in(person).get("/notifications")
    assert f"/ideas/{into.id}-{into.slug}#support" in str(page.soup.select_one(".notices"))
    assert idea.title in page.words and WHY in page.words and "vous pouvez l'y retirer" in page.words.replace("’", "'")

"""A second idea drawn out of one that says two things; joined back; and two ideas side by side."""

import pytest
from sqlalchemy import select

from app.accounts.models.people import ImportedAuthor
from app.communities.models import Membership
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ideas import service as ideas
from app.ideas.models import Idea, IdeaIssue, IdeaTerritory, Relation, Revision, StatusChange
from app.ideas.policy import READ
from app.journal.models import Entry
from app.moderation.measures.models import Measure
from app.moderation.measures.queries import list_journal_faults
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from app.moderation.merges.queries import get_idea_with_related
from app.operations import recount
from app.votes import service as votes
from tests.support import tables
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

WHY = "Ce texte demande deux choses"
BODY = "Un marché public au centre-ville.\n\nEt un autobus le samedi, pour s'y rendre."
PART = {"title": "Un autobus le samedi", "body": "un autobus le  Samedi, pour s'y rendre.", "reason": WHY}


@pytest.fixture
def origin(make, author):
    return make.idea(author, HERE, kind="need", body=BODY, issues=["education"], territories=["70052"], votes=2)


def split_idea(actor, origin, **more):
    return merges.split(actor, again(origin), **(PART | more))


def test_the_part_is_published_in_its_authors_name_and_the_origin_stays_as_it_was(people, author, origin):
    before = tables.photo()
    part = split_idea(people["facilitator"], origin)
    assert (part.author_id, part.status, part.kind, part.community_id) == (
        author.id,
        "published",
        "need",
        origin.community_id,
    )
    assert part.is_open and part.revisions_count == 1 and part.votes_count == 0 and recount.list_differences() == []
    assert {row for row in tables.differences(before, tables.photo()) if not row.endswith("+")} == set()
    kinds = db.session.scalars(select(Relation.kind).where(Relation.idea_id == part.id, Relation.other_id == origin.id))
    assert kinds.all() == ["split"]
    for table in (IdeaIssue, IdeaTerritory, Revision):
        assert db.session.scalars(select(table).where(table.idea_id == part.id)).one()
    step = db.session.scalars(select(StatusChange).where(StatusChange.idea_id == part.id)).one()
    assert step.by_id == people["facilitator"].id and part.thread_id != origin.thread_id


def test_nobody_else_splits(people, origin):
    with pytest.raises(Forbidden):
        split_idea(people["neighbour"], origin)


def test_no_word_is_put_in_somebodys_mouth(people, origin):
    for body in ("Un autobus le dimanche.", "un autobus le samedi\nQuelques mots de l'équipe."):
        with pytest.raises(Invalid) as refusal:
            split_idea(people["facilitator"], origin, body=body)
        assert refusal.value.message == merges.NOT_ITS_WORDS and refusal.value.field == "part"


@pytest.mark.parametrize(
    "body",
    [
        "Un marché public",
        "autobus le samedi, pour s'y rendre.",
        "autobus\nle\nsamedi",
        "u\nn",
        "Et un autobus le samedi, pour s'y rendre.\nUn marché public au centre-ville.",
    ],
)
def test_no_sentence_is_cut_nor_are_two_put_in_another_order(people, origin, body):
    """Pieces of the sentences of an opponent, joined, could say that the person agrees."""
    with pytest.raises(Invalid) as refusal:
        split_idea(people["facilitator"], origin, body=body)
    assert refusal.value.message == merges.NOT_WHOLE and refusal.value.field == "part"


@pytest.mark.parametrize(
    "body", [PART["body"], "Et un autobus le samedi, pour s'y rendre.", "\nUn marché  public au centre-ville.\n\n"]
)
def test_whole_sentences_are_a_part(people, origin, body):
    assert split_idea(people["facilitator"], origin, body=body).body == body


def test_the_whole_text_is_not_a_part(people, origin):
    with pytest.raises(Invalid) as refusal:
        split_idea(people["facilitator"], origin, body=f"{BODY}\n")
    assert refusal.value.message == merges.ALL_OF_IT


def test_the_same_form_sent_twice_makes_one_idea(people, origin):
    first, second = (split_idea(people["facilitator"], origin, form_key="cle").id for _n in range(2))
    assert first == second and len(db.session.scalars(select(Idea)).all()) == 2


def test_a_part_of_an_imported_idea_has_its_author_too(make, people):
    writer = make.add(ImportedAuthor(source="ailleurs", name="Rose"))
    part = split_idea(people["coordinator"], make.idea(community_id=None, imported_author_id=writer.id, body=BODY))
    assert (part.author_id, part.imported_author_id, part.community_id) == (None, writer.id, None)


def test_a_part_of_a_private_idea_is_as_private(make, people):
    make.community(slug="cercle", name="cercle", is_private=True)
    part = split_idea(people["coordinator"], make.idea(community="cercle", body=BODY))
    get_idea_with_related(people["coordinator"], part.id, READ)
    assert part.is_private and get_idea_with_related(people["coordinator"], part.id, READ)[0].thread.is_private


def test_the_author_may_take_the_part_back(make, people, author, origin):
    part = split_idea(people["facilitator"], origin)
    ideas.withdraw(make.actor(author), again(part), reason="Je préfère une seule page.")
    assert again(part).status == "withdrawn"


def test_what_was_drawn_out_is_joined_back_and_nothing_is_erased(make, people, origin):
    part, supporter = split_idea(people["facilitator"], origin), make.actor()
    votes.cast(supporter, again(part))
    merges.join_back(people["facilitator"], again(part), reason="Une seule page suffit")
    part_again = again(part)
    assert part_again.merged_into == origin.id and part_again.is_published and again(origin).votes_count == 3
    first, second = db.session.scalars(select(Measure).order_by(Measure.id)).all()
    assert (first.kind, second.kind, second.undoes_id) == ("split", "join_back", first.id)
    merges.part(people["facilitator"], part_again, reason="Finalement, deux")
    merges.join_back(people["facilitator"], again(part), reason="Une seule page suffit")
    undone = db.session.scalars(select(Measure.undoes_id).order_by(Measure.id)).all()
    assert undone == [None, first.id, second.id, None]


def test_what_comes_from_nowhere_is_not_joined_back(people, origin):
    with pytest.raises(Conflict):
        merges.join_back(people["facilitator"], origin, reason=WHY)


def test_it_is_joined_back_only_where_its_origin_receives_it(make, people, origin):
    part = split_idea(people["facilitator"], origin)
    measures.hide(people["facilitator"], again(origin), reason="Hors du sujet")
    with pytest.raises(Invalid) as refusal:
        merges.join_back(people["facilitator"], again(part), reason=WHY)
    assert refusal.value.message == merges.REFUSALS[merges.policy.are_open]


# Side by side.


def list_neighbours(actor, idea):
    return [one.id for one in get_idea_with_related(actor, idea.id, READ)[1].neighbours]


def test_two_ideas_are_related_once_on_both_pages_and_no_more_after(make, people):
    here, there = make.idea(community=HERE), make.idea(community=ELSEWHERE)
    merges.relate(people["facilitator"], here, there)
    merges.relate(people["neighbour"], again(there), again(here))
    assert (list_neighbours(people["anyone"], here), list_neighbours(people["anyone"], there)) == (
        [there.id],
        [here.id],
    )
    assert len(db.session.scalars(select(Relation)).all()) == 1
    merges.unrelate(people["neighbour"], again(here), again(there))
    assert list_neighbours(people["anyone"], here) == []
    merges.unrelate(people["neighbour"], again(here), again(there))
    lines = [(entry.kind, entry.community_id, entry.idea_id, entry.is_private, entry.facts) for entry in entries()]
    assert lines == [(kind, here.community_id, here.id, False, {}) for kind in ("relate", "unrelate")]
    assert list(list_journal_faults()) == []


def entries():
    db.session.rollback()
    return db.session.scalars(select(Entry).order_by(Entry.id)).all()


def test_the_journal_tells_of_a_private_neighbour_to_those_who_may_know_of_both(make, people, visitor, sign_in):
    for slug in ("cercle", "ronde"):
        make.community(slug=slug, name=slug, is_private=True)
    public, circle, round_ = (
        make.idea(community=slug, title=f"Une idée de {slug}") for slug in (HERE, "cercle", "ronde")
    )
    for pair in ((public, circle), (circle, public), (circle, round_)):
        merges.relate(people["coordinator"], *map(again, pair))
        merges.unrelate(people["coordinator"], *map(again, pair))
    shelters = [(entry.is_private, entry.community_id) for entry in entries()]
    assert shelters == [(True, circle.community_id)] * 4 + [(True, None)] * 2
    member, coordinator = make.user(), make.user(role="coordinator")
    make.add(Membership(user_id=member.id, community_id=circle.community_id))
    counts = [
        [line.get_text() for line in browser.get("/journal").soup.select("[id^=line-] .title b")].count(
            "Contributions liées."
        )
        for browser in (visitor, sign_in(member), sign_in(coordinator))
    ]
    assert counts == [0, 2, 3]


def test_those_in_charge_of_neither_relate_nothing(make, people):
    first, second = make.idea(community=HERE), make.idea(community=HERE)
    with pytest.raises(Invalid):
        merges.relate(people["neighbour"], again(first), again(second))
    merges.relate(people["facilitator"], again(first), again(second))
    with pytest.raises(Forbidden):
        merges.unrelate(people["neighbour"], again(first), again(second))


def test_where_an_idea_comes_from_is_not_forgotten_with_a_relation(people, origin):
    part = split_idea(people["facilitator"], origin)
    merges.relate(people["facilitator"], again(part), again(origin))
    merges.unrelate(people["facilitator"], again(part), again(origin))
    kin = get_idea_with_related(people["anyone"], part.id, READ)[1]
    assert [one.id for one in kin.origins] == [origin.id] and kin.neighbours == []
    assert [one.id for one in get_idea_with_related(people["anyone"], origin.id, READ)[1].parts] == [part.id]


def test_nobody_is_shown_a_neighbour_that_they_may_not_read(make, people):
    make.community(slug="cercle", name="cercle", is_private=True)
    public, private = make.idea(community=HERE), make.idea(community="cercle")
    merges.relate(people["coordinator"], public, private)
    assert list_neighbours(people["coordinator"], public) == [private.id]
    for who in ("anyone", "member", "facilitator", "admin"):
        assert list_neighbours(people[who], public) == []
    assert list_neighbours(make.actor(member_of=["cercle"]), public) == [private.id]

import pytest
from sqlalchemy import func, select

from app.comments.models import Thread
from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.ideas import policy, publishing, service
from app.ideas.models import Idea, IdeaTag, Revision, StatusChange
from app.ideas.queries import facets, reading
from app.ideas.writing import IdeaWords

HERE = "securite-alimentaire"


@pytest.fixture
def words(make):
    return IdeaWords(
        title="Des paniers à la bibliothèque",
        body="Un **panier** chaque jeudi.",
        kind="need",
        community_id=make.room(HERE).id,
        tags=("paniers", "bibliothèque"),
    )


def test_a_draft_is_published_and_its_road_begins(make, words):
    author = make.actor()
    idea = publishing.draft(author, words)
    assert idea.is_draft and not db.session.get(Thread, idea.thread_id).is_public
    publishing.publish(author, idea)
    step = db.session.scalars(select(StatusChange)).one()
    assert (idea.status, idea.slug, idea.revisions_count) == ("published", "des-paniers-a-la-bibliotheque", 1)
    assert (step.status, step.by_id) == ("published", author.id)
    thread = db.session.get(Thread, idea.thread_id)
    assert (thread.title, thread.is_public, thread.is_open, thread.author_id) == (idea.title, True, True, author.id)


def test_the_same_form_sent_twice_makes_one_draft(make, words):
    author = make.actor()
    first = publishing.draft(author, words, form_key="une-clé").id
    assert publishing.draft(author, words, form_key="une-clé").id == first
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 1


def test_the_same_key_from_another_person_makes_another_draft(make, words):
    first = publishing.draft(make.actor(), words, form_key="une-clé").id
    assert publishing.draft(make.actor(), words, form_key="une-clé").id != first


def test_the_same_words_under_a_new_key_make_one_idea_for_an_hour(make, clock):
    author = make.actor()
    words = IdeaWords(title="Un jardin pour l'école", body="Tout le monde y plante.")
    first = publishing.publish(author, publishing.draft(author, words, form_key="clé")).id
    assert publishing.draft(author, words, form_key="autre").id == first
    clock.forward(minutes=61)
    assert publishing.draft(author, words, form_key="encore").id != first


def test_a_discarded_draft_leaves_nothing(make, words):
    author = make.actor()
    idea = publishing.draft(author, words, form_key="clé")
    service.discard(author, idea)
    for table in (Idea, Thread, IdeaTag):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert publishing.draft(author, words, form_key="clé").is_draft


def test_a_change_of_words_is_a_revision_and_a_change_of_place_is_not(make, words):
    author = make.actor()
    idea = publishing.publish(author, publishing.draft(author, words))
    elsewhere = IdeaWords(**words.__dict__ | {"community_id": make.room("transport-collectif").id})
    service.revise(author, idea, elsewhere)
    assert (idea.revisions_count, idea.edited_at) == (1, None)
    service.revise(author, idea, IdeaWords(**words.__dict__ | {"body": "Deux paniers."}), summary="Un de plus")
    assert idea.revisions_count == 2 and idea.edited_at
    texts = [(r.number, r.body, r.summary) for r in reading.list_revisions(idea)]
    assert texts == [(2, "Deux paniers.", "Un de plus"), (1, "Un **panier** chaque jeudi.", "")]


def test_saving_leaves_a_published_idea_as_it_is(make, words):
    author = make.actor()
    idea = publishing.publish(author, publishing.draft(author, words))
    with pytest.raises(Conflict):
        publishing.save(author, idea, IdeaWords(**words.__dict__ | {"title": "Un tout autre titre"}))
    db.session.rollback()
    assert publishing.save(author, idea, words).title == words.title


def test_the_same_form_sent_again_is_the_same_whatever_the_numbers_of_its_places(make, words):
    """An issue and a territory have here the number of the community that leads the idea."""
    author, number = make.actor(), words.community_id
    everywhere = IdeaWords(**words.__dict__ | {"issues": (number,), "territories": (number,)})
    idea = publishing.publish(author, publishing.draft(author, everywhere))
    assert publishing.save(author, idea, everywhere).id == idea.id


def test_an_idea_travels_with_reasons_and_only_by_the_road(make, words):
    author, facilitator = make.actor(), make.actor(facilitates=[HERE])
    idea = publishing.publish(author, publishing.draft(author, words))
    service.move(facilitator, idea, "under_review", reason="La rencontre de mars l'étudie.")
    service.move(facilitator, idea, "retained", reason="Elle répond à l'enjeu 3.")
    with pytest.raises(Conflict):
        service.move(facilitator, idea, "achieved", reason="Trop vite.")
    assert [(s.status, s.reason) for s in reading.list_steps(idea)] == [
        ("published", ""),
        ("under_review", "La rencontre de mars l'étudie."),
        ("retained", "Elle répond à l'enjeu 3."),
    ]


def test_a_facilitator_from_elsewhere_may_not_move_it(make, words):
    author, neighbour = make.actor(), make.actor(facilitates=["transport-collectif"])
    idea = publishing.publish(author, publishing.draft(author, words))
    with pytest.raises(Forbidden):
        service.move(neighbour, idea, "under_review", reason="Je m'en mêle.")
    assert idea.status == "published"


def test_a_withdrawn_idea_stays_readable_and_closes(make, words):
    author = make.actor()
    idea = publishing.publish(author, publishing.draft(author, words))
    service.withdraw(author, idea, reason="Déjà fait par la Ville.")
    thread = db.session.get(Thread, idea.thread_id)
    assert idea.is_public and not idea.is_open and thread.is_public and not thread.is_open
    with pytest.raises(Forbidden):
        service.revise(author, idea, words)


def test_hiding_takes_the_thread_along_and_restoring_brings_it_back(make, words):
    author, facilitator = make.actor(), make.actor(facilitates=[HERE])
    idea = publishing.publish(author, publishing.draft(author, words))
    service.hide(facilitator, idea, reason="Hors sujet.")
    assert not idea.is_public and not db.session.get(Thread, idea.thread_id).is_public
    with pytest.raises(NotFound):
        reading.get_idea(make.actor(), idea.id, policy.READ)
    service.restore(facilitator, idea)
    assert idea.is_public and db.session.get(Thread, idea.thread_id).is_public and idea.hidden_reason is None


def test_places_are_replaced_as_a_whole(make, words):
    author = make.actor()
    idea = publishing.draft(author, words)
    publishing.save(
        author,
        idea,
        IdeaWords(
            **words.__dict__
            | {"tags": ("marché",), "communities": (words.community_id, make.room("transport-collectif").id)}
        ),
    )
    placing = facets.get_placings([idea])[idea.id]
    assert placing.tags == [("marche", "marché")]
    assert placing.communities == [make.room("transport-collectif").id]


def test_every_text_is_kept_for_ever_under_its_number(make, words):
    author = make.actor()
    idea = publishing.publish(author, publishing.draft(author, words))
    for n in range(3):
        service.revise(author, idea, IdeaWords(**words.__dict__ | {"body": f"Texte {n}"}))
    assert list(db.session.scalars(select(Revision.number).order_by(Revision.number))) == [1, 2, 3, 4]

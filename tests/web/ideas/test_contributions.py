"""Mes contributions: all that a person wrote, in every state, in true words."""

import pytest

from app.comments.models import Thread
from app.communities.models import Membership
from app.core.db import db
from app.web.frame import stations
from tests.support.queries import costs_alike

PATH = "/account/contributions"
HERE = "securite-alimentaire"


@pytest.mark.parametrize(
    ("status", "more", "words"),
    [
        ("draft", {}, "Brouillon"),
        ("pending", {}, "En attente d'une première lecture"),
        ("pending", {"hidden_reason": "Trop court."}, "Refusé par l'équipe d'animation"),
        ("published", {}, "Proposition"),
        ("published", {"hidden_reason": "Trop court."}, "Masqué par l'équipe d'animation"),
        ("withdrawn", {}, "Retirée"),
    ],
)
def test_each_idea_is_there_in_its_state(make, author, sign_in, visitor, status, more, words):
    idea = make.idea(author, HERE, status, title="Un bac à compost")
    if more:
        make.at(idea, hidden_at=idea.created_at, hidden_by=author.id, **more)
    item = sign_in(author).get(PATH).soup.select_one("main .list li").get_text().replace("’", "'")
    assert words in item and "Un bac à compost" in item and more.get("hidden_reason", "") in item
    assert visitor.get(PATH).status_code == 303


def test_an_idea_that_was_joined_says_so(make, author, sign_in):
    first, second = make.idea(author), make.idea()
    make.at(first, merged_into=second.id)
    assert "Jointe à une autre contribution" in sign_in(author).get(PATH).words


def test_comments_and_work_have_their_lists(make, author, sign_in):
    comment = make.comment(make.idea(), author, "Voici un camion.", status="pending", suspect="first")
    update = make.update(author=author)
    browser = sign_in(author)
    page = browser.get(f"{PATH}?kind=comments")
    assert "Voici un camion." in page.words and page.soup.select_one(
        f"main .list a[href='/comments/{comment.id}/edit']"
    )
    assert update.title in browser.get(f"{PATH}?kind=updates").words


def test_nothing_of_others_is_there_and_a_hidden_subject_gives_no_title(make, author, sign_in):
    idea = make.idea(title="Le sujet de quelqu'un")
    make.comment(idea, author, "Voici un camion.")
    make.comment(idea, None, "Les mots d'un autre.")
    make.at(db.session.get_one(Thread, idea.thread_id), is_public=False)
    page = sign_in(author).get(f"{PATH}?kind=comments")
    assert "Voici un camion." in page.words and "Le sujet" not in page.words and "d'un autre" not in page.words


def test_the_list_has_pages_and_the_former_address_leads_there(make, author, sign_in):
    for n in range(21):
        make.idea(author, title=f"Idée numéro {n}")
    browser = sign_in(author)
    page = browser.get(PATH)
    assert len(page.soup.select("main .list li")) == 20
    rest = browser.get(page.soup.select_one("a[rel=next]")["href"])
    assert "Idée numéro 0" in rest.words
    assert browser.get("/ideas/drafts").headers["Location"] == PATH
    assert browser.get(f"{PATH}?kind=autre").status_code == 400


def test_it_costs_the_same_for_one_and_for_twenty(make, author, sign_in):
    browser, idea = sign_in(author), make.idea()

    def fill(times):
        for _n in range(times):
            make.idea(author, HERE)
            make.comment(idea, author)
            make.update(author=author)

    costs_alike(fill, *((browser, f"{PATH}?kind={kind}") for kind in ("ideas", "comments", "updates")), most=9)


def test_what_has_not_begun_is_not_said_to_be_over(make, author, sign_in):
    idea = make.idea(author, HERE, "pending")
    words = sign_in(author).get(f"/ideas/{idea.id}-{idea.slug}").words
    assert "figés" not in words and "plus de commentaires" not in words


@pytest.mark.parametrize("status", ["pending", "under_review", "retained", "declined", "archived"])
def test_who_left_a_private_community_is_told_no_step_of_what_they_said_there(make, author, sign_in, status):
    room = make.community(is_private=True, name="Le cercle fermé")
    idea, browser = make.idea(author, room, status, title="Dite à huis clos"), sign_in(author)
    left = browser.get(PATH).soup.select_one("main .list li")
    words = left.get_text().replace("’", "'")
    assert "Dite à huis clos" in words and "Vous n'êtes plus membre" in words
    assert not left.select("svg, .pips") and "cercle" not in words
    make.add(Membership(user_id=author.id, community_id=room.id))
    inside = sign_in(author).get(PATH).soup.select_one("main .list li").get_text()
    assert str(stations.status_name(idea.status)) in inside or status == "pending"
    assert "plus membre" not in inside

"""Each line of a member's first page is true for who reads it, in each state; what fails there is answered as elsewhere."""

from typing import Any

import pytest
from sqlalchemy.exc import TimeoutError

from app.accounts.models.changes import HeldRevision
from app.communities.models import Membership
from app.core import clock as hours
from app.core.unit import unit
from app.moderation.merges import service as merges
from app.web.site import public_home
from tests.support.rows import again


def plain(page: Any, anchor: str) -> str:
    found = page.soup.select_one(f"#{anchor}")
    found = found if found is None or found.name == "section" else found.find_parent("section")
    return " ".join(found.get_text().split()).replace("’", "'") if found else ""


@pytest.mark.parametrize("address", ["/?other=x", "/?other=0", "/?other=1&other=2", "/?public=x"])
def test_an_address_that_means_nothing_is_refused_on_the_live_site(address, app, make, sign_in, monkeypatch):
    browser = sign_in(make.user())
    monkeypatch.setattr(app, "testing", False)
    assert browser.get(address).status_code == 400


def test_the_page_of_the_public_refuses_such_an_address_too(visitor):
    assert visitor.get("/?public=x").status_code == 400
    assert visitor.get("/?public=1").status_code == 200


def test_a_database_that_is_busy_is_said_to_be_and_no_empty_page_is_given(app, visitor, monkeypatch):
    def fail() -> None:
        raise TimeoutError("every connection is taken")

    monkeypatch.setitem(public_home.PARTS, "month", fail)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert visitor.get("/").status_code == 503


def test_what_was_refused_is_not_said_to_have_been_shown(make, sign_in):
    author, boss = make.user(), make.user(role="coordinator")
    refused, hidden = make.idea(author, status="pending", title="Jamais parue"), make.idea(author, title="Parue")
    for idea in (refused, hidden):
        with unit():
            again(idea).hide(boss.id, "Un motif")
    page = sign_in(author).get("/")
    waits, mine = plain(page, "waits"), plain(page, "mine")
    assert "n'a pas publié « Jamais parue »" in waits and "a retiré de la vue « Parue »" in waits
    assert "a choisi de ne pas publier" in mine and "Hors de la vue du public" in mine


def test_a_change_waits_for_its_author_until_it_is_read_and_when_it_came_back(make, sign_in, member):
    author, idea = make.user(), make.idea(title="Du lait au village")
    own, said = make.idea(author, title="La mienne"), make.comment(idea, author)
    words = {"title": "Un autre titre", "body": "Un autre texte.", "summary": "", "tags": []}
    changes = [
        make.add(HeldRevision(by_id=author.id, state=state, **{"words": {"body": "x"}} | subject))
        for state, subject in (
            ("open", {"idea_id": own.id, "words": words}),
            ("refused", {"comment_id": said.id}),
            ("open", {"user_id": author.id, "words": {"about": "Autre chose."}}),
            ("closed", {"idea_id": make.idea(author, title="Déjà lue").id}),
        )
    ]
    browser = sign_in(author)
    page = browser.get("/")
    waits = plain(page, "waits")
    assert "Votre modification attend d'être lue : « La mienne »" in waits.replace("\xa0", " ")
    assert "n'est pas publiée : commentaire sous « Du lait au village »" in waits.replace("\xa0", " ")
    assert "attend d'être lue : votre profil" in waits.replace("\xa0", " ") and "Déjà lue" not in waits
    for change in changes[:3]:
        assert page.soup.select(f"a[href='/held-revisions/{change.id}']")
        assert browser.get(f"/held-revisions/{change.id}").status_code == 200
    assert "modification" not in plain(member.get("/"), "waits")


def test_a_change_says_no_title_that_its_author_may_not_read_any_more(make, sign_in):
    author, room = make.user(), make.community(is_private=True)
    said = make.comment(make.idea(community=room, title="Entre nous"), author)
    make.add(HeldRevision(by_id=author.id, state="open", words={"body": "x"}, comment_id=said.id))
    waits = plain(sign_in(author).get("/"), "waits")
    assert "un de vos commentaires" in waits and "Entre nous" not in waits


def test_what_waits_for_another_reading_is_not_said_to_be_a_first_contribution(make, sign_in):
    author = make.user()
    make.idea(author, status="pending", suspect="again")
    assert "première contribution" not in plain(sign_in(author).get("/"), "mine")


def test_the_reason_of_a_no_in_a_private_community_is_not_said_to_be_public(make, sign_in):
    author, room = make.user(), make.community(is_private=True)
    make.add(Membership(user_id=author.id, community_id=room.id))
    make.idea(author, room, "declined")
    mine = plain(sign_in(author).get("/"), "mine")
    assert "La réponse est non" in mine and "publique" not in mine


def test_who_left_a_private_community_learns_nothing_more_of_what_became_of_their_words(make, sign_in):
    author, room = make.user(), make.community(is_private=True)
    make.idea(author, room, "retained", title="Dite à huis clos")
    mine = plain(sign_in(author).get("/"), "mine")
    assert "Dite à huis clos" in mine and "Vous n'êtes plus membre" in mine
    assert "oui" not in mine and "appui" not in mine


def test_an_answer_to_an_idea_of_no_community_is_not_said_to_be_of_its_community(make, sign_in):
    author = make.user()
    make.idea(author, community=None, answered_at=hours.now())
    mine = plain(sign_in(author).get("/"), "mine")
    assert "a répondu le" in mine and "Sa communauté" not in mine


@pytest.mark.parametrize("is_everywhere", [True, False])
def test_nobody_waits_for_the_answer_of_who_may_not_give_one(is_everywhere, make, sign_in):
    author, room = make.user(), make.community()
    make.comment(make.idea(author, room), intent="wonder")
    make.restriction(author, None if is_everywhere else room)
    page = sign_in(author).get("/")
    assert not plain(page, "waits") and not page.soup.select("a[href='#waits']")


def test_what_the_public_reads_names_no_private_community_to_its_members_either(make, sign_in):
    member, room = make.user(), make.community(is_private=True, name="Le cercle fermé")
    make.add(Membership(user_id=member.id, community_id=room.id))
    page = sign_in(member).get("/?public=1")
    assert page.soup.select_one("#communities") and "Le cercle fermé" not in page.soup.main.text
    assert page.soup.select("header a[href='/account']") or "Mon compte" in page.words


@pytest.mark.parametrize("supports", [0, 1])
def test_supports_are_said_to_have_joined_another_where_there_were_any(supports, make, sign_in):
    author, boss = make.user(), make.actor(make.user(role="coordinator"))
    idea = make.idea(author, votes=supports)
    merges.merge(boss, idea, make.idea(), reason="La même chose, dite ailleurs.")
    words = plain(sign_in(author).get("/"), "mine")
    assert ("Ses appuis ont rejoint" in words, "avec une autre contribution" in words) == (supports == 1, not supports)

"""A private community seen from the doors: its members find it everywhere, nobody else anywhere."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.ideas.models import Idea
from app.notifications.models import Notice
from tests.support.queries import costs_alike
from tests.support.tampering import tamper

HERE, ROOM, NAME = "securite-alimentaire", "/communities/canari-cercle", "canari-cercle"


@pytest.fixture
def room(make):
    return make.community(slug=NAME, name=NAME, is_private=True)


@pytest.fixture
def member(make, room):
    user = make.user("Mia Membre")
    make.actor(user, member_of=[NAME])
    return user


@pytest.fixture
def inside(member, sign_in):
    return sign_in(member)


@pytest.fixture
def outside(make, sign_in):
    return sign_in(make.user())


def test_a_coordinator_makes_one_and_can_not_make_it_public(boss, visitor):
    page = boss.get("/communities/new")
    assert page.soup.select_one("[name=is_private]") and page.soup.select_one("[name=answer_days]")["value"] == "30"
    boss.submit(page, "form.form", name="Le cercle", colour="food", is_private="y", answer_days="10", wants_review="y")
    assert visitor.get("/communities/le-cercle").status_code == 404
    page = boss.get("/communities/le-cercle/edit")
    assert not page.soup.select_one("[name=is_private]") and "sur invitation" in page.words
    assert page.soup.select_one("[name=answer_days]")["value"] == "10"
    assert page.soup.select_one("[name=wants_review]").has_attr("checked")
    boss.submit(page, "form.form", stalled_days="365", wants_review=None)
    tamper(boss, "/communities/le-cercle/edit", "form.form", stalled_days="5", is_private="")
    assert visitor.get("/communities/le-cercle").status_code == 404
    assert boss.get("/communities/le-cercle/edit").soup.select_one("[name=stalled_days]")["value"] == "5"


@pytest.mark.parametrize("days", ["", "0", "366", "abc", "1.5"])
def test_a_number_of_days_that_is_none_is_said_beside_it(boss, days):
    page = boss.submit(f"/communities/{HERE}/edit", "form.form", answer_days=days)
    assert page.status_code == 422 and page.soup.select_one(".error-summary a[href='#answer_days']")
    assert page.soup.select_one("[name=answer_days]")["value"] == days


def test_it_is_shown_to_its_members_and_counted_apart(make, room, inside, outside, visitor):
    make.idea(community=NAME, title="Une idée du cercle", tags=[])
    make.idea(community=HERE)
    make.update(community=NAME, title="Des travaux du cercle")
    [card] = [card for card in inside.get("/communities").soup.select(".is-card") if card.a["href"] == ROOM]
    assert "1 contribution" in card.text and "Privée" in card.text
    for path in ("/?public=1", "/communities"):
        for browser in (outside, visitor):
            assert NAME not in browser.get(path).get_data(as_text=True)
    page = inside.get(ROOM)
    assert "Une idée du cercle" in page.words and "Des travaux du cercle" in page.words
    assert page.soup.select_one(".hub-sum .hub-count").text == "1 contribution"
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    ideas_page = inside.get("/ideas")
    assert "Une idée du cercle" not in ideas_page.words and not ideas_page.soup.select(f"[value='{NAME}']")
    ideas_page = inside.get(f"/ideas?community={NAME}")
    assert "Une idée du cercle" in ideas_page.words and ideas_page.soup.select(f"[value='{NAME}']")
    both = inside.get(f"/ideas?community={NAME}&community={HERE}")
    assert len(both.soup.select("#results .rows > *")) == 2
    for browser in (outside, visitor):
        private_answer, unknown_answer = (
            browser.get(f"/ideas?community={NAME}"),
            browser.get("/ideas?community=canari-inconnu"),
        )
        assert private_answer.status_code == unknown_answer.status_code == 400


def test_the_form_to_write_offers_it_to_its_members_alone(room, inside, outside):
    assert NAME in inside.get("/ideas/new").words and NAME not in outside.get("/ideas/new").words
    page = inside.get(f"/ideas/new?community={NAME}")
    assert page.soup.select_one("#community option[selected]").text == NAME
    assert not page.soup.select(f"[name=communities][value='{room.id}'], #communities option[value='{room.id}']")
    private_answer, unknown_answer = (
        tamper(
            outside, "/ideas/new", "main form", title="Un titre assez long", body="Un texte.", community=community_id
        )
        for community_id in (str(room.id), "999999")
    )
    assert private_answer.status_code == unknown_answer.status_code == 422 and NAME not in private_answer.get_data(
        as_text=True
    )
    assert (
        private_answer.soup.select_one("#community-error").text
        == unknown_answer.soup.select_one("#community-error").text
    )


def test_a_private_idea_concerns_no_other_community(make, room, inside):
    fields = {
        "title": "Un titre assez long",
        "body": "Un texte.",
        "kind": "idea",
        "lang": "fr",
        "community": str(room.id),
    }
    other = str(make.room(HERE).id)
    page = inside.submit("/ideas/new", "main form", **fields, communities=other)
    assert page.status_code == 422 and page.soup.select_one(".error-summary a[href='#communities']")
    assert inside.forge("/ideas/autosave", fields, communities=other).status_code == 422
    assert (
        tamper(inside, "/ideas/new", "main form", **fields | {"community": other}, communities=str(room.id)).status_code
        == 422
    )
    assert inside.submit("/ideas/new", "main form", **fields).status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Idea.is_private)).all() == [True]


def test_what_was_published_there_stays_and_the_form_says_so(make, room, member, inside):
    idea = make.idea(member, NAME)
    page = inside.get(f"/ideas/{idea.id}/edit")
    assert "Ce qui est publié dans une communauté privée y reste." in page.words
    answer = tamper(inside, page, "main form", community=str(make.room(HERE).id), body="Ce que j'ai tapé.")
    db.session.rollback()
    assert answer.status_code == 303 and db.session.get_one(Idea, idea.id).community_id == room.id


def test_whoever_left_reads_their_own_text_and_nothing_of_what_followed(make, room, member, inside):
    idea = make.idea(member, NAME, title="Mon idée du cercle", body="Mes mots à moi.")
    other = make.idea(community=NAME, title="L'idée d'un autre")
    comment = make.comment(idea, body="Une réponse secrète.")
    mine = make.comment(other, member, body="Mon commentaire.")
    page = inside.get(inside.get(ROOM).soup.select_one("main a[href$='/membership/withdrawal']")["href"])
    assert (
        "il faudra une nouvelle invitation" in page.words
        and inside.get(f"/ideas/{other.id}", follow_redirects=True).status_code == 200
    )
    page = inside.submit(page, "main form.form", follow=True)
    assert page.request.path == "/communities" and page.status_code == 200
    page = inside.get(f"/ideas/{idea.id}-{idea.slug}")
    assert (
        page.status_code == 200
        and "Mes mots à moi." in page.words
        and page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    )
    assert "secrète" not in page.words and NAME not in page.get_data(as_text=True) and not page.soup.select("main form")
    for path in (
        f"/ideas/{other.id}",
        f"/comments/{comment.id}",
        f"/comments/{mine.id}",
        f"/ideas/{idea.id}/edit",
        ROOM,
    ):
        assert inside.get(path).status_code == 404
    assert inside.forge(f"/ideas/{idea.id}/comments", body="Encore moi.").status_code in (403, 404)


def test_the_notices_of_whoever_left_lose_what_they_named(make, room, member, inside):
    other = make.idea(community=NAME, title="Un titre du cercle")
    mine = make.idea(member, NAME, title="Mon titre du cercle")
    comment = make.comment(other)
    for kind, about, facts in (
        ("charge.given", {}, {"community": room.id}),
        ("status", {"idea_id": mine.id}, {"reason": "Un motif du cercle."}),
        ("report.handled", {"comment_id": comment.id}, {}),
        ("member.removed", {}, {"community": room.id, "reason": "Le motif."}),
    ):
        make.add(
            Notice(
                key=f"{kind}-{member.id}",
                user_id=member.id,
                kind=kind,
                topic="contribution",
                pace="now",
                facts=facts,
                **about,
            )
        )
    before = inside.get("/notifications").words
    assert NAME in before and "Un titre du cercle" in before and "Un motif du cercle." in before
    inside.submit(f"{ROOM}/membership/withdrawal", "main form.form")
    inside.get("/")
    after = inside.get("/notifications").words
    assert NAME not in after and "Un titre du cercle" not in after and "Un motif du cercle." not in after
    assert "Mon titre du cercle" not in after and "Le motif." in after


def test_the_team_lists_its_members_and_parts_with_one(make, room, member, inside, sign_in):
    user = make.user("Fae Animation", facilitates=[room])
    team = sign_in(user)
    page = team.get(f"{ROOM}/members")
    assert "1 membre" in page.words and "Mia Membre" in page.words
    form_page = team.get(page.soup.select_one("main .list a")["href"])
    assert team.submit(form_page, "form.form", reason="x").status_code == 422
    page = team.submit(form_page, "form.form", reason="Des propos rapportés ailleurs.", follow=True)
    assert "0 membre" in page.words and "n’est plus membre" in page.words.replace("'", "’")
    assert inside.get(ROOM).status_code == 404 and "Des propos rapportés" in inside.get("/notifications").words
    assert "Mia Membre" not in team.get("/journal").words and "Des propos rapportés" in team.get("/journal").words
    assert "Des propos rapportés" not in inside.get("/journal").words


def test_whoever_animates_is_not_removed_from_this_page(make, room, member, boss):
    page = boss.get(f"{ROOM}/members/{member.id}/removal")
    make.facilitator(member, room)
    assert boss.submit(page, "form.form", reason="Un motif assez long.").status_code == 409


def test_the_members_page_costs_the_same_for_one_and_for_twenty(make, room, member, boss):
    costs_alike(lambda times: [make.actor(member_of=[NAME]) for _n in range(times + 5)], (boss, f"{ROOM}/members"))
    assert boss.get(boss.get(f"{ROOM}/members").soup.select_one(".pages .next")["href"]).status_code == 200


def test_whoever_no_longer_animates_does_not_read_the_updates_they_wrote(make, room, sign_in):
    user = make.user()
    charge = make.facilitator(user, room)
    update = make.update(user, NAME, "Des travaux du cercle")
    browser, path = sign_in(user), f"{ROOM}/updates/{update.id}"
    assert browser.get(path).status_code == 200
    make.at(charge, expires_at=charge.granted_at)
    assert browser.get(path).status_code == browser.get(f"{path}/edit").status_code == 404


def test_an_administrator_does_not_find_who_animates_what_they_do_not_see(make, room, sign_in):
    make.user("Yves Secret", facilitates=[room])
    make.user("Kim Connue", facilitates=[HERE])
    page = sign_in(make.user(role="admin")).get("/people?role=facilitator")
    assert "Kim Connue" in page.words and "Yves Secret" not in page.words


def test_a_road_among_members_does_not_say_that_it_is_public(make, room, member, inside):
    idea = make.idea(member, NAME)
    page = inside.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Proposition aux membres" in page.words and "Proposition au public" not in page.words
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"

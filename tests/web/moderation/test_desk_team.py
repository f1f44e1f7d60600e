"""The pages on which a team shares its work: who has what, notes on an idea, replies at hand."""

import pytest

from app.desk.models import Assignment, Note, SavedReply
from app.moderation.cases.models import Case
from tests.support.make import idea_page
from tests.support.rows import every
from tests.support.world import HERE

ELSEWHERE = "transport-collectif"
REPLIES = f"/moderation/{HERE}/replies"


@pytest.fixture
def coline(make):
    user = make.user("Coline Collègue", facilitates=[HERE])
    return user


def hands(page):
    return page.soup.select_one(".hands").get_text(" ", strip=True)


def test_an_idea_is_taken_given_and_released_on_its_page(team, coline, idea, sign_in, outbox):
    page = team.get(idea_page(idea))
    assert hands(page).startswith("À toute l")
    page = team.submit(page, ".hands-box .post", follow=True)
    assert hands(page) == "Entre vos mains" and "C'est entre vos mains." in page.words.replace("’", "'")
    assert [option.get_text() for option in page.soup.select("#hands-to option")] == [
        "Choisissez quelqu’un",
        "Coline Collègue",
    ]
    assert "Choisissez d’abord quelqu’un" in team.submit(page, ".hands-form", follow=True).words
    assert every(Assignment) != []
    page = team.submit(page, ".hands-form", to=str(coline.id), follow=True)
    assert hands(page) == "Entre les mains de Coline Collègue"
    notices = sign_in(coline).get("/notifications")
    assert "Votre équipe vous confie une idée" in notices.words and idea_page(idea) in notices.text
    page = team.submit(page, "form[action$='withdrawal'].post", follow=True)
    assert hands(page).startswith("À toute l") and every(Assignment) == []


def test_a_case_is_given_on_its_page_and_the_notice_leads_there(team, coline, idea, make, sign_in):
    case = make.add(Case(idea_id=idea.id, community_id=idea.community_id))
    page = team.submit(f"/moderation/cases/{case.id}", ".hands-form", to=str(coline.id), follow=True)
    assert hands(page) == "Entre les mains de Coline Collègue"
    notices = sign_in(coline).get("/notifications")
    assert "vous confie un signalement" in notices.words and f"/moderation/cases/{case.id}" in notices.text
    page = team.submit(page, "form[action$='withdrawal'].post", follow=True)
    assert hands(page).startswith("À toute l")
    make.at(case, state="dismissed")
    assert team.get(f"/moderation/cases/{case.id}").soup.select_one(".hands-box") is None


@pytest.mark.parametrize("to", ["0", "999", "x", "author"])
def test_nobody_is_given_what_they_may_not_have(team, idea, to):
    answer = team.forge(f"/ideas/{idea.id}/assignment", to=idea.author_id if to == "author" else to)
    assert answer.status_code == 303 and every(Assignment) == []
    assert "ne peut pas s'en charger" in team.get(answer.headers["Location"]).words.replace("’", "'")


def test_from_the_desk_one_takes_it_and_comes_back_there(team, make):
    ideas = [make.idea(community=HERE, status="pending", suspect="first") for _n in range(2)]
    case = make.add(Case(idea_id=make.idea(community=HERE).id))
    answer = team.submit("/moderation?queue=pending", f"form[action='/ideas/{ideas[0].id}/assignment']")
    assert answer.headers["Location"].startswith("/moderation?queue=pending&at=")
    answer = team.submit("/moderation?queue=cases", f"form[action='/moderation/cases/{case.id}/assignment']")
    assert answer.headers["Location"] == "/moderation?queue=cases&at=list-0"
    page = team.get("/moderation?mine=1")
    assert [row["id"] for row in page.soup.select(".slot")] == [f"item-idea-{ideas[0].id}"] and page.soup.select_one(
        "[data-key=a]"
    ) is None
    assert "entre vos mains" in team.get("/moderation?queue=cases&mine=1").words.lower()


def test_a_note_is_added_read_by_the_team_and_taken_back(team, coline, idea, sign_in):
    page = team.submit(idea_page(idea), "form[action$='/notes']", note="Appeler Rose\navant mardi", follow=True)
    assert "Appeler Rose" in page.soup.select_one(".notes").get_text()
    assert "Appeler Rose" in sign_in(coline).get(idea_page(idea)).soup.select_one(".notes").get_text()
    note = every(Note)[0]
    path = f"/ideas/{idea.id}/notes/{note.id}/deletion"
    assert sign_in(coline).get(path).status_code == 404 and path not in sign_in(coline).get(idea_page(idea)).text
    assert "Appeler Rose" in team.get(path).words
    page = team.submit(path, "main form", follow=True)
    assert every(Note) == [] and page.soup.select_one(".notes") is None


@pytest.mark.parametrize("note", ["", " \u200b", "x" * 2001])
def test_a_note_that_says_nothing_or_too_much_comes_back(team, idea, note):
    answer = team.submit(idea_page(idea), "form[action$='/notes']", note=note)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary") and every(Note) == []
    assert answer.soup.select_one("textarea").get_text().strip("\r\n") == note.strip(" \u200b")


def test_nobody_else_meets_a_note_anywhere(fae, idea, make, sign_in, visitor):
    """The public, an administrator and the author of the idea, even one who is in charge of the community, see no note."""
    make.add(Note(idea_id=idea.id, body="canari-note", by_id=fae.id))
    neighbour, author = make.user(facilitates=[ELSEWHERE]), make.user("Ana")
    own = make.idea(author, HERE)
    make.add(Note(idea_id=own.id, body="canari-note", by_id=fae.id))
    make.facilitator(author, HERE)
    for browser, target in (
        (visitor, idea),
        (sign_in(neighbour), idea),
        (sign_in(make.user(role="admin")), idea),
        (sign_in(author), own),
    ):
        for path in (
            idea_page(target),
            f"/ideas/{target.id}/revisions",
            "/ideas?q=canari",
            "/moderation",
            "/moderation?queue=unread",
            "/journal",
        ):
            assert "canari-note" not in browser.get(path).text
    assert "canari-note" in sign_in(author).get(idea_page(idea)).text


def test_a_team_keeps_its_replies(team, fae, coline, sign_in):
    assert "Pas encore de réponse type" in team.get(REPLIES).words
    page = team.submit(
        REPLIES, "form.form", title="Hors du sujet", body="Merci. Ceci parle d'autre chose.", follow=True
    )
    assert "Merci. Ceci parle" in page.words and "Merci. Ceci parle" in sign_in(coline).get(REPLIES).words
    reply = every(SavedReply)[0]
    page = team.submit(f"{REPLIES}/{reply.id}/edit", "form.form", title="Ailleurs", follow=True)
    assert "Ailleurs" in page.words and every(SavedReply)[0].body.strip() == "Merci. Ceci parle d'autre chose."
    assert "Ailleurs" in team.get(f"{REPLIES}/{reply.id}/deletion").words
    team.submit(f"{REPLIES}/{reply.id}/deletion", "main form")
    assert every(SavedReply) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "", "body": "Bonjour"},
        {"title": "x", "body": "Bonjour"},
        {"title": "x" * 81, "body": "Bonjour"},
        {"title": "Oui", "body": " "},
        {"title": "Oui", "body": "x" * 501},
    ],
)
def test_a_reply_keeps_to_its_limits(team, fae, make, fields):
    answer = team.submit(REPLIES, "form.form", **fields)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary") and every(SavedReply) == []
    reply = make.add(SavedReply(community_id=make.room(HERE).id, title="Non", body="Non merci.", by_id=fae.id))
    answer = team.submit(f"{REPLIES}/{reply.id}/edit", "form.form", **fields)
    assert answer.status_code == 422 and every(SavedReply)[0].title == "Non"
    assert answer.soup.select_one("#title")["value"] == fields["title"]


def test_what_a_team_does_with_an_idea_is_in_the_order_of_its_work(team, coline, idea, make, sign_in):
    titles = [one.get_text().replace("’", "'") for one in team.get(idea_page(idea)).soup.select(".team h2, .team h3")]
    assert titles == [
        "Pour l'équipe d'animation",
        "Qui s'en occupe",
        "Notes de l'équipe",
        "Joindre, lier ou confier",
        "Mesures",
    ]
    make.at(idea, author_id=coline.id)
    own = sign_in(coline).get(idea_page(idea)).soup.select(".team .team-part:not(:has(a, button))")
    assert own == []

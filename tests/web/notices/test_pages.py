"""The page of notices, the bell and the mails: who said what, of what, and where to answer."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications.service import notices
from app.web.notices.immediate_mails import write_mails
from tests.support.queries import costs_alike
from tests.support.rows import last
from tests.support.world import HERE

TITLE, OFFER = "Vingt-deux kilomètres pour du lait", "J'ai une fourgonnette qui dort la fin de semaine."
WHY = "Le texte donne un numéro de téléphone."


@pytest.fixture
def need(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need", title=TITLE)
    return found


@pytest.fixture
def simon(make: Any, sign_in: Any) -> Any:
    return sign_in(make.user("Simon Ferland"))


def post(browser: Any, idea: Idea, body: str = OFFER, **fields: Any) -> Comment:
    assert browser.submit(f"/ideas/{idea.id}-{idea.slug}", "#comment-form", body=body, **fields).status_code == 303
    comment: Comment = last(Comment)
    return comment


def bell(browser: Any) -> str:
    return str(browser.get("/").soup.select_one(".bell svg")["aria-label"]).replace("\xa0", " ").replace("\u202f", " ")


def mails_after_a_while(person: User, clock: Any, outbox: Any) -> list[Any]:
    clock.forward(minutes=10)
    write_mails()
    return list(outbox.to(person.email))


def test_an_offer_is_told_with_its_first_words_and_leads_there(
    simon: Any, need: Idea, author: User, sign_in: Any
) -> None:
    said = post(simon, need, intent="offer")
    reader = sign_in(author)
    assert bell(reader) == "Avis : 1 non lu"
    page = reader.get("/notifications")
    assert "Simon Ferland fait une offre sous votre besoin" in page.words and "fourgonnette" in page.words
    card = page.soup.select_one(".notices > li")
    assert "is-new" in card["class"] and "1 nouveau" in page.words and "Votre besoin" in page.words
    assert card.select_one("h2 a").get_text() == TITLE
    assert OFFER[:20] in reader.get(
        card.select_one(f"a[href='/comments/{said.id}']")["href"], follow_redirects=True
    ).words.replace("’", "'")


def test_what_one_reads_is_marked_with_all_that_is_about_the_same_content(
    make: Any, simon: Any, need: Idea, author: User, sign_in: Any
) -> None:
    post(simon, need), post(simon, need, "Et des glacières."), post(simon, make.idea(author, HERE), "Merci.")
    reader = sign_in(author)
    assert bell(reader) == "Avis : 3 non lus"
    cards = reader.get("/notifications").soup.select(".notices > li")
    assert [len(card.select("ul > li.is-new")) for card in cards] == [1, 2]
    page = reader.submit("/notifications", ".notices > li:nth-child(2) form", follow=True)
    assert bell(reader) == "Avis : 1 non lu" and [
        ("is-new" in card["class"]) for card in page.soup.select(".notices > li")
    ] == [True, False]
    reader.submit("/notifications", 'form[action="/notifications/reading"]')
    assert bell(reader) == "Avis" and not reader.get("/notifications").soup.select(".notices form")


def test_what_a_team_hid_is_named_nowhere(
    simon: Any, need: Idea, author: User, sign_in: Any, team: Any, clock: Any, outbox: Any
) -> None:
    said, reader = post(simon, need), sign_in(author)
    assert "fourgonnette" in reader.get("/notifications").words
    team.submit(f"/comments/{said.id}/hiding", "main form.form", reason=WHY)
    page = reader.get("/notifications")
    assert (
        "Simon" not in page.words
        and "fourgonnette" not in page.words
        and "Aucun avis" in page.words
        and bell(reader) == "Avis"
    )
    assert mails_after_a_while(author, clock, outbox) == []


def test_several_comments_within_ten_minutes_are_one_mail_that_names_each(
    simon: Any, make: Any, need: Idea, author: User, sign_in: Any, clock: Any, outbox: Any
) -> None:
    said = post(simon, need, intent="offer")
    clock.forward(minutes=3)
    post(sign_in(make.user("Odile Roy")), need, "Je peux conduire.")
    write_mails()
    assert len(outbox.to(author.email)) == 0
    [mail] = mails_after_a_while(author, clock, outbox)
    assert mail.subject.startswith("Simon Ferland fait une offre sous votre besoin") and "Vingt-deux" in mail.subject
    assert "et 1 autre avis" in mail.subject and "Odile Roy commente votre besoin" in mail.text
    assert "fourgonnette" in mail.text and "Je peux conduire" in mail.text and "fourgonnette" in mail.html
    assert f"/comments/{said.id}" in outbox.links(mail)
    assert write_mails() == 0


def test_a_mail_is_in_the_language_of_its_reader(
    simon: Any, need: Idea, make: Any, clock: Any, outbox: Any, author: User
) -> None:
    make.at(author, locale="en")
    post(simon, need, intent="wonder")
    [mail] = mails_after_a_while(author, clock, outbox)
    assert mail.subject.startswith(f"Simon Ferland asked a question about your need: “{TITLE}”")


def test_a_hidden_update_leads_there_says_why_and_how_to_ask_again(
    make: Any, fae: User, boss: Any, sign_in: Any, clock: Any, outbox: Any
) -> None:
    update = make.update(fae, HERE, title="Nos travaux de mai")
    path = f"/communities/{HERE}/updates/{update.id}"
    assert boss.submit(f"{path}/hiding", "main form.form", reason=WHY).status_code == 303
    page = sign_in(fae).get("/notifications")
    assert (
        "L’équipe d’animation a masqué vos travaux" in page.words
        and WHY in page.words
        and "Nos travaux de mai" in page.words
    )
    assert page.soup.select_one(f".notices a[href='{path}']") and page.soup.select_one(
        ".notices a[href='/measures/1/appeal']"
    )
    [mail] = mails_after_a_while(fae, clock, outbox)
    assert WHY in mail.text and {path, "/measures/1/appeal"} <= set(outbox.links(mail))


def test_a_hidden_comment_leads_its_author_to_where_it_is_written_again(simon: Any, need: Idea, team: Any) -> None:
    said = post(simon, need)
    team.submit(f"/comments/{said.id}/hiding", "main form.form", reason=WHY)
    page = simon.get("/notifications")
    assert (
        "L’équipe d’animation a masqué votre commentaire" in page.words
        and WHY in page.words
        and "fourgonnette" in page.words
    )
    assert (
        "fourgonnette" in simon.get(page.soup.select_one(f".notices a[href='/comments/{said.id}/edit']")["href"]).text
    )
    assert page.soup.select_one(".notices a[href='/measures/1/appeal']")


def test_an_answer_says_the_step_and_the_community(
    need: Idea, author: User, team: Any, sign_in: Any, clock: Any, outbox: Any
) -> None:
    page = team.get(f"/ideas/{need.id}/status")
    assert (
        team.submit(
            page, "#answer-form", button="publish", status="under_review", reason="On en parle en mai."
        ).status_code
        == 303
    )
    sentence = "Votre besoin est à l'étude"
    words = sign_in(author).get("/notifications").words.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")
    assert sentence in words and "On en parle en mai." in words
    [mail] = mails_after_a_while(author, clock, outbox)
    assert mail.subject.replace("’", "'").startswith("Votre besoin est à l'étude") and "Vingt-deux" in mail.subject


def test_a_visitor_has_no_bell(visitor: Any) -> None:
    assert not visitor.get("/").soup.select(".bell")


def test_notices_cost_the_same_for_one_and_for_twenty(make: Any, author: User, fae: User, sign_in: Any) -> None:
    reader = sign_in(author)

    def fill(times: int) -> None:
        for _n in range(times):
            idea, update, number = make.idea(author, HERE), make.update(author, HERE), author.id
            said = [make.comment(subject) for subject in (idea, update)]
            with unit():
                for comment in said:
                    notices.tell(number, "comment.post", str(comment.id), comment_id=comment.id)
                notices.tell(number, "status", str(idea.id), idea_id=idea.id, status="retained", reason=WHY)

    costs_alike(fill, (reader, "/notifications"), most=12)


def test_the_page_can_show_what_was_not_read_or_what_is_about_one_community(make, sign_in):
    author = make.user()
    here = make.idea(author, "securite-alimentaire", title="Un marché couvert")
    there = make.idea(author, "transport-collectif", title="Un autobus du soir")
    for idea in (here, there):
        notices.tell(author.id, "status", str(idea.id), idea_id=idea.id, status="retained", reason="")
    db.session.commit()
    browser = sign_in(author)
    page = browser.get("/notifications")
    assert [link.get_text() for link in page.soup.select(".tabs a")][:1] == ["Tous"]
    tabs = {" ".join(link.get_text().split()): link["href"] for link in page.soup.select(".tabs a")}
    assert list(tabs) == ["Tous", "Non lus2", "Sécurité alimentaire", "Transport collectif"]
    food = browser.get(tabs["Sécurité alimentaire"])
    assert "Un marché couvert" in food.words and "Un autobus du soir" not in food.words
    browser.submit(food, "main .notices form")
    unread = browser.get(tabs["Non lus2"])
    assert "Un autobus du soir" in unread.words and "Un marché couvert" not in unread.words
    browser.submit(unread, 'form[action="/notifications/reading"]')
    assert "Vous avez tout lu." in browser.get(tabs["Non lus2"]).words
    assert browser.get("/notifications?community=ailleurs").status_code == 400

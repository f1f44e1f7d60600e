"""The report of a forum: complete the minute it closes, and what the tables say, whoever asks for it."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumTopic
from app.notes.models import PublishedNotes
from tests.forum.stored import QUESTION, topic_in
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import SECLUDED


@pytest.fixture
def session(make: Make) -> ForumTopic:
    return session_in(make, phase="closed", title="Une nuit de sommeil par mois")


@pytest.fixture
def forum(session: ForumTopic) -> Forum:
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def address(forum: Forum) -> str:
    return f"/forums/{forum.id}/report"


@pytest.fixture
def told(make: Make, session: ForumTopic, forum: Forum) -> None:
    """A session with its notes, and three topics that were not held."""
    publish_in(make, session)
    line_in(make, session, "Une nuit de répit par mois")
    line_in(make, session, "Écrire une seule demande", kind="action", holder="Le comité")
    topic_in(make, forum, title="Un autobus du soir")
    topic_in(make, forum, title="Un sommeil meilleur", joined_id=session.id)
    topic_in(make, forum, title="Un local pour les jeunes", state="withdrawn")
    topic_in(make, forum, title="Ce qui attendait encore", state="waiting")


def words(page: Any) -> str:
    return str(page.words).replace("\N{NO-BREAK SPACE}", " ")


def test_it_tells_what_was_said_and_what_was_not_held_with_the_reason(
    told: None, address: str, visitor: Browser
) -> None:
    page = visitor.get(address)
    shown = words(page)

    assert QUESTION in page.soup.h1.text
    assert "Séances tenues 1" in shown and "Sujets proposés 4" in shown
    assert "12 personnes" in shown and "La nuit, il n'y a que l'urgence." in shown
    assert "Besoin. Une nuit de répit par mois" in shown and "Le comité" in shown
    side = page.soup.select_one("main aside").get_text(" ", strip=True)
    assert "Joint à « Une nuit de sommeil par mois »." in side.replace("\N{NO-BREAK SPACE}", " ")
    assert "Retiré du mur." in side and "Resté au mur, sans salle ni heure." in side
    assert "attendait encore" not in shown


def test_it_is_complete_the_minute_the_forum_closes(make: Make, sign_in: Any, visitor: Browser) -> None:
    session = session_in(make)
    team = sign_in(make.user(role="coordinator"))
    notes, address = f"/forums/{session.forum_id}/topics/{session.id}/notes", f"/forums/{session.forum_id}/report"
    team.submit(notes, "form[action$='/notes/text']", text="Ce qui se disait.")
    make.at(db.session.get_one(Forum, session.forum_id), phase="convergence")
    assert visitor.get(address).status_code == 404

    page = team.submit(f"/forums/{session.forum_id}/closing", "form[action$='/closing']", follow=True)

    assert page.soup.select_one(f"main a[href='{address}']")
    assert "Ce qui se disait." in visitor.get(address).text


def test_the_files_say_what_the_page_does(told: None, address: str, visitor: Browser) -> None:
    rows = list(csv.reader(io.StringIO(visitor.get(f"{address}.csv").text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[4] for row in rows[1:]] == ["Une nuit de répit par mois", "Écrire une seule demande"]
    assert (
        {len(row) for row in rows} == {17}
        and rows[2][5] == "Le comité"
        and {row[0] for row in rows[1:]} == {"Une nuit de sommeil par mois"}
    )

    data = visitor.get(f"{address}.json").json
    assert data["numbers"] == {"pitched": 4, "sessions": 1} and data["question"] == QUESTION
    assert [line["text"] for line in data["sessions"][0]["lines"]] == [row[4] for row in rows[1:]]
    assert len(data["not_held"]) == 3

    text = visitor.get(f"{address}.md").text
    assert text.startswith(f"# {QUESTION}") and "- **Besoin.** Une nuit de répit par mois" in text


def test_it_says_the_day_on_which_it_is_complete(
    told: None, make: Make, forum: Forum, address: str, visitor: Browser
) -> None:
    make.at(forum, phase_at=datetime(2027, 3, 12, 21, 2, tzinfo=UTC))
    complete = "12 mars 2027 à 16 h 02"
    assert f"Compte rendu complet {complete}" in words(visitor.get(address))
    assert f"- Compte rendu complet : {complete}" in visitor.get(f"{address}.md").text.replace("\u00a0", " ")


def test_it_says_what_the_team_copied_from_paper(
    told: None, session: ForumTopic, address: str, visitor: Browser
) -> None:
    copied = "L’équipe en a recopié une partie d’une feuille de la séance."
    assert copied not in visitor.get(address).words
    with unit():
        db.session.get_one(PublishedNotes, session.id).from_paper = True

    assert copied in visitor.get(address).words
    assert copied in visitor.get(f"{address}.md").text
    assert visitor.get(f"{address}.json").json["sessions"][0]["from_paper"] is True


def test_what_people_wrote_is_read_as_they_wrote_it_in_markdown(
    make: Make, session: ForumTopic, address: str, visitor: Browser
) -> None:
    publish_in(make, session, text="# Pas un titre\n* ni une liste")
    line_in(make, session, "[un lien](javascript:1)")
    text = visitor.get(f"{address}.md").text
    assert "\\# Pas un titre" in text and "\\* ni une liste" in text and "\\[un lien]" in text


def test_it_is_read_by_whom_the_forum_is(
    told: None, make: Make, forum: Forum, address: str, visitor: Browser, sign_in: Any
) -> None:
    room = make.community(slug=SECLUDED, is_private=True)
    make.at(db.session.get_one(Event, forum.id), community_id=room.id, is_private=True)
    for ending in ("", ".md", ".csv", ".json"):
        assert visitor.get(f"{address}{ending}").status_code == 404
        assert sign_in(make.user()).get(f"{address}{ending}").status_code == 404
        assert sign_in(make.user(role="coordinator")).get(f"{address}{ending}").status_code == 200


def test_of_a_closed_forum_nothing_is_said_to_come(
    session: ForumTopic, forum: Forum, visitor: Browser, sign_in: Any, make: Make
) -> None:
    notes = visitor.get(f"/forums/{forum.id}/topics/{session.id}/notes")
    assert "Personne n’a pris de notes" in notes.words and "encore" not in notes.soup.select_one("main").text
    said = visitor.get(f"/forums/{forum.id}/said")
    assert "Aucune ligne n’a été notée" in said.words and "encore" not in said.soup.select_one("main").text
    assert "vous le mettez au mur" not in visitor.get(f"/forums/{forum.id}").words
    team = sign_in(make.user(role="coordinator"))
    review = team.get(f"/forums/{forum.id}/review")
    assert "encore publiée" not in review.words
    publish_in(make, session, text="")
    assert "encore" not in visitor.get(f"/forums/{forum.id}/topics/{session.id}/notes").soup.select_one("main").text


def test_few_people_who_came_are_no_number_in_public(
    told: None, address: str, visitor: Browser, forum: Forum, make: Make
) -> None:
    event = db.session.get_one(Event, forum.id)
    for came, is_told in ((4, False), (5, True)):
        make.at(event, came_in_person=came)
        assert ("Présences" in visitor.get(address).words) is is_told
        assert ("came" in visitor.get(f"{address}.json").json["numbers"]) is is_told

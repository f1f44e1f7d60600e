"""The notes of a session through its page: written by whoever is in it, read by the public once they are published."""

import pytest

from app.core.db import db
from app.forum.models import Forum
from app.notes.models import NoteLine, NoteVersion, PublishedLine
from app.notes.queries import texts
from tests.forum.stored import place_in
from tests.notes.stored import session_in


@pytest.fixture
def session(make):
    return session_in(make)


@pytest.fixture
def address(session):
    return f"/forums/{session.forum_id}/topics/{session.id}/notes"


@pytest.fixture
def forum(session):
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def writer(make, forum, sign_in):
    user = make.user("Denise Marguerite")
    place_in(make, forum, user)
    return sign_in(user)


@pytest.fixture
def other(make, forum, sign_in):
    user = make.user("Yvon Quiscale")
    place_in(make, forum, user)
    return sign_in(user)


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user(role="coordinator"))


def write(browser, address, text):
    return browser.submit(address, "form[action$='/notes/text']", text=text, follow=True)


def add(browser, address, **typed):
    return browser.submit(address, "form[action$='/notes/lines']", follow=True, **typed)


def test_what_is_written_is_on_the_page_and_kept_as_it_was_sent(writer, address, session):
    page = write(writer, address, "Le répit existe le jour.\nLa nuit, il n'y a que l'urgence.")

    assert "Enregistré." in page.text
    assert "La nuit, il n'y a que l'urgence." in page.soup.select_one("textarea").text
    assert db.session.query(NoteVersion).one().sent.startswith("Le répit")


def test_two_who_opened_the_same_page_keep_both_texts(writer, other, address, session):
    write(writer, address, "Trois personnes ont renoncé.")
    opened = other.get(address)
    write(writer, address, "Trois personnes ont renoncé : quatre formulaires.")

    typed = {"text": "Trois personnes sur dix ont renoncé."}
    page = other.submit(opened, "form[action$='/notes/text']", follow=True, **typed)

    assert "les deux textes sont gardés" in page.text
    assert texts.find_part(session.id, 1).text == (
        "Trois personnes ont renoncé : quatre formulaires.\nTrois personnes sur dix ont renoncé."
    )


def test_a_line_is_added_changed_and_taken_out_and_its_rows_stay(writer, address):
    page = add(writer, address, kind="need", text="Une nuit de répit par mois")
    change = page.soup.select_one("#lines a[href*='/notes/lines/']")["href"]

    page = writer.submit(change, "form[action*='/notes/lines/']", text="Une nuit de répit par semaine", follow=True)

    assert "Une nuit de répit par semaine" in page.soup.select_one("#lines").text
    assert "par mois" not in page.soup.select_one("#lines").text
    change = page.soup.select_one("#lines a[href*='/notes/lines/']")["href"]
    page = writer.submit(change, "form[action$='/removal']", follow=True)
    assert "Aucune ligne" in page.soup.select_one("#lines").text
    assert db.session.query(NoteLine).count() == 2


def test_a_refused_line_says_why_and_keeps_what_was_typed(writer, address):
    page = add(writer, address, kind="", text="Une nuit de répit")

    assert page.status_code == 422
    assert "obligatoire" in page.soup.select_one(".error-summary").text
    assert page.soup.select_one("#lines input[name=text]")["value"] == "Une nuit de répit"


def test_the_public_reads_nothing_before_they_are_published_and_no_writer_after(writer, address, visitor, team):
    write(writer, address, "Ce qui s'est dit entre nous.")
    add(writer, address, kind="action", text="Écrire une seule demande", holder="Le comité", due_on="2027-04-15")

    page = visitor.get(address)
    assert page.status_code == 200
    assert "pas encore publiées" in page.text
    assert "entre nous" not in page.text

    page = team.submit(address, "form[action$='/publication']", follow=True)
    assert "tout le monde peut les lire" in page.text
    shown = visitor.get(address).soup.select_one("main").text
    assert "entre nous" in shown
    assert "Le comité" in shown
    assert "Denise" not in shown


def test_what_is_written_after_is_published_at_the_next_press(writer, address, visitor, team):
    write(writer, address, "Un premier mot.")
    team.submit(address, "form[action$='/publication']")
    write(writer, address, "Un premier mot.\nEt un second.")

    assert "Et un second." not in visitor.get(address).text
    team.submit(address, "form[action$='/publication']")
    assert "Et un second." in visitor.get(address).text


def test_closing_the_forum_publishes_what_nobody_had(writer, address, visitor, team, make, forum):
    write(writer, address, "Ce qui se disait.")
    add(writer, address, kind="need", text="Une nuit de répit par mois")
    make.at(forum, phase="convergence")

    team.submit(f"/forums/{forum.id}/closing", "form[action$='/closing']", follow=True)

    page = visitor.get(address)
    assert "Ce qui se disait." in page.text
    assert "Une nuit de répit par mois" in page.text
    assert "Denise" not in page.soup.select_one("main").text
    assert db.session.query(PublishedLine).count() == 1

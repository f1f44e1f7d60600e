"""What somebody typed is never lost: a page that one goes back to, a session that is over, a forum that was closed."""

import pytest

from app.core.db import db
from app.forum.models import Forum
from app.notes.models import NoteLine, NoteVersion
from app.notes.queries import texts
from app.notes.service import lines as service
from tests.forum.stored import place_in
from tests.notes.stored import session_in
from tests.support.door import comes
from tests.support.rows import every
from tests.web.forum.test_pass_routes import hold

TEXT, LINE = "form[action$='/notes/text']", "form[action$='/notes/lines']"
FIELDS = {"text": "Une nuit de répit par mois", "form_key": "une"}
CODE = "ABC234"


@pytest.fixture
def session(make):
    return session_in(make)


@pytest.fixture
def forum(session):
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def address(session):
    return f"/forums/{session.forum_id}/topics/{session.id}/notes"


@pytest.fixture
def writer(make, forum, sign_in):
    user = make.user("Denise Marguerite")
    place_in(make, forum, user)
    return sign_in(user)


@pytest.fixture
def guest(app, make, visitor, forum):
    return hold(app, visitor, forum, comes(make, forum, "Ana Sans Compte", CODE))


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user("Josiane Bouleau", role="coordinator"))


def close(make, team, forum):
    make.at(forum, phase="convergence")
    team.submit(f"/forums/{forum.id}/closing", "form[action$='/closing']")


def test_who_goes_back_to_the_page_and_types_on_keeps_what_they_typed(writer, address, session):
    opened = writer.get(address)
    writer.submit(opened, TEXT, text="Le répit existe le jour.")
    page = writer.submit(opened, TEXT, text="Le répit existe le jour.\nLa nuit, rien.", follow=True)

    assert "La nuit, rien." in page.soup.select_one("textarea").text
    opened = writer.get(f"{address}/lines")
    for text in ("Une nuit de répit", "Une nuit de répit", "Une nuit de répit par mois"):
        writer.submit(opened, LINE, kind="need", text=text)
    assert [line.text for line in every(NoteLine)] == ["Une nuit de répit", "Une nuit de répit par mois"]


def test_what_is_refused_once_the_session_is_withdrawn_is_given_back(writer, address, session, make):
    opened = writer.get(address)
    make.at(session, state="withdrawn")

    page = writer.submit(opened, TEXT, text="Ce que personne d'autre n'a écrit.")

    assert page.status_code == 409
    assert "Ce que personne d'autre n'a écrit." in page.soup.select_one("main").text


def test_what_a_guest_typed_before_the_close_waits_for_the_coordination_too(
    guest, team, address, make, forum, session, clock, new_browser
):
    guest.submit(address, TEXT, text="Ce qu'Ana a vu.")
    opened, line = guest.get(address), guest.get(f"{address}/lines")
    close(make, team, forum)

    page = guest.submit(opened, TEXT, text="Ce qu'Ana a vu, et la fin.", follow=True)
    guest.submit(line, LINE, kind="need", text="Une nuit de répit par mois")

    assert "gardé à part" in page.text and page.soup.select("[data-notes]")
    late = team.get(f"{address}/correction").soup.select_one("#late").text
    assert "et la fin." in late and "Une nuit de répit par mois" in late and "Ana Sans Compte" in late
    assert texts.find_part(session.id, 1).text == "Ce qu'Ana a vu."
    assert new_browser().forge(f"{address}/text", {"text": "De personne"}).status_code == 404
    clock.forward(hours=25)
    assert guest.submit(opened, TEXT, text="Trop tard").status_code == 404
    assert sum(one.is_late for one in every(NoteVersion)) == 2


def test_a_late_pass_opens_nothing_else(guest, team, address, make, forum):
    guest.submit(address, TEXT, text="Ce qu'Ana a vu.")
    opened = guest.get(address)
    close(make, team, forum)

    for end in ("/history", "/people", "/correction"):
        assert guest.get(f"{address}{end}").status_code in (303, 404)
    assert guest.forge(f"{address}/publication", {}).status_code == 404
    assert not guest.get(address).soup.select(TEXT)
    assert guest.get(address).headers["Cache-Control"] == "no-store"
    assert opened.headers["Cache-Control"] == "no-store"


def test_notes_that_are_full_take_a_line_once_one_is_taken_out(writer, address, monkeypatch):
    monkeypatch.setattr(service, "MOST", 1)
    writer.submit(f"{address}/lines", LINE, kind="need", text="Une nuit de répit")
    page = writer.submit(f"{address}/lines", LINE, kind="need", text="Un autobus du soir")
    assert page.status_code == 409 and "retirez" in page.text

    change = writer.get(address).soup.select_one("#lines a[href*='/notes/lines/']")["href"]
    changed = writer.submit(change, "form[action*='/notes/lines/']", text="Une nuit de répit par mois", follow=True)
    assert "La ligne est changée." in changed.words
    change = changed.soup.select_one("#lines a[href*='/notes/lines/']")["href"]
    writer.submit(change, "form[action$='/removal']")
    writer.submit(f"{address}/lines", LINE, kind="need", text="Un autobus du soir")
    assert "Un autobus du soir" in writer.get(address).soup.select_one("#lines").text


def test_what_was_written_of_a_hidden_topic_is_read_once_it_is_shown_again(
    writer, team, visitor, address, make, forum, session, clock
):
    writer.submit(address, TEXT, text="Ce que nous avons dit.")
    make.at(session, hidden_at=clock.now(), hidden_reason="Une erreur")
    close(make, team, forum)
    assert visitor.get(address).status_code == 404

    make.at(session, hidden_at=None, hidden_reason=None)
    assert "Ce que nous avons dit." in visitor.get(address).text


def test_minutes_that_close_the_meeting_close_its_forum_and_publish_what_was_said(
    writer, team, visitor, address, forum
):
    writer.submit(address, TEXT, text="Ce que nous avons dit.")
    report = f"/forums/{forum.id}/report"
    assert visitor.get(report).status_code == 404

    event = team.get(address).soup.select_one("nav a[href^='/events/'], main a[href^='/events/']")["href"]
    team.submit(f"{event}/minutes", "form:has(textarea)", button="publish", body="Voici ce qui en sort.")

    assert "Ce que nous avons dit." in visitor.get(report).text
    assert "Ce que nous avons dit." in visitor.get(address).text


def test_what_comes_after_the_close_waits_for_the_coordination(writer, address, visitor, team, make, forum, clock):
    writer.submit(address, TEXT, text="Ce qui se disait.")
    opened = writer.get(address)
    close(make, team, forum)

    page = writer.submit(opened, TEXT, text="Ce qui se disait, et la fin.", follow=True)
    assert "gardé à part" in page.text
    line = writer.forge(f"{address}/lines", {**FIELDS, "kind": "action", "holder": "Le comité"}, htmx=True)
    assert line.json["late"]
    assert "et la fin" not in page.soup.select_one("#said").text
    assert "et la fin" not in visitor.get(address).text

    page = team.get(address)
    assert "2 textes sont arrivés après la clôture" in page.words
    page = team.get(page.soup.select_one("#said .notice a")["href"])
    late = page.soup.select_one("#late").text
    assert "et la fin." in late
    assert "Action. Une nuit de répit par mois" in late
    assert "Le comité" in late
    assert "Denise Marguerite" in late
    for _n in range(2):
        page = team.submit(page.request.path, "#late form", follow=True)
    assert not page.soup.select("#late")
    assert not team.get(address).soup.select("#said .notice")
    clock.forward(hours=25)
    refused = writer.forge(
        f"{address}/text", {"text": "Trop tard", "part": "1", "number": "0", "form_key": "tard"}, htmx=True
    )
    assert refused.status_code in (404, 409)
    assert db.session.query(NoteVersion).filter_by(is_late=True).count() == 2

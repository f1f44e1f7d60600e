"""The notes of a session through its page: written by whoever is in it, read by the public once they are published."""

import pytest

from app.core.db import db
from app.forum.models import Forum
from app.notes.models import NoteLine, NoteVersion, PublishedLine
from app.notes.queries import texts
from tests.forum.stored import place_in
from tests.notes.stored import session_in
from tests.support.accounts import enforce_limits

LINE = {"kind": "need", "text": "Une nuit de répit par mois", "form_key": "une"}


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
    return browser.submit(f"{address}/lines", "form[action$='/notes/lines']", follow=True, **typed)


def test_what_is_written_is_on_the_page_and_kept_as_it_was_sent(writer, address, session):
    page = write(writer, address, "Le répit existe le jour.\nLa nuit, il n'y a que l'urgence.")

    assert "Enregistré." in page.text
    assert "La nuit, il n'y a que l'urgence." in page.soup.select_one("textarea").text
    assert db.session.query(NoteVersion).one().sent.startswith("Le répit")


def test_whoever_has_no_place_is_led_in_from_notes_that_nobody_published(address, forum, visitor, writer):
    entrance = f"main a[href='/forums/{forum.id}/pass']"
    assert visitor.get(address).soup.select_one(entrance)
    assert not writer.get(address).soup.select_one(entrance)


def test_who_reads_what_others_are_writing_is_told_of_when_it_is_and_reads_it_again(
    make, forum, writer, other, visitor, team, address
):
    opened = other.get(address)
    write(writer, address, "Le répit existe le jour.")
    again = opened.soup.select_one("#said .meta a")
    assert "Page lue à" in opened.words and again["href"] == address
    assert "Le répit existe le jour." in other.get(again["href"]).text
    with_error = writer.submit(address, "form[action$='/notes/text']", text="a" * 60_001)
    assert with_error.soup.select_one("#said .meta a")["href"] == address
    assert "Page lue à" not in visitor.get(address).words
    make.at(forum, phase="closed")
    assert "Page lue à" not in team.get(address).words


def test_what_is_sent_as_it_stands_changes_nothing_and_is_said_so(writer, other, address):
    write(writer, address, "Le répit existe le jour.")
    opened = writer.get(address)
    write(other, address, "Le répit existe le jour.\nLa nuit, rien.")
    for page in (opened, address):
        page = writer.submit(page, "form[action$='/notes/text']", follow=True)
        assert "Rien n’a changé" in page.words and "La nuit, rien." in page.soup.select_one("textarea").text
    assert db.session.query(NoteVersion).count() == 2

    page = add(writer, address, kind="need", text="Une nuit de répit par mois")
    change = page.soup.select_one("#lines a[href*='/notes/lines/']")["href"]
    page = other.submit(change, "form[action*='/notes/lines/']", follow=True)
    assert "Rien n’a changé" in page.words and db.session.query(NoteLine).count() == 1


def test_how_many_were_there_is_written_and_shown_again_in_its_form(writer, address):
    assert "Personne ne l’a noté" in writer.get(address).words
    page = writer.submit(f"{address}/people", "main form.form", people_count="34", follow=True)
    assert "34 personnes" in page.soup.select_one("#people").text.replace("\xa0", " ")
    page = writer.submit(f"{address}/people", "main form.form", people_count="beaucoup")
    assert page.status_code == 422 and page.soup.select_one("main input[name=people_count]")["value"] == "beaucoup"
    assert writer.get(f"{address}/people").soup.select_one("main input[name=people_count]")["value"] == "34"


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
    assert page.soup.select_one("main input[name=text]")["value"] == "Une nuit de répit"


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


def test_who_publishes_once_the_session_is_withdrawn_is_told_why_nothing_is(
    writer, address, session, visitor, team, make
):
    write(writer, address, "Ce qui s'est dit.")
    opened = team.get(address)
    make.at(session, state="withdrawn")

    page = team.submit(opened, "form[action$='/publication']", follow=True)
    assert "Ces notes ne s'écrivent plus" in page.text.replace("’", "'")
    assert "Ce qui s'est dit." not in visitor.get(address).text.replace("’", "'")


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


def send(browser, address, text, **more):
    """Send a text as the script of the page does."""
    fields = {"text": text, "part": "1", "number": "0", "is_own": "", "form_key": text} | more
    return browser.forge(f"{address}/text", fields, htmx=True)


def test_one_saves_once_in_five_seconds_and_nothing_is_lost(app, writer, other, address, clock):
    with enforce_limits(app):
        assert send(writer, address, "Un mot").status_code == 200
        refused = send(writer, address, "Un mot, puis un autre")
        page = writer.submit(address, "form[action$='/notes/text']", text="Un troisième")
        assert send(other, address, "Yvon n'attend pas Denise").status_code == 200
        clock.forward(seconds=6)
        assert send(writer, address, "Un mot, puis un autre", number="1", is_own="1").status_code == 200

    assert (refused.status_code, page.status_code) == (429, 429)
    assert "cinq secondes" in refused.json["error"] and 0 < int(refused.headers["Retry-After"]) <= 5
    assert page.soup.select_one("textarea").text.strip() == "Un troisième"


def test_a_script_is_told_what_the_text_has_become(writer, other, address):
    first = send(writer, address, "a\nb").json
    send(other, address, "a\nb, et Yvon", number=first["number"])

    saved = send(writer, address, "a, et Denise\nb", number=first["number"], is_own="1").json

    assert saved["text"] == "a, et Denise\nb, et Yvon"
    assert (saved["number"], saved["late"], saved["parts"], saved["has_clash"]) == (3, False, 1, False)
    assert saved["said"].startswith("Enregistré à ")


def test_a_browser_sends_nothing_in_the_name_of_another(writer, other, address):
    mine = writer.get(address).soup.select_one("[data-notes]")["data-mine"]

    refused = send(other, address, "Ce que Denise écrivait", mine=mine)

    assert refused.status_code == 409
    assert "une autre personne" in refused.json["error"]
    assert db.session.query(NoteVersion).count() == 0
    line = other.forge(f"{address}/lines", LINE | {"mine": mine}, htmx=True)
    assert line.status_code == 409


def test_a_line_that_comes_twice_is_there_once(writer, address):
    one, two = (writer.forge(f"{address}/lines", LINE, htmx=True) for _n in range(2))

    assert one.json["lines"] == two.json["lines"]
    assert one.json["lines"].count("Une nuit de répit par mois") == 2  # Said, and in the name of its link.


@pytest.fixture
def clashing(writer, other, address):
    first = send(writer, address, "Trois ont renoncé.").json
    send(writer, address, "Trois ont renoncé : les formulaires.", number=first["number"], is_own="1")
    return send(other, address, "Trois sur dix ont renoncé.", number=first["number"]).json


def test_the_same_lines_are_shown_with_both_who_wrote_them(clashing, visitor, writer, address):
    assert clashing["has_clash"]

    shown = writer.get(address).soup.select_one(".clash")

    assert [p.text.strip().rstrip(" :\xa0") for p in shown.select("p.meta")] == ["Denise Marguerite", "Yvon Quiscale"]
    assert [quote.text for quote in shown.select("blockquote")] == [
        "Trois ont renoncé : les formulaires.",
        "Trois sur dix ont renoncé.",
    ]
    assert not visitor.get(address).soup.select(".clash")


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("stored", "Trois ont renoncé : les formulaires."),
        ("typed", "Trois sur dix ont renoncé."),
        ("both", "Trois ont renoncé : les formulaires.\nTrois sur dix ont renoncé."),
    ],
)
def test_whoever_chooses_leaves_one_text_or_both_and_the_other_is_kept(
    clashing, writer, address, session, choice, left
):
    page = writer.submit(address, f".clash form:has([value={choice}])", follow=True)

    assert "est choisi. Ce qui" in page.words
    assert not page.soup.select(".clash")
    db.session.rollback()
    assert texts.find_part(session.id, 1).text == left
    assert "Trois sur dix ont renoncé." in writer.get(f"{address}/history").text


def test_what_was_changed_since_is_not_taken_out(clashing, writer, other, address, session):
    opened = writer.get(address)
    write(other, address, "Tout autre chose.")

    page = writer.submit(opened, ".clash form:has([value=stored])", follow=True)

    assert "changées depuis" in page.text
    db.session.rollback()
    assert texts.find_part(session.id, 1).text == "Tout autre chose."
    writer.submit(address, ".clash form:has([value=both])")
    assert not writer.get(address).soup.select(".clash")


def test_what_the_team_copies_from_a_sheet_is_said_so(writer, team, visitor, address):
    assert not writer.get(address).soup.select("[name=from_paper]")
    team.submit(address, "form[action$='/notes/text']", text="Sur la feuille : le répit.", from_paper="y")
    add(team, address, kind="need", text="Une nuit de répit", from_paper="y")

    page = writer.get(address)
    assert "en a recopié une partie" in page.words
    assert "recopié d" in page.soup.select_one("#lines").text
    team.submit(address, "form[action$='/publication']")
    assert "en a recopié une partie" in visitor.get(address).words
    forged = writer.forge(f"{address}/lines", LINE | {"text": "Une autre ligne", "from_paper": "y"})
    assert forged.status_code == 303
    assert [line.from_paper for line in db.session.query(NoteLine).order_by(NoteLine.id)] == [True, False]


def test_each_text_and_each_line_stays_in_the_history(writer, visitor, address):
    write(writer, address, "Un premier texte.")
    write(writer, address, "Un second texte.")
    page = add(writer, address, kind="need", text="Une nuit de répit par mois")
    change = page.soup.select_one("#lines a[href*='/notes/lines/']")["href"]
    writer.submit(change, "form[action*='/notes/lines/']", text="Une nuit de répit par semaine")

    page = writer.get(writer.get(address).soup.select_one("a[href$='/history']")["href"])

    for said in ("Un premier texte.", "Un second texte.", "Une nuit de répit par mois", "Denise Marguerite"):
        assert said in page.words
    assert "par semaine" not in page.words
    assert visitor.get(f"{address}/history").status_code == 404

"""Once a forum is closed its notes are corrected by the coordination alone: everybody reads when and why."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.db import db
from app.forum.models import Forum, ForumTopic
from app.notes.models import NoteCorrection, NoteVersion, PublishedLine, PublishedNotes
from app.notes.service import texts
from tests.forum.stored import place_in
from tests.notes.published import SAID, line_in, publish_in
from tests.notes.stored import session_in, who_at
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import count, last

FORM = "form[action*='/notes/correction']"


@pytest.fixture
def session(make: Make) -> ForumTopic:
    session = session_in(make, phase="closed")
    publish_in(make, session)
    return session


@pytest.fixture
def line(make: Make, session: ForumTopic) -> PublishedLine:
    return line_in(make, session, "Une nuit de répit par moi")


@pytest.fixture
def notes(session: ForumTopic) -> str:
    return f"/forums/{session.forum_id}/topics/{session.id}/notes"


@pytest.fixture
def boss(make: Make, sign_in: Any) -> Browser:
    browser: Browser = sign_in(make.user("Rita Roitelet", role="coordinator"))
    return browser


def test_the_text_is_corrected_with_a_reason_that_everybody_reads(
    boss: Browser, visitor: Browser, notes: str, session: ForumTopic
) -> None:
    page = boss.get(notes)
    link = page.soup.select_one("a[href$='/notes/correction']")["href"]

    page = boss.submit(link, FORM, text="La nuit, il y a le 811.", reason="Une ligne a été ajoutée", follow=True)

    assert "La correction est publiée" in page.text
    for address in (notes, f"/forums/{session.forum_id}/report"):
        shown = visitor.get(address).soup.select_one("main").text
        assert "il y a le 811" in shown and "Une ligne a été ajoutée" in shown
        assert "que l'urgence" not in shown and "Rita" not in shown
    assert "que l'urgence" in boss.get(link).words
    assert last(NoteCorrection).former == SAID


def test_a_line_is_corrected_and_stays_the_same_line(
    boss: Browser, visitor: Browser, notes: str, line: PublishedLine
) -> None:
    link = boss.get(notes).soup.select_one(f"a[href$='/notes/correction/{line.id}']")["href"]
    boss.submit(link, FORM, text="Une nuit de répit par mois", reason="Une faute de frappe")

    assert "Une nuit de répit par mois" in visitor.get(notes).text
    found = db.session.query(PublishedLine).one()
    assert (found.id, found.text, last(NoteCorrection).line_id) == (line.id, "Une nuit de répit par mois", line.id)


def test_without_a_reason_nothing_changes_and_what_was_typed_stays(boss: Browser, notes: str) -> None:
    page = boss.submit(f"{notes}/correction", FORM, text="Un autre texte", reason="")
    assert page.status_code == 422 and "Un autre texte" in page.soup.select_one(f"{FORM} textarea").text
    assert count(NoteCorrection) == 0


def test_the_same_words_change_nothing(boss: Browser, notes: str) -> None:
    page = boss.submit(f"{notes}/correction", FORM, reason="Pour rien du tout", follow=True)
    assert "Rien n’a changé." in page.words and count(NoteCorrection) == 0


def test_who_comes_second_reads_what_a_colleague_wrote(boss: Browser, notes: str, make: Make, sign_in: Any) -> None:
    other = sign_in(make.user(role="coordinator"))
    opened = other.get(f"{notes}/correction")
    boss.submit(f"{notes}/correction", FORM, text="La nuit, il y a le 811.", reason="Une ligne ajoutée")

    page = other.submit(opened, FORM, text="La nuit, rien.", reason="Une autre raison")

    assert page.status_code == 409 and "il y a le 811" in page.text
    assert "La nuit, rien." in page.soup.select_one(f"{FORM} textarea").text
    other.submit(page, FORM, follow=True)
    assert db.session.query(PublishedNotes).one().text == "La nuit, rien."


def test_what_came_after_the_close_is_offered_to_the_coordination_alone(
    boss: Browser, visitor: Browser, notes: str, make: Make, session: ForumTopic, people: Any
) -> None:
    writer = people["member"]
    forum = db.session.get_one(Forum, session.forum_id)
    place_in(make, forum, user_id=writer.id)
    texts.save(
        writer, who_at(writer, session.id, forum.id), texts.Sent(1, 0, is_own=False, text="Tapé dans le métro", key="a")
    )
    assert last(NoteVersion).is_late

    assert "Tapé dans le métro" in boss.get(f"{notes}/correction").text
    assert "Tapé dans le métro" not in visitor.get(notes).text


def test_nobody_else_corrects_and_nobody_before_the_close(
    boss: Browser, make: Make, notes: str, session: ForumTopic, sign_in: Any, people: Any
) -> None:
    for role in ("facilitator", "member"):
        assert sign_in(db.session.get_one(User, people[role].id)).get(f"{notes}/correction").status_code == 404
    make.at(db.session.get_one(Forum, session.forum_id), phase="convergence")
    assert boss.get(f"{notes}/correction").status_code == 404

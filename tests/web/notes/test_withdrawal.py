"""One published line that hurts somebody goes alone, at any time; the words that a correction took out are gone too."""

import pytest

from app.choices.models import ChoiceCandidate
from app.comments.models import Comment
from app.core.db import db
from app.core.unit import unit
from app.forum.models import Forum
from app.ideas.models import Idea
from app.notes.models import NoteCorrection, NoteLine, NoteVersion, PublishedLine, SessionNotes
from tests.choices.stored import choice_in
from tests.forum.stored import place_in
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.rows import every, last
from tests.support.world import HERE

FORM, INSULT = "form[action*='/withdrawal/']", "Untel ne vaut rien"
WHY = "Une insulte envers une personne"


@pytest.fixture
def session(make):
    return session_in(make, room=make.room(HERE))


@pytest.fixture
def forum(session):
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def notes(session):
    return f"/forums/{session.forum_id}/topics/{session.id}/notes"


@pytest.fixture
def lines(make, session):
    publish_in(make, session)
    return [line_in(make, session, text, kind="action", holder="Léo") for text in (INSULT, "Une lettre au maire")]


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user("Rita Roitelet", facilitates=[make.room(HERE)]))


@pytest.fixture
def writer(make, forum, sign_in):
    user = make.user("Denise Marguerite")
    place_in(make, forum, user)
    return sign_in(user)


def test_the_team_withdraws_one_line_that_no_page_says_any_more(
    lines, team, writer, visitor, notes, forum, session, make
):
    link = team.get(notes).soup.select_one(f"a[href$='/withdrawal/{lines[0].id}']")["href"]
    page = team.submit(link, FORM, reason="")
    assert page.status_code == 422
    page = team.submit(page, FORM, reason=WHY, follow=True)

    assert "plus personne ne la lit ici" in page.words
    assert INSULT not in page.text and WHY in page.soup.select_one("#said").text
    team.submit(notes, "form[action$='/publication']")
    make.at(forum, phase="closed")
    report = f"/forums/{forum.id}/report"
    for browser in (visitor, writer, team):
        for address in (notes, f"/forums/{forum.id}/said", report, f"{report}.md", f"{report}.csv", f"{report}.json"):
            shown = browser.get(address).text
            assert INSULT not in shown and "Une lettre au maire" in shown
    for address in (f"{notes}/history", f"/forums/{forum.id}/review"):
        assert INSULT not in team.get(address).text
    assert INSULT not in visitor.get("/search?q=Untel").text
    assert last(NoteCorrection).former == f"{INSULT}\nLéo"
    assert team.get(link).status_code == 404


def test_a_line_that_is_withdrawn_asks_for_no_place_and_none_is_given(lines, team, forum, notes, make):
    opened = team.get(f"/forums/{forum.id}/review?line={lines[0].id}&become=aside")
    idea = team.get(f"/forums/{forum.id}/review?line={lines[0].id}&become=new")
    together = team.get(f"/forums/{forum.id}/review?line={lines[1].id}&become=joined")
    team.submit(f"{notes}/withdrawal/{lines[0].id}", FORM, reason=WHY)

    page = team.submit(opened, "form[action*='/aside']", lines=[str(lines[0].id)], reason="Déjà fait ailleurs")

    assert page.status_code == 422
    page = team.submit(idea, "form.form[action$='/idea']", community=str(make.room(HERE).id))
    assert page.status_code == 404 and not every(Idea)
    into = make.idea(make.user(), make.room(HERE))
    page = team.submit(together, "form.form[action$='/voice']", idea=str(into.id), also=[str(lines[0].id)])
    assert page.status_code in (409, 422) and not every(Comment)
    db.session.rollback()
    assert db.session.get_one(PublishedLine, lines[0].id).fate is None
    assert "0 chose dite sur 1" in team.get(f"/forums/{forum.id}/review").words


def test_a_choice_says_a_withdrawn_line_no_more(lines, team, visitor, notes, make, forum, session):
    make.at(forum, phase="convergence")
    choice = choice_in(make, forum)
    for line in lines:
        said = {"line_id": line.id, "topic_id": session.id, "text": line.text}
        make.add(ChoiceCandidate(choice_id=choice.id, position=9, **said))
    address = f"/forums/{forum.id}/convergence"
    assert INSULT in visitor.get(address).text

    team.submit(f"{notes}/withdrawal/{lines[0].id}", FORM, reason=WHY)

    shown = visitor.get(address).text
    assert INSULT not in shown and "Une lettre au maire" in shown


def test_the_coordination_puts_it_back_once_the_forum_is_closed(lines, team, make, sign_in, notes, forum, visitor):
    team.submit(f"{notes}/withdrawal/{lines[0].id}", FORM, reason=WHY)
    make.at(forum, phase="closed")
    boss = sign_in(make.user(role="coordinator"))
    link = boss.get(f"{notes}/correction").soup.select_one(f"a[href$='/correction/{lines[0].id}']")["href"]

    boss.submit(link, "form[action*='/correction/']", text="Une lettre au ministre", reason="Remise en d'autres mots")

    assert "Une lettre au ministre" in visitor.get(notes).text


def test_nobody_else_withdraws_a_line(lines, writer, visitor, notes, make, sign_in):
    address = f"{notes}/withdrawal/{lines[0].id}"
    assert not writer.get(notes).soup.select("a[href*='/withdrawal/']")
    for browser in (writer, sign_in(make.user())):
        assert browser.get(address).status_code == 404
        assert browser.forge(address, {"reason": WHY}).status_code == 404
    assert visitor.get(address).status_code == 303


def test_who_carries_a_line_is_corrected_too(lines, make, forum, notes, sign_in, visitor):
    make.at(forum, phase="closed")
    boss = sign_in(make.user(role="coordinator"))
    form = "form[action*='/correction/']"

    boss.submit(f"{notes}/correction/{lines[1].id}", form, holder="", reason="Léo demande que son nom soit ôté")

    assert "Léo" not in str(visitor.get(notes).soup.select_one(f"#line-{lines[1].id}"))
    assert last(NoteCorrection).former == "Une lettre au maire\nLéo"


def test_once_closed_what_was_written_before_is_read_by_the_team_alone(make, writer, team, notes, forum, session):
    with unit():
        make.add(SessionNotes(topic_id=session.id))
        make.add(NoteVersion(topic_id=session.id, part=1, number=1, sent="Untel a dit", text=None, sent_as="1"))
        make.add(
            NoteLine(topic_id=session.id, kind="need", text="Ce qu'Untel veut", sent_as="1", removed_at=forum.phase_at)
        )
    history = f"{notes}/history"
    assert "Untel a dit" in writer.get(history).text

    make.at(forum, phase="closed")
    assert writer.get(history).status_code == 404
    assert not writer.get(notes).soup.select("a[href$='/history']")
    assert "Untel a dit" in team.get(history).text and "Ce qu" in team.get(history).text

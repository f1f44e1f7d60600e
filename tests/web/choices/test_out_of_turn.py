"""Ballots and acts that come late, twice, or for a choice that is another one by now."""

import pytest

from app.choices.models import Choice, ChoiceCandidate, ChoiceDot
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum
from app.notes.models import PublishedLine, PublishedNotes
from app.operations import recount
from tests.choices.stored import choice_in
from tests.notes.stored import session_in
from tests.support.rows import again, count, every
from tests.web.choices.presses import BALLOT, add_line, count_dots, dots_of, press, purse, stop, tally, url

PLACED = {"dots-0": "2", "dots-1": "1"}


def test_a_ballot_whose_answer_was_lost_is_said_to_be_in_when_it_is_sent_again(team, member, forum, choice):
    shown = member.get(url(forum))
    member.submit(shown, BALLOT, **PLACED)
    page = member.submit(shown, BALLOT, follow=True, **PLACED)
    assert "Enregistré" in page.words and count_dots() == 3
    # A button that was pressed says how many dots there are after it: pressed again, it places no other.
    page = press(member, member.get(url(forum)), "Poser")
    assert dots_of(page) == ["3", "1", "0"]
    stop(team, forum)
    page = member.submit(shown, BALLOT, follow=True, **PLACED | {"dots-0": "3"})
    assert page.status_code == 200 and "déjà enregistrées : elles comptent" in page.words
    late = member.submit(shown, BALLOT, **PLACED)
    assert late.status_code == 409 and "plus aucune pastille ne bouge" in late.words and count_dots() == 4
    empty = member.submit(shown, BALLOT)
    assert empty.status_code == 409 and count_dots() == 4


def test_a_ballot_for_a_choice_that_was_taken_back_is_placed_on_no_other(team, member, forum, choice):
    shown = member.get(url(forum))
    team.submit(url(forum, "/deletion"), "form.form")
    team.submit(url(forum, "/opening"), "form.form", typed="Un bail\nUn four\nUn pont")
    page = member.submit(shown, BALLOT, follow=True, **PLACED)
    assert "n'est plus là" in page.words.replace("’", "'") and count_dots() == 0
    assert dots_of(page) == ["0", "0", "0"] and purse(page) == "Il vous reste 5 pastilles"
    page = member.submit(page, BALLOT, follow=True, **PLACED)
    assert "Enregistré" in page.words and count_dots() == 3


def test_who_opens_a_choice_second_reads_so_and_keeps_what_they_typed(team, colleague, forum):
    mine, theirs = team.get(url(forum, "/opening")), colleague.get(url(forum, "/opening"))
    team.submit(mine, "form.form", typed="Un bail\nUn four")
    page = colleague.submit(theirs, "form.form", typed="Un pont\nUn puits")
    assert page.status_code == 409 and "a ouvert le choix avant vous" in page.words
    assert "Un puits" in page.soup.select_one("#typed").get_text()
    assert [one.text for one in every(ChoiceCandidate)] == ["Un bail", "Un four"]
    # The answer of the first one was lost.
    again_ = team.submit(mine, "form.form", typed="Un bail\nUn four", follow=True)
    assert again_.status_code == 200 and "a déjà son choix" in again_.words


def test_what_was_typed_to_open_a_choice_is_kept_where_the_phase_is_another(team, forum, make):
    shown = team.get(url(forum, "/opening"))
    make.at(db.session.get(Forum, forum.id), phase="sessions")
    page = team.submit(shown, "form.form", typed="Un bail\nUn four")
    assert page.status_code == 409 and "plus à la convergence" in page.words and count(Choice) == 0
    assert "Un four" in page.soup.select_one("#typed").get_text()


def test_a_decision_that_comes_once_the_forum_is_closed_is_kept_in_sight(team, colleague, forum, choice):
    stop(team, forum)
    tally(team, forum)
    page = f"/candidates/{every(ChoiceCandidate)[0].id}/decision"
    shown = team.get(url(forum, page))
    colleague.submit(f"/forums/{forum.id}/closing", "form.form")
    late = team.submit(shown, "form.form", decision="On essaie jusqu'en juin.")
    assert late.status_code == 409 and "Le forum est clos" in late.words
    assert "On essaie" in late.soup.select_one("#decision").get_text()
    assert every(ChoiceCandidate)[0].decision == ""


@pytest.mark.parametrize("until", ["open", "stopped", "counted"])
def test_a_meeting_that_is_cancelled_keeps_no_ballot_with_its_owner(team, member, forum, choice, visitor, until):
    member.submit(url(forum), BALLOT, **PLACED)
    if until != "open":
        stop(team, forum)
    if until == "counted":
        tally(team, forum)
    team.submit(f"/events/{forum.id}/cancellation", "main form.form", reason="La salle est inondée ce matin.")
    assert again(db.session.get(Event, forum.id)).is_cancelled and count(ChoiceDot) == 0
    page = visitor.get(url(forum)).words
    assert ("Ce que le cercle a choisi" in page) == (until == "counted") == (count(Choice) == 1)
    assert ("rien ne s’y choisit" in page) == (until != "counted")
    assert "Posez vos pastilles" not in page
    assert not [one for one in recount.list_differences() if one.counter.startswith("choice")]


def test_a_line_that_is_corrected_says_no_more_where_one_chose_it(sign_in, make, visitor, clock):
    session = session_in(make, phase="closed")
    forum = db.session.get(Forum, session.forum_id)
    first = add_line(make, session, "Lise Tremblay veut un autobus")
    newer = add_line(make, session, "Lise Tremblay veut un autobus du soir", replaces_id=first.id, first_id=first.id)
    published = make.add(PublishedLine(id=first.id, topic_id=session.id, position=0, kind="idea", text=newer.text))
    make.add(PublishedNotes(topic_id=session.id))
    choice = choice_in(make, forum, ["Un four"], state="counted", stopped_at=forum.phase_at)
    for n, line in enumerate((first, newer)):
        columns = {"line_id": line.id, "topic_id": session.id, "placed": 1, "on_paper": 0, "text": line.text}
        make.add(ChoiceCandidate(choice_id=choice.id, position=n + 1, **columns))
    boss = sign_in(make.user(role="coordinator"))
    where = f"/forums/{forum.id}/topics/{session.id}/notes/correction/{published.id}"
    boss.submit(where, "form[action*='/correction']", text="Un autobus du soir", reason="Un nom est enlevé")
    for page in (
        url(forum),
        url(forum, "/ballots.csv"),
        f"/forums/{forum.id}/report",
        f"/forums/{forum.id}/report.json",
    ):
        shown = visitor.get(page).text
        assert "Un autobus du soir" in shown and "Tremblay" not in shown

"""Paper ballots: two who type at once, a press that is sent twice, and few ballots of one kind."""

import pytest

from app.choices.models import ChoiceBallot, ChoiceCandidate, ChoicePaper
from app.core.db import db
from app.forum.models import Forum
from tests.choices.stored import WORDS, places
from tests.forum.stored import place_in
from tests.support.rows import again, count, every
from tests.web.choices.presses import stop, tally, url

PAPER, CONFIRMATION = "/paper", "/paper/confirmation"


@pytest.fixture
def stopped(team, forum, choice):
    stop(team, forum)
    return choice


def type_sums(browser, forum, *, page=None, **typed):
    fields = {name.replace("_", "-"): text for name, text in typed.items()}
    return browser.submit(page or url(forum, PAPER), "form.form", follow=True, **fields)


def confirm(browser, forum):
    return browser.submit(url(forum, CONFIRMATION), "form.form", follow=True)


def read_sums(browser, forum):
    page = browser.get(url(forum, PAPER))
    return [page.soup.select_one(f"#{name}")["value"] for name in ("ballots", "dots-0", "dots-1", "dots-2")]


def test_two_who_type_sums_at_once_are_asked_whose_stay(team, colleague, forum, stopped):
    shown = colleague.get(url(forum, PAPER))
    type_sums(team, forum, ballots="2", dots_0="6", dots_1="4")
    page = type_sums(colleague, forum, page=shown, ballots="2", dots_0="5", dots_1="4")
    assert page.status_code == 409 and read_sums(team, forum) == ["2", "6", "4", "0"]
    # What both typed alike is asked of nobody.
    asked = [one["id"] for one in page.soup.select("fieldset.overlap")]
    assert asked == ["keep-dots-0"] and page.soup.select_one("#dots-0")["value"] == "5"
    page = type_sums(colleague, forum, page=page, **{"keep-dots-0": "yours"})
    assert "C’est noté" in page.words and read_sums(team, forum) == ["2", "5", "4", "0"]
    assert "Le papier est confirmé" in confirm(team, forum).words


def test_who_corrects_one_sum_while_a_colleague_corrects_another_keeps_both(team, colleague, forum, stopped):
    type_sums(team, forum, ballots="2", dots_0="6", dots_1="3")
    shown = colleague.get(url(forum, PAPER))
    type_sums(team, forum, dots_1="2")
    page = type_sums(colleague, forum, page=shown, dots_2="2")
    assert "a changé entre-temps" in page.words and read_sums(team, forum) == ["2", "6", "2", "2"]


def test_sums_that_are_sent_twice_are_in_and_stay_confirmed(team, colleague, forum, stopped):
    shown, same = team.get(url(forum, PAPER)), {"ballots": "2", "dots_0": "6"}
    type_sums(team, forum, page=shown, **same)
    seen = colleague.get(url(forum, CONFIRMATION))
    assert "C’est noté" in type_sums(team, forum, page=shown, **same).words
    page = colleague.submit(seen, "form.form", follow=True)
    assert "Le papier est confirmé" in page.words
    assert "sont confirmées" in type_sums(team, forum, page=shown, **same).words
    db.session.rollback()
    assert db.session.get_one(ChoicePaper, forum.id).confirmed_by


def test_who_counted_the_same_sums_is_told_that_they_may_confirm_them(team, colleague, forum, stopped):
    shown, same = colleague.get(url(forum, PAPER)), {"ballots": "2", "dots_0": "6"}
    type_sums(team, forum, **same)
    assert "avait tapé les mêmes sommes" in type_sums(colleague, forum, page=shown, **same).words
    assert "Le papier est confirmé" in confirm(colleague, forum).words


def test_an_old_way_to_confirm_says_what_became_of_the_sums(team, colleague, forum, stopped):
    def follow():
        page = colleague.get(url(forum, CONFIRMATION), follow_redirects=True)
        assert page.status_code == 200
        return page.words

    assert "plus de sommes à confirmer" in follow()
    type_sums(team, forum, ballots="2", dots_0="6")
    assert "Comparez chaque somme" in follow()
    confirm(colleague, forum)
    assert "sont confirmées" in follow()
    tally(team, forum)
    assert "déjà compté : le voici" in follow()


def test_sums_that_come_once_the_phase_is_another_are_kept_in_sight(team, forum, stopped, make):
    shown = team.get(url(forum, PAPER))
    make.at(db.session.get(Forum, forum.id), phase="sessions")
    page = type_sums(team, forum, page=shown, ballots="2", dots_0="6")
    assert page.status_code == 409 and "plus à la convergence" in page.words
    assert page.soup.select_one("#dots-0")["value"] == "6" and count(ChoicePaper) == 0


@pytest.mark.parametrize(
    ("here", "paper", "apart"),
    [(5, 5, True), (5, 0, True), (0, 3, True), (5, 4, False), (6, 1, False), (1, 5, False), (2, 2, False)],
)
def test_fewer_than_five_of_one_kind_do_not_stand_apart(
    team, colleague, forum, choice, make, visitor, here, paper, apart
):
    for _n in range(here):
        places(make, choice, place_in(make, forum), 1, 2)
    stop(team, forum)
    if paper:
        type_sums(team, forum, ballots=str(paper), dots_0=str(paper), dots_2=str(2 * paper))
        confirm(colleague, forum)
    page = tally(team, forum)
    assert (f"{here} en ligne, {paper} sur papier" in page.words) == (paper > 0)
    totals = [here + paper, 2 * here, 2 * paper]
    rows = every(ChoiceCandidate)
    assert [one.total for one in rows] == totals and again(choice).is_apart == apart
    # Nothing that is stored or shown says what those few chose: neither sums, nor the ballots of the others.
    assert [one.on_paper for one in rows] == ([paper, 0, 2 * paper] if apart else [0, 0, 0])
    assert bool(db.session.query(ChoiceBallot).count()) == (apart and here >= 5)
    said = [one.get_text() for one in visitor.get(url(forum)).soup.select(".ranks .facts span")]
    assert bool(said) == (apart and paper > 0)
    assert ("sont additionnées" in page.words) == (not apart)
    lines = visitor.get(url(forum, "/ballots.csv")).text.splitlines()
    assert len(lines) == 1 + (here if apart and here >= 5 else 0) + (2 if apart else 1)
    assert WORDS[0] in lines[0]


def test_the_report_adds_up_what_does_not_stand_apart(team, colleague, forum, choice, make, visitor):
    for _n in range(6):
        places(make, choice, place_in(make, forum), 1, 2)
    stop(team, forum)
    type_sums(team, forum, ballots="1", dots_0="3")
    confirm(colleague, forum)
    tally(team, forum)
    team.submit(f"/forums/{forum.id}/closing", "form.form")
    report = f"/forums/{forum.id}/report"
    found = visitor.get(f"{report}.json").json["choice"]
    assert found["ballots"] == {"online": 6, "paper": 1}
    first = next(one for one in found["candidates"] if one["text"] == WORDS[0])
    assert (first["total"], first["online"], first["paper"]) == (9, None, None)
    assert "9 pastilles (" not in visitor.get(f"{report}.md").text and "9 pastilles" in visitor.get(f"{report}.md").text
    assert "9, papier compris" in visitor.get(f"{report}.csv").text
    assert "9 pastilles" in visitor.get(report).words and "9 en ligne" not in visitor.get(report).words

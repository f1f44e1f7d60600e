"""The ballots of a choice on paper: what one chooses among, with as many dots as one has."""

import pytest

from app.core import clock as clocks
from tests.choices.stored import WORDS, choice_in
from tests.forum.stored import topic_in
from tests.web.choices.presses import add_line, url


def read(team, forum):
    return team.get(f"/forums/{forum.id}/papers/ballots")


def list_lines(page):
    return [
        [item.b.get_text(), item.select_one(".rule, .said").get_text(), len(item.select("i"))]
        for item in page.soup.select(".paper-lines")[0].select("li")
    ]


def test_they_are_blank_until_a_choice_says_what_is_on_them(team, forum, make):
    kit = team.get(f"/forums/{forum.id}/papers")
    page = team.get(kit.soup.find("a", string="Bulletins")["href"])
    assert list_lines(page) == [[str(n), "", 3] for n in range(1, 9)] and len(page.soup.select(".paper-cut > div")) == 2
    assert "5 pastilles" in page.words.replace("\xa0", " ") and "Au plus 3" in page.words
    choice_in(make, forum, dots=4, most_on_one=2)
    page = read(team, forum)
    assert list_lines(page) == [[str(n), text, 2] for n, text in enumerate(WORDS, 1)]
    assert "4 pastilles" in page.words.replace("\xa0", " ") and "Au plus 2" in page.words
    assert team.get(url(forum)).soup.select_one("a[href$='/papers/ballots']")


@pytest.mark.parametrize("words", [[f"Proposition {n}" for n in range(9)], ["Un four", "Un bail " * 90]])
def test_a_long_one_has_the_sheet_alone(team, forum, make, words):
    choice_in(make, forum, words)
    page = read(team, forum)
    assert len(page.soup.select(".paper > div")) == 1 and len(list_lines(page)) == len(words)


def test_no_more_stands_on_them_than_the_hall_may_read(team, forum, make):
    topic, idea = topic_in(make, forum, title="Se déplacer"), make.idea(title="Un jardin partagé")
    line = add_line(make, topic, "Payer le chauffeur ensemble")
    team.submit(url(forum, "/opening"), "form.form", lines=[str(line.id)], ideas=f"#{idea.id}", typed="Un four")
    assert [text for _n, text, _dots in list_lines(read(team, forum))][:2] == [line.text, idea.title]
    make.at(topic, hidden_at=clocks.now(), hidden_reason="Une erreur")
    make.at(idea, hidden_at=clocks.now(), hidden_reason="Une erreur")
    page = read(team, forum).words
    assert "chauffeur" not in page and "jardin" not in page and "Un four" in page

"""A first idea is sent: its author reads who has it, what comes next, what others said near, and nobody else does."""

import re
from datetime import timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.ideas.models import Idea
from app.reference.models import Territory
from tests.support.rows import last
from tests.support.world import HERE

TITLE, BODY = "Un bac à compost au marché", "Le marché jette quatre poubelles de fanes chaque samedi."


def send(browser, make, **fields):
    answer = browser.submit(
        "/ideas/new", "main form", button="publish", title=TITLE, body=BODY, community=str(make.room(HERE).id), **fields
    )
    return answer.headers["Location"]


def read(browser, make, **fields):
    return browser.get(send(browser, make, **fields))


def plain(text):
    return re.sub(r"\s+", " ", text).replace("’", "'")


def test_the_page_opens_at_the_moment_which_thanks_by_name_and_names_who_reads(make, newcomer, sign_in):
    make.user("Inès Saule", facilitates=[HERE])
    make.user("Karim Roy", facilitates=[HERE])
    browser = sign_in(newcomer)
    address = send(browser, make)
    assert address.endswith("#moment")
    page = browser.get(address)
    moment = page.soup.select_one("#moment[tabindex='-1']")
    first = newcomer.name.split()[0]
    assert plain(moment.h1.get_text()) == f"Merci, {first}. C'est dit."
    said = plain(moment.get_text())
    assert TITLE in said and "entre les mains d'Inès et de Karim, qui animent Sécurité alimentaire." in said
    assert moment.select_one("svg.dawn[aria-hidden=true]") and len(page.soup.select(".next-steps > li")) == 3
    assert not page.soup.select("#flashes .notice")


def test_where_nobody_facilitates_the_coordination_reads_and_no_delay_is_made_up(make, newcomer, sign_in):
    said = plain(read(sign_in(newcomer), make).soup.select_one("#moment").get_text())
    assert "Personne n'anime encore Sécurité alimentaire : la coordination vous lira." in said
    assert "La moitié" not in said


def test_two_public_ideas_of_the_same_place_and_what_to_follow_are_offered(make, newcomer, sign_in):
    place = db.session.scalars(select(Territory).where(Territory.name == "Huntingdon")).one()
    for n in range(3):
        make.idea(title=f"Voix {n}", territories=[place.code])
    make.idea(title="Voix cachée", territories=[place.code], status="pending")
    page = read(sign_in(newcomer), make, territories=[str(place.id)])
    titles = [one.get_text() for one in page.soup.select("section .rows .title")]
    assert len(titles) == 2 and "Voix cachée" not in page.words
    assert {"Suivre Huntingdon", "Suivre Sécurité alimentaire"} <= {
        plain(one.get_text()).strip() for one in page.soup.select("button")
    }


def test_the_team_reads_what_waits_as_before_and_a_stranger_reads_nothing(make, newcomer, sign_in, team, visitor):
    address = send(sign_in(newcomer), make)
    assert last(Idea).status == "pending"
    assert not team.get(address).soup.select("#moment") and visitor.get(address).status_code == 404


def test_what_waits_for_another_reason_says_that_it_waits(make, author, sign_in):
    idea = make.idea(author, HERE, "pending", suspect="burst")
    page = sign_in(author).get(f"/ideas/{idea.id}-{idea.slug}")
    assert not page.soup.select("#moment") and "lira à son prochain passage" in page.words


def test_the_usual_delay_is_said_from_five_answers_on_with_what_still_waits(make, newcomer, sign_in, team):
    ago = clock.now() - timedelta(days=6)
    ideas = [make.idea(community=HERE, published_at=ago) for _n in range(6)]
    browser, address = sign_in(newcomer), ""
    for n, idea in enumerate(ideas[:5], 1):
        team.submit(f"/ideas/{idea.id}/status", "main form", button="publish", status="under_review", reason="On lit.")
        if n == 4:
            address = send(browser, make)
            assert "La moitié" not in browser.get(address).words
    said = plain(browser.get(address).soup.select_one("#moment").get_text())
    assert "La moitié des réponses viennent en 6 jours ou moins ; 1 attend encore." in said

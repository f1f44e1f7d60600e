"""The review of a forum begun from the desk: one goes on with its lines, then comes back at the next forum."""

import pytest

from app.core import clock
from app.core.db import db
from app.forum.models import Forum
from app.notes.models import PublishedLine
from app.notes.queries.review import find_review
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make_plan import action_of
from tests.support.world import HERE
from tests.web.notes.reviews import line_of

DESK = "/moderation?queue=said"
OTHER_IDEA = ":has([name=idea][type=text])"


@pytest.fixture
def following(make, forum):
    """Return the closed forum that comes after the first one on the desk."""
    session = session_in(make)
    found = make.at(db.session.get_one(Forum, session.forum_id), phase="closed", phase_at=clock.now())
    publish_in(make, session)
    line_in(make, session, "Un jardin pour le quartier")
    return found


def list_forums(browser):
    return [slot["id"] for slot in browser.get(DESK).soup.select(".slot")]


def open_first(browser):
    """Follow the link of the first forum of the desk."""
    return browser.get(browser.get(DESK).soup.select_one(".slot-head a[data-key=o]")["href"])


def go_to(browser, page, fate):
    """Follow the link of a page to the form that gives its open line a fate."""
    return browser.get(page.soup.select_one(f"main a[href*='become={fate}']")["href"])


def put_all_aside(browser, page, lines):
    numbers = [str(line) for line in lines]
    opened = go_to(browser, page, "aside")
    return browser.submit(opened, "form[action*='/aside?']", lines=numbers, reason="Déjà fait en 2025", follow=True)


def way_back(page):
    return page.soup.select_one(".desk-way a")["href"]


def test_a_closed_forum_stays_on_the_desk_until_those_who_were_there_are_told(team, address, lines, forum, following):
    first, second = (f"item-forum-{one.id}" for one in (forum, following))
    assert list_forums(team) == [first, second]

    page = put_all_aside(team, open_first(team), lines)

    assert page.request.path == address and way_back(page).startswith(DESK)
    assert list_forums(team) == [first, second]
    answer = team.submit(page, "form[action*='/end?']")
    assert answer.location == f"{DESK}&at=forum-{following.id}#{second}"
    page = team.get(answer.location)
    assert page.soup.select_one("[data-autofocus]")["id"] == second and "en sont avisés" in page.words
    assert list_forums(team) == [second] and find_review(forum.id)


@pytest.mark.parametrize("fate", ["new", "joined", "offered", "linked", "aside"])
def test_the_way_back_goes_along_whatever_a_line_becomes(
    team, address, lines, make, plans, room, forum, following, fate
):
    idea = make.idea(title="Une école ouverte le soir", community=HERE)
    action = plans.actions(plans.plan(action_of("Une demande unique", 1, community=HERE)))[0]
    form, wrong, typed = {
        "new": ("form[action*='/idea?']", {"title": ""}, {"title": "Un répit de nuit", "community": str(room.id)}),
        "joined": (f"form[action*='/voice?']{OTHER_IDEA}", {"idea": ""}, {"idea": str(idea.id)}),
        "offered": (f"form[action*='/offer?']{OTHER_IDEA}", {"idea": ""}, {"idea": str(idea.id)}),
        "linked": ("form[action*='/action?']", {"action": ""}, {"action": str(action.id)}),
        "aside": ("form[action*='/aside?']", {"reason": ""}, {"reason": "Déjà fait en 2025"}),
    }[fate]
    refused = team.submit(go_to(team, open_first(team), fate), form, **wrong)
    assert refused.status_code == 422

    page = team.submit(refused, form, follow=True, **typed)

    assert page.request.path == address and line_of(lines[0]).fate == fate
    assert way_back(refused) == way_back(page) == f"{DESK}&at=forum-{forum.id}#item-forum-{forum.id}"


def test_an_end_that_is_refused_stays_at_the_review(team, address, lines, make, following):
    page = put_all_aside(team, open_first(team), lines)
    make.at(db.session.get_one(PublishedLine, lines[0]), fate=None, reason="", review_by=None, review_at=None)

    page = team.submit(page, "form[action*='/end?']", follow=True)

    assert page.request.path == address and "Il reste des lignes sans place" in page.text
    assert way_back(page).startswith(DESK)


def test_the_next_lines_and_sessions_are_reached_with_the_way_back(team, lines, following):
    page = open_first(team)
    links = [link["href"] for link in page.soup.select("main a[href*='/review']")]
    assert len(links) > 5 and all("back=said" in link for link in links)


def test_a_forum_without_a_published_line_waits_for_nobody(team, session, forum):
    assert list_forums(team) == []

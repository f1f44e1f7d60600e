"""Appealing through the pages: from the notice and from the content, once; and judging."""

import pytest

from app.comments.models import Thread
from app.comments.queries import reading
from app.core import clock
from app.core.db import db
from app.moderation.appeals.models import Appeal
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.support.queries import costs_alike
from tests.support.rows import every
from tests.support.world import HERE

OWN = {"idea": "votre idée", "update": "vos travaux", "comment": "votre commentaire"}
WORDS, WHY = "On a lu de travers ce que j'écrivais dans ce texte.", "Lu de nouveau, avec soin"


@pytest.fixture
def team(make):
    """Return two facilitators: the one who takes the measures, and a colleague."""
    return [make.user(name, facilitates=[HERE]) for name in ("Fae Animation", "Colin Collègue")]


@pytest.fixture
def addresses(make, author, team):
    """Return the addresses of three hidden contents: their pages, and the forms that appeal."""
    idea, other = make.idea(author, HERE, body="Le texte de l'idée"), make.idea(community=HERE)
    comment, update = make.comment(other, author, "Mes mots"), make.update(author, HERE)
    actor, found = make.actor(team[0]), {}
    make.facilitator(author, "transport-collectif")
    for noun, row in (("idea", idea), ("update", update)):
        measures.hide(actor, row, reason="Hors du sujet")
        found[noun] = row
    measures.hide(actor, reading.reload_comment(comment.id), reason="Hors du sujet")
    pages = {
        "idea": f"/ideas/{idea.id}-{idea.slug}",
        "update": f"/communities/{HERE}/updates/{update.id}",
        "comment": f"/ideas/{other.id}-{other.slug}",
    }
    links = {
        "idea": f"/ideas/{idea.id}/appeal",
        "update": f"/communities/{HERE}/updates/{update.id}/appeal",
        "comment": f"/comments/{comment.id}/appeal",
    }
    return pages, links


@pytest.mark.parametrize(("noun", "measure"), [("idea", 1), ("update", 2), ("comment", 3)])
def test_an_author_appeals_from_the_page_of_what_is_hidden(addresses, author, sign_in, noun, measure):
    pages, links = addresses
    browser = sign_in(author)
    assert browser.get(pages[noun]).soup.select_one(f'a[href="{links[noun]}"]')
    page = browser.get(links[noun], follow_redirects=True)
    assert page.request.path == f"/measures/{measure}/appeal" and "Hors du sujet" in page.words
    assert f"L'équipe d'animation a masqué {OWN[noun]}" in page.words.replace("’", "'")
    form_page = page
    page = browser.submit(form_page, "form.form", words=WORDS, follow=True)
    assert page.status_code == 200 and "En attente" in page.words and page.soup.select_one("form.form") is None
    answer = browser.submit(form_page, "form.form", words=WORDS)
    assert answer.status_code == 409 and answer.soup.select_one("textarea").get_text().strip() == WORDS
    assert [(one.measure_id, one.words) for one in every(Appeal)] == [(measure, WORDS)]
    assert f"/measures/{measure}/appeal" in browser.get("/account/reports").text


@pytest.mark.parametrize("words", ["", "Trop court", "x" * 2001])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(addresses, author, sign_in, words):
    answer = sign_in(author).submit("/measures/1/appeal", "form.form", words=words)
    assert answer.status_code == 422 and answer.soup.select_one("textarea").get_text().strip() == words
    assert every(Appeal) == []


def test_nobody_else_is_offered_it(addresses, team, make, sign_in, visitor):
    pages, links = addresses
    for browser in (visitor, *map(sign_in, (make.user(), *team, make.user(role="coordinator")))):
        assert not any(link in browser.get(pages["comment"]).text for link in links.values())


def test_it_is_offered_in_the_notice_while_it_may_be_asked(addresses, author, make, sign_in):
    browser = sign_in(author)
    paths = {link["href"] for link in browser.get("/notifications").soup.select('.notices a[href^="/measures"]')}
    assert paths == {"/measures/1/appeal", "/measures/2/appeal", "/measures/3/appeal"}
    browser.submit("/measures/1/appeal", "form.form", words=WORDS)
    make.at(db.session.get_one(Measure, 2), at=clock.ago(days=31))
    paths = {link["href"] for link in browser.get("/notifications").soup.select('.notices a[href^="/measures"]')}
    assert paths == {"/measures/3/appeal"}
    page = browser.get("/measures/2/appeal")
    assert page.soup.select_one("form.form") is None and "plus rien à demander" in page.words


def test_a_suspended_person_may_still_ask(addresses, author, make, sign_in):
    make.restriction(author)
    browser = sign_in(author)
    assert browser.submit("/measures/1/appeal", "form.form", words=WORDS).status_code == 303
    data = {"restriction": make.restriction(author, kind="block").id}
    block = make.add(Measure(kind="block", user_id=author.id, reason="Motif", by_id=make.user().id, data=data))
    assert "bloquée" in browser.get(f"/measures/{block.id}/appeal").words
    assert browser.submit(f"/measures/{block.id}/appeal", "form.form", words=WORDS).status_code == 303


@pytest.mark.parametrize(("act", "is_hidden"), [("grant", False), ("refuse", True)])
def test_a_colleague_judges_and_the_author_is_told(addresses, author, team, sign_in, visitor, act, is_hidden):
    sign_in(author).submit("/measures/1/appeal", "form.form", words=WORDS)
    browser = sign_in(team[1])
    notice = browser.get("/notifications").soup.select_one('.notices a[href="/moderation/appeals/1"]')
    assert notice and "/moderation/appeals/1" in browser.get("/moderation/appeals").text
    page = browser.get("/moderation/appeals/1")
    assert (
        WORDS.split("'")[0] in page.words and page.words.count("Hors du sujet") == 1 and "Le texte de l" in page.words
    )
    page = browser.submit("/moderation/appeals/1", "form.form", button=act, reason=WHY, follow=True)
    assert WHY in page.words and page.soup.select_one("form.form") is None
    assert (visitor.get(addresses[0]["idea"]).status_code == 404) == is_hidden
    notices = sign_in(author).get("/notifications")
    assert WHY in notices.words and notices.soup.select_one('.notices a[href="/measures/1/appeal"]')
    assert WHY in sign_in(author).get("/measures/1/appeal").words
    assert "Tout est à jour" in browser.get("/moderation/appeals").words
    for state, count in (("granted", act == "grant"), ("refused", act == "refuse")):
        assert len(browser.get(f"/moderation/appeals?state={state}").soup.select(".cases > li")) == count


def test_whoever_took_the_measure_reads_and_does_not_judge(addresses, author, team, sign_in):
    sign_in(author).submit("/measures/1/appeal", "form.form", words=WORDS)
    browser = sign_in(team[0])
    page = browser.get("/moderation/appeals/1")
    assert (
        page.status_code == 200
        and page.soup.select_one("form.form") is None
        and "Une autre personne jugera" in page.words
    )
    assert "Une autre personne jugera" in browser.get("/moderation/appeals").words
    assert every(Appeal)[0].state == "open"


def test_a_measure_that_is_not_undone_here_says_so_and_keeps_the_words(make, author, team, sign_in):
    idea = make.idea(author, HERE)
    comment = make.comment(idea, author)
    sign_in(team[0]).submit(f"/comments/{comment.id}/hiding", "form.form", reason="Hors du sujet")
    sign_in(author).submit("/measures/1/appeal", "form.form", words=WORDS)
    make.at(db.session.get_one(Thread, idea.thread_id), is_public=False)
    browser = sign_in(team[1])
    answer = browser.submit("/moderation/appeals/1", "form.form", button="grant", reason=WHY)
    assert answer.status_code == 409 and answer.soup.select_one("textarea").get_text().strip() == WHY
    assert "à sa place" in answer.words and every(Appeal)[0].state == "open"


def test_a_suspension_that_is_over_is_granted_all_the_same(make, author, team, sign_in):
    restriction = make.restriction(author, HERE)
    measure = make.add(
        Measure(
            kind="suspend",
            user_id=author.id,
            community_id=make.room(HERE).id,
            reason="Motif",
            by_id=team[0].id,
            data={"restriction": restriction.id},
        )
    )
    sign_in(author).submit(f"/measures/{measure.id}/appeal", "form.form", words=WORDS)
    browser = sign_in(team[1])
    make.at(restriction, lifted_at=clock.now())
    assert "plus d" in browser.get("/moderation/appeals/1").soup.select_one(".notice").get_text()
    assert browser.submit("/moderation/appeals/1", "form.form", button="grant", reason=WHY).status_code == 303


def test_the_list_is_paged_and_costs_the_same_for_one_and_for_twenty(make, author, team, sign_in):
    browser = sign_in(team[1])

    def fill(times):
        for _n in range(times):
            idea = make.idea(author, HERE, hidden_at=clock.now(), hidden_reason="Motif")
            columns = {"idea_id": idea.id, "community_id": idea.community_id, "reason": "Motif", "by_id": team[0].id}
            make.add(Appeal(measure_id=make.add(Measure(kind="hide", **columns)).id, user_id=author.id, words=WORDS))

    costs_alike(fill, (browser, "/moderation/appeals"), (browser, "/moderation/appeals/1"))
    fill(1)
    page = browser.get("/moderation/appeals")
    assert len(page.soup.select(".cases > li")) == 20
    assert len(browser.get(page.soup.select_one(".pages .next")["href"]).soup.select(".cases > li")) == 1

"""A refusal says its true cause; and nobody is offered an act that would be refused."""

from datetime import UTC, datetime

import pytest

from app.comments.models import Thread
from app.communities.models import Membership
from app.core.db import db
from tests.support.make import idea_page

HERE = "securite-alimentaire"
FREEZE = {"kind": "freeze", "reason": "Beaucoup de publications sont arrivées en très peu de temps."}
SUSPEND = {"kind": "suspend", "reason": "Des insultes.", "until": datetime(2099, 5, 12, 16, tzinfo=UTC)}
BLOCK = {"kind": "block", "reason": "Des insultes répétées."}
WORDS = {
    "freeze": "Votre compte est en pause",
    "suspend": "Votre participation est suspendue jusqu'au 12 mai 2099",
    "block": "Votre participation dans « Sécurité alimentaire » est bloquée",
}


def said(answer):
    return answer.words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture(params=[FREEZE, SUSPEND], ids=lambda columns: columns["kind"])
def out(request, make, sign_in):
    """Somebody who may take part nowhere for now, and what they are told."""
    user = make.user()
    make.restriction(user, **request.param)
    return sign_in(user), WORDS[request.param["kind"]]


@pytest.fixture
def barred(make, sign_in):
    user = make.user()
    make.restriction(user, make.room(HERE), **BLOCK)
    return sign_in(user)


def test_whoever_is_out_reads_why_where_a_form_would_be(make, out):
    browser, why = out
    idea = make.idea(community=HERE)
    make.comment(idea)
    for path in ("/", "/ideas", f"/communities/{HERE}", idea_page(idea), "/ideas/new", "/ideas?q=introuvable"):
        page = browser.get(path)
        links = [link["href"] for link in page.soup.select("main a[href]")]
        assert why in said(page) or path == "/ideas?q=introuvable", path
        assert not [url for url in links if url.startswith("/ideas/new") or url.endswith(("/report", "/reply"))], path
        assert not page.soup.select(
            "main form[action*='vote'], #comment-form, main form[action$='/joining'], [name=title]"
        ), path


def test_the_hubs_offer_nothing_either(make, out):
    browser, _why = out
    make.idea(territories=["70022"])
    for path in ("/territories/70022", "/search?q=introuvable", "/account/contributions"):
        assert browser.get(path).status_code == 200, path
        assert not browser.get(path).soup.select("a[href^='/ideas/new']"), path


def test_whoever_is_kept_out_of_two_places_reads_in_each_why(make, sign_in):
    user, there = make.user(), "transport-collectif"
    make.restriction(user, make.room(HERE), **BLOCK)
    make.restriction(user, make.room(there), **BLOCK | {"reason": "Un autre motif."})
    browser = sign_in(user)
    assert "Des insultes répétées." in said(browser.get(f"/communities/{HERE}"))
    assert "Un autre motif." in said(browser.get(f"/communities/{there}"))


def test_everybody_else_is_offered_what_they_may_do(make, visitor, sign_in, barred):
    for browser in (visitor, sign_in(make.user()), barred):
        for path in ("/", "/ideas"):
            assert browser.get(path).soup.select("main a[href^='/ideas/new']"), path


def test_an_act_that_is_sent_all_the_same_says_why(make, out):
    browser, why = out
    idea = make.idea(community=HERE)
    comment = make.comment(idea)
    for path in (
        f"/ideas/{idea.id}/vote",
        f"/comments/{comment.id}/useful",
        f"/ideas/{idea.id}/report",
        f"/communities/{HERE}/joining",
    ):
        page = browser.forge(path)
        if page.status_code != 404 or "n'existe pas" not in said(page):
            assert why in said(page) and "autre rôle" not in page.words, path
            assert page.soup.h1.get_text() == "Vous ne pouvez pas participer en ce moment", path
    assert why in said(browser.get("/ideas/new")) and "autre rôle" not in browser.get("/ideas/new").words
    assert why in said(browser.forge(f"/ideas/{idea.id}/vote")) and why in said(
        browser.get(f"/comments/{comment.id}/reply")
    )


def test_whoever_is_out_of_one_community_reads_it_there_and_goes_on_elsewhere(make, barred):
    here, elsewhere = make.idea(community=HERE), make.idea(community="transport-collectif")
    assert WORDS["block"] in said(barred.get(f"/communities/{HERE}"))
    assert not barred.get(f"/communities/{HERE}").soup.select("main a[href^='/ideas/new']")
    assert WORDS["block"] in said(barred.forge(f"/ideas/{here.id}/vote"))
    assert barred.submit(idea_page(elsewhere), "#support-form").status_code == 303


def test_what_one_may_not_know_of_stays_unknown_to_whoever_is_out(make, out):
    browser, why = out
    room = make.community(is_private=True)
    for idea in (
        make.idea(community=room),
        make.idea(status="draft"),
        make.idea(hidden_at=datetime.now(UTC), hidden_reason="Motif"),
    ):
        page = browser.forge(f"/ideas/{idea.id}/vote")
        assert page.status_code == 404 and why not in said(page) and "n'existe pas" in said(page)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/moderation", "aux personnes qui animent une communauté"),
        ("/people", "à l'administration du site"),
        ("/settings", "à l'administration du site"),
        ("/communities/new", "à la coordination du site"),
        ("/plan/draft", "à la coordination du site"),
    ],
)
def test_a_page_of_others_says_whose_it_is(make, sign_in, path, words):
    page = sign_in(make.user()).get(path)
    if page.status_code == 403:
        assert words in said(page) and "votre session a changé" not in said(page)
    else:
        assert page.status_code == 404


@pytest.mark.parametrize("method", ["get", "forge"])
def test_no_page_without_a_row_refuses_a_member_without_saying_who_may(app, make, sign_in, method):
    user, refused = make.user(), {}
    for rule in app.url_map.iter_rules():
        if (
            not rule.arguments
            and ("GET" if method == "get" else "POST") in rule.methods
            and rule.endpoint != "security.logout"
        ):
            # Some of these end every session of the account.
            page = getattr(sign_in(user), method)(rule.rule)
            if page.status_code == 403:
                refused[rule.rule] = said(page)
    assert len(refused) > 3 and not [path for path, words in refused.items() if "C'est réservé" not in words]


def test_a_thread_that_was_closed_says_so(make, sign_in):
    browser = sign_in(make.user())
    idea = make.idea(community=HERE)
    page = browser.get(idea_page(idea))
    make.at(db.session.get_one(Thread, idea.thread_id), is_open=False)
    answer = browser.submit(page, "#comment-form", body="Un mot de trop.")
    assert "n'accepte plus de commentaires" in said(answer) and "Un mot de trop." in answer.text


def test_a_private_community_is_for_its_members(make, sign_in):
    room = make.community(is_private=True)
    user = make.user()
    make.add(Membership(user_id=user.id, community_id=room.id))
    assert sign_in(user).get(f"/communities/{room.slug}").status_code == 200
    assert sign_in(make.user()).get(f"/communities/{room.slug}").status_code == 404

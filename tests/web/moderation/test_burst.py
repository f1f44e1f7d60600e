"""Too much at once: the attack of a real city (134 proposals, 54 of them in one second) is replayed through the door."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app.comments.models import Comment
from app.communities.models import Restriction
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import PUBLIC, Idea
from app.moderation.first_posts.service import frozen_accounts as service
from app.moderation.measures.models import Measure
from tests.support.browser import Browser
from tests.support.races import at_once
from tests.support.rows import count

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
ALL, AT_ONCE, THREADS = 134, 54, 50


def idea_fields(make, n):
    return {
        "kind": "need",
        "title": f"Une proposition parmi d'autres, {n}",
        "body": f"Le texte numéro {n}.",
        "lang": "fr",
        "community": str(make.room(HERE).id),
    }


def propose(browser, make, n):
    return browser.submit("/ideas/new", "main form", **idea_fields(make, n))


def burst(browser, make):
    """Propose four ideas in a row, the last of which freezes a new account."""
    for n in range(4):
        propose(browser, make, n)


def public():
    return count(Idea, Idea.status.in_(PUBLIC))


def replay(browsers, clock, make, is_sample, moment="2026-03-02T12:00"):
    """Send 54 within one second and, of the others, one in five within the two days that follow; return the codes."""
    start, codes = datetime.fromisoformat(moment), []
    for n in (*range(AT_ONCE), *range(AT_ONCE, ALL, 5 if is_sample else 1)):
        after = timedelta(seconds=n / AT_ONCE) if n < AT_ONCE else timedelta(minutes=36) * (n - AT_ONCE + 1)
        clock.at(start + after, stops=True)
        codes.append(browsers[n % len(browsers)].forge("/ideas/new", data=idea_fields(make, n)).status_code)
    return codes


@pytest.fixture
def frozen_member(make, sign_in):
    """A new member who has just proposed four ideas in a row."""
    user = make.user("Rafale Rapide", trusted_at=None)
    browser = sign_in(user)
    burst(browser, make)
    return user, browser


def test_of_a_burst_of_a_new_account_nothing_appears_and_the_fourth_idea_freezes_it(
    make, sign_in, visitor, clock, is_sample
):
    clock.at("2026-03-01T12:00")
    codes = replay([sign_in(make.user(trusted_at=None))], clock, make, is_sample)
    assert codes == [303] * 4 + [403] * (len(codes) - 4)
    assert public() == 0 and count(Idea) == 4
    assert not visitor.get("/ideas").soup.select("#results .rows > *")
    assert count(Restriction, Restriction.kind == "freeze") == count(Measure, Measure.kind == "freeze") == 1


def test_of_a_burst_of_a_known_account_three_ideas_appear_in_ten_minutes_and_nobody_is_frozen(
    make, sign_in, clock, is_sample
):
    clock.at("2026-03-01T12:00")
    codes = replay([sign_in(make.user())], clock, make, is_sample)
    assert codes[:AT_ONCE] == [303] * 3 + [429] * (AT_ONCE - 3) and set(codes[AT_ONCE:]) == {303}
    assert public() == count(Idea) == codes.count(303)
    assert count(Restriction) == count(Measure) == 0


def test_a_known_member_is_refused_with_words_and_a_time_and_may_propose_again_then(make, sign_in, clock):
    clock.at("2026-03-02T14:10:20-05:00", stops=True)
    browser = sign_in(make.user(created_at=datetime(2025, 3, 1, tzinfo=UTC)))
    for n in range(3):
        propose(browser, make, n)
    page = propose(browser, make, 3)
    said = page.soup.select_one(".error-summary").get_text(" ", strip=True).replace("\u00a0", " ").replace("’", "'")
    assert page.status_code == 429
    assert "Vous pourrez proposer de nouveau à 14 h 21." in said
    assert page.soup.select_one("[name=title]")["value"] == idea_fields(make, 3)["title"]
    assert page.soup.select_one("textarea").get_text().strip() == "Le texte numéro 3."
    warned = browser.get("/ideas/new").soup.select_one("main .notice.is-warning").get_text(" ", strip=True)
    assert "à 14 h 21." in warned.replace("\u00a0", " ") and "brouillon" in warned
    clock.at("2026-03-02T14:21:00-05:00")
    assert not browser.get("/ideas/new").soup.select("main .notice.is-warning")
    assert browser.submit(page, "main form").status_code == 303 and public() == 4


@pytest.mark.parametrize("is_known", [True, False])
def test_of_a_burst_of_ten_accounts_at_one_address_ten_ideas_appear_at_the_most(
    make, sign_in, clock, is_sample, is_known
):
    clock.at("2026-03-01T12:00")
    people = [make.user(**({} if is_known else {"trusted_at": None})) for _n in range(10)]
    replay([sign_in(user) for user in people], clock, make, is_sample)
    assert public() >= 10 if is_known else public() == 0
    assert count(Idea, Idea.suspect.contains("crowd")) == (20 if is_known else 30)


def test_another_address_is_not_held_for_it(make, sign_in, member):
    for n in range(11):
        propose(sign_in(make.user()), make, n)
    token = member.token or member._token()
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    there = {"REMOTE_ADDR": "192.0.2.7"}
    member.post_raw(
        "/ideas/new", data=idea_fields(make, 99) | {"csrf_token": token}, headers=headers, environ_base=there
    )
    assert public() == 11


def race(app, cookies, make, size):
    """Send that many at once, each from a browser of its own."""
    words, codes = [idea_fields(make, n) for n in range(size)], []
    browsers = [Browser(app) for _n in range(size)]
    for n, browser in enumerate(browsers):
        for cookie in cookies[n % len(cookies)]:
            browser.set_cookie(cookie.key, cookie.value)
        browser._token()

    def send(n):
        codes.append(browsers[n].forge("/ideas/new", data=words[n]).status_code)

    at_once(app, [partial(send, n) for n in range(size)])
    return codes


def jar(browser):
    return list(browser._cookies.values())


# Who comes first of many at once is told by the locks of each engine.
@pytest.mark.both_engines
@pytest.mark.parametrize("size", [8, pytest.param(THREADS, marks=pytest.mark.soak)])
def test_a_burst_sent_all_at_once_is_counted_exactly(app, make, sign_in, size):
    codes = race(app, [jar(sign_in(make.user()))], make, size)
    assert sorted(codes) == [303] * 3 + [429] * (size - 3) and public() == count(Idea) == 3 and count(Restriction) == 0


@pytest.mark.both_engines
@pytest.mark.parametrize("size", [8, pytest.param(THREADS, marks=pytest.mark.soak)])
def test_a_burst_of_a_new_account_sent_all_at_once_freezes_it_once(app, make, sign_in, size):
    codes = race(app, [jar(sign_in(make.user(trusted_at=None)))], make, size)
    assert set(codes) <= {303, 403, 429} and public() == 0
    assert count(Restriction, Restriction.kind == "freeze") == count(Measure, Measure.kind == "freeze") == 1


@pytest.mark.both_engines
@pytest.mark.soak
def test_ten_accounts_that_send_all_at_once_are_counted_exactly(app, make, sign_in):
    race(app, [jar(sign_in(make.user())) for _n in range(10)], make, THREADS)
    assert public() == 10


@pytest.mark.both_engines
@pytest.mark.soak
def test_new_accounts_that_send_all_at_once_show_nothing(app, make, sign_in):
    race(app, [jar(sign_in(make.user(trusted_at=None))) for _n in range(5)], make, THREADS)
    assert public() == 0


def test_the_sixteenth_comment_in_five_minutes_waits_for_its_time(make, sign_in):
    user, idea = make.user(), make.idea()
    browser = sign_in(user)
    pages = [browser.forge(f"/ideas/{idea.id}/comments", body=f"Le mot numéro {n}") for n in range(17)]
    assert [page.status_code for page in pages] == [303] * 15 + [429] * 2
    assert (
        "Vous pourrez écrire de nouveau" in pages[-1].words and "Le mot numéro 16" in pages[-1].soup.textarea.get_text()
    )
    assert count(Comment, Comment.status == "published") == count(Comment) == 15 and count(Restriction) == 0


def test_whoever_is_frozen_is_told_why_and_what_follows_and_loses_no_word(make, sign_in, outbox):
    user = make.user(trusted_at=None)
    browser, own, idea = sign_in(user), make.idea(user, HERE, "draft"), make.idea()
    new, edit, draft, talk = (
        browser.get(path)
        for path in (
            "/ideas/new",
            f"/ideas/{own.id}/edit",
            f"/ideas/{own.id}-{own.slug}",
            f"/ideas/{idea.id}-{idea.slug}",
        )
    )
    burst(browser, make)
    words, message = idea_fields(make, 9) | {"body": "Mes mots gardés"}, "Votre compte est en pause"
    for page in (
        browser.submit(new, "main form", button="publish", **words),
        browser.submit(new, "main form", button="save", **words),
        browser.submit(edit, "main form", button="publish", **words),
        browser.submit(talk, "#comment-form", body=words["body"]),
    ):
        assert page.status_code == 403
        assert message in page.soup.select_one(".error-summary").get_text() and "un avis" in page.words
        assert page.soup.select_one("textarea").get_text().strip() == "Mes mots gardés"
    for path in ("/ideas/new", f"/ideas/{idea.id}-{idea.slug}"):
        assert message in browser.get(path).words
    assert "Votre compte est en pause" in browser.get("/notifications").words
    assert browser.submit(draft, "form[action$='/publication']").status_code == 403


def test_nothing_of_others_opens_to_whoever_is_frozen(make, frozen_member):
    user, browser = frozen_member
    for idea in (make.idea(community=HERE), make.idea(status="draft"), make.idea(user, HERE, "withdrawn")):
        assert browser.forge(f"/ideas/{idea.id}/edit", data=idea_fields(make, 9)).status_code == 404
        assert browser.forge(f"/ideas/{idea.id}/publication").status_code == 404


@pytest.mark.parametrize("until", [None, datetime(2099, 5, 12, 16, tzinfo=UTC)])
def test_whoever_was_suspended_by_somebody_reads_why_and_until_when(make, sign_in, until):
    user = make.user()
    make.restriction(user, reason="Des insultes.", until=until)
    words = sign_in(user).forge("/ideas/new", data=idea_fields(make, 1)).soup.select_one(".error-summary").get_text()
    assert "Votre participation est suspendue" in words and "Des insultes." in words
    assert ("12 mai 2099" in words.replace("\u00a0", " ")) == bool(until)


def test_the_team_of_the_place_looks_at_the_account_and_lets_it_go_on(make, frozen_member, sign_in, outbox, fae):
    user, browser = frozen_member
    team = sign_in(fae)
    pending_idea = db.session.scalars(select(Idea).where(Idea.suspect.contains("burst"))).one()
    assert f"/members/{user.id}/freeze" in team.get(f"/ideas/{pending_idea.id}-{pending_idea.slug}").text
    page = team.get(f"/members/{user.id}/freeze")
    assert pending_idea.title in page.words.replace("’", "'") and "Rafale Rapide" in page.words
    assert team.submit(page, "form.form", reason="Une séance de saisie.").status_code == 303
    assert team.get(f"/members/{user.id}/freeze").status_code == 404
    assert propose(browser, make, 20).status_code == 303 and count(Idea) == 5
    assert "vous pouvez de nouveau participer" in browser.get("/notifications").words


def test_the_team_is_told_of_it_where_it_can_act(make, sign_in, outbox):
    team, user = make.user(facilitates=[HERE]), make.user(trusted_at=None)
    burst(sign_in(user), make)
    page = sign_in(team).get("/notifications")
    assert page.soup.select_one(f".notices a[href='/members/{user.id}/freeze']")


@pytest.mark.parametrize("who", ["member", "neighbour", "admin"])
def test_nobody_else_sees_that_an_account_is_frozen(make, frozen_member, sign_in, who):
    user, browser = frozen_member
    other = make.user(
        role="admin" if who == "admin" else "member", facilitates=[ELSEWHERE] if who == "neighbour" else []
    )
    path = f"/members/{user.id}/freeze"
    for one in (sign_in(other), browser):
        assert one.get(path).status_code == one.get("/members/99999/freeze").status_code == 404
        assert one.forge(path, reason="Une raison claire").status_code == 404


def test_an_account_frozen_with_nothing_that_waits_is_shown_empty(make, sign_in):
    user = make.user()
    make.idea(user, HERE)
    make.comment(make.idea(community=HERE), user, status="pending")
    with unit():
        service.freeze(user.id)
    page = sign_in(make.user(role="coordinator")).get(f"/members/{user.id}/freeze")
    assert "Commentaire sous" in page.words
    nobody = make.user()
    with unit():
        service.freeze(nobody.id)
    assert "Rien n'attend" in sign_in(make.user(role="coordinator")).get(f"/members/{nobody.id}/freeze").words.replace(
        "’", "'"
    )

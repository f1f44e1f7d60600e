"""After a meeting, whoever has the charge types fifty ideas in a row: a sitting, which the journal tells of."""

from datetime import UTC, datetime
from functools import partial

import pytest

from app.communities import sittings as service
from app.communities.models import Facilitator, Restriction, Sitting
from app.core.db import db
from app.core.errors import Forbidden
from app.ideas.models import PUBLIC, Idea
from app.journal.models import Entry
from tests.support.accounts import allow, enforce_limits
from tests.support.browser import Browser
from tests.support.races import at_once
from tests.support.rows import count, every

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
PRESS, END = "form[action$='/sitting']", "form[action$='/sitting/end']"


def fields(make, n, room=HERE):
    return {
        "kind": "need",
        "title": f"Ce qui fut dit à la rencontre, {n}",
        "body": f"La voix numéro {n}.",
        "lang": "fr",
        "community": str(make.room(room).id),
    }


def propose(browser, make, n, room=HERE):
    return browser.submit("/ideas/new", "main form.form", button="publish", **fields(make, n, room))


def public():
    return count(Idea, Idea.status.in_(PUBLIC))


def begin(browser, follow=False):
    return browser.submit(f"/moderation/{HERE}", PRESS, follow=follow)


def test_a_press_on_the_desk_lets_a_facilitator_type_many_ideas_where_they_have_the_charge(app, make, team):
    with enforce_limits(app):
        assert [propose(team, make, n).status_code for n in range(4)] == [303] * 3 + [429]
        page = begin(team, follow=True)
        assert "La séance de saisie est ouverte" in page.words and page.soup.select_one("[name=community] [selected]")
        codes = {propose(team, make, n).status_code for n in range(10, 35)}
    assert codes == {303} and public() == 28 and count(Restriction) == 0
    assert count(Idea, Idea.suspect != "") == 0


def test_whom_their_pace_stops_is_shown_the_way_to_a_sitting(make, team):
    page = [propose(team, make, n) for n in range(4)][-1]
    assert page.soup.select_one("main .notice a[href='/moderation#sittings']")
    assert team.get("/moderation").soup.select_one("#sittings " + PRESS)


def test_what_is_typed_in_a_sitting_is_published_and_leads_to_the_form_of_the_next(make, team):
    begin(team)
    page = team.submit("/ideas/new", "main form.form", button="publish", follow=True, **fields(make, 1))
    assert (
        page.soup.select_one("meta[name=kept-clear]")["content"] == page.soup.select_one("main form.form")["data-keep"]
    )
    assert "Ce qui fut dit à la rencontre, 1" in page.soup.select_one("#flashes").text
    assert page.soup.select_one("[name=title]")["value"] == "" and page.soup.select_one("[name=community] [selected]")
    assert "/ideas/new" not in propose(team, make, 2, ELSEWHERE).headers["Location"]


def test_elsewhere_the_usual_pace_holds(make, team, sign_in):
    begin(team)
    assert [propose(team, make, n, ELSEWHERE).status_code for n in range(4)] == [303] * 3 + [429]


def test_others_at_the_same_address_wait_for_nothing(make, team, sign_in):
    begin(team)
    for n in range(15):
        propose(team, make, n)
    propose(sign_in(make.user()), make, 99)
    assert public() == 16


@pytest.mark.both_engines
def test_it_is_over_after_three_hours(make, sign_in, fae, clock):
    clock.at("2026-05-15T19:00:00-04:00")
    team = sign_in(fae)
    begin(team)
    clock.forward(hours=2, minutes=59)
    assert {propose(team, make, n).status_code for n in range(6)} == {303}
    clock.forward(minutes=2)
    assert [propose(team, make, n).status_code for n in range(10, 14)] == [303] * 3 + [429]
    assert "Séance de saisie dans" not in team.get(f"/moderation/{HERE}").words


def test_it_is_shown_while_it_runs_and_a_press_ends_it(make, sign_in, fae, clock):
    clock.at("2026-05-15T19:00:00-04:00", stops=True)
    team = sign_in(fae)
    assert "Séance de saisie" not in team.get("/ideas/new").words
    begin(team)
    for path in (f"/moderation/{HERE}", "/moderation", "/ideas/new"):
        assert "jusqu'à 22 h" in team.get(path).words.replace("\u00a0", " ").replace("’", "'"), path
    page = team.submit(f"/moderation/{HERE}", END, follow=True)
    assert "La séance de saisie est terminée" in page.words and page.soup.select_one(PRESS)
    assert [propose(team, make, n).status_code for n in range(4)] == [303] * 3 + [429]


def test_it_is_one_line_of_the_public_journal_which_names_nobody(make, team, fae, visitor):
    begin(team)
    team.forge(f"/moderation/{HERE}/sitting")
    (line,) = [entry for entry in every(Entry) if entry.kind == "sitting"]
    assert line.community_id == make.room(HERE).id and line.facts == {} and count(Sitting) == 1
    page = visitor.get("/journal")
    assert "Séance de saisie" in page.words and fae.name not in page.words


def test_what_is_typed_for_a_private_community_is_a_sealed_line(make, sign_in, visitor):
    room = make.community(is_private=True)
    sign_in(make.user(role="coordinator")).forge(f"/moderation/{room.slug}/sitting")
    assert "Séance de saisie" not in visitor.get("/journal").soup.select_one("main").find("ol").get_text()
    assert [entry.is_private for entry in every(Entry)] == [True]


@pytest.mark.parametrize("who", ["member", "neighbour", "admin"])
def test_nobody_without_the_charge_opens_one(make, people, who):
    with pytest.raises(Forbidden):
        service.begin(people[who], make.room(HERE))
    assert count(Sitting) == 0


def test_it_ends_with_the_charge(make, sign_in, fae, team):
    begin(team)
    db.session.query(Facilitator).delete()
    db.session.commit()
    assert [propose(team, make, n).status_code for n in range(4)] == [303] * 3 + [429]
    assert "Séance" not in team.get("/ideas/new").words


def test_the_hour_of_a_sitting_has_its_own_limit_which_says_when_it_ends(app, make, sign_in, fae, monkeypatch, clock):
    clock.at(datetime(2026, 5, 15, 20, 0, tzinfo=UTC), stops=True)
    team = sign_in(fae)
    allow(monkeypatch, sitting=5)
    with enforce_limits(app):
        begin(team)
        pages = [propose(team, make, n) for n in range(6)]
    assert [page.status_code for page in pages] == [303] * 5 + [429]
    said = pages[-1].soup.select_one(".error-summary").get_text(" ").replace("\u00a0", " ").replace("’", "'")
    assert "a reçu 5 idées en une heure" in said and "à 17 h 01" in said


def test_drafts_that_save_themselves_are_as_many(app, make, team, monkeypatch):
    allow(monkeypatch, draft=2)
    with enforce_limits(app):
        begin(team)
        codes = [team.forge("/ideas/autosave", data=fields(make, n)).status_code for n in range(4)]
    assert codes == [200] * 4


# Who comes first of many at once is told by the locks of each engine.
@pytest.mark.both_engines
def test_ideas_typed_all_at_once_in_a_sitting_are_counted_exactly(app, make, team, monkeypatch):
    allow(monkeypatch, sitting=5)
    with enforce_limits(app):
        begin(team)
        browsers, codes = [Browser(app) for _n in range(8)], []
        words = [fields(make, n) for n in range(8)]
        for browser in browsers:
            for cookie in team._cookies.values():
                browser.set_cookie(cookie.key, cookie.value)
            browser._token()
        at_once(
            app,
            [
                partial(lambda n: codes.append(browsers[n].forge("/ideas/new", data=words[n]).status_code), n)
                for n in range(8)
            ],
        )
    assert sorted(codes) == [303] * 5 + [429] * 3 and public() == 5


@pytest.mark.both_engines
def test_a_press_sent_twice_at_once_opens_one(app, make, fae):
    room, actor = make.room(HERE), make.actor(fae)
    at_once(app, [partial(service.begin, actor, room)] * 4)
    assert count(Sitting) == count(Entry) == 1


def test_what_is_over_is_forgotten_after_a_day_and_with_the_account(make, fae, clock):
    service.begin(make.actor(fae), make.room(HERE))
    service.purge()
    assert count(Sitting) == 1
    clock.forward(hours=28)
    service.purge()
    assert count(Sitting) == 0

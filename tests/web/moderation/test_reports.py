"""Reporting through the pages: who is offered it, what is asked, what comes back."""

import pytest

from app.moderation.cases.models import Case, Report
from tests.support.accounts import allow
from tests.support.browser import Browser
from tests.support.rows import every
from tests.support.tampering import tamper
from tests.support.world import HERE

WHY = {"why": "insult", "words": "On y vise mon voisin."}


@pytest.fixture
def places(make, author):
    """Return for each content its page, the page that reports it, and its row."""
    idea = make.idea(author, HERE, body="Le texte de l'idée.")
    comment, update = make.comment(idea, author, "Des mots durs."), make.update(author, HERE)
    page = f"/ideas/{idea.id}-{idea.slug}"
    return {
        "idea": (page, f"/ideas/{idea.id}/report", idea),
        "comment": (page, f"/comments/{comment.id}/report", comment),
        "update": (
            f"/communities/{HERE}/updates/{update.id}",
            f"/communities/{HERE}/updates/{update.id}/report",
            update,
        ),
    }


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_a_member_reports_a_content_from_its_page_once(places, noun, member):
    page, report, _row = places[noun]
    assert member.get(page).soup.select_one(f'a[href="{report}"]').get_text(strip=True).startswith("Signaler")
    form_page = member.get(report)
    answer = member.submit(form_page, "form.form", follow=True, **WHY)
    assert answer.status_code == 200 and "vous dira ce qu" in answer.soup.select_one("#flashes").get_text()
    again = member.get(report)
    assert again.soup.select_one("form.form") is None and "déjà signalé" in again.words and "Attaque" in again.words
    answer = member.submit(form_page, "form.form", follow=True, **WHY)
    assert "déjà signalé" in answer.soup.select_one("#flashes").get_text()
    assert [(row.reason, row.words) for row in every(Report)] == [("insult", WHY["words"])]


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_nobody_else_is_offered_it(places, make, sign_in, visitor, author, noun):
    page, report, _row = places[noun]
    restricted_user = make.user()
    make.restriction(restricted_user, HERE)
    assert report not in visitor.get(page).text and sign_in(restricted_user).get(report).status_code == 404
    for user in (author, make.user(is_confirmed=False), restricted_user):
        assert f'"{report}"' not in sign_in(user).get(page).text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"why": None, "words": "Quelque chose"}, "why"),
        ({"why": "nothing"}, "why"),
        ({"why": "other", "words": " "}, "words"),
        ({"why": "spam", "words": "x" * 1001}, "words"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(places, fields, wrong, member):
    report = places["idea"][1]
    answer = (tamper if fields["why"] == "nothing" else Browser.submit)(member, report, "form.form", **fields)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary a")["href"] == f"#{wrong}"
    assert answer.soup.select_one("textarea").get_text().strip() == (fields.get("words") or "").strip()
    assert every(Case) == []


def test_reports_in_a_row_are_limited_and_the_words_are_kept(app, make, monkeypatch, sign_in, clock):
    clock.at("2026-03-02T14:10:20-05:00")
    member = sign_in(make.user())
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    allow(monkeypatch, report=2)
    for n in range(3):
        answer = member.submit(f"/ideas/{make.idea().id}/report", "form.form", **WHY)
        assert answer.status_code == (303 if n < 2 else 429)
    assert answer.soup.select_one("textarea").get_text().strip() == WHY["words"]
    assert "Vous pourrez écrire de nouveau à 15" in answer.soup.select_one(".error-summary").get_text()
    assert len(every(Report)) == 2


def test_an_update_is_reported_under_its_own_community(places, make, sign_in):
    report = places["update"][1].replace(HERE, "transport-collectif")
    assert sign_in(make.user()).get(report).status_code == 404


def test_own_reports_follow_what_became_of_them(places, make, sign_in, boss):
    user = make.user()
    browser = sign_in(user)
    assert "Aucun signalement" in browser.get("/account/reports").words
    for noun in places:
        browser.submit(places[noun][1], "form.form", **WHY)
    page = browser.get("/account/reports")
    assert len(page.soup.select(".case-state.is-open")) == 3 and page.words.count(WHY["words"]) == 3
    boss.submit("/moderation/cases/1", "form.form", button="hide", reason="Contraire à la charte")
    page = browser.get("/account/reports")
    assert "Retenu" in page.words and "Contraire à la charte" in page.words
    assert "est plus lisible" in page.words and places["idea"][0] not in page.text
    assert "Aucun signalement" in sign_in(make.user()).get("/account/reports").words
    assert "/account/reports" in browser.get("/account").text


def test_own_reports_are_paged(make, sign_in):
    user = make.user()
    for _n in range(21):
        case = make.add(Case(idea_id=make.idea().id))
        make.add(Report(case_id=case.id, user_id=user.id, reason="spam"))
    browser = sign_in(user)
    page = browser.get("/account/reports")
    assert len(page.soup.select(".cases > li")) == 20
    assert len(browser.get(page.soup.select_one(".pages .next")["href"]).soup.select(".cases > li")) == 1


def test_the_team_and_the_reporter_are_told_with_an_address(places, make, sign_in):
    facilitator, reporter = make.user(facilitates=[HERE]), make.user()
    sign_in(reporter).submit(places["idea"][1], "form.form", **WHY)
    team = sign_in(facilitator)
    page = team.get("/notifications")
    assert page.soup.select_one('.notices a[href="/moderation/cases/1"]')
    team.submit("/moderation/cases/1", "form.form", button="dismiss", reason="Un désaccord n'est pas une attaque")
    page = sign_in(reporter).get("/notifications")
    assert "y change rien" in page.words and "Un désaccord n" in page.words
    assert page.soup.select_one(f'.notices a[href="{places["idea"][0]}"]')

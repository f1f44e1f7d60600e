"""The charter through its pages: read, written, compared, and accepted again without losing a word."""

import pytest
from sqlalchemy import select

from app.accounts import queries
from app.accounts.models.documents import Consent
from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.web.frame import documents
from app.web.site import consent
from tests.support.accounts import open_account
from tests.support.queries import cost
from tests.support.tampering import tamper

TEXT = "## Une seule règle\n\nParlez de ce que vous vivez, sur {site_name}."
FIELDS = {
    "body": TEXT,
    "body_en": "## One rule\n\nSpeak of what you live.",
    "summary": "Il reste une règle.",
    "asks_again": "y",
}


def publish(browser, **more):
    return browser.submit("/charter/edit", "main form", button="publish", **FIELDS | more)


def test_the_text_that_ships_is_the_first_version(visitor):
    page = visitor.get("/charter")
    assert "Version 1" in page.words and "27 novembre 2026" in page.words
    assert [a["href"] for a in visitor.get("/charter/versions").soup.select("main ol.list a")] == [
        "/charter/versions/1"
    ]
    assert "Dix règles" in visitor.get("/charter/versions/1").words
    assert visitor.get("/charter/versions/2").status_code == 404


def test_a_coordinator_publishes_a_version_that_everybody_reads(boss, visitor):
    answer = publish(boss)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/charter/versions/2")
    assert "Parlez de ce que vous vivez, sur Réflexe DS." in visitor.get("/charter").words
    assert "Speak of what you live" in visitor.get("/charter?lang=en").words
    page = visitor.get("/charter/versions/2?lang=fr")
    assert "Il reste une règle." in page.words and page.soup.select_one("ins").text == "Une"
    assert page.soup.select("del") and "En vigueur" in visitor.get("/charter/versions").words
    old = visitor.get("/charter/versions/1")
    assert "n'est plus en vigueur" in old.words.replace("’", "'") and "Dix règles" in old.words
    line = visitor.get("/journal").soup.select_one("#line-1")
    assert (
        "Il reste une règle." in line.text
        and line.select_one("a[href='/charter/versions/2']")
        and "Coco" not in line.text
    )


def test_a_charter_without_english_is_shown_in_french_to_everybody(boss, visitor):
    publish(boss, body_en="")
    page = visitor.get("/charter?lang=en")
    assert "Une seule règle" in page.words and page.soup.select_one(".prose")["lang"] == "fr"
    assert visitor.get("/charter/versions/2?lang=en").soup.select_one(".prose")["lang"] == "fr"


def test_the_link_to_change_it_is_for_coordinators(boss, member):
    assert boss.get("/charter").soup.select_one("a[href='/charter/edit']")
    assert not member.get("/charter").soup.select_one("a[href='/charter/edit']")


def test_a_preview_publishes_nothing_and_keeps_what_was_typed(boss):
    page = boss.submit("/charter/edit", "main form", button="preview", **FIELDS | {"summary": ""})
    assert page.status_code == 200 and "sur Réflexe DS." in page.soup.select_one(".preview").text
    assert page.soup.select_one("textarea[name=body]").text.strip() == TEXT and queries.find_charter() is None
    assert boss.submit(page, "main form", button="publish", summary="Une règle.").status_code == 303


def test_the_editor_shows_how_a_text_will_look(boss):
    assert "<strong>Réflexe DS</strong>" in boss.forge("/charter/preview", data={"text": "**{site_name}**"}).text
    assert boss.forge("/charter/preview", data={"text": "a" * 20_001}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"), [("body", ""), ("summary", "non"), ("summary", "a" * 501), ("body", "a" * 20_001)]
)
def test_a_form_that_is_not_right_comes_back_as_typed(boss, field, value):
    page = publish(boss, **{field: value})
    assert page.status_code == 422 and page.soup.select_one(f"#{field}-error")
    assert page.soup.select_one("textarea[name=body_en]").text.strip() == FIELDS["body_en"]
    assert queries.find_charter() is None


def test_the_second_of_two_who_write_at_once_is_told_and_keeps_their_text(make, sign_in, boss):
    other = sign_in(make.user(role="coordinator"))
    form_page = other.get("/charter/edit")
    publish(boss)
    page = other.submit(form_page, "main form", button="publish", **FIELDS | {"body": "Ma version."})
    assert page.status_code == 409 and FIELDS["body"].splitlines()[0] in page.soup.select_one("#keep-body").text
    assert page.soup.select_one("textarea[name=body]").text.strip() == "Ma version."
    assert (
        other.submit(page, "main form", button="publish").status_code == 409
        and len(queries.list_charter_versions()) == 2
    )
    answer = other.submit(page, "main form", button="publish", **{"keep-body": "yours"})
    assert answer.headers["Location"] == "/charter/versions/3"
    assert len(queries.list_charter_versions()) == 3


def test_whoever_registers_accepts_the_version_in_force(boss, visitor, outbox):
    publish(boss)
    user = open_account(visitor, outbox)
    assert {row.document: row.version for row in queries.list_consents(user)} == {
        "charter": "2",
        "privacy": documents.get_versions()["privacy"],
    }
    assert user.charter_version == 2


class TestAcceptingAgain:
    """Once the charter changed."""

    @pytest.fixture(autouse=True)
    def change_charter(self, boss, member):
        publish(boss)

    def test_reading_never_asks_and_says_that_it_changed(self, member, visitor, make):
        idea = make.idea()
        for path in (
            "/",
            f"/ideas/{idea.id}-{idea.slug}",
            "/charter",
            "/account",
            "/notifications",
            "/account/contributions",
        ):
            page = member.get(path)
            assert page.status_code == 200
            assert page.soup.select_one("main .notice a[href^='/charter/acceptance']"), path
        assert not visitor.get("/").soup.select("main a[href^='/charter/acceptance']")

    def test_whoever_begins_to_write_reads_it_first(self, member):
        answer = member.get("/ideas/new?community=transport-collectif")
        assert answer.status_code == 303
        page = member.get(answer.headers["Location"])
        assert "Il reste une règle." in page.words and page.soup.select_one("details ins")
        assert page.soup.select_one("form[action='/logout']") and page.soup.select_one("a[href='/account/closing']")
        onward = member.submit(page, "main form.form")
        assert onward.headers["Location"] == "/ideas/new?community=transport-collectif"
        assert member.get(onward.headers["Location"]).status_code == 200
        assert not member.get("/").soup.select("main a[href^='/charter/acceptance']")

    def test_what_was_typed_goes_on_with_the_acceptance(self, member, make, sql):
        idea = make.idea()
        page = member.submit(
            f"/ideas/{idea.id}-{idea.slug}", "#comment-form", body="Un mot <b>pesé</b>.", intent="wonder"
        )
        assert page.status_code == 403 and page.headers["Cache-Control"] == "no-store"
        assert page.soup.select_one("pre").text == "Un mot <b>pesé</b>." and not sql("SELECT id FROM comments")
        answer = member.submit(page, "main form.form")
        assert answer.status_code == 303 and "#comment" in answer.headers["Location"]
        comment = db.session.scalars(select(Comment)).one()
        assert (comment.body, comment.intent) == ("Un mot <b>pesé</b>.", "wonder")

    def test_fields_that_repeat_and_the_address_are_kept(self, member, make):
        page = member.forge(
            "/ideas/new?community=transport-collectif",
            data={
                "title": "Un banc au soleil",
                "body": "Pour attendre.",
                "issues": ["1", "2"],
                "csrf_token": member._token(),
            },
        )
        form = page.soup.select_one("main form.form")
        assert form["action"] == "/ideas/new?community=transport-collectif"
        assert [field["value"] for field in form.select("[name=issues]")] == ["1", "2"]
        assert len(form.select("[name=csrf_token]")) == len(form.select("[name=charter_accepted]")) == 1

    def test_an_old_number_is_asked_again_with_the_text_kept(self, member, boss, make):
        idea = make.idea()
        acceptance_page = member.submit(f"/ideas/{idea.id}-{idea.slug}", "#support form")
        page = tamper(member, acceptance_page, "main form.form", charter_accepted="1")
        assert page.status_code == 403 and page.soup.select_one("[name=charter_accepted]")["value"] == "2"
        publish(boss, body="Encore autre chose.", summary="Tout change.")
        page = member.submit(page, "main form.form")
        assert page.status_code == 403 and {"Tout change.", "Il reste une règle."} <= {
            p.text for p in page.soup.select("ol p")
        }
        assert member.submit(page, "main form.form").status_code == 303
        assert [
            row.version
            for row in db.session.scalars(
                select(Consent).where(Consent.user_id != idea.author_id, Consent.version == "3")
            )
        ]

    def test_the_page_of_acceptance_takes_no_old_number(self, member):
        for number in ("1", "x", None):
            page = tamper(member, "/charter/acceptance", "main form.form", charter_accepted=number)
            assert page.status_code == 422 and "Il reste une règle." in page.words
        assert member.submit("/charter/acceptance", "main form.form").headers["Location"] == "/charter"

    @pytest.mark.parametrize(
        "place", ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "/logout"]
    )
    def test_it_leads_to_no_other_site(self, member, place):
        page = member.get("/charter/acceptance", query_string={"next": place})
        assert page.soup.select_one("main [name=next]")["value"] == "/charter"
        answer = tamper(member, page, "main form.form", next=place)
        assert answer.headers["Location"] == "/charter"

    def test_whoever_disagrees_takes_back_what_is_theirs_and_leaves(self, member, make):
        mia = db.session.scalars(select(User).where(User.name == "Mia Membre")).one()
        idea = make.idea(mia)
        make.vote(mia, other := make.idea())
        comment = make.comment(other, mia)
        assert (
            member.submit(f"/ideas/{idea.id}/withdrawal", "main form", reason="Je n'en suis plus.").status_code == 303
        )
        assert member.submit(f"/comments/{comment.id}/deletion", "main form").status_code == 303
        assert member.submit(f"/ideas/{other.id}-{other.slug}", "#support form[action$=withdrawal]").status_code == 303
        assert member.get("/account/closing").status_code == 200
        assert member.submit("/charter/acceptance", "main form[action='/logout']").status_code in (302, 303)

    def test_a_draft_goes_on_being_kept(self, member):
        answer = member.forge("/ideas/autosave", data={"title": "Un début", "body": "Je réfléchis."})
        assert answer.status_code == 200 and db.session.scalars(select(Idea)).one().is_draft

    def test_staff_is_asked_too(self, make, sign_in, boss):
        user, idea = make.user(charter_version=2, facilitates=["securite-alimentaire"]), make.idea()
        team = sign_in(user)
        form_page = team.get(f"/ideas/{idea.id}/hiding")
        publish(boss, body="Encore autre chose.")
        page = team.submit(form_page, "main form", reason="Hors du sujet.")
        assert page.status_code == 403 and page.soup.select_one("pre").text == "Hors du sujet."
        assert sign_in(make.user(role="admin")).get("/settings").status_code == 303

    def test_htmx_puts_it_in_the_place_of_the_page(self, member, make):
        idea = make.idea()
        answer = member.submit(f"/ideas/{idea.id}-{idea.slug}", "#support form", htmx=True)
        assert answer.status_code == 403 and answer.headers["HX-Retarget"] == "#main"

    def test_another_site_makes_nobody_accept(self, member, make):
        idea = make.idea()
        answer = member.forge(
            f"/ideas/{idea.id}/vote", data={"charter_accepted": "2"}, headers={"Origin": "https://ailleurs.example"}
        )
        assert answer.status_code == 400
        assert "charter_accepted" in member.submit(f"/ideas/{idea.id}-{idea.slug}", "#support form").text

    def test_a_page_costs_no_more(self, member):
        first_cost = cost(member, "/communities")
        member.submit("/charter/acceptance", "main form.form")
        assert cost(member, "/communities") == first_cost


def test_nobody_is_asked_by_a_correction(boss, member, make):
    publish(boss, asks_again=None)
    idea = make.idea()
    assert member.get("/ideas/new").status_code == 200
    assert member.submit(f"/ideas/{idea.id}-{idea.slug}", "#support form").status_code == 303


def test_every_address_that_is_free_exists(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert set(consent.FREE) <= endpoints
    assert "/ideas/new" in consent.list_acts() and "/account/closing" not in consent.list_acts()

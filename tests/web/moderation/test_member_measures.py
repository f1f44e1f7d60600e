"""A member for the teams: what was done, what may be done; and what a suspended person reads where they would act."""

from datetime import timedelta

import pytest

from app.communities.models import Restriction
from app.core import clock as time
from app.moderation.measures.models import Measure
from tests.support.browser import Browser
from tests.support.rows import last
from tests.support.tampering import tamper
from tests.support.world import ELSEWHERE, HERE

WHY, WORDS = "Une raison claire", "Ce n'est pas ce que je voulais dire, vraiment."


@pytest.fixture
def comment(make, author, idea):
    return make.comment(idea, author, "Un mot un peu vif.")


def test_the_page_of_a_person_is_found_from_what_they_wrote_and_from_their_profile(
    make, sign_in, visitor, fae, author, comment, idea
):
    browser, path = sign_in(fae), f"/members/{author.id}/measures"
    page = browser.get(f"/ideas/{idea.id}-{idea.slug}")
    assert {link["href"] for link in page.soup.select(f'a[href^="{path}"]')} == {
        f"{path}?about=comment-{comment.id}",
        f"{path}?about=idea-{idea.id}",
    }
    assert path in browser.get(f"/members/{author.id}").text
    for reader in (visitor, sign_in(author), sign_in(make.user())):
        assert path not in reader.get(f"/ideas/{idea.id}-{idea.slug}").text + reader.get(f"/members/{author.id}").text
    page = browser.get(path)
    assert "Aucune mesure" in page.words and {
        link["href"].rpartition("/")[2] for link in page.soup.select("header .acts a")
    } == {"warning", "suspension", "block"}


def test_a_warning_from_a_comment_names_it(make, sign_in, author, comment, team):
    path = f"/members/{author.id}/warning?about=comment-{comment.id}"
    page = team.get(path)
    assert "Un mot un peu vif" in page.words and [one["value"] for one in page.soup.select("select option")] == [
        str(make.room(HERE).id)
    ]
    answer = team.submit(page, "form.form", reason="non")
    assert answer.status_code == 422 and "Un mot un peu vif" in answer.words
    page = team.submit(page, "form.form", reason=WHY, follow=True)
    assert "Avertissement" in page.words and WHY in page.words and last(Measure).data == {"comment_id": comment.id}
    notices = sign_in(author).get("/notifications")
    assert "avertissement" in notices.words and notices.soup.select_one(f'.notices a[href="/comments/{comment.id}"]')
    assert notices.soup.select_one('.notices a[href="/measures/1/appeal"]')


def test_what_one_may_not_read_or_is_somebody_else_s_is_not_named(make, author, comment, idea, team):
    other, far = (
        make.comment(idea, make.user(), "Un mot d'ailleurs"),
        make.idea(author, ELSEWHERE, status="pending", title="Une idée qui attend"),
    )
    for about in (
        f"comment-{other.id}",
        f"idea-{far.id}",
        "comment-999999",
        "update-1",
        "comment-x",
        "idea-99999999999",
        "-",
    ):
        page = team.get(f"/members/{author.id}/warning?about={about}")
        assert page.status_code == 200 and "ailleurs" not in page.words and "qui attend" not in page.words
        assert "about" not in page.soup.select_one("form.form")["action"]
    assert "jardin" in team.get(f"/members/{author.id}/block?about=idea-{idea.id}").words


def test_a_suspension_says_until_when_where_one_would_act_and_ends_by_itself(clock, make, sign_in, fae, author, idea):
    browser, path = sign_in(fae), f"/members/{author.id}/suspension"
    for send, wrong in (
        (tamper, {"days": "8"}),
        (tamper, {"days": "1", "place": "999"}),
        (Browser.submit, {"days": "date"}),
        (Browser.submit, {"days": "date", "until": "2001-01-01"}),
    ):
        answer = send(browser, path, "form.form", reason=WHY, **wrong)
        assert answer.status_code == 422 and WHY in answer.text
    assert browser.submit(path, "form.form", days="3", reason=WHY).status_code == 303
    page = browser.get(f"/members/{author.id}/measures")
    assert "En ce moment" in page.words and "jusqu" in page.words and "En vigueur" in page.words
    assert browser.submit(path, "form.form", days="7", reason=WHY).status_code == 409
    member, other = sign_in(author), make.idea(community=HERE)
    address = f"/ideas/{other.id}-{other.slug}"
    page = member.get(address)
    assert page.soup.select_one("#comment-form") is None and "suspendue jusqu" in page.words and WHY in page.words
    answer = member.forge(f"/ideas/{other.id}/comments", body="Un mot quand même.")
    assert answer.status_code == 403 and "Un mot quand même." in answer.text and "suspendue jusqu" in answer.words
    elsewhere = make.idea(community=ELSEWHERE)
    assert (
        member.submit(f"/ideas/{elsewhere.id}-{elsewhere.slug}", "#comment-form", body="Un mot ailleurs.").status_code
        == 303
    )
    clock.forward(days=4)
    assert member.submit(address, "#comment-form", body="Me revoici.").status_code == 303


def test_an_idea_is_not_published_where_one_is_suspended_and_its_text_is_kept(make, sign_in, author):
    browser, here, there = sign_in(author), {"community": make.room(HERE).id}, {"community": make.room(ELSEWHERE).id}
    fields = {"title": "Un titre assez long pour passer", "body": "Mon texte."}
    edit_page = browser.get(f"/ideas/{make.idea(author, HERE).id}/edit")
    make.restriction(author, HERE, until=time.now() + timedelta(days=3), reason="Trop vif")
    for answer in (
        browser.submit("/ideas/new", "main form", button="publish", **fields, **here),
        tamper(browser, "/ideas/new", "main form", act=None, **fields, **here),
        browser.submit(edit_page, "main form", button="publish", **fields),
    ):
        assert answer.status_code == 403 and "Mon texte." in answer.text and "Trop vif" in answer.text
    assert browser.submit("/ideas/new", "main form", button="save", **fields, **here).status_code == 303
    fields["title"] = "Un autre titre bien assez long"
    assert browser.submit("/ideas/new", "main form", button="publish", **fields, **there).status_code == 303


def test_a_blocked_person_reads_signs_in_and_asks_for_a_new_look(make, sign_in, fae, author, idea, comment):
    sign_in(fae).submit(f"/members/{author.id}/block", "form.form", reason=WHY)
    member = sign_in(author)
    for path in ("/", "/account", f"/ideas/{idea.id}-{idea.slug}", f"/communities/{HERE}", "/notifications"):
        assert member.get(path).status_code == 200
    page = member.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "est bloquée" in page.words and page.soup.select_one('#comments a[href="/notifications"]')
    assert "Confirmez" not in page.words
    assert member.submit("/measures/1/appeal", "form.form", words=WORDS).status_code == 303
    other = make.user(facilitates=[HERE])
    browser = sign_in(other)
    assert (
        browser.submit("/moderation/appeals/1", "form.form", button="grant", reason="Vous aviez raison.").status_code
        == 303
    )
    assert member.get(f"/ideas/{idea.id}-{idea.slug}").soup.select_one("#comment-form")


def test_a_coordinator_acts_everywhere_and_the_journal_names_nobody(make, sign_in, visitor, author, idea):
    browser = sign_in(make.user(role="coordinator"))
    page = browser.get(f"/members/{author.id}/block")
    assert [one["value"] for one in page.soup.select("select option")] == ["", str(make.room(HERE).id), "site"]
    page = browser.submit(page, "form.form", place="site", reason=WHY, follow=True)
    assert "Tout le site" in page.words and "sans fin prévue" in page.words
    assert "Ana" not in visitor.get("/journal").text and WHY in visitor.get("/journal").words
    member = sign_in(author)
    assert "tout le site" in member.get("/notifications").words
    assert "Votre participation est suspendue. Motif" in member.get(f"/ideas/{idea.id}-{idea.slug}").words
    link = browser.get(f"/members/{author.id}/measures").soup.select_one('.measures a[href$="/undoing"]')["href"]
    page = browser.submit(link, "form.form", reason="Tout est réglé", follow=True)
    assert page.request.path == f"/members/{author.id}/measures" and last(Restriction).lifted_at
    assert "levé" in member.get("/notifications").words


def test_a_colleague_has_a_page_without_acts_for_those_who_animate_with_them(make, fae, idea, team):
    colleague = make.user("Colin Collègue", facilitates=[HERE])
    make.comment(idea, colleague)
    page = team.get(f"/members/{colleague.id}/measures")
    assert (
        page.status_code == 200
        and page.soup.select_one("header .acts a") is None
        and "coordination peut agir" in page.words
    )
    assert team.get(f"/members/{colleague.id}/warning").status_code == 404
    assert f"/members/{fae.id}/measures" not in team.get(f"/members/{fae.id}").text


def test_the_administration_s_own_suspension_is_shown_to_a_coordinator_and_not_lifted(make, sign_in, author, idea):
    make.restriction(author, is_administrative=True)
    page = sign_in(make.user(role="coordinator")).get(f"/members/{author.id}/measures")
    assert (
        "par l'administration" in page.words.replace("\u2019", "'")
        and page.soup.select_one('a[href$="/undoing"]') is None
    )


def test_one_does_not_support_where_one_is_blocked_and_is_told_why(make, sign_in, author):
    make.restriction(author, HERE, kind="block", reason="Trop vif")
    idea = make.idea(community=HERE)
    page = sign_in(author).get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Trop vif" in page.soup.select_one("#support").get_text() and "Confirmez" not in page.words


def test_the_list_says_who_a_measure_is_about_until_they_leave(make, fae, author, idea, team):
    make.comment(idea, author)
    make.add(Measure(kind="warn", user_id=author.id, community_id=idea.community_id, by_id=fae.id, reason="Motif"))
    line = team.get("/moderation/measures").soup.select_one(".measures > li")
    assert line.select_one(f'a[href="/members/{author.id}/measures"]').get_text() == author.name
    undoing = line.select_one('a[href$="/undoing"]')
    assert f"({author.name})" in undoing.get_text()
    facts = team.get(undoing["href"]).soup.select_one("main .facts").get_text()
    assert author.name in facts and "par Fae Animation" in facts and make.room(HERE).name in facts
    make.at(author, closed_at=time.now())
    line = team.get("/moderation/measures").soup.select_one(".measures > li")
    assert author.name not in line.get_text() and line.select_one('a[href$="/measures"]') is None

"""Comments through their pages: without JavaScript, with it, and what is refused."""

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import ImportedAuthor
from app.comments.models import Comment
from app.comments.queries import reading
from app.core import clock
from app.core.db import db
from app.moderation.moves.service import moves
from tests.comments.test_pages import rows
from tests.support.accounts import allow
from tests.support.make import idea_page
from tests.support.queries import MEMBER, PUBLIC, cost

FIRST = "securite-alimentaire"


def total():
    db.session.rollback()
    return db.session.scalar(select(func.count(Comment.id)))


def test_a_member_comments_and_is_brought_to_the_comment(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(name="Rose Roy"))
    answer = browser.submit(idea_page(idea), "#comment-form", intent="offer", body="Une **camionnette** le mardi")
    assert answer.status_code == 303
    page = browser.get(answer.location)
    item = page.soup.select_one("li[data-autofocus]")
    assert f"#{item['id']}" in answer.location and "Rose Roy" in item.get_text()
    assert item.select_one("strong").get_text() == "camionnette" and item.select_one(".intent.is-offer")
    assert "publié" in page.soup.select_one("#flashes").get_text() and "1 commentaire" in page.words
    assert (
        page.soup.select_one("meta[name=kept-clear]")["content"] == page.soup.select_one("#comment-form")["data-keep"]
    )


@pytest.mark.parametrize("body", ["", "   ", "\u200b\u2060", "x" * 5001])
def test_a_refused_comment_comes_back_with_what_was_typed(make, sign_in, body):
    idea, browser = make.idea(), sign_in(make.user())
    answer = browser.submit(browser.get(idea_page(idea)), "#comment-form", body=body, intent="wonder")
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary[data-autofocus]")
    assert answer.soup.select_one("textarea").get_text().strip() == body.strip(" \u200b\u2060")
    assert answer.soup.select_one("input[name=intent][checked]")["value"] == "wonder" and total() == 0
    again = browser.submit(answer, "#comment-form", body="x" * 5000, follow=True)
    assert again.status_code == 200 and total() == 1


def test_a_reply_is_written_on_its_own_page_or_in_place(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    comment = make.comment(idea, author=make.user(name="Paul Roy"), body="Et *cela*")
    page = browser.get(f"/comments/{comment.id}/reply")
    assert "Répondre à Paul Roy" in page.words and "Et cela" in page.words
    fragment = browser.get(f"/comments/{comment.id}/reply", htmx=True)
    assert "<html" not in fragment.text and fragment.soup.select_one("form")["action"] == f"/ideas/{idea.id}/comments"
    page = browser.submit(page, "form.compose", body="On chauffe", follow=True)
    replies = page.soup.select("li.comment.depth-1")
    assert len(replies) == 1 and "On chauffe" in replies[0].get_text() and replies[0].has_attr("data-autofocus")


def test_a_quote_begins_the_reply(make, sign_in):
    comment = make.comment(make.idea(), author=make.user(name="Paul Roy"), body="Et l'hiver?")
    page = sign_in(make.user()).get(f"/comments/{comment.id}/reply?quote=1")
    text = page.soup.select_one("textarea").get_text()
    assert "> Et l'hiver?" in text and "Paul Roy" in text
    assert sign_in(make.user()).get(f"/comments/{comment.id}/reply?quote=2").status_code == 400


def test_a_reply_to_what_went_away_keeps_the_text(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    comment = make.comment(idea)
    page = browser.get(f"/comments/{comment.id}/reply")
    make.at(comment, hidden_at=clock.now(), hidden_reason="hors sujet")
    answer = browser.submit(page, "form.compose", body="Mon long texte")
    assert answer.status_code == 422 and "Mon long texte" in answer.soup.select_one("textarea").get_text()
    assert browser.submit(answer, "form.compose", follow=True).status_code == 200 and total() == 2


def test_a_reply_to_what_moved_keeps_the_text_and_follows_it(make, sign_in, people):
    idea, target, browser = make.idea(community=FIRST), make.idea(community=FIRST), sign_in(make.user())
    comment = make.comment(idea)
    page = browser.get(f"/comments/{comment.id}/reply")
    moves.move_branch(people["coordinator"], reading.reload_comment(comment.id), target, reason="C'est là-bas")
    answer = browser.submit(page, "form.compose", body="Mon long texte")
    assert answer.status_code == 422 and "a été déplacé" in answer.soup.select_one(".error-summary").get_text()
    assert "Mon long texte" in answer.soup.select_one("textarea").get_text() and total() == 1
    assert browser.submit(answer, "form.compose").location.startswith(idea_page(target)) and total() == 2


@pytest.mark.parametrize("where", ["hidden", "private"])
def test_a_reply_to_what_moved_out_of_sight_is_as_to_what_never_was(make, sign_in, where):
    idea, browser = make.idea(), sign_in(make.user())
    room = make.community(is_private=True).slug if where == "private" else FIRST
    columns = {"hidden_at": clock.now(), "hidden_reason": "hors sujet"} if where == "hidden" else {}
    away = make.comment(make.idea(community=room, title="Canari", **columns))
    answers = [
        browser.forge(f"/ideas/{idea.id}/comments", body="Mes mots", parent_id=parent_id)
        for parent_id in (away.id, 999_999)
    ]
    for answer in answers:
        assert answer.status_code == 422 and "n'est plus là" in answer.words.replace("’", "'")
        assert answer.soup.select_one("textarea").get_text().strip() == "Mes mots" and "Canari" not in answer.text


def test_a_thread_that_closed_meanwhile_keeps_the_text(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    page = browser.get(idea_page(idea))
    make.at(idea, status="archived")
    make.at(reading.lock_thread(idea.thread_id), is_open=False)
    answer = browser.submit(page, "#comment-form", body="Mon long texte")
    assert answer.status_code == 422 and "Mon long texte" in answer.soup.select_one("textarea").get_text()
    assert total() == 0 and browser.get(idea_page(idea)).soup.select_one("#comment-form") is None


def test_a_reply_stays_in_its_thread(make, member):
    idea, elsewhere = make.idea(), make.comment(make.idea())
    for wrong in (elsewhere.id, "abc", "-1", "0", "9" * 12):
        assert member.forge(f"/ideas/{idea.id}/comments", body="x", parent_id=wrong).status_code == 422
    assert member.forge(f"/ideas/{idea.id}/comments", data={"body": ["x", "y"]}).status_code == 400
    assert member.forge(f"/ideas/{idea.id}/comments", body="x", intent="hate").status_code == 422
    assert total() == 1


def test_a_visitor_reads_without_a_cookie_and_signs_in_to_write(make, visitor):
    idea = make.idea()
    make.comment(idea, body="Bonjour")
    page = visitor.get(idea_page(idea))
    assert "Bonjour" in page.words and "Set-Cookie" not in page.headers and not page.soup.select("#comments form")
    assert page.soup.select_one("#comments .acts a")["href"].startswith("/register?next=/ideas/")
    answer = visitor.forge(f"/ideas/{idea.id}/comments", body="Gardez mes mots")
    assert answer.status_code == 401 and "Gardez mes mots" in answer.text and total() == 1


def test_an_unconfirmed_person_is_told_what_to_do(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user(is_confirmed=False))
    assert "Confirmez votre adresse" in browser.get(idea_page(idea)).soup.select_one("#comments").get_text()


def test_a_comment_has_an_address_that_leads_to_its_place(make, sign_in, visitor):
    idea, update = make.idea(), make.update(community=FIRST)
    comment, news = make.comment(idea), make.comment(update)
    draft, hidden_comment = (
        make.comment(make.idea(status="draft")),
        make.comment(idea, hidden_at=clock.now(), hidden_reason="non"),
    )
    assert visitor.get(f"/comments/{comment.id}").location == f"{idea_page(idea)}?at={comment.id}#comment-{comment.id}"
    answer = visitor.get(f"/comments/{news.id}")
    assert answer.status_code == 302
    assert answer.location == f"/communities/{FIRST}/updates/{update.id}?at={news.id}#comment-{news.id}"
    for comment_id in (draft.id, hidden_comment.id, 999_999):
        assert visitor.get(f"/comments/{comment_id}").status_code == 404
    assert sign_in(make.user(role="coordinator")).get(f"/comments/{hidden_comment.id}").status_code == 302


def test_a_crawl_of_the_pages_meets_every_comment_once(make, visitor):
    idea = make.idea()
    ids = rows(idea.thread_id, make.user().id, [None] * 130 + [0] * 90 + [5] * 15 + [131] * 5)
    waiting, visited_paths, comment_ids = [idea_page(idea)], set(), []
    while waiting:
        path = waiting.pop()
        visited_paths.add(path)
        page = visitor.get(path)
        assert page.status_code == 200
        comment_ids += [int(item["id"].removeprefix("comment-")) for item in page.soup.select("li.comment[id]")]
        links = [a["href"].split("#")[0] for a in page.soup.select("a[rel=next], .more-replies a")]
        waiting += [link for link in links if link not in visited_paths]
    assert sorted(comment_ids) == sorted(ids) and len(visited_paths) > 4


def test_a_long_thread_begins_folded_and_a_short_one_does_not(make, visitor):
    idea, short = make.idea(), make.idea()
    first, second, _third = (make.comment(idea) for _n in range(3))
    for _n in range(22):
        make.comment(idea, parent=first)
    last = make.comment(idea, parent=second)
    make.comment(short, parent=make.comment(short))
    assert not visitor.get(idea_page(short)).soup.select(".branch")
    page = visitor.get(idea_page(idea))
    labels = [summary.get_text(" ", strip=True) for summary in page.soup.select(".branch summary")]
    assert [label.split(" à ")[0] for label in labels] == ["22 réponses", "1 réponse"]
    assert not page.soup.select(".branch details[open]") and page.soup.select(".branch .more-replies a")
    page = visitor.get(f"/comments/{last.id}", follow_redirects=True)
    assert page.soup.select_one(".branch details[open]").select_one(f"#comment-{last.id}")
    assert len(page.soup.select(".branch details[open]")) == 1
    page = visitor.get(page.soup.select_one(".unfold a")["href"])
    assert not page.soup.select(".branch") and page.soup.select_one(f"#comment-{last.id}")


def test_what_may_be_offered_is_said_beside_the_choice(make, sign_in):
    idea, browser = make.idea(), sign_in(make.user())
    comment = make.comment(idea)
    for path in (idea_page(idea), f"/comments/{comment.id}/reply"):
        assert "un contact, des données" in browser.get(path).soup.select_one("label:has([value=offer])").get_text()


def test_a_comment_far_in_its_branch_is_found_there(make, visitor):
    idea = make.idea()
    ids = rows(idea.thread_id, make.user().id, [None] + [0] * 70)
    answer = visitor.get(f"/comments/{ids[65]}", follow_redirects=True)
    assert answer.status_code == 200 and answer.request.path == f"/comments/{ids[0]}/branch"
    assert answer.soup.select_one("[data-autofocus]")["id"] == f"comment-{ids[65]}"
    for path in (f"/comments/{ids[1]}/branch", f"/comments/{ids[0]}/branch?after=900", "/comments/900/branch"):
        assert visitor.get(path).status_code == 404
    for query in ("after=x", "at=-1", "after=1&after=2"):
        assert visitor.get(f"/comments/{ids[0]}/branch?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("sort=newest", 200),
        ("sort=worst", 400),
        ("sort=newest&sort=oldest", 400),
        ("at=abc", 400),
        ("after=abc", 404),
        ("at=999999", 200),
        ("replies=all", 200),
        ("replies=none", 400),
    ],
)
def test_parameters_are_read_strictly(make, visitor, query, code):
    assert visitor.get(f"{idea_page(make.idea())}?{query}").status_code == code


def test_a_hidden_comment_gives_its_reason_and_keeps_its_words_for_few(make, sign_in, visitor):
    idea, rose = make.idea(community=FIRST), make.user()
    comment = make.comment(
        idea, author=rose, body="Des mots durs", hidden_at=clock.now(), hidden_reason="Attaque <b>une</b> personne"
    )
    make.comment(idea, parent=comment)
    page = visitor.get(idea_page(idea))
    assert "Des mots durs" not in page.text and "Attaque <b>une</b> personne" in page.words
    for who in (rose, make.user(role="coordinator")):
        page = sign_in(who).get(idea_page(idea))
        assert "Des mots durs" in page.words and "Motif : Attaque" in page.words.replace("\u00a0", " ")
    assert "Des mots durs" not in sign_in(make.user(role="admin")).get(idea_page(idea)).text


def test_former_members_and_imported_people_are_named_for_what_they_are(make, visitor):
    idea = make.idea()
    make.comment(idea, author=make.user(name="", closed_at=clock.now()), body="Je suis partie")
    there = make.add(ImportedAuthor(source="rn", name="rn-77"))
    make.comment(idea, imported_author_id=there.id, source="rn", source_id="1", source_stance="contre", source_votes=3)
    words = visitor.get(idea_page(idea)).soup.select_one("#comments").get_text(" ")
    words = " ".join(words.split())
    assert "Ancien membre" in words and "rn-77" in words and "Contre" in words and "3 votes selon la source" in words


@pytest.mark.parametrize("n", [1, 60])
def test_the_page_of_a_thread_costs_the_same_whatever_it_holds(make, visitor, sign_in, n):
    idea = make.idea()
    rows(idea.thread_id, make.user().id, ([None] + [0] * 2) * n)
    browser, path = sign_in(make.user()), idea_page(idea)
    assert cost(visitor, path) <= PUBLIC and cost(browser, path) <= MEMBER


def test_too_many_comments_in_an_hour_wait_with_their_words_kept(app, make, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    allow(monkeypatch, comment=2)
    idea, browser = make.idea(), sign_in(make.user())
    parent = make.comment(idea, author=make.user(name="Paul Roy"))
    page = browser.get(f"/comments/{parent.id}/reply")
    for n in range(2):
        assert browser.submit(idea_page(idea), "#comment-form", body=f"mot {n}").status_code == 303
    answer = browser.submit(page, "form.compose", body="Mon long texte")
    assert answer.status_code == 429 and total() == 3
    assert "Mon long texte" in answer.soup.select_one("textarea").get_text() and "Paul Roy" in answer.words

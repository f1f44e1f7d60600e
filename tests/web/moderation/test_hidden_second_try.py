"""What the team hid is written again by its author and sent to the team: shown once more in other words, or left hidden."""

import pytest
from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.comments import service as comments
from app.comments.models import Thread
from app.comments.queries import reading
from app.communities.actors import actor_for
from app.core import clock as time
from app.core.db import db
from app.core.errors import Forbidden
from app.core.unit import unit
from app.ideas.models import Idea, Revision
from app.moderation.appeals.queries import measures as contested_measures
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.support.rows import again, count, kinds_told, last

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
WHY = "Ce texte vise une personne."
SHAME, CALM = "Luc ment comme un arracheur de dents.", "Je ne suis pas de cet avis, et je dirai pourquoi."


class Hidden:
    """A published text that the team hid, with the addresses where its author and the team find it."""

    def __init__(self, content):
        self.content, self.noun = content, type(content).__name__.lower()
        root = f"/{self.noun}s/{content.id}"
        self.edit, self.tab = f"{root}/edit", "" if self.noun == "idea" else "?kind=comments"
        self.show = f"{root}-{content.slug}" if self.noun == "idea" else root

    def send(self, browser, body=CALM, page=None):
        button = {"button": "publish"} if self.noun == "idea" else {}
        return browser.submit(page or self.edit, "main form.form", body=body, **button)


@pytest.fixture(params=["idea", "comment"])
def hidden(request, make, author, fae):
    idea = make.idea(
        author if request.param == "idea" else None,
        HERE,
        title="Un marché le samedi",
        body=SHAME if request.param == "idea" else "Un marché.",
        votes=2,
    )
    content = idea if request.param == "idea" else make.comment(idea, author, SHAME)
    measures.hide(make.actor(fae), content, reason=WHY)
    return Hidden(content)


@pytest.fixture
def writer(author, sign_in):
    return sign_in(author)


def change():
    db.session.rollback()
    return db.session.scalars(select(HeldRevision)).one()


def admit(team):
    return team.submit(f"/held-revisions/{change().id}", "form[action$='/admission']")


def plain(answer):
    return answer.words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.both_engines
def test_its_author_writes_it_again_and_the_team_shows_it_in_these_words(hidden, writer, team, visitor, author):
    page = writer.get(hidden.edit)
    assert WHY in page.words and "Envoyer de nouveau" in page.words
    sent = hidden.send(writer, page=page)
    assert "reste masqué" in plain(writer.get(sent.headers["Location"]))
    assert again(hidden.content).is_hidden and again(hidden.content).body == SHAME
    desk = team.get("/moderation?queue=changes")
    assert (
        WHY in desk.words
        and SHAME.split()[0] in desk.soup.select_one(".diff del").get_text()
        and desk.soup.select_one(".diff ins")
    )
    assert "nouvel essai" in desk.words and "Suspect" not in desk.words
    assert admit(team).status_code == 303
    found = again(hidden.content)
    assert not found.is_hidden and found.body == CALM and found.hidden_reason is None
    words = (
        visitor.get(hidden.show).words
        if hidden.noun == "idea"
        else visitor.get(visitor.get(hidden.show).headers["Location"]).words
    )
    assert CALM.replace("'", "’") in words.replace("'", "’") and SHAME not in words
    assert kinds_told(author) == ["measure.hide", "measure.publish_change"]


def test_it_is_found_from_the_notice_the_contributions_and_its_place(hidden, writer):
    places = [
        writer.get("/notifications"),
        writer.get(f"/account/contributions{hidden.tab}"),
        writer.get(hidden.show, follow_redirects=True),
    ]
    for page in places:
        assert page.soup.select_one(f"main a[href='{hidden.edit}']"), page.request.path


def test_its_state_is_said_while_it_waits_and_after(hidden, writer, team):
    mine = f"/account/contributions{hidden.tab}"
    assert "Masqué par l'équipe d'animation" in plain(writer.get(mine))
    hidden.send(writer)
    assert "Masqué : votre nouveau texte attend d'être lu" in plain(writer.get(mine))
    assert writer.get(mine).soup.select_one(f"main ul a[href='/held-revisions/{change().id}']")
    here = writer.get(hidden.show, follow_redirects=True)
    assert here.soup.select_one(f"a[href='/held-revisions/{change().id}']")
    assert "attend d'être lu" in plain(here) and "Vous pouvez" not in plain(here)
    team.submit(f"/held-revisions/{change().id}/refusal", "form.form", reason="Dites-le autrement.")
    page = plain(writer.get(mine))
    assert "Masqué : votre nouveau texte est refusé" in page and "Dites-le autrement." in page
    admitted = hidden.send(writer, "Autrement dit.")
    assert admitted.status_code == 303 and admit(team).status_code == 303
    assert "Masqué" not in writer.get(mine).words


def test_the_team_does_not_read_that_it_wrote_it(hidden, team):
    page = team.get(hidden.show, follow_redirects=True)
    assert page.status_code == 200 and "vous et elle" not in plain(page)
    assert hidden.noun == "idea" or "seules la personne qui l'a écrit et l'équipe le lisent" in plain(page)


def test_a_refusal_leaves_it_hidden_with_the_reason_and_other_words_may_follow(hidden, writer, team, author):
    hidden.send(writer)
    page = team.get(f"/held-revisions/{change().id}/refusal")
    assert "reste masqué" in plain(page)
    assert team.submit(page, "form.form", reason="Dites-le autrement.").status_code == 303
    assert again(hidden.content).is_hidden and again(hidden.content).body == SHAME
    assert kinds_told(author) == ["measure.hide", "measure.refuse_change"]
    same = hidden.send(writer)
    assert same.status_code == 422 and "déjà lu ce texte tel quel" in same.words
    assert hidden.send(writer, "Autrement dit.").status_code == 303 and change().is_open


def test_the_hidden_words_are_not_sent_again(hidden, writer):
    answer = hidden.send(writer, SHAME)
    assert answer.status_code == 422 and "déjà lu ce texte tel quel" in answer.words and count(HeldRevision) == 0


def test_somebody_known_is_read_first_too(hidden, writer, author):
    hidden.send(writer)
    assert not actor_for(author).is_new and change().suspect == "again"


def test_nothing_of_either_text_leaks_meanwhile(hidden, writer, visitor, make, sign_in):
    hidden.send(writer)
    stranger = sign_in(make.user())
    idea = hidden.content if hidden.noun == "idea" else db.session.scalars(select(Idea)).first()
    paths = [
        hidden.show,
        f"/ideas/{idea.id}-{idea.slug}",
        f"/ideas/{idea.id}/revisions",
        "/ideas",
        "/ideas.atom",
        "/search?q=arracheur",
        "/search?q=pourquoi",
        "/journal",
        "/sitemap.xml",
        f"/held-revisions/{change().id}",
        f"/ideas/{idea.id}/journey",
    ]
    for browser in (visitor, stranger):
        for path in paths:
            text = browser.get(path, follow_redirects=True).text
            assert "arracheur de dents" not in text and "je dirai pourquoi" not in text, path
        assert browser.get(hidden.edit).status_code in (303, 404)


def test_nothing_of_the_hidden_text_is_left_once_the_other_appeared(hidden, writer, team, visitor):
    hidden.send(writer)
    admit(team)
    idea = hidden.content if hidden.noun == "idea" else db.session.scalars(select(Idea)).first()
    pages = [
        visitor.get(path, follow_redirects=True)
        for path in (
            hidden.show,
            f"/ideas/{idea.id}/revisions",
            f"/ideas/{idea.id}/revisions/1",
            f"/ideas/{idea.id}/revisions/2",
            f"/ideas/{idea.id}/revisions/2?since=1",
            f"/ideas/{idea.id}/journey",
            "/search?q=arracheur",
            "/ideas.atom",
        )
    ]
    if hidden.noun == "idea":
        assert not [
            page.request.path
            for page in pages
            if "arracheur" in page.text.replace("q=arracheur", "").replace('value="arracheur"', "")
            and "/search" not in page.request.path
        ]
        assert visitor.get(f"/ideas/{idea.id}/revisions/1").status_code == 404
        assert "masquée" in visitor.get(f"/ideas/{idea.id}/revisions").words
        assert db.session.scalars(select(Revision.hidden_at).order_by(Revision.number)).all()[0]
    assert "arracheur de dents" not in pages[-2].text


def test_what_waits_of_a_text_that_the_team_shows_again_is_an_ordinary_change(hidden, writer, team, make, fae):
    hidden.send(writer)
    team.submit(f"/held-revisions/{change().id}/refusal", "form.form", reason="Dites-le autrement.")
    assert "reste masqué" in plain(writer.get(hidden.send(writer, "Autrement dit.").location))
    measures.restore(make.actor(fae), again(hidden.content), reason="C'était une erreur.")
    for browser, path in (
        (writer, f"/held-revisions/{change().id}"),
        (writer, hidden.edit),
        (team, f"/held-revisions/{change().id}/refusal"),
    ):
        page = plain(browser.get(path))
        assert "reste tel quel" in page and "masqué" not in page, path
    measures.hide(make.actor(fae), again(hidden.content), reason=WHY)
    assert not team.get("/moderation?queue=changes").soup.select(".slot"), "it was written before this hiding"


def test_the_count_of_its_thread_follows(make, author, fae, writer, team):
    idea = make.idea(community=HERE)
    comment = make.comment(idea, author, SHAME)
    make.comment(idea)
    measures.hide(make.actor(fae), comment, reason=WHY)
    assert db.session.get_one(Thread, idea.thread_id).comments_count == 1
    Hidden(comment).send(writer)
    assert again(db.session.get_one(Thread, idea.thread_id)).comments_count == 1
    admit(team)
    assert again(db.session.get_one(Thread, idea.thread_id)).comments_count == 2 == again(idea).comments_count


def test_the_hiding_has_no_effect_any_more_and_may_be_appealed_until_then(hidden, writer, team, fae):
    actor, measure_id = actor_for(fae), last(Measure).id
    hidden.send(writer)
    assert contested_measures.list_contested_measures(actor, Measure.id == measure_id)[0].has_effect
    admit(team)
    db.session.rollback()
    assert not contested_measures.list_contested_measures(actor, Measure.id == measure_id)[0].has_effect
    lines = [measure.kind for measure in db.session.scalars(select(Measure).order_by(Measure.id))]
    assert lines == ["hide", "publish_change"]


def test_a_hiding_that_the_page_did_not_show_is_read_first(make, author, fae, writer):
    for content in (make.idea(author, HERE, body=SHAME), make.comment(make.idea(community=HERE), author, SHAME)):
        text = Hidden(content)
        page = writer.get(text.edit)
        measures.hide(make.actor(fae), content, reason=WHY)
        answer = text.send(writer, page=page)
        assert answer.status_code == 409 and WHY in answer.words and CALM in answer.text.replace("&#39;", "'")
        assert count(HeldRevision) == 0
        assert text.send(writer, page=answer).status_code == 303 and count(HeldRevision) == 1
        with unit():
            db.session.execute(HeldRevision.__table__.delete())


def test_it_is_taken_back_by_its_author(hidden, writer):
    hidden.send(writer)
    page = writer.get(f"/held-revisions/{change().id}")
    writer.submit(page.soup.select_one("main a[href$='/withdrawal']")["href"], "main form.form")
    assert not change().is_open and again(hidden.content).body == SHAME and again(hidden.content).is_hidden


def test_nobody_else_sends_it_and_who_wrote_it_does_not_let_it_appear(hidden, writer, team, make, sign_in):
    for browser in (sign_in(make.user()), team):
        assert browser.get(hidden.edit).status_code == 404
        assert (
            browser.forge(hidden.edit, {"body": "Autre chose", "title": "Autre chose", "waiting": ""}).status_code
            == 404
        )
    hidden.send(writer)
    assert writer.forge(f"/held-revisions/{change().id}/admission", {"version": change().version}).status_code == 404
    neighbour = sign_in(make.user(facilitates=[ELSEWHERE]))
    assert neighbour.get(f"/held-revisions/{change().id}").status_code == 404


def test_whoever_is_out_or_a_closed_thread_sends_nothing(make, author, fae):
    idea = make.idea(community=HERE)
    comment = make.comment(idea, author, SHAME)
    measures.hide(make.actor(fae), comment, reason=WHY)
    measures.lock(make.actor(fae), idea, reason="Le ton monte.")
    comment = reading.reload_comment(comment.id)
    with pytest.raises(Forbidden):
        comments.edit(actor_for(author), comment, body=CALM)


def test_a_change_that_waited_before_the_hiding_is_not_what_shows_it_again(make, newcomer, fae, sign_in, team):
    """It was written before its author knew why: the team reads what they send since."""
    comment = make.comment(make.idea(community=HERE), newcomer, SHAME)
    make.at(comment, created_at=time.now())
    browser = sign_in(newcomer)
    browser.submit(f"/comments/{comment.id}/edit", "main form.form", body="Tout autre chose, et bien plus long.")
    measures.hide(make.actor(fae), comment, reason=WHY)
    assert not team.get("/moderation?queue=changes").soup.select(".slot")
    assert team.forge(f"/held-revisions/{change().id}/admission", {"version": change().version}).status_code != 303
    page = browser.get(f"/comments/{comment.id}/edit")
    assert browser.submit(page, "main form.form").status_code == 303
    assert change().is_again and team.get("/moderation?queue=changes").soup.select(".slot")

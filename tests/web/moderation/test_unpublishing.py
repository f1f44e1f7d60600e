"""What was just published waits again, for a minute, with one press; nobody is told before the minute is over."""

import pytest
from sqlalchemy import select

from app.accounts.models.people import User
from app.comments.models import Thread
from app.core.db import db
from app.ideas.models import Idea, Revision, StatusChange
from app.journal.models import Entry
from app.notifications.models import Notice
from app.notifications.queries import notices
from app.operations import recount
from app.web.notices.immediate_mails import write_mails
from tests.support.rows import again, count
from tests.support.world import HERE

UNDO = "#flashes form"
FIRST_WORDS = "Un premier mot, dit en passant, pour voir si quelqu'un écoute."


@pytest.fixture
def idea(make, newcomer):
    return make.idea(newcomer, HERE, "pending", title="Un frigo pour tous", suspect="first links:4")


def publish(team, idea, button=None):
    """Publish from the desk; return the page that offers to undo it."""
    return team.submit("/moderation", f"#item-idea-{idea.id} form[action$=admission]", button=button, follow=True)


def test_an_idea_waits_again_as_it_was_and_nobody_was_told(idea, newcomer, team, visitor, sign_in, outbox):
    page = publish(team, idea, button="1")
    assert visitor.get(f"/ideas/{idea.id}").status_code in (200, 301, 302) and again(newcomer).is_trusted
    write_mails()
    assert not outbox.to(newcomer.email) and "prend la route" not in sign_in(newcomer).get("/notifications").words
    page = team.submit(page, UNDO, follow=True)
    assert "La publication est annulée" in page.words and page.soup.select_one(f"#item-idea-{idea.id}[data-autofocus]")
    row = again(idea)
    assert (row.status, row.published_at, row.status_at, row.suspect) == ("pending", None, None, "first links:4")
    assert (
        not count(Revision)
        and not count(StatusChange)
        and not count(Notice)
        and not db.session.get_one(Thread, row.thread_id).is_public
    )
    account = db.session.get_one(User, newcomer.id)
    assert (account.is_trusted, account.admitted_count) == (False, 0) and recount.list_differences() == []
    assert db.session.scalars(select(Entry.kind).order_by(Entry.id)).all() == ["publish", "unpublish"]
    assert visitor.get(f"/ideas/{idea.id}-{idea.slug}").status_code == 404
    publish(team, idea)
    assert again(idea).status == "published" and again(idea).revisions_count == 1


def test_a_comment_waits_again_too(make, newcomer, author, team, visitor):
    comment = make.comment(make.idea(author, HERE), newcomer, "Un premier mot.", status="pending", suspect="first")
    page = team.submit("/moderation", f"#item-comment-{comment.id} form[action$=admission]", follow=True)
    assert "Un premier mot." in visitor.get(f"/comments/{comment.id}", follow_redirects=True).words
    team.submit(page, UNDO)
    assert (again(comment).status, again(comment).suspect) == ("pending", "first") and recount.list_differences() == []
    assert not notices.count_unread(make.actor(newcomer)) and not notices.count_unread(make.actor(author))


@pytest.mark.parametrize(("happening", "why"), [("useful", "déjà appuyé"), ("corrected", "a changé")])
def test_a_comment_that_somebody_answered_or_changed_stays(make, newcomer, team, sign_in, happening, why):
    comment = make.comment(make.idea(community=HERE), newcomer, FIRST_WORDS, status="pending", suspect="first")
    page = team.submit("/moderation", f"#item-comment-{comment.id} form[action$=admission]", button="1", follow=True)
    if happening == "useful":
        sign_in(make.user()).forge(f"/comments/{comment.id}/useful")
    else:
        sign_in(newcomer).submit(f"/comments/{comment.id}/edit", "main form", body=f"{FIRST_WORDS} Merci.")
    answer = team.submit(page, UNDO)
    assert answer.status_code == 409 and why in answer.words and again(comment).status == "published"


def test_after_a_minute_it_stays_and_its_author_is_told(idea, newcomer, team, clock, sign_in, outbox):
    page = publish(team, idea)
    clock.forward(seconds=61)
    answer = team.submit(page, UNDO)
    assert answer.status_code == 409 and "La minute est passée" in answer.words and again(idea).status == "published"
    assert answer.soup.find("a", string="Retour au bureau")["href"].startswith("/moderation")
    clock.forward(minutes=10)
    write_mails()
    assert len(outbox.to(newcomer.email)) == 1 and "prend la route" in sign_in(newcomer).get("/notifications").words


@pytest.mark.parametrize(
    ("happening", "why"),
    [
        ("support", "déjà appuyé"),
        ("comment", "déjà appuyé"),
        ("hidden", "a changé"),
        ("answered", "a changé"),
        ("edited", "a changé"),
    ],
)
def test_what_somebody_answered_or_changed_stays(make, idea, newcomer, team, sign_in, happening, why):
    page, path = publish(team, idea), f"/ideas/{idea.id}-{idea.slug}"
    if happening == "support":
        sign_in(make.user()).submit(path, "#support form")
    elif happening == "comment":
        sign_in(make.user(trusted_at=None)).submit(path, "#comment-form", body="Bonne idée!")
    elif happening == "hidden":
        team.submit(f"/ideas/{idea.id}/hiding", "form.form", reason="Une erreur de ma part.")
    elif happening == "answered":
        team.submit(
            f"/ideas/{idea.id}/status",
            "#answer-form",
            button="publish",
            status="same",
            reason="Merci de l'avoir écrite.",
        )
    else:
        sign_in(newcomer).submit(
            f"/ideas/{idea.id}/edit", "main form", body="D'autres mots que les premiers, tous nouveaux."
        )
    before = again(idea).is_hidden, again(idea).revisions_count
    answer = team.submit(page, UNDO)
    assert answer.status_code == 409 and why in answer.words
    assert again(idea).status == "published" and (again(idea).is_hidden, again(idea).revisions_count) == before


def test_only_whoever_published_takes_it_back_and_once(make, idea, team, boss, sign_in, ned):
    page = publish(team, idea)
    assert boss.forge(f"/ideas/{idea.id}/admission/withdrawal").status_code == 409
    assert sign_in(ned).forge(f"/ideas/{idea.id}/admission/withdrawal").status_code == 404
    team.submit(page, UNDO)
    assert team.submit(page, UNDO).status_code == 409 and again(idea).status == "pending"
    assert count(Idea) == 1


def test_a_notice_that_is_held_back_is_not_marked_read_with_the_others(make, idea, newcomer, team, clock, sign_in):
    publish(team, idea)
    browser = sign_in(newcomer)
    browser.forge("/notifications/reading")
    clock.forward(minutes=1)
    assert notices.count_unread(make.actor(newcomer)) == 1

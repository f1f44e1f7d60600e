"""Where nothing is counted beyond a limit, pages say that there is more, and never that there is just so much."""

from collections.abc import Callable

from sqlalchemy import update

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.comments.queries.reading import select_newest_id
from app.core.db import db
from app.core.unit import unit
from app.desk.queries import desk
from app.ideas.models import Idea
from app.notifications.models import Notice
from tests.large import large
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE


def fill(make: Make) -> Idea:
    """Return an idea with 150 answers to its one root."""
    idea = make.idea(make.user(), HERE)
    root = make.comment(idea, make.user("Nina"))
    large.grow(
        Comment,
        150,
        thread_id=str(idea.thread_id),
        author_id=str(root.author_id),
        root_id=str(root.id),
        parent_id=str(root.id),
        depth="1",
        created_at=large.moment("n"),
        body_html="'<p>Un mot.</p>'",
    )
    with unit():
        db.session.execute(update(Thread).values(unread_id=select_newest_id(Thread.id), comments_count=151))
    return idea


def test_the_answers_of_a_branch(make: Make, visitor: Browser) -> None:
    idea = fill(make)
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "plus de 99 réponses" in page.words and "Lire les autres réponses" in page.words
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}?lang=en")
    assert "more than 99 replies" in page.words and "Read the other replies" in page.words


def test_what_a_team_has_to_read(make: Make, team: Browser) -> None:
    fill(make)
    page = team.get("/moderation?queue=unread")
    assert "plus de 99 commentaires à lire" in page.words
    large.grow(Thread, 120, kind="'idea'", community_id=str(make.room(HERE).id), is_public="true", title="'Un fil'")
    large.grow(Comment, 200, thread_id="n", author_id=str(make.user().id), created_at=large.moment("n"))
    with unit():
        db.session.execute(update(Thread).values(unread_id=select_newest_id(Thread.id)))
    page = team.get("/moderation")
    assert page.soup.select_one(".queues.is-apart .counted").get_text() == "99+"


def test_what_waits_on_a_desk(make: Make, team: Browser) -> None:
    room, first = make.room(HERE).id, make.idea().thread_id
    large.grow(
        Idea,
        desk.MOST + 200,
        community_id=str(room),
        author_id="1",
        thread_id=f"{first} + n",
        status="'published'",
        title="'Une idée'",
        slug="'une-idee'",
        status_at=large.moment("n"),
        published_at=large.moment("n"),
    )
    page = team.get("/moderation?queue=unanswered")
    assert page.soup.select_one(".queues [aria-current] .counted").get_text() == "999+"
    assert page.soup.select_one(".desk-queues summary .counted").get_text() == "999+"
    assert page.soup.select_one(".tabs.is-ruled .counted").get_text() == "999+"


def test_what_one_was_told(make: Make, sign_in: Callable[[User], Browser]) -> None:
    user = make.user()
    large.grow(Notice, 150, key="'k' || n", user_id=str(user.id), kind="'charter'", facts="'{}'")
    page = sign_in(user).get("/about")
    assert (
        page.soup.select_one(".bell b").get_text() == "99+"
        and "plus de 99 non lus" in page.soup.select_one(".bell")["title"]
    )

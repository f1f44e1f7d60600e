"""A new account changes a text that is public: what is doubtful waits for the team, and what is published stays."""
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import HeldRevision, User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea, Revision
from app.moderation.models.journal import Entry
from app.moderation.models.measures import Measure
from app.notifications.models import Notice
from tests.support.browser import Browser

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
BODY = "Le marché du samedi manque de place, et nous pourrions ouvrir la cour de l'école aux kiosques du voisinage."
SPAM, WHY = "Achetez mes pilules, elles sont bonnes et elles guérissent de tout, même de la pluie.", "C'est une annonce."
LINK = f"{BODY} Voir https://pilules.example"


@pytest.fixture
def newcomer(make: Any) -> User:
    return make.user("Nina Nouvelle", trusted_at=None, about="Je cultive un jardin.", shows_about=True)


@pytest.fixture
def idea(make: Any, newcomer: User) -> Idea:
    return make.idea(newcomer, HERE, title="Agrandir le marché du samedi", body=BODY)


@pytest.fixture
def comment(make: Any, newcomer: User) -> Comment:
    return make.comment(make.idea(community=HERE), newcomer, BODY)


@pytest.fixture
def author(sign_in: Any, newcomer: User) -> Browser:
    return sign_in(newcomer)


@pytest.fixture
def team(make: Any, sign_in: Any) -> Browser:
    user = make.user("Fae Animation")
    make.facilitator(user, HERE)
    return sign_in(user)


class Text:
    """One kind of public text: where its author changes it, where it is read, what it says now."""

    def __init__(self, noun: str, row: Any):
        self.noun, self.id = noun, row.id
        self.field = {"idea": "body", "comment": "body", "user": "about"}[noun]
        self.form = {"idea": f"/ideas/{row.id}/edit", "comment": f"/comments/{row.id}/edit", "user": "/account/profile"}[noun]
        self.page = {"idea": f"/ideas/{row.id}", "comment": f"/comments/{row.id}", "user": f"/members/{row.id}"}[noun]

    def sent(self, browser: Browser, words: str) -> Any:
        return browser.submit(self.form, "main form.form", button="publish" if self.noun == "idea" else None, follow=True,
                              **{self.field: words})

    def read(self, browser: Browser) -> str:
        return str(browser.get(self.page, follow_redirects=True).words)

    def said(self) -> str:
        db.session.rollback()
        model = {"idea": Idea, "comment": Comment, "user": User}[self.noun]
        return str(getattr(db.session.get_one(model, self.id), self.field))


@pytest.fixture(params=["idea", "comment", "user"])
def text(request: Any, idea: Idea, comment: Comment, newcomer: User) -> Text:
    return Text(request.param, {"idea": idea, "comment": comment, "user": newcomer}[request.param])


def held() -> HeldRevision:
    db.session.rollback()
    return db.session.scalars(select(HeldRevision)).one()


def page_of(row: HeldRevision) -> str:
    return f"/held-revisions/{row.id}"


def decided(team: Browser, act: str, **fields: Any) -> Any:
    """Decide on the desk, as the team does."""
    page = team.get("/moderation?queue=changes")
    if act == "admission":
        return team.submit(page, f'form[action="{page_of(held())}/admission"]', **fields)
    refusal = page.soup.select_one(f'a[href^="{page_of(held())}/refusal"]')["href"]
    return team.submit(refusal, "main form.form", **fields)


def test_another_text_waits_and_is_published_when_the_team_has_read_it(
        text: Text, author: Browser, team: Browser, visitor: Browser, newcomer: User) -> None:
    before = text.said()
    answer = text.sent(author, SPAM)
    assert "Votre modification est reçue" in answer.words and text.said() == before
    assert "attend d'être lue" in author.get("/ideas/drafts").words
    assert "pilules" in author.get(page_of(held())).words and SPAM in author.get(text.form).soup.select_one(f"[name={text.field}]").get_text()
    assert "pilules" not in text.read(visitor) and "pilules" not in text.read(team)
    page = team.get("/moderation?queue=changes")
    assert any("pilules" in one.get_text() for one in page.soup.select("ins")) and "Nina Nouvelle" in page.words
    assert decided(team, "admission").status_code == 303
    assert text.said() == SPAM and "pilules" in text.read(visitor)
    assert held().state == "closed" and held().words == {}
    assert db.session.get_one(User, newcomer.id).admitted_count == 1
    assert db.session.scalars(select(Measure.kind)).all() == ["publish_change"]
    assert db.session.scalars(select(Entry.kind)).all() == ["publish_change"]
    told = author.get("/notifications")
    assert "La modification de votre texte est publiée" in told.words and told.soup.select_one(f'.notices a[href^="{text.page}"]')
    assert "Aucune modification n'attend" in team.get("/moderation?queue=changes").words


def test_a_refusal_says_why_and_keeps_the_words_for_their_author(text: Text, author: Browser, team: Browser, visitor: Browser) -> None:
    before = text.said()
    text.sent(author, SPAM)
    row, late = held(), team.get("/moderation?queue=changes")
    assert decided(team, "refusal", reason=WHY).status_code == 303
    assert text.said() == before and held().state == "refused"
    assert WHY in author.get("/notifications").words and WHY in visitor.get("/journal").words
    page = author.get(page_of(row))
    assert WHY in page.words and "pilules" in page.words
    assert SPAM in author.get(text.form).soup.select_one(f"[name={text.field}]").get_text()
    assert team.get(page_of(row)).status_code == 404
    answer = team.submit(late, f'form[action="{page_of(row)}/admission"]')
    assert answer.status_code == 409 and "publié ou refusé avant vous" in answer.words and text.said() == before
    text.sent(author, f"{SPAM} Vraiment.")
    assert held().state == "open"
    author.submit(page_of(row), f'form[action="{page_of(row)}/withdrawal"]')
    assert held().words == {} and text.said() == before and author.get(page_of(row)).status_code == 404

"""One kind of public text, changed by a new account and read by a team, through the pages of both."""

from typing import Any

from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from tests.support.browser import Browser

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
BODY = "Le marché du samedi manque de place, et nous pourrions ouvrir la cour de l'école aux kiosques du voisinage."
SPAM, WHY = (
    "Achetez mes pilules, elles sont bonnes et elles guérissent de tout, même de la pluie.",
    "C'est une annonce.",
)
LINK = f"{BODY} Voir https://pilules.org"


class Text:
    """One kind of public text: where its author changes it, where it is read, what it says now."""

    def __init__(self, noun: str, row: Any):
        self.noun, self.id = noun, row.id
        self.field = {"idea": "body", "comment": "body", "user": "about"}[noun]
        self.form = {
            "idea": f"/ideas/{row.id}/edit",
            "comment": f"/comments/{row.id}/edit",
            "user": "/account/profile",
        }[noun]
        self.page = {"idea": f"/ideas/{row.id}", "comment": f"/comments/{row.id}", "user": f"/members/{row.id}"}[noun]

    def send(self, browser: Browser, words: str) -> Any:
        return browser.submit(
            self.form,
            "main form.form",
            button="publish" if self.noun == "idea" else None,
            follow=True,
            **{self.field: words},
        )

    def read(self, browser: Browser) -> str:
        return str(browser.get(self.page, follow_redirects=True).words)

    def current(self) -> str:
        db.session.rollback()
        model = {"idea": Idea, "comment": Comment, "user": User}[self.noun]
        return str(getattr(db.session.get_one(model, self.id), self.field))


def find_change() -> HeldRevision:
    db.session.rollback()
    return db.session.scalars(select(HeldRevision)).one()


def page_of(row: HeldRevision) -> str:
    return f"/held-revisions/{row.id}"


def decide(team: Browser, act: str, **fields: Any) -> Any:
    """Decide on the desk, as the team does."""
    page = team.get("/moderation?queue=changes")
    if act == "admission":
        return team.submit(page, f'form[action="{page_of(find_change())}/admission"]', **fields)
    refusal = page.soup.select_one(f'a[href^="{page_of(find_change())}/refusal"]')["href"]
    return team.submit(refusal, "main form.form", **fields)

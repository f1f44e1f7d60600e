"""Somebody who wrote in a private community and was removed from it: every address, and nothing of what others wrote there."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from app.comments import service as comments
from app.comments.queries import reading
from app.communities import members
from app.communities import queries as communities
from app.core.db import db
from app.ideas import answers
from app.ideas.answers import AnswerWords
from app.moderation.cases import service as cases
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from app.votes import service as votes
from tests.matrix import VARIABLE
from tests.support import whole_run
from tests.support.browser import Browser
from tests.support.make import Make

SLUG = "canari-cercle"
# Each names what another person wrote or did there, or is called; none of it is said to the one who left.
CANARIES = (
    SLUG,
    "canari-titre",
    "canari-texte",
    "canari-commentaire",
    "canari-reponse",
    "canari-motif",
    "canari-appui",
    "canari-animation",
    "canari-nouvelle",
    "canari-note",
    "canari-plus-tard",
)
OWN = ("mienne-publiee", "mienne-jointe", "mienne-masquee", "mienne-attend", "mienne-brouillon")
# What leaves the account, or closes it, ends the walk; `HEAD` of the site's own files needs no second look.
APART = ("/logout", "/account/closing", "/account/sessions", "/static")


class Circle:
    """What is there: everything by others wears a canary word; `mine` are the ideas of who left, by their state."""

    def __init__(self, make: Make) -> None:
        self.room = make.community(slug=SLUG, name=SLUG, is_private=True)
        self.user, self.other, self.head = (
            make.user("Mona Partie"),
            make.user("canari-appui"),
            make.user("canari-animation"),
        )
        self.member, self.fellow = make.actor(self.user, member_of=[SLUG]), make.actor(self.other, member_of=[SLUG])
        self.team = make.actor(self.head, facilitates=[SLUG])
        self.theirs = make.idea(self.other, SLUG, title="L'idée canari-titre", body="Un texte canari-texte.")
        status = {"attend": "pending", "brouillon": "draft"}
        self.mine = {
            word: make.idea(
                self.user, SLUG, status.get(word, "published"), title=f"Une idée mienne-{word}", body="Mes mots à moi."
            )
            for word in ("publiee", "jointe", "masquee", "attend", "brouillon")
        }
        self.comments = [
            make.comment(self.theirs, self.user, "Mes mots dits là."),
            make.comment(self.mine["publiee"], self.other, "Un canari-commentaire."),
            make.comment(self.theirs, self.user, "Mes mots qui attendent.", status="pending"),
        ]
        self.news = make.update(self.head, SLUG, "Une canari-nouvelle", "Un canari-texte.")
        self.live("")

    def live(self, word: str) -> None:
        """Do there what people and their team do; `word` comes with it."""
        idea, duplicate = self.mine["publiee"], self.mine["jointe"]
        answers.publish(
            self.team, idea, AnswerWords("under_review" if not word else "retained", f"Une canari-reponse {word}")
        )
        votes.cast(self.fellow, idea, is_named=True)
        for about in (idea, self.theirs):
            self.comments.append(
                comments.post(self.fellow, reading.lock_thread(about.thread_id), body=f"Un canari-commentaire {word}")
            )
        if not word:
            votes.cast(self.member, self.theirs, is_named=True)
            merges.merge(self.team, duplicate, self.theirs, reason="Un canari-motif")
            merges.relate(self.team, idea, self.theirs)
            cases.report(self.member, self.comments[1], reason="insult")


@pytest.fixture
def circle(make: Make) -> Circle:
    """She reads and is told of everything there, then is removed; the others go on."""
    circle = Circle(make)
    db.session.rollback()
    members.remove(circle.team, communities.get_community(circle.room.id), circle.user.id, reason="Une autre raison.")
    circle.live("canari-plus-tard")
    measures.hide(circle.team, circle.mine["masquee"], reason="Un motif pour elle.")
    db.session.rollback()
    return circle


def addresses(circle: Circle, method: str) -> Iterator[str]:
    """Fill each rule with every number that she could name."""
    ideas = [idea.id for idea in (*circle.mine.values(), circle.theirs)]
    values_of: dict[str, list[Any]] = {
        "idea_id": ideas,
        "comment_id": [one.id for one in circle.comments],
        "update_id": [circle.news.id],
        "slug": [SLUG],
        "number": [1],
        "user_id": [circle.user.id],
        "measure_id": range(1, 9),
        "case_id": [1],
        "note_id": [1],
        "appeal_id": [1],
        "handover_id": [1],
        "reply_id": [1],
        "invitation_id": [1],
        "tag_id": [1],
        "issue_id": [1],
        "row_id": [1],
        "session_id": [1],
        "noun": ["tags"],
        "code": ["70052"],
        "token": ["faux"],
        "notice_id": [1],
    }
    for rule in sorted(whole_run.routes()):
        verb, _space, path = rule.partition(" ")
        if verb != method or path.startswith(APART) or (method == "POST" and not VARIABLE.search(path)):
            continue
        names = [found[1] for found in VARIABLE.finditer(path)]
        shape = VARIABLE.sub("{}", path)
        for values in product(*(values_of.get(name, [1]) for name in names)):
            yield shape.format(*values)


def read_text(answer: Any) -> str:
    """Return what an answer says; of a picture, the title that it holds in words."""
    return str(answer.get_data().decode("utf-8", "replace"))


def words_met(answer: Any, path: str) -> list[str]:
    text = read_text(answer) + str(answer.headers)
    for part in (path, SLUG if SLUG in path else ""):
        text = text.replace(part, "") if part else text
    return [word for word in CANARIES if word in text]


@pytest.mark.one_engine
def test_whoever_was_removed_meets_nothing_of_the_others_at_any_address(
    circle: Circle, sign_in: Callable[[Any], Browser]
) -> None:
    browser, wrong, text = sign_in(circle.user), [], ""
    for path in (
        *addresses(circle, "GET"),
        "/ideas?q=canari",
        f"/ideas?community={SLUG}",
        f"/members/{circle.user.id}?lang=en",
    ):
        answer = browser.get(path)
        assert answer.status_code < 500, path
        text += read_text(answer)
        wrong += [f"GET {path}: {word}" for word in words_met(answer, path)]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert all(word in text for word in OWN)


@pytest.mark.one_engine
def test_no_act_of_whoever_was_removed_answers_with_what_others_wrote(
    circle: Circle, sign_in: Callable[[Any], Browser]
) -> None:
    browser, wrong = sign_in(circle.user), []
    for path in addresses(circle, "POST"):
        answer = browser.forge(
            path, {"reason": "Une raison claire.", "body": "Mes mots.", "is_named": "y", "why": "insult"}, htmx=True
        )
        assert answer.status_code < 500, path
        wrong += [f"POST {path}: {word}" for word in words_met(answer, path)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_mails_of_whoever_was_removed_say_nothing_more(circle: Circle, outbox: Any) -> None:
    before = len(outbox.to(circle.user.email))
    circle.comments.append(
        comments.post(
            circle.fellow, reading.lock_thread(circle.mine["publiee"].thread_id), body="Un canari-commentaire de plus."
        )
    )
    assert len(outbox.to(circle.user.email)) == before

"""A page that was left open, or gone back to, changes nothing in silence: what it sends is kept and shown again."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.desk.models import Note
from app.ideas.models import Idea
from tests.support.browser import Browser
from tests.support.rows import last
from tests.web.ideas.test_write import GOOD, HERE, autosave

OTHER = "D'autres mots, écrits sur une page ouverte avant."
FORM = "main form.form"


@pytest.fixture
def writer(author: User, sign_in: Callable[[Any], Browser]) -> Browser:
    return sign_in(author)


def bodies() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Idea.body).order_by(Idea.id)))


def is_given_back(answer: Any) -> bool:
    textarea = answer.soup.select_one("textarea[name=body]")
    return (
        answer.status_code == 409
        and OTHER in textarea.get_text()
        and "n'est pas encore enregistré" in answer.words.replace("’", "'")
    )


@pytest.mark.parametrize("button", ["save", "publish"])
def test_a_draft_that_was_published_in_another_tab_is_not_changed_by_the_first(
    make: Any, writer: Browser, author: User, button: str
) -> None:
    draft = make.idea(author, HERE, "draft", title=GOOD["title"], body="Les premiers mots.")
    tab = writer.get(f"/ideas/{draft.id}/edit")
    assert writer.submit(tab, FORM, button="publish").status_code == 303
    answer = writer.submit(tab, FORM, button=button, body=OTHER)
    assert is_given_back(answer) and bodies() == ["Les premiers mots."]
    assert not answer.soup.select("button[value=save]")
    assert autosave(writer, tab, body=OTHER).status_code == 409 and bodies() == ["Les premiers mots."]
    assert writer.submit(answer, FORM, button="publish").status_code == 303 and bodies() == [OTHER]


@pytest.mark.parametrize("button", ["save", "publish"])
def test_a_new_idea_that_was_sent_is_changed_when_one_goes_back_to_its_form(
    make: Any, writer: Browser, button: str
) -> None:
    page = writer.get("/ideas/new")
    fields = GOOD | {"community": str(make.room(HERE).id)}
    assert writer.submit(page, FORM, button="publish", **fields).status_code == 303
    assert writer.submit(page, FORM, button="publish", **fields).status_code == 303
    answer = writer.submit(page, FORM, button=button, **fields | {"body": OTHER})
    assert is_given_back(answer) and bodies() == [GOOD["body"]]
    assert writer.submit(answer, FORM, button="publish").status_code == 303 and bodies() == [OTHER]
    assert last(Idea).revisions_count == 2


def test_of_two_tabs_the_second_does_not_put_the_former_text_back(make: Any, writer: Browser, author: User) -> None:
    idea = make.idea(author, HERE, body="Les premiers mots.")
    tab = writer.get(f"/ideas/{idea.id}/edit")
    writer.submit(f"/ideas/{idea.id}/edit", FORM, button="publish", body="Les seconds mots.")
    answer = writer.submit(tab, FORM, button="publish", body=OTHER)
    assert (
        answer.status_code == 409
        and OTHER in answer.soup.select_one("textarea[name=body]").text
        and bodies() == ["Les seconds mots."]
    )
    assert writer.submit(answer, FORM, button="publish").status_code == 409 and bodies() == ["Les seconds mots."]
    assert writer.submit(tab, FORM, button="publish", body="Les seconds mots.").status_code == 303
    assert writer.submit(tab, FORM, button="publish", tags="paniers").status_code == 303 and bodies() == [
        "Les seconds mots."
    ]


@pytest.mark.parametrize("noun", ["idea", "comment", "profile"])
def test_a_tab_of_before_does_not_lose_the_change_that_waits(make: Any, sign_in: Any, noun: str) -> None:
    newcomer = make.user("Nadia Nouvelle", trusted_at=None)
    idea = make.idea(newcomer, HERE, body="Les premiers mots.")
    form, field = {
        "idea": (f"/ideas/{idea.id}/edit", "body"),
        "profile": ("/account/profile", "name"),
        "comment": (f"/comments/{make.comment(idea, newcomer, body='Un mot.').id}/edit", "body"),
    }[noun]
    browser = sign_in(newcomer)
    tab = browser.get(form)
    browser.submit(form, FORM, **{field: "Des mots tout autres attendent"})
    # What only the other tab changed stays; a comment is one text, which its author sends whole.
    for fields, code in (({}, 409 if noun == "comment" else 303), ({field: "Encore bien autre chose"}, 409)):
        answer = browser.submit(tab, FORM, **fields)
        assert answer.status_code == code and "Des mots tout autres attendent" in str(waiting())
    assert "Encore bien autre chose" in str(answer.soup.select_one(FORM))
    choice = {} if noun == "comment" else {f"keep-{field}": "yours"}
    answer = browser.submit(answer, FORM, **choice)
    answer = browser.submit(answer, FORM) if answer.status_code == 409 else answer
    assert answer.status_code == 303 and "Encore bien autre chose" in str(waiting())


def test_a_tag_that_only_a_draft_wears_is_new(make: Any, sign_in: Any, newcomer: Any) -> None:
    idea = make.idea(newcomer, HERE, body="Les premiers mots.")
    browser = sign_in(newcomer)
    browser.submit(
        "/ideas/new",
        FORM,
        button="save",
        title="Un brouillon de rien",
        tags="Pilules",
        community=str(idea.community_id),
    )
    browser.submit(f"/ideas/{idea.id}/edit", FORM, button="publish", tags="Pilules")
    assert waiting()["tags"] == ["Pilules"]


def waiting() -> Any:
    db.session.rollback()
    return db.session.scalars(select(HeldRevision.words)).one()


def test_the_same_form_with_other_words_is_another_comment(make: Any, writer: Browser) -> None:
    page = writer.get(f"/ideas/{make.idea().id}", follow_redirects=True)
    for words in ("Bravo.", "Bravo.", OTHER):
        assert writer.submit(page, "#comment-form", body=words).status_code == 303
    assert list(db.session.scalars(select(Comment.body).order_by(Comment.id))) == ["Bravo.", OTHER]


def test_the_same_form_with_other_words_is_another_note(make: Any, sign_in: Any, author: User) -> None:
    make.facilitator(author, HERE)
    idea, team = make.idea(community=HERE), sign_in(author)
    page = team.get(f"/ideas/{idea.id}", follow_redirects=True)
    for words in ("À relire.", "À relire.", OTHER):
        assert team.submit(page, "form[action$=notes]", note=words).status_code == 303
    assert list(db.session.scalars(select(Note.body).order_by(Note.id))) == ["À relire.", OTHER]


def test_a_remark_on_an_answer_whose_idea_went_out_of_the_way_comes_back(
    make: Any, sign_in: Any, author: User, writer: Browser
) -> None:
    colleague, idea = make.user(), make.idea(community=HERE)
    for user in (author, colleague):
        make.facilitator(user, HERE)
    address = f"/ideas/{idea.id}/status"
    writer.submit(address, "#answer-form", button="ask", status="under_review", reason="La rencontre l'étudie.")
    reader = sign_in(colleague)
    page = reader.get(address)
    make.at(idea, hidden_at=clock.now(), hidden_reason="Hors sujet.")
    answer = reader.submit(page, "#answer-form", button="return", remark=OTHER)
    assert answer.status_code == 409 and OTHER in answer.words.replace("’", "'")

"""What of a change makes it wait: a link, a new tag, other words, small steps, a trap, too many of them."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import Idea, Revision
from tests.moderation.first_posts.held_revisions.holding import BODY, HERE, LINK, SPAM, Text, decide, find_change
from tests.support.browser import Browser
from tests.support.rows import count


def test_a_small_change_appears_at_once_and_so_does_any_of_somebody_who_is_trusted(
    make: Any, text: Text, writer: Browser, visitor: Browser, newcomer: User
) -> None:
    small = text.current().replace("cour", "grande cour").replace("jardin", "grand jardin")
    assert "attend" not in text.send(writer, small).soup.select_one(".notice").get_text() and text.current() == small
    make.at(newcomer, trusted_at=newcomer.created_at)
    text.send(writer, f"{SPAM} https://pilules.org")
    assert "pilules" in text.current() and "pilules" in text.read(visitor) and find_change().state == "closed"


def test_small_steps_that_would_make_another_text_wait_in_the_end(text: Text, writer: Browser) -> None:
    words = text.current().split()
    for n in range(len(words)):
        text.send(writer, " ".join(["pilule"] * (n + 1) + words[n + 1 :]))
        if find_change().state == "open":
            break
    assert find_change().state == "open" and text.current().split().count("pilule") <= len(words) / 2


@pytest.mark.parametrize(
    ("fields", "signs"),
    [
        ({"title": "Des pilules pour toutes les bourses"}, "plus de la moitié des mots"),
        ({"body": LINK}, "1 lien"),
        ({"body": f"{BODY} pilules.org"}, "1 lien"),
        ({"tags": "Pilules, Vélo"}, "2 étiquettes nouvelles"),
        ({"summary": "Voir pilules.org"}, "1 lien"),
    ],
)
def test_every_text_of_an_idea_is_weighed(
    writer: Browser, team: Browser, visitor: Browser, idea: Idea, fields: dict[str, str], signs: str
) -> None:
    body = {"body": BODY.replace("kiosques", "kiosques, tous,")} if "summary" in fields else {}
    writer.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", **fields | body)
    assert find_change().state == "open" and signs in team.get("/moderation?queue=changes").words
    pages = (f"/ideas/{idea.id}-{idea.slug}", f"/ideas/{idea.id}/revisions", "/ideas", "/", "/journal")
    assert not any("ilules" in visitor.get(page).get_data(as_text=True) for page in pages)
    assert idea.title not in visitor.get("/ideas?q=pilules").words and visitor.get("/tags/pilules").status_code == 404
    decide(team, "admission")
    db.session.rollback()
    found = db.session.get_one(Idea, idea.id)
    assert "ilules" in visitor.get(f"/ideas/{idea.id}-{found.slug}").words + visitor.get(pages[1]).words
    assert db.session.scalars(select(Revision.number).order_by(Revision.number)).all() == (
        [1, 2] if "tags" not in fields else [1]
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Pilules Santé"},
        {"about": "Voir pilules.org"},
        {"organisation": "Pilules et compagnie", "shows_organisation": "y"},
    ],
)
def test_every_word_of_a_profile_is_weighed_and_what_is_shown_no_more_is_hidden_at_once(
    make: Any, writer: Browser, team: Browser, visitor: Browser, idea: Idea, newcomer: User, fields: dict[str, Any]
) -> None:
    make.at(newcomer, shows_activity=True)
    page = writer.get("/account/profile")
    writer.submit(page, "main form.form", **fields | {"shows_activity": None})
    assert find_change().words == {name: value for name, value in fields.items() if value != "y"}
    assert not db.session.get_one(User, newcomer.id).shows_activity
    assert (
        "ilules"
        not in visitor.get(f"/members/{newcomer.id}").words + visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    )
    assert "Nina Nouvelle" in writer.get("/account").words and "ilules" in writer.get("/account/profile").get_data(
        as_text=True
    )
    decide(team, "admission")
    assert "ilules" in visitor.get(f"/members/{newcomer.id}").words


def test_a_name_that_waits_hides_no_small_steps_of_the_presentation(writer: Browser, newcomer: User) -> None:
    writer.submit("/account/profile", "main form.form", name="Pilules Santé")
    for about in ("Je cultive un pilules.", "Je cultive des pilules.", "J'offre des pilules."):
        writer.submit("/account/profile", "main form.form", about=about)
    assert find_change().words == {"name": "Pilules Santé", "about": "J'offre des pilules."}
    assert (newcomer.name, newcomer.about) == ("Nina Nouvelle", "Je cultive des pilules.")


def test_an_own_text_that_is_not_shown_waits_for_nobody_until_it_is(make: Any, writer: Browser, newcomer: User) -> None:
    make.at(newcomer, shows_about=False)
    writer.submit("/account/profile", "main form.form", about=SPAM)
    db.session.rollback()
    assert db.session.get_one(User, newcomer.id).about == SPAM and not db.session.scalars(select(HeldRevision)).all()
    writer.submit("/account/profile", "main form.form", shows_about="y")
    assert find_change().words == {"about": SPAM} and not db.session.get_one(User, newcomer.id).shows_about


@pytest.mark.one_engine
def test_twenty_changes_in_a_row_leave_fifteen_hold_none_and_lose_no_word(make: Any, sign_in: Any) -> None:
    user = make.user()
    idea, browser = make.idea(user, HERE, body=BODY), sign_in(user)
    answers = [
        browser.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", body=f"{BODY} {n}")
        for n in range(20)
    ]
    assert [answer.status_code for answer in answers] == [303] * 15 + [429] * 5
    last = answers[-1]
    assert "modifié beaucoup de textes" in last.words and last.soup.select_one(
        "textarea[name=body]"
    ).get_text().strip().endswith(" 19")
    db.session.rollback()
    assert len(db.session.scalars(select(Revision)).all()) == 16
    assert count(HeldRevision) == 0
    for field, form in (("about", "/account/profile"), ("body", f"/comments/{make.comment(idea, user).id}/edit")):
        answer = browser.submit(
            form, "main form.form", **{field: BODY} | ({"shows_about": "y"} if field == "about" else {})
        )
        assert answer.status_code == 429 and BODY in answer.soup.select_one(f"textarea[name={field}]").get_text()


def test_a_trap_makes_the_change_of_somebody_trusted_wait_too(
    make: Any, text: Text, writer: Browser, newcomer: User
) -> None:
    make.at(newcomer, trusted_at=newcomer.created_at)
    before = text.current()
    writer.submit(
        text.form,
        "main form.form",
        button="publish" if text.noun == "idea" else None,
        website="https://pilules.org",
        **{text.field: f"{before} Et un mot."},
    )
    assert find_change().suspect == "trap" and text.current() == before


def test_what_no_team_reads_has_no_link_of_a_newcomer(writer: Browser, idea: Idea, visitor: Browser) -> None:
    form = f"/ideas/{idea.id}/withdrawal"
    answer = writer.submit(form, "main form.form", reason="Voir plutôt pilules.org, merci.")
    assert answer.status_code == 422 and "ni lien" in answer.soup.select_one(".error-summary").get_text()
    assert (
        "pilules.org" in answer.soup.select_one("textarea").get_text()
        and "pilules" not in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    )
    answer = writer.submit(
        f"/ideas/{idea.id}/edit", "main form.form", button="publish", body=f"{BODY} Oui.", summary="a.org b.org c.org"
    )
    assert answer.status_code == 422 and answer.soup.select_one("#summary[aria-invalid=true]")
    assert writer.submit(form, "main form.form", reason="Nous avons changé d'avis.").status_code == 303

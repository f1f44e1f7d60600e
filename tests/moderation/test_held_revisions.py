"""A new account changes a text that is public: what is doubtful waits for the team, and what is published stays."""
from typing import Any

import pytest
from sqlalchemy import delete, select

from app.accounts.models import HeldRevision, User
from app.accounts.service import purge
from app.comments.models import Comment
from app.communities.models import Membership
from app.core.db import db
from app.ideas.models import Idea, Revision
from app.moderation.models.journal import Entry
from app.moderation.models.measures import Measure
from app.operations import recount
from tests.support.browser import Browser
from tests.support.make import PASSWORD

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
BODY = "Le marché du samedi manque de place, et nous pourrions ouvrir la cour de l'école aux kiosques du voisinage."
SPAM, WHY = "Achetez mes pilules, elles sont bonnes et elles guérissent de tout, même de la pluie.", "C'est une annonce."
LINK = f"{BODY} Voir https://pilules.org"


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
    assert "être lue" in author.get("/ideas/drafts").words
    assert "pilules" in author.get(page_of(held())).words and SPAM in author.get(text.form).soup.select_one(f"[name={text.field}]").get_text()
    assert "pilules" not in text.read(visitor) and "pilules" not in text.read(team)
    page = team.get("/moderation?queue=changes")
    assert any("pilules" in one.get_text() for one in page.soup.select("ins")) and "Nina Nouvelle" in page.words
    assert decided(team, "admission").status_code == 303
    assert text.said() == SPAM and "pilules" in text.read(visitor)
    assert held().state == "closed" and held().words == {}
    assert db.session.get_one(User, newcomer.id).admitted_count == 1 and recount.differences() == []
    assert db.session.scalars(select(Measure.kind)).all() == ["publish_change"]
    assert db.session.scalars(select(Entry.kind)).all() == ["publish_change"]
    told = author.get("/notifications")
    assert "La modification de votre texte est publiée" in told.words and told.soup.select_one(f'.notices a[href^="{text.page}"]')
    assert "Aucune modification" in team.get("/moderation?queue=changes").words


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


def at(text: Text) -> dict[str, int]:
    return {f"{text.noun}_id": text.id}


def test_a_small_change_appears_at_once_and_so_does_any_of_somebody_who_is_trusted(
        make: Any, text: Text, author: Browser, visitor: Browser, newcomer: User) -> None:
    small = text.said().replace("cour", "grande cour").replace("jardin", "grand jardin")
    assert "attend" not in text.sent(author, small).soup.select_one(".notice").get_text() and text.said() == small
    make.at(newcomer, trusted_at=newcomer.created_at)
    text.sent(author, f"{SPAM} https://pilules.org")
    assert "pilules" in text.said() and "pilules" in text.read(visitor) and held().state == "closed"


def test_small_steps_that_would_make_another_text_wait_in_the_end(text: Text, author: Browser) -> None:
    said = text.said().split()
    for n in range(len(said)):
        text.sent(author, " ".join(["pilule"] * (n + 1) + said[n + 1:]))
        if held().state == "open":
            break
    assert held().state == "open" and text.said().split().count("pilule") <= len(said) / 2


@pytest.mark.parametrize(("fields", "signs"), [
    ({"title": "Des pilules pour toutes les bourses"}, "plus de la moitié des mots"), ({"body": LINK}, "1 lien"),
    ({"body": f"{BODY} pilules.org"}, "1 lien"), ({"tags": "Pilules, Vélo"}, "2 étiquettes nouvelles"),
    ({"summary": "Voir pilules.org"}, "1 lien")])
def test_every_text_of_an_idea_is_weighed(
        author: Browser, team: Browser, visitor: Browser, idea: Idea, fields: dict[str, str], signs: str) -> None:
    body = {"body": BODY.replace("kiosques", "kiosques, tous,")} if "summary" in fields else {}
    author.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", **fields | body)
    assert held().state == "open" and signs in team.get("/moderation?queue=changes").words
    pages = (f"/ideas/{idea.id}-{idea.slug}", f"/ideas/{idea.id}/revisions", "/ideas", "/", "/journal")
    assert not any("ilules" in visitor.get(page).get_data(as_text=True) for page in pages)
    assert idea.title not in visitor.get("/ideas?q=pilules").words and visitor.get("/tags/pilules").status_code == 404
    decided(team, "admission")
    db.session.rollback()
    found = db.session.get_one(Idea, idea.id)
    assert "ilules" in visitor.get(f"/ideas/{idea.id}-{found.slug}").words + visitor.get(pages[1]).words
    assert db.session.scalars(select(Revision.number)).all() == ([1, 2] if "tags" not in fields else [1])


@pytest.mark.parametrize("fields", [{"name": "Pilules Santé"}, {"about": "Voir pilules.org"}, {"organisation": "Pilules et compagnie",
                                                                                               "shows_organisation": "y"}])
def test_every_word_of_a_profile_is_weighed_and_what_is_shown_no_more_is_hidden_at_once(
        make: Any, author: Browser, team: Browser, visitor: Browser, idea: Idea, newcomer: User, fields: dict[str, Any]) -> None:
    make.at(newcomer, shows_activity=True)
    page = author.get("/account/profile")
    author.submit(page, "main form.form", **fields | {"shows_activity": None})
    assert held().words == {name: value for name, value in fields.items() if value != "y"}
    assert not db.session.get_one(User, newcomer.id).shows_activity
    assert "ilules" not in visitor.get(f"/members/{newcomer.id}").words + visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    assert "Nina Nouvelle" in author.get("/account").words and "ilules" in author.get("/account/profile").get_data(as_text=True)
    decided(team, "admission")
    assert "ilules" in visitor.get(f"/members/{newcomer.id}").words


def test_a_name_that_waits_hides_no_small_steps_of_the_presentation(author: Browser, newcomer: User) -> None:
    author.submit("/account/profile", "main form.form", name="Pilules Santé")
    for about in ("Je cultive un pilules.", "Je cultive des pilules.", "J'offre des pilules."):
        author.submit("/account/profile", "main form.form", about=about)
    assert held().words == {"name": "Pilules Santé", "about": "J'offre des pilules."}
    assert (newcomer.name, newcomer.about) == ("Nina Nouvelle", "Je cultive des pilules.")


def test_an_own_text_that_is_not_shown_waits_for_nobody_until_it_is(make: Any, author: Browser, newcomer: User) -> None:
    make.at(newcomer, shows_about=False)
    author.submit("/account/profile", "main form.form", about=SPAM)
    db.session.rollback()
    assert db.session.get_one(User, newcomer.id).about == SPAM and not db.session.scalars(select(HeldRevision)).all()
    author.submit("/account/profile", "main form.form", shows_about="y")
    assert held().words == {"about": SPAM} and not db.session.get_one(User, newcomer.id).shows_about


def test_another_change_takes_the_place_of_the_one_that_waits_and_what_was_read_is_no_more_published(
        text: Text, author: Browser, team: Browser) -> None:
    before = text.said()
    text.sent(author, SPAM)
    page, first = team.get("/moderation?queue=changes"), held().version
    text.sent(author, SPAM)
    assert held().version == first
    text.sent(author, f"{SPAM} Et mes onguents.")
    answer = team.submit(page, f'form[action="{page_of(held())}/admission"]')
    assert answer.status_code == 409 and "a changé pendant que vous le lisiez" in answer.words and text.said() == before
    text.sent(author, before)
    assert held().state == "closed" and held().words == {}
    assert "Aucune modification" in team.get("/moderation?queue=changes").words


def test_a_hundred_and_fifty_changes_in_a_row_leave_thirty_and_lose_no_word(
        app: Any, make: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    user = make.user()
    idea, browser = make.idea(user, HERE, body=BODY), sign_in(user)
    answers = [browser.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", body=f"{BODY} {n}") for n in range(150)]
    assert [answer.status_code for answer in answers] == [303] * 30 + [429] * 120
    last = answers[-1]
    assert "modifié beaucoup de textes" in last.words and last.soup.select_one("textarea[name=body]").get_text().strip().endswith(" 149")
    db.session.rollback()
    assert len(db.session.scalars(select(Revision)).all()) == 16
    assert held().suspect == "burst" and held().words["body"].endswith(" 29")
    for field, form in (("about", "/account/profile"), ("body", f"/comments/{make.comment(idea, user).id}/edit")):
        answer = browser.submit(form, "main form.form", **{field: BODY} | ({"shows_about": "y"} if field == "about" else {}))
        assert answer.status_code == 429 and BODY in answer.soup.select_one(f"textarea[name={field}]").get_text()


def test_a_trap_makes_the_change_of_somebody_trusted_wait_too(make: Any, text: Text, author: Browser, newcomer: User) -> None:
    make.at(newcomer, trusted_at=newcomer.created_at)
    before = text.said()
    author.submit(text.form, "main form.form", button="publish" if text.noun == "idea" else None, website="https://pilules.org",
                  **{text.field: f"{before} Et un mot."})
    assert held().suspect == "trap" and text.said() == before


def test_what_no_team_reads_has_no_link_of_a_newcomer(author: Browser, idea: Idea, visitor: Browser) -> None:
    form = f"/ideas/{idea.id}/withdrawal"
    answer = author.submit(form, "main form.form", reason="Voir plutôt pilules.org, merci.")
    assert answer.status_code == 422 and "ni lien" in answer.soup.select_one(".error-summary").get_text()
    assert "pilules.org" in answer.soup.select_one("textarea").get_text() and "pilules" not in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    answer = author.submit(f"/ideas/{idea.id}/edit", "main form.form", button="publish", body=f"{BODY} Oui.", summary="a.org b.org c.org")
    assert answer.status_code == 422 and answer.soup.select_one("#summary[aria-invalid=true]")
    assert author.submit(form, "main form.form", reason="Nous avons changé d'avis.").status_code == 303


def test_nothing_waits_any_more_once_its_author_is_gone_or_takes_the_text_back(make: Any, text: Text, author: Browser, newcomer: User) -> None:
    text.sent(author, SPAM)
    if text.noun == "idea":
        author.submit(f"/ideas/{text.id}/withdrawal", "main form.form", reason="Nous avons changé d'avis.")
        assert (held().state, held().words) == ("closed", {})
    elif text.noun == "comment":
        author.submit(f"/comments/{text.id}/deletion", "main form.form")
        assert (held().state, held().words) == ("closed", {})
    author.submit("/account/closing", "main form.form", password=PASSWORD)
    db.session.rollback()
    assert not db.session.scalars(select(HeldRevision)).all()


def test_what_is_hidden_or_joined_to_another_waits_until_it_is_public_again(
        make: Any, author: Browser, team: Browser, idea: Idea) -> None:
    Text("idea", idea).sent(author, SPAM)
    other = make.idea(community=HERE)
    for columns in ({"hidden_at": idea.created_at, "hidden_reason": "x"}, {"merged_into": other.id}, {"status": "archived"}):
        late = team.get("/moderation?queue=changes")
        make.at(idea, **columns)
        assert "Aucune modification" in team.get("/moderation?queue=changes").words
        assert "le soit de nouveau" in team.get(page_of(held())).words
        answer = team.submit(late, f'form[action="{page_of(held())}/admission"]')
        assert answer.status_code == 409
        make.at(idea, **dict.fromkeys(columns) | ({"status": "published"} if "status" in columns else {}))
    assert "pilules" in team.get("/moderation?queue=changes").words


def test_a_change_goes_with_its_idea_to_the_team_of_another_community(make: Any, sign_in: Any, author: Browser, team: Browser, idea: Idea) -> None:
    Text("idea", idea).sent(author, SPAM)
    row, there = held(), make.user()
    make.facilitator(there, ELSEWHERE)
    browser = sign_in(there)
    assert browser.get(page_of(row)).status_code == 404
    make.at(idea, community_id=make.room(ELSEWHERE).id)
    assert "pilules" in browser.get("/moderation?queue=changes").words and team.get(page_of(row)).status_code == 404
    assert browser.submit(page_of(row), "main form.post", button="1").status_code == 303
    assert Text("idea", idea).said() == SPAM and db.session.get_one(User, row.by_id).trusted_by == there.id


def test_whoever_left_a_private_community_takes_their_change_back_and_reads_nothing_else_of_it(
        make: Any, sign_in: Any, newcomer: User, team: Browser, visitor: Browser) -> None:
    circle = make.community(slug="cercle", name="Le cercle", is_private=True)
    make.actor(newcomer, member_of=["cercle"])
    under = make.idea(community="cercle", title="Un secret du cercle")
    author, said = sign_in(newcomer), make.comment(under, newcomer, BODY)
    Text("comment", said).sent(author, SPAM)
    row = held()
    assert visitor.get(page_of(row)).headers["Location"].startswith("/login")
    assert "pilules" not in team.get("/moderation?queue=changes").words and team.get(page_of(row)).status_code == 404
    db.session.execute(delete(Membership).where(Membership.community_id == circle.id))
    db.session.commit()
    page = author.get(page_of(row))
    assert "pilules" in page.words and "secret" not in page.words + author.get("/ideas/drafts").words
    answer = author.submit(page, f'form[action="{page_of(row)}/withdrawal"]', follow=True)
    assert answer.status_code == 200 and held().words == {}
    boss = sign_in(make.user(role="coordinator"))
    assert "Aucune modification" in boss.get("/moderation?queue=changes").words


def test_what_somebody_says_of_themselves_who_posted_nowhere_is_read_by_the_coordination(
        make: Any, sign_in: Any, author: Browser, team: Browser) -> None:
    author.submit("/account/profile", "main form.form", name="Pilules Santé")
    boss = sign_in(make.user("Coco Coordo", role="coordinator"))
    assert "Aucune modification" in team.get("/moderation?queue=changes").words and team.get(page_of(held())).status_code == 404
    assert "Pilules" in boss.get("/moderation?queue=changes").words
    assert decided(boss, "refusal", reason=WHY).status_code == 303 and held().reason == WHY


def test_words_that_were_refused_are_forgotten_after_a_season(text: Text, author: Browser, team: Browser, clock: Any) -> None:
    text.sent(author, SPAM)
    decided(team, "refusal", reason=WHY)
    purge()
    assert held().words
    clock.forward(days=100)
    purge()
    assert (held().state, held().words, held().reason) == ("closed", {}, "")


def test_two_of_a_team_decide_once_and_the_words_of_the_second_stay(
        make: Any, sign_in: Any, text: Text, author: Browser, team: Browser) -> None:
    colleague = make.user()
    make.facilitator(colleague, HERE)
    text.sent(author, SPAM)
    form = f"{page_of(held())}/refusal"
    page = team.get(form)
    sign_in(colleague).submit(page_of(held()), "main form.post")
    answer = team.submit(page, "main form.form", reason=WHY)
    assert answer.status_code == 409 and WHY in answer.soup.select_one("textarea").get_text()
    assert text.said() == SPAM and len(db.session.scalars(select(Measure)).all()) == 1

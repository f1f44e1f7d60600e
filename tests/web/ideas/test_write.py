"""Writing ideas: through the real forms, with nothing typed lost."""

from copy import copy

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.ideas.models import Idea, IdeaCommunity
from tests.support.accounts import allow, enforce_limits
from tests.support.rows import count, last
from tests.support.tampering import tamper

HERE = "securite-alimentaire"
GOOD = {"title": "Des paniers à la bibliothèque", "body": "Un **panier** chaque jeudi.", "kind": "need"}


def autosave(browser, page, **fields):
    """Send the form of a page as its behaviour does between two words: no button is pressed."""
    form = copy(page.soup.select_one("main form"))
    form["action"] = form["data-autosave-url"]
    for button in form.select("button"):
        button.decompose()
    return browser.submit(page, form, **fields)


def test_the_same_form_is_not_sent_again_for_ever(app, monkeypatch, writer):
    allow(monkeypatch, again=3)
    page = writer.get("/ideas/new")
    with enforce_limits(app):
        codes = [autosave(writer, page, title=f"Un titre {n}").status_code for n in range(5)]
    assert codes == [200] * 4 + [429] and last(Idea).title == "Un titre 3"


def test_a_link_makes_nobody_lose_what_they_typed(make, writer, sign_in):
    idea = make.idea()
    for path in (f"/ideas/{idea.id}-{idea.slug}?kept=new", f"/ideas/{idea.id}-{idea.slug}?kept=1"):
        assert not writer.get(path).soup.select_one("meta[name=kept-clear]")
    page = writer.get("/ideas/new")
    answer = writer.submit(page, "main form", button="publish", **GOOD | {"community": writer.room}, follow=True)
    assert answer.soup.select_one("meta[name=kept-clear]")["content"] == page.soup.select_one("main form")["data-keep"]
    assert not writer.get(answer.request.path).soup.select_one("meta[name=kept-clear]")


def test_a_member_proposes_an_idea(writer, visitor):
    answer = writer.submit("/ideas/new", "main form", **GOOD, community=writer.room, tags="paniers, bibliothèque")
    idea = last(Idea)
    assert answer.status_code == 303 and answer.location.startswith(f"/ideas/{idea.id}-des-paniers")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert page.soup.select_one(".prose strong").get_text() == "panier"
    assert [a.get_text(strip=True) for a in page.soup.select("ul.tags a")] == ["bibliothèque", "paniers"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "obligatoire"),
        ("title", "Court", "10 à 140"),
        ("title", "x" * 141, "10 à 140"),
        ("title", "\u200b" * 20, "obligatoire"),
        ("body", "", "obligatoire"),
        ("body", "x" * 20_001, "20000"),
        ("community", "0", "obligatoire"),
        ("tags", "a", "2 à 60"),
        ("tags", "a" * 61, "2 à 60"),
        ("tags", ",".join(f"mot {n}" for n in range(9)), "Huit"),
    ],
)
def test_a_refused_idea_says_why_beside_the_field_and_keeps_what_was_typed(writer, field, value, says):
    fields = {**GOOD, "community": writer.room, "tags": "gardé"} | {field: value}
    page = writer.submit("/ideas/new", "main form", **fields)
    assert page.status_code == 422 and count(Idea) == 0
    summary = page.soup.select_one(".error-summary")
    assert summary.has_attr("data-autofocus") and summary.select_one(f'a[href="#{field}"]')
    assert says in page.soup.select_one(f"#{field}-error").get_text().replace("\xa0", "")
    text = (
        page.soup.select_one("textarea[name=body]").get_text()
        if field != "body"
        else page.soup.select_one("#title")["value"]
    )
    assert text.strip() in (GOOD["body"], GOOD["title"])


@pytest.mark.parametrize(
    "data",
    [{"title": ["Un titre répété ici", "Un autre titre ici"]}, {"community": ["1", "2"]}, {"kind": ["need", "idea"]}],
)
def test_a_field_given_twice_is_a_400(writer, data):
    assert tamper(writer, "/ideas/new", "main form", **{**GOOD, "community": writer.room} | data).status_code == 400


@pytest.mark.parametrize(
    "data",
    [
        {"community": "999999"},
        {"community": "-1"},
        {"community": "1e3"},
        {"communities": ["999999"]},
        {"issues": ["x"]},
        {"territories": ["99999999999999999999"]},
        {"kind": "thing"},
        {"lang": "de"},
        {"community": "１"},
    ],
)
def test_a_choice_that_was_not_offered_is_refused(writer, data):
    assert tamper(writer, "/ideas/new", "main form", **{**GOOD, "community": writer.room} | data).status_code == 422
    assert count(Idea) == 0


def test_a_draft_is_kept_unfinished_and_seen_by_its_author_alone(writer, visitor):
    answer = writer.submit("/ideas/new", "main form", button="save", title="À finir", body="", community="0")
    idea = last(Idea)
    assert answer.location == f"/ideas/{idea.id}/edit" and idea.is_draft
    assert "À finir" in writer.get("/account/contributions").words
    assert visitor.get(f"/ideas/{idea.id}").status_code == 404
    assert "À finir" not in visitor.get("/ideas").words


def test_autosave_makes_one_draft_then_publication_makes_it_public(writer):
    page = writer.get("/ideas/new")
    first, _again = (autosave(writer, page, title=title) for title in ("Titre en", "Titre en cours"))
    form = page.soup.select_one("main form")
    form["data-autosave-url"], form["action"] = first.json["url"], first.json["edit_url"]
    autosave(writer, page, title="Titre en cours d'écriture")
    assert count(Idea) == 1 and last(Idea).title == "Titre en cours d'écriture"
    answer = writer.submit(page, form, button="publish", **GOOD, community=writer.room)
    assert answer.status_code == 303 and last(Idea).status == "published" and count(Idea) == 1


@pytest.mark.parametrize(
    ("community", "code"),
    [
        ("999999999", 422),
        ("99999999999999999999", 200),
        ("9" * 5000, 200),
        ("-1", 200),
        ("x", 200),
        ("0", 200),
        ("", 200),
    ],
)
def test_autosave_refuses_a_community_that_was_not_offered_and_reads_what_is_none_as_none(writer, community, code):
    url = autosave(writer, writer.get("/ideas/new"), **GOOD, community=writer.room).json["url"]
    fields = {**GOOD, "community": community, "lang": "fr", "title": "Un autre titre"}
    assert (
        writer.forge(url, data=fields).status_code == writer.forge("/ideas/autosave", data=fields).status_code == code
    )
    assert (last(Idea).title, last(Idea).community_id) == (
        ("Un autre titre", None) if code == 200 else (GOOD["title"], int(writer.room))
    )


def test_autosave_does_not_put_a_draft_in_a_private_community_of_others(writer, make):
    room = make.community(is_private=True)
    fields = {**GOOD, "community": room.id, "lang": "fr"}
    assert writer.forge("/ideas/autosave", data=fields).status_code == 422
    assert tamper(writer, "/ideas/new", "main form", button="save", **fields).status_code == 422 and count(Idea) == 0


@pytest.mark.parametrize(
    ("path", "axis"), [("/ideas/new", "community"), ("/ideas/new", "communities"), ("/ideas/{}/edit", "communities")]
)
def test_nobody_publishes_where_they_are_blocked(make, sign_in, path, axis):
    author, blocked_room = make.user(), make.room("transport-collectif")
    make.restriction(author, "transport-collectif", kind="block")
    idea = make.idea(author=author)
    lead = {} if "edit" in path else {"community": str(make.room(HERE).id)}
    answer = sign_in(author).submit(
        path.format(idea.id), "main form", button="publish", **GOOD | lead | {axis: str(blocked_room.id)}
    )
    assert answer.status_code == 403 and GOOD["body"] in answer.text
    assert count(Idea) == 1 and last(Idea).title != GOOD["title"] and count(IdeaCommunity) == 0


def test_what_is_archived_is_chosen_no_more_but_stays_where_it_was(make, sign_in, writer, author):
    room = make.community(archived_at=clock.now())
    archived_idea, other = make.idea(author=author, community=room.slug), make.idea(author=author)
    browser, there = sign_in(author), str(room.id)
    assert tamper(browser, f"/ideas/{other.id}/edit", "main form", **GOOD, communities=there).status_code == 422
    assert tamper(writer, "/ideas/new", "main form", **GOOD, community=there).status_code == 422
    assert writer.forge("/ideas/autosave", {**GOOD, "community": there, "lang": "fr"}).status_code == 422
    assert browser.submit(f"/ideas/{archived_idea.id}/edit", "main form", button="publish", **GOOD).status_code == 303
    assert {idea.community_id for idea in db.session.scalars(select(Idea).where(Idea.title == GOOD["title"]))} == {
        room.id
    }


def test_autosave_leaves_a_published_idea_alone(writer, make, sign_in, author):
    idea = make.idea(author=author, title="Un titre déjà public")
    sign_in(author).forge(f"/ideas/{idea.id}/autosave", data={**GOOD, "community": writer.room, "lang": "fr"})
    assert last(Idea).title == "Un titre déjà public"


def test_thirty_drafts_begin_within_an_hour_and_what_was_typed_of_one_more_stays(app, writer, monkeypatch):
    allow(monkeypatch, draft=2)
    pages = [writer.get("/ideas/new") for _n in range(4)]
    fields = {**GOOD, "community": writer.room}
    with enforce_limits(app):
        first = autosave(writer, pages[0], **fields | {"title": "Un premier brouillon"}).json
        assert writer.submit(pages[1], "main form", button="save", **fields | {"title": "Un second"}).status_code == 303
        refusal = autosave(writer, pages[2], **fields | {"title": "Un de trop"})
        assert refusal.status_code == 429 and "Réessayez" in refusal.json["error"]
        assert 0 < int(refusal.headers["Retry-After"]) <= 3600
        page = writer.submit(pages[2], "main form", button="save", **fields | {"title": "Un de trop"})
        assert page.status_code == 429 and page.soup.select_one("#title")["value"] == "Un de trop"
        assert "beaucoup de brouillons" in page.soup.select_one(".error-summary").get_text()
        pages[0].soup.select_one("main form")["data-autosave-url"] = first["url"]
        assert autosave(writer, pages[0], **fields | {"title": "Un premier, repris"}).status_code == 200
        assert writer.submit(pages[3], "main form", button="publish", **fields).status_code == 303
    assert count(Idea) == 3


def test_a_finished_draft_is_published_in_one_gesture_and_an_unfinished_one_opens(make, sign_in, author):
    finished_draft = make.idea(author=author, status="draft", title="Un brouillon tout prêt")
    short_draft = make.idea(author=author, status="draft", title="Court")
    browser = sign_in(author)
    assert (
        browser.submit(f"/ideas/{finished_draft.id}-{finished_draft.slug}", "form[action$='/publication']").status_code
        == 303
    )
    page = browser.submit(f"/ideas/{short_draft.id}-{short_draft.slug}", "form[action$='/publication']")
    assert page.status_code == 422 and page.soup.select_one("#title")["value"] == "Court"


def test_a_draft_is_discarded_after_a_page_that_says_so(make, sign_in, author):
    idea = make.idea(author=author, status="draft", title="À jeter sans regret")
    browser = sign_in(author)
    browser.submit(f"/ideas/{idea.id}/discard", "main form")
    assert count(Idea) == 0


def test_an_author_withdraws_with_a_reason_that_everybody_reads(make, sign_in, visitor, author):
    idea = make.idea(author=author)
    browser = sign_in(author)
    assert browser.submit(f"/ideas/{idea.id}/withdrawal", "main form", reason="").status_code == 422
    assert (
        browser.submit(f"/ideas/{idea.id}/withdrawal", "main form", reason="Déjà fait par la Ville.").status_code == 303
    )
    assert "Déjà fait par la Ville." in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words


def test_an_expired_session_gives_back_what_was_typed(writer, visitor):
    page = writer.get("/ideas/new")
    writer.delete_cookie("session")
    answer = writer.submit(page, "main form", **GOOD, community=writer.room)
    assert answer.status_code == 401 and GOOD["body"] in [pre.get_text() for pre in answer.soup.select("pre")]
    assert "Connectez-vous ici" in answer.words and "Mot de passe oublié" in answer.words and count(Idea) == 0


def test_a_form_from_another_site_is_refused_without_showing_anything(writer):
    answer = writer.forge(
        "/ideas/new",
        data={**GOOD, "csrf_token": "faux"},
        headers={"Origin": "https://ailleurs.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400 and GOOD["title"] not in answer.words


def test_whoever_began_an_idea_is_offered_it_first(writer, make):
    assert "Vous aviez commencé" not in writer.get("/ideas/new").words
    url = autosave(writer, writer.get("/ideas/new"), title="Un titre en cours", community=writer.room).json["edit_url"]
    page = writer.get(f"/ideas/new?community={HERE}")
    panel = page.soup.select_one("section:has(#begun-title)")
    assert "Un titre en cours" in panel.get_text() and panel.find_next("form")["action"] == "/ideas/new"
    resume, other = (link["href"] for link in panel.select("a"))
    assert resume == url and writer.get(resume).soup.select_one("[name=title]")["value"] == "Un titre en cours"
    page = writer.get(other)
    assert "Vous aviez commencé" not in page.words and page.soup.select_one("[name=title]")["value"] == ""
    assert page.soup.select_one("[name=community] option[selected]")["value"] == writer.room, (
        "the community that was asked for goes along"
    )


def test_the_draft_that_is_offered_is_the_last_one_written_and_one_s_own(writer, make, author):
    make.idea(author, HERE, "draft", title="Le brouillon d'une autre")
    first, second = (
        autosave(writer, writer.get("/ideas/new"), **fields).json
        for fields in ({"title": "Le premier"}, {"title": "", "body": "Sans titre encore, quelques mots."})
    )
    assert "Sans titre encore, quelques mots." in writer.get("/ideas/new").soup.select_one("#begun-title").get_text()
    page = writer.get(first["edit_url"])
    writer.submit(page, "main form.form", button="save", title="Le premier, repris")
    assert "Le premier, repris" in writer.get("/ideas/new").soup.select_one("#begun-title").get_text()
    for draft in (first, second):
        writer.submit(draft["edit_url"].replace("edit", "discard"), "main form")
    assert not writer.get("/ideas/new").soup.select("#begun-title")

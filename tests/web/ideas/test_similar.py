"""What is near an idea: while its title is typed, on its preview, on its page."""

import pytest

from app.core import clock
from app.ideas.models import Relation
from tests.support.make import idea_page
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

TITLE = "Un frigo communautaire près de l'école"


@pytest.fixture
def paule(make):
    return make.user("Paule")


@pytest.fixture
def published(make, paule):
    return make.idea(
        paule, HERE, "under_review", title="Des frigos communautaires près des écoles", territories=["70052"]
    )


def links(page):
    return [link["href"] for link in page.soup.select(".nearby li > a")]


def test_a_title_that_is_typed_is_answered_with_what_is_similar_its_step_and_its_community(published, writer):
    form = writer.get("/ideas/new")
    place = form.soup.select_one("[data-near]")
    assert (
        place["hx-post"] == "/ideas/near"
        and place["hx-sync"] == "this:replace"
        and "delay:500ms" in place["hx-trigger"]
    )
    answer = writer.forge(
        place["hx-post"], data={"title": TITLE, "body": "x", "community": writer.room, "territories": "1"}
    )
    assert answer.soup.select_one("[data-announce]").get_text() == "1 idée proche" and links(answer) == [
        idea_page(published)
    ]
    link = answer.soup.select_one(".nearby li > a")
    assert (link["target"], link["rel"]) == ("_blank", ["noopener"]) and "nouvel onglet" in link.get_text()
    assert [fact.get_text() for fact in answer.soup.select(".nearby .facts > span")] == [
        "Idée",
        "À l’étude",
        "Sécurité alimentaire",
    ]
    assert (
        writer.forge("/ideas/near?lang=en", data={"title": TITLE}).soup.select_one("[data-announce]").get_text()
        == "1 idea close to yours"
    )


def test_what_does_it_already_is_shown_with_what_it_lacks_while_one_types_and_on_the_preview(make, writer):
    plans = MakePlan(make)
    action = plans.action("Une tournée d'épicerie dans les rangs", code="1.1.1", budget=7_500)
    plans.say(action, state="underway", blocker="Pas de local")
    update = make.update(community=HERE, title="L'épicerie des rangs roule")
    typed = {"title": "Une épicerie mobile dans les rangs"}
    preview = writer.submit(
        "/ideas/new", "main form", **typed, body="Un camion.", kind="need", community=writer.room, button="preview"
    )
    for page in (writer.forge("/ideas/near", data=typed), preview):
        assert set(links(page)) == {f"/plan/actions/{action.id}", f"/communities/{HERE}/updates/{update.id}"}
        words = " ".join(page.soup.select_one(".nearby").get_text().split()).replace("\xa0", " ")
        for told in ("2 textes proches", "Action 1.1.1 du plan", "En cours", "il lui manque 7 500 $", "Travaux"):
            assert told in words, told
        assert "Ce qui bloque : Pas de local" in words and "offrir ce qui lui manque" in words
    english = writer.forge("/ideas/near?lang=en", data=typed).soup.select_one(".nearby")
    titles = {f"{one.title} (new tab)" for one in (action, update)}
    assert "it lacks $7,500" in english.get_text()
    assert {one.get_text() for one in english.select('[lang="fr"]')} == {*titles, "Pas de local"}


def test_the_same_title_is_shown_however_short_it_is(make, writer):
    twin = make.idea(community=HERE, title="Fiscalité")
    make.idea(community=HERE, title="Fiscalité verte")
    assert links(writer.forge("/ideas/near", data={"title": "La fiscalité"})) == [idea_page(twin)]


@pytest.mark.parametrize("title", ["Frigo", "Un frigo à la", "Une patinoire réfrigérée", "'; DROP \" NEAR( *"])
def test_a_short_title_and_one_that_nothing_is_similar_to_are_answered_with_nothing(published, writer, title):
    answer = writer.forge("/ideas/near", data={"title": title, "community": "x", "territories": "x"})
    assert answer.status_code == 200 and answer.text.strip() == ""


@pytest.mark.parametrize("title", ["", " \u200b\u2060", "\u0301" * 12, "x" * 2000])
def test_a_title_that_no_idea_may_have_is_refused(published, writer, title):
    answer = writer.forge("/ideas/near", data={"title": title})
    assert answer.status_code == 422 and answer.text.strip() == ""


def test_who_changes_an_idea_is_not_shown_it(published, paule, sign_in):
    author = sign_in(paule)
    place = author.get(f"/ideas/{published.id}/edit").soup.select_one("[data-near]")
    assert author.forge(place["hx-post"], data={"title": TITLE}).text.strip() == ""


def test_the_preview_shows_the_same_without_a_script(published, paule, writer, sign_in):
    page = writer.submit(
        "/ideas/new", "main form", title=TITLE, body="Un frigo.", kind="need", community=writer.room, button="preview"
    )
    assert [link["href"] for link in page.soup.select(".preview .nearby li > a")] == [idea_page(published)]
    author = sign_in(paule)
    page = author.submit(f"/ideas/{published.id}/edit", "main form", button="preview")
    assert page.soup.select(".preview") and not links(page)


def test_the_page_of_an_idea_leads_to_what_is_similar_and_does_not_say_it_twice(make, published, visitor, sign_in):
    idea = make.idea(community=HERE, title=TITLE)
    page = visitor.get(idea_page(idea))
    address = page.soup.select_one("[hx-trigger=revealed]")["hx-get"]
    assert page.soup.select_one(f"a[href='{address}']").get_text() == "Voir les textes proches"
    fragment = visitor.get(address, htmx=True)
    assert links(fragment) == [idea_page(published)] == links(visitor.get(address)) and not fragment.soup.select(
        "h1, [target]"
    )
    make.add(Relation(idea_id=idea.id, other_id=published.id, kind="related", by_id=published.author_id))
    assert links(visitor.get(address)) == [] and "Rien qui y ressemble" in visitor.get(address).words
    make.at(idea, hidden_at=clock.now(), hidden_reason="x")
    assert visitor.get(address).status_code == 404
    team = sign_in(make.user(role="coordinator"))
    assert links(team.get(address)) == [] and not team.get(idea_page(idea)).soup.select("[hx-trigger=revealed]")

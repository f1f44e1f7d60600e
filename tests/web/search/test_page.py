"""The page of search: one box, filters, an order, excerpts, and advice where nothing is found."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core import clock
from app.core.db import db
from app.reference import service as reference
from app.reference.models import Tag
from app.search.query import retrieval
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.queries import costs_alike

HERE = "securite-alimentaire"


def titles(page: Any) -> list[str]:
    return [" ".join(heading.get_text().split()) for heading in page.soup.select(".find h3")]


def test_the_box_of_the_header_leads_to_it_and_it_says_how_to_search(visitor: Browser) -> None:
    assert visitor.get("/").soup.select_one('.header a[href="/search#q"]')
    page = visitor.get("/search")
    assert "Entre guillemets" in page.words and not titles(page)
    page = visitor.submit(page, "form.search", q="-parc")
    assert "Il faut au moins un mot à trouver." in page.words


def test_each_kind_is_found_by_its_words_and_leads_to_its_page(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Un potager <b>près</b> de l’école", body="Des **topinambours** pour tous.", lang="en")
    make.comment(idea, body="J’apporte mes topinambours.")
    make.update(community=HERE, title="La récolte", body="Deux cents topinambours.")
    plan = MakePlan(make)
    plan.say(plan.action("Un jardin"), "Le topinambour est planté.")
    make.community(name="Cercle du topinambour")
    make.user("Tom Topinambour", shows_in_search=True, shows_about=True, about="J’en mange.")
    page = visitor.get("/search?q=topinambour")
    assert sorted(titles(page)) == sorted(
        [idea.title, idea.title, "La récolte", "Un jardin", "Cercle du topinambour", "Tom Topinambour"]
    )
    assert {mark.get_text() for mark in page.soup.select(".find mark")} == {
        "topinambours",
        "topinambour",
        "Topinambour",
    }
    assert page.soup.select_one("h2[data-announce]").get_text(strip=True) == "6 résultats"
    for link in page.soup.select(".find h3 a"):
        answer = visitor.get(link["href"], follow_redirects=True)
        assert answer.status_code == 200 and "opinambour" in answer.get_data(as_text=True)
        place = link["href"].partition("#")[2]
        assert place == ("bulletins" if link.get_text() == "Un jardin" else ""), "the news of an action says it"
        assert not place or "topinambour" in answer.soup.select_one(f"#{place}").get_text()
    assert page.soup.select_one('.find h3[lang="en"]')


def test_an_english_reader_sees_the_english_name_of_a_community_and_which_words_are_french(
    make: Make, visitor: Browser
) -> None:
    make.idea(title="Un potager", body="Des semences.", community=HERE)
    make.community(name="Cercle du potager", description="Du **potager** à la table.", name_en="The garden circle")
    MakePlan(make).action("Ouvrir un potager")
    page = visitor.get("/search?q=potager&lang=en")
    found = {" ".join(heading.get_text().split()): heading for heading in page.soup.select(".find h3")}
    assert {name: heading.get("lang") for name, heading in found.items()} == {
        "Un potager": "fr",
        "Ouvrir un potager": "fr",
        "The garden circle": None,
        # Its text says « jardins », which comes close.
        "Food security": None,
    }
    text = found["The garden circle"].find_next("p")
    assert text["lang"] == "fr" and text.get_text() == "Du potager à la table."
    assert "Food security" in page.words and "Sécurité alimentaire" not in page.soup.select_one("#results").get_text()
    assert not visitor.get("/search?q=potager").soup.select(".find [lang]")


@pytest.mark.both_engines
def test_filters_an_order_and_a_next_page(make: Make, visitor: Browser) -> None:
    old = make.idea(title="Un sentier", community=HERE, published_at=clock.ago(days=9))
    new = make.idea(title="Autre chose", body="Un sentier.", community="transport-collectif")
    for n in range(22):
        make.comment(new, body=f"Le sentier numéro {n}.")
    page = visitor.get("/search?q=sentiers")
    assert titles(page)[0] == old.title and len(titles(page)) == 20
    follow = visitor.get(page.soup.select_one(".pages .next")["href"])
    assert len(titles(follow)) == 4 and "Revenir au début" in follow.words
    assert titles(visitor.get("/search?q=sentiers&sort=recent"))[-1] != old.title
    page = visitor.submit(page, ".filters form", kind=["idea"])
    assert titles(page) == [old.title, new.title] and "Idées" in page.soup.select_one(".chips").get_text()
    page = visitor.submit(page, ".filters form", kind=["idea"], community=HERE)
    assert titles(page) == [old.title]
    page = visitor.get(f"/search?q=sentiers&kind=update&community={HERE}")
    assert titles(page) == [] and "Retirez un filtre, ou cherchez partout." in page.words
    assert "C'est tout" in visitor.get("/search?q=sentiers&after=0.0.0.9.9.9").words.replace("’", "'")


@pytest.mark.both_engines
def test_what_a_contribution_is_is_said_counted_and_chosen(make: Make, visitor: Browser) -> None:
    made = [make.idea(title=f"Un sentier, {kind}", kind=kind) for kind in ("need", "idea", "project", "need")]
    MakePlan(make).action("Baliser le sentier", code="4.2")
    page = visitor.get("/search?q=sentier")
    assert sorted(kind.get_text() for kind in page.soup.select(".find .kind")) == [
        "Action 4.2 du plan",
        *["Besoin · Sécurité alimentaire"] * 2,
        "Idée · Sécurité alimentaire",
        "Projet · Sécurité alimentaire",
    ]
    assert counts(page) == {"Besoins": 2, "Idées": 1, "Projets": 1, "Actions du plan": 1}
    page = visitor.submit(page, ".filters form", kind=["need", "project"])
    assert sorted(titles(page)) == sorted(idea.title for idea in made if idea.kind != "idea")
    assert counts(page) == {"Besoins": 2, "Idées": 1, "Projets": 1, "Actions du plan": 1}, "as if none was chosen"
    make.at(made[0], kind="project")
    assert counts(visitor.get("/search?q=sentier")) == {"Besoins": 1, "Idées": 1, "Projets": 2, "Actions du plan": 1}


def counts(page: Any) -> dict[str, int]:
    labels = [" ".join(label.get_text().split()) for label in page.soup.select(".facet label.check")]
    counted = [label for label in labels if label.endswith(")")]
    return {name: int(count.strip("( )")) for name, count in (label.rsplit(" (", 1) for label in counted)}


@pytest.mark.both_engines
def test_a_place_and_a_period_narrow_what_is_found(make: Make, visitor: Browser) -> None:
    here = make.idea(title="Un sentier ici", territories=["70052"], published_at=clock.ago(days=40))
    around = make.idea(title="Un sentier alentour", territories=["70"], published_at=clock.ago(days=2))
    MakePlan(make).action("Baliser le sentier", territories=["67015"])
    make.community(name="Cercle du sentier")
    page = visitor.get("/search?q=sentier")
    assert len(titles(page)) == 4
    assert titles(visitor.submit(page, ".filters form", territory="70052")) == [here.title]
    narrowed = visitor.submit(page, ".filters form", territory="70")
    assert set(titles(narrowed)) == {here.title, around.title}, "an MRC has its municipalities"
    recent = visitor.submit(page, ".filters form", period="week")
    assert set(titles(recent)) == {around.title, "Baliser le sentier"}, "what has no date is in no period"
    assert "2 résultats" in recent.words
    both = visitor.submit(recent, ".filters form", territory="70")
    assert titles(both) == [around.title]
    chips = both.soup.select(".chips a")
    assert [" ".join(chip.get_text().split()).split(": ")[-1] for chip in chips[:2]] == [
        "Beauharnois-Salaberry",
        "Depuis une semaine",
    ]
    assert set(titles(visitor.get(chips[0]["href"]))) == {around.title, "Baliser le sentier"}
    assert set(titles(visitor.get(chips[1]["href"]))) == {here.title, around.title}
    assert len(titles(visitor.get(chips[2]["href"]))) == 4


def test_a_year_is_that_of_the_region(make: Make, visitor: Browser) -> None:
    for title, at in (
        ("Sentier de décembre", datetime(2026, 1, 1, 4, 59, tzinfo=UTC)),
        ("Sentier de janvier", datetime(2026, 1, 1, 5, 1, tzinfo=UTC)),
    ):
        make.idea(title=title, published_at=at)
    assert titles(visitor.get("/search?q=sentier&period=2025")) == ["Sentier de décembre"]
    assert titles(visitor.get("/search?q=sentier&period=2026")) == ["Sentier de janvier"]
    page = visitor.get("/search?q=sentier&period=2001")
    assert titles(page) == [] and page.soup.select_one("#facet-period [selected]")["value"] == "2001"


def test_what_was_done_to_find_something_is_said(make: Make, visitor: Browser) -> None:
    make.idea(title="Une épicerie solidaire")
    make.idea(title="Une épicerie de quartier")
    assert "Rien ne répond à cette recherche" in visitor.get("/search?q=épicer").words, "a beginning is no word"
    page = visitor.get("/search?q=épiceire")
    assert "à une lettre près" in page.words and "épiceire" not in page.soup.select_one("#results").get_text()
    page = visitor.get("/search?q=épiceries+solidaires")
    assert (
        titles(page)[0] == "Une épicerie solidaire"
        and "Une épicerie de quartier" in titles(page)[1:]
        and "Ce qui s’en approche" in page.words
    )
    assert not page.soup.select_one(".find").find(string=re.compile("sans"))
    page = visitor.get("/search?q=épiceries+Introuvables")
    assert page.soup.select_one("h2[data-announce]").get_text(strip=True).startswith("Rien n’a tous ces mots")
    lacking = [facts.get_text().replace("\xa0", " ") for facts in page.soup.select(".find .facts")]
    assert len(lacking) >= 2 and all("sans « Introuvables »" in facts for facts in lacking)
    assert "Ce qui s’en approche" not in page.words
    page = visitor.get("/search?q=introuvable")
    assert page.status_code == 200 and "Rien ne répond à cette recherche" in page.words


def test_what_comes_close_is_narrowed_as_what_is_found(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Une épicerie de quartier", kind="need")
    make.update(community=HERE, title="L'épicerie du quartier ouvre")
    page = visitor.get("/search?q=épicerie+introuvable")
    boxes = [box["value"] for box in page.soup.select(".filters [name=kind]")]
    assert {"need", "project", "update", "action"} <= set(boxes) and not page.soup.select(".filters .n")
    assert page.soup.select_one(".filters-end a").get_text() == "Voir ce qui s’en approche"
    narrowed = visitor.submit(page, ".filters form", kind=["need"])
    assert titles(narrowed) == [idea.title] and not narrowed.soup.select(".filters .n")
    page = visitor.get("/search?q=épicerie+ouverte")
    assert counts(page) == {"Travaux": 1} and page.soup.select_one("#facet-kind-need"), "a need comes close"


def test_what_has_another_word_for_the_only_one_that_was_typed_is_said_to_come_close(
    make: Make, visitor: Browser
) -> None:
    make.idea(title="Une clinique d'impôt")
    heading = visitor.get("/search?q=fiscalité").soup.select_one("h2[data-announce]")
    assert heading.get_text(strip=True).startswith("Rien n’a ce mot")


def test_what_has_exactly_that_name_comes_first(make: Make, visitor: Browser) -> None:
    make.idea(title="Semer", body="Dehors.", community=HERE)
    make.idea(title="La sécurité alimentaire, sécurité alimentaire pour tous", body="Sécurité alimentaire.")
    make.idea(title="De la fiscalité", published_at=clock.ago(days=900))
    make.idea(title="Fiscalité, fiscalité", body="Fiscalité, fiscalité.")
    assert titles(visitor.get("/search?q=sécurité alimentaire"))[0] == "Sécurité alimentaire"
    assert titles(visitor.get("/search?q=food security&lang=en"))[0] == "Food security"
    assert titles(visitor.get("/search?q=la fiscalité"))[0] == "De la fiscalité"


def test_a_community_that_was_asked_for_by_its_name_is_named_once(make: Make, visitor: Browser) -> None:
    make.idea(title="Une parcelle", community=HERE)
    [found] = [
        one
        for one in visitor.get("/search?q=sécurité alimentaire").soup.select(".find")
        if "Une parcelle" in one.h3.get_text()
    ]
    assert found.select_one(".facts").get_text().count("Sécurité alimentaire") == 1
    assert [mark.get_text() for mark in found.select("mark")] == ["Sécurité alimentaire"]


def test_what_was_found_by_its_tag_or_its_place_shows_their_names_marked(make: Make, visitor: Browser) -> None:
    tag = db.session.get_one(Tag, reference.get_or_add_tags(["jardin communautaire"])[0])
    make.idea(title="Une parcelle", tags=[tag], territories=["70052"])
    make.idea(title="Un jardin communautaire")
    for typed, marks in (
        ("jardins communautaires", ["jardin communautaire"]),
        ("valleyfield", ["Salaberry-de-Valleyfield"]),
        ("Valleyfield parcelle", ["Salaberry-de-Valleyfield", "parcelle"]),
    ):
        [found] = [
            one for one in visitor.get(f"/search?q={typed}").soup.select(".find") if "Une parcelle" in one.h3.get_text()
        ]
        assert [mark.get_text() for mark in found.select("mark")] == marks, typed
    assert not visitor.get("/search?q=parcelle").soup.select(".facts mark")


def test_many_hits_are_counted_no_further_than_a_thousand(make: Make, visitor: Browser, monkeypatch: Any) -> None:
    monkeypatch.setattr(retrieval, "MOST", 2)
    for _n in range(4):
        make.idea(title="Un sentier")
    page = visitor.get("/search?q=sentier")
    assert "Plus de 1 000 résultats" in page.words.replace("\u00a0", " ")


def test_addresses_that_no_page_makes_are_refused(visitor: Browser) -> None:
    for query, code in (
        ("q=a&q=b", 400),
        ("kind=chose", 400),
        ("sort=autre", 400),
        ("community=inconnue", 400),
        ("territory=inconnu", 400),
        ("territory=70052&territory=67015", 400),
        ("period=jour", 400),
        ("period=1999", 400),
        ("period=2200", 400),
        ("period=02026", 400),
        ("q=parc&after=x", 404),
        ("q=parc&after=5.123", 404),
        ("q=parc&after=0.0.1.9223372036854775808.1.1", 404),
        ("q=parc&after=0.0.١.1.1.1", 404),
        (f"q={'a' * 201}", 400),
        ("q=%00", 400),
        ("q=%F0%9F%92%A9", 200),
        ("q=%27%22*%29", 200),
    ):
        assert visitor.get(f"/search?{query}").status_code == code, query


def test_a_search_costs_the_same_for_one_and_for_twenty(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Un sentier")

    def add(times: int) -> None:
        for n in range(times):
            make.comment(idea, body=f"Un sentier {n}")
            make.idea(title=f"Sentier {n}")

    # A page that is not full looks further.
    costs_alike(lambda times: add(times + 20), (visitor, "/search?q=sentier"), most=8)


def test_a_person_chooses_to_be_found(member: Browser, visitor: Browser) -> None:
    page = member.get("/account/profile")
    assert not page.soup.select_one("[name=shows_in_search]").has_attr("checked")
    member.submit(page, "main form.form", name="Zénobie Glaneur", shows_in_search="y")
    assert titles(visitor.get("/search?q=zenobie")) == ["Zénobie Glaneur"]
    member.submit("/account/profile", "main form.form", shows_in_search=None)
    assert titles(visitor.get("/search?q=zenobie")) == []

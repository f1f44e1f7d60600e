"""The public pages of issues, territories and tags."""

import pytest

from app.core.unit import unit
from app.ideas.models import IdeaIssue, IdeaTag, IdeaTerritory
from app.reference import policy, queries, service
from app.reference.entries import EntryWords
from app.reference.models import Issue, Tag

PATHS = ("/issues/logement", "/territories/68010", "/territories/68", "/tags/velo")


@pytest.fixture
def place_idea(make):
    """Publish an idea on an issue, in the village of Hemmingford, with a tag."""

    def publish(title, **columns):
        idea = make.idea(title=title, **columns)
        catalogue = queries.get_catalogue()
        tag_id = service.get_or_add_tags(["vélo"])[0]
        with unit():
            service.db.session.add_all(
                [
                    IdeaIssue(idea_id=idea.id, issue_id=catalogue.issue_at("logement").id),
                    IdeaTerritory(idea_id=idea.id, territory_id=catalogue.place_at("68010").id),
                    IdeaTag(idea_id=idea.id, tag_id=tag_id),
                ]
            )
        return idea

    return publish


def tag(name):
    return service.db.session.get_one(Tag, service.get_or_add_tags([name])[0])


@pytest.mark.parametrize("path", PATHS)
def test_an_axis_shows_its_latest_public_ideas_and_the_way_to_all(visitor, place_idea, path):
    place_idea("Une piste cyclable")
    place_idea("Un secret", status="draft")
    page = visitor.get(path)
    assert page.status_code == 200
    assert "Une piste cyclable" in page.words and "Un secret" not in page.words
    [link] = {a["href"] for a in page.soup.select(".section-head a[href^='/ideas?']")}
    assert "Une piste cyclable" in visitor.get(link).words


@pytest.mark.parametrize("path", [path for path in PATHS if "tags" not in path])
def test_an_axis_without_idea_offers_the_first_step(visitor, app, path):
    page = visitor.get(path)
    chosen = f"?territory={path.split('/')[-1]}" if "territories" in path else ""
    assert page.soup.select_one(".empty a")["href"] == f"/ideas/new{chosen}"


def test_a_tag_that_only_hidden_ideas_wear_is_as_one_that_never_was(visitor, place_idea, boss):
    service.get_or_add_tags(["vélo"])
    place_idea("Un secret", status="draft")
    for path, code in (("/tags/velo", 404), ("/ideas?tag=velo", 400)):
        assert visitor.get(path).status_code == code == visitor.get(path.replace("velo", "inconnu")).status_code
    assert boss.get("/tags/velo").status_code == 404
    place_idea("Une piste à lire d'abord", status="pending")
    assert boss.get("/tags/velo").soup.select_one(".empty a")["href"] == "/ideas/new"


def test_the_index_pages_lead_to_everything(visitor):
    catalogue = queries.get_catalogue()
    issues = {a["href"] for a in visitor.get("/issues").soup.select("main a")}
    places = {a["href"] for a in visitor.get("/territories").soup.select("main a")}
    assert {f"/issues/{issue.slug}" for issue in catalogue.issues} <= issues
    assert {f"/territories/{place.code}" for place in catalogue.places} <= places
    about = {a["href"] for a in visitor.get("/about").soup.select("main a")}
    assert {"/issues", "/territories", "/communities"} <= about


def test_a_municipality_says_where_it_is_and_whence_its_figures(visitor):
    page = visitor.get("/territories/69037")
    assert [a.text for a in page.soup.select(".crumbs a")] == ["Territoires", "Le Haut-Saint-Laurent (MRC)"]
    assert "CC BY 4.0" in page.words and "Population" in page.words and "69037" in page.words


def test_the_two_hemmingford_are_told_apart(visitor, place_idea):
    place_idea("Un abribus au village")
    village, canton = visitor.get("/territories/68010"), visitor.get("/territories/68015")
    assert (village.soup.h1.text, canton.soup.h1.text) == ("Hemmingford (village)", "Hemmingford (canton)")
    assert "Un abribus au village" in village.words and "Un abribus au village" not in canton.words
    names = [a.span.text for a in visitor.get("/territories").soup.select("main a") if "Hemmingford" in a.text]
    assert names == ["Hemmingford (village)", "Hemmingford (canton)"]


def test_an_issues_old_address_redirects_for_ever(visitor, coordinator):
    row = queries.get_row(coordinator, Issue, queries.get_catalogue().issue_at("transport").id, policy.EDIT)
    service.edit_issue(coordinator, row, EntryWords("Mobilité"), slug="mobilite")
    answer = visitor.get("/issues/transport")
    assert (answer.status_code, answer.location) == (301, "/issues/mobilite")
    assert [visitor.get(f"/ideas?issue={slug}").status_code for slug in ("mobilite", "transport")] == [200, 200]


def test_a_tags_old_address_and_merged_ones_redirect(visitor, coordinator, place_idea):
    place_idea("Une piste cyclable")
    row = tag("vélo")
    service.rename_tag(coordinator, row, "Transport actif")
    assert visitor.get("/tags/velo").location == "/tags/transport-actif"
    service.merge_tag(coordinator, row, tag("mobilité"))
    for old in ("velo", "transport-actif"):
        assert visitor.get(f"/tags/{old}").location == "/tags/mobilite"
        assert "Une piste cyclable" in visitor.get(f"/ideas?tag={old}").words
    assert "Une piste cyclable" in visitor.get("/tags/mobilite").words


def test_what_is_archived_keeps_its_page_and_says_so(visitor, coordinator, place_idea):
    place_idea("Une piste cyclable")
    catalogue = queries.get_catalogue()
    service.archive(coordinator, queries.get_row(coordinator, Issue, catalogue.issue_at("logement").id, policy.EDIT))
    place = queries.get_row(coordinator, service.Territory, catalogue.place_at("68010").id, policy.EDIT)
    service.archive(coordinator, place)
    for path in ("/issues/logement", "/territories/68010"):
        page = visitor.get(path)
        assert "archivé" in page.soup.select_one(".notice").text and "Une piste cyclable" in page.words


def test_names_are_shown_in_the_readers_language(visitor):
    assert visitor.get("/issues/logement?lang=en").soup.h1.text == "Housing"

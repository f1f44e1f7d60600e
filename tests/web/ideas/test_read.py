"""Reading ideas: the list as its address says, and one idea."""

import re

import pytest

from app.accounts.models.people import ImportedAuthor
from app.core import clock
from app.ideas.models import PUBLIC
from app.ideas.queries import facet_matches, index_walks
from app.reference.models import Tag
from app.reference.queries import get_catalogue

HERE = "securite-alimentaire"


def test_the_list_shows_what_is_public_and_says_how_many(visitor, make):
    make.idea(title="Un frigo près de l'école", votes=3)
    make.idea(title="Un secret bien gardé", status="draft")
    page = visitor.get("/ideas")
    assert "1 idée" in page.words and "Un frigo près de l'école" in page.words and "3 appuis" in page.words
    assert "secret" not in page.words


def test_an_empty_place_offers_the_first_step(visitor):
    page = visitor.get("/ideas")
    assert page.soup.select_one('a[href="/ideas/new"]') and "La place est prête" in page.words


def test_a_search_without_answer_says_so_and_keeps_the_words(visitor, make):
    make.idea()
    page = visitor.get("/ideas", query_string={"q": "télétransportation"})
    assert "Rien ne répond" in page.words and page.soup.select_one("input[name=q]")["value"] == "télétransportation"


def test_a_word_is_found_without_its_accents(visitor, make):
    make.idea(title="La sécurité des piétons à l'école")
    assert "piétons" in visitor.get("/ideas?q=SECURITE%20ecole").words


def test_filters_add_up_and_each_can_be_taken_away(visitor, make):
    make.idea(title="Besoin d'ici à trouver", kind="need", community=HERE)
    make.idea(title="Idée d'ici à laisser", kind="idea", community=HERE)
    page = visitor.get(
        "/ideas", query_string={"community": HERE, "kind": "need", "status": "published", "sort": "supported"}
    )
    assert "Besoin d'ici" in page.words and "à laisser" not in page.words
    chips = [a["href"] for a in page.soup.select("ul.chips a.chip")]
    assert len(chips) == 3 and all("sort=supported" in href for href in chips)
    assert {href.count("=") for href in chips} == {3}


@pytest.mark.parametrize(
    "lang, title, link",
    [("fr", "Plus de 3 idées", "Voir plus de 3 idées"), ("en", "More than 3 ideas", "See more than 3 ideas")],
)
def test_a_list_that_is_too_long_to_count_says_more_than_so_many_and_leaves_numbers_out(
    visitor, make, monkeypatch, lang, title, link
):
    monkeypatch.setattr(facet_matches, "MOST", 3)
    for n in range(5):
        make.idea(tags=[make.add(Tag(slug=f"mot-{n}", name=f"mot {n}", sort_key=f"mot {n}"))])
    page = visitor.get(f"/ideas?q=idee&lang={lang}")
    assert title in page.words and link in page.words and page.soup.select(".facet .n") == []
    assert len(page.soup.select("input[name=status]")) == len(PUBLIC), "any of them may have ideas"
    assert "5 idées" in visitor.get("/ideas?lang=fr").words


@pytest.mark.parametrize(
    "query",
    [
        "community=nowhere",
        "issue=x",
        "territory=00000",
        "kind=thing",
        "status=draft",
        "status=pending",
        "tag=none",
        "sort=random",
        "sort=recent&sort=supported",
        "q=a&q=b",
        "after=1.1&after=2.2",
        "lang=de",
        "lang=fr&lang=en",
        "theme=pink",
        "q=" + "a" * 300,
        "kind=need%00",
        "tag=velo&tag=%00",
        "community=x&community=a%00",
        "community=" + "a" * 5000,
        "kind[]=need&kind=x",
    ],
)
def test_a_wrong_parameter_is_a_clear_400(visitor, query):
    page = visitor.get(f"/ideas?{query}")
    assert page.status_code == 400 and page.soup.h1 and page.soup.select_one("header")


@pytest.mark.parametrize("query", ["utm_source=x&fbclid=1", "q=%", "q=%27%22%3Cscript%3E", "kind=&q=", "page=-1"])
def test_other_parameters_do_no_harm(visitor, query):
    assert visitor.get(f"/ideas?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ideas/0",
        "/ideas/01",
        "/ideas/-1",
        "/ideas/99999999999",
        "/ideas/4294967297",
        "/ideas/1e0",
        "/ideas/１",
        "/ideas/1%00",
        "/ideas/4000000",
        "/ideas/4000000-x",
        "/nothing",
        "/ideas/1/",
        "/members/0",
        "/communities/none",
    ],
)
def test_what_does_not_exist_is_a_page_that_says_so(visitor, path):
    page = visitor.get(path)
    assert page.status_code == 404 and page.soup.select_one('a[href="/ideas"]')


def test_the_address_follows_the_title(visitor, make):
    idea = make.idea(title="Un frigo communautaire")
    for old in (f"/ideas/{idea.id}", f"/ideas/{idea.id}-un-vieux-titre"):
        answer = visitor.get(old)
        assert (answer.status_code, answer.location) == (301, f"/ideas/{idea.id}-un-frigo-communautaire")
    page = visitor.get(f"/ideas/{idea.id}-un-frigo-communautaire")
    assert page.soup.h1.get_text(strip=True) == "Un frigo communautaire"


def test_a_hidden_idea_tells_its_author_and_the_team_why(sign_in, make, author, fae):
    columns = {"hidden_at": clock.now(), "hidden_reason": "un nom de personne y figure"}
    idea = make.idea(author, HERE, body="Mon texte entier", **columns)
    for reader in (author, fae):
        page = sign_in(reader).get(f"/ideas/{idea.id}-{idea.slug}")
        assert "un nom de personne y figure" in page.words and "Mon texte entier" in page.words


def test_an_idea_says_its_language_when_it_is_not_the_page_s(visitor, make):
    idea = make.idea(title="A bus after six", lang="en")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert page.soup.html["lang"] == "fr-CA" and page.soup.select_one("article")["lang"] == "en"
    assert visitor.get(f"/ideas/{idea.id}-{idea.slug}?lang=en").soup.html["lang"] == "en-CA"


def test_a_reader_gets_no_session_cookie(visitor, make):
    idea = make.idea()
    for path in ("/", "/ideas", "/members/999999", f"/ideas/{idea.id}-{idea.slug}", "/communities"):
        assert "Set-Cookie" not in visitor.get(path).headers, path


def test_versions_are_listed_and_compared_word_by_word(visitor, sign_in, make, author):
    idea = make.idea(author=author, title="Un titre de travail", body="Un texte court.")
    browser = sign_in(author)
    browser.submit(f"/ideas/{idea.id}/edit", "main form", body="Un texte long.", summary="Plus long")
    page = visitor.get(f"/ideas/{idea.id}/revisions")
    assert "Version 2" in page.words and "Plus long" in page.words
    comparison = visitor.get(f"/ideas/{idea.id}/revisions/2")
    assert [d.get_text() for d in comparison.soup.select("del")] == ["court."]
    assert [i.get_text() for i in comparison.soup.select("ins")] == ["long."]
    assert visitor.get(f"/ideas/{idea.id}/revisions/3").status_code == 404


def test_pages_of_the_list_follow_one_another(visitor, make):
    for n in range(23):
        make.idea(title=f"Idée de la page numéro {n}")
    first = visitor.get("/ideas?sort=discussed")
    second = visitor.get(first.soup.select_one("a[rel=next]")["href"])
    titles = re.findall(r"numéro (\d+)", first.words + second.words)
    assert len(titles) == len(set(titles)) == 23


def test_a_page_that_looked_far_enough_offers_to_search_further(visitor, make, monkeypatch):
    monkeypatch.setattr(index_walks, "LOOK", 4)
    for n in range(10):
        kind, status = ("need", "retained") if n < 3 else ("need", "published") if n % 2 else ("idea", "retained")
        make.idea(title=f"Un frigo numéro {n}" if n < 3 else f"Un banc numéro {n}", kind=kind, status=status)
    address = "/ideas?kind=need&status=retained&sort=discussed"
    pages = [visitor.get(address)]
    while links := [link for link in pages[-1].soup.select("a") if "Chercher plus loin" in link.get_text()]:
        pages.append(visitor.get(links[0]["href"]))
    assert "Rien parmi les idées parcourues" in pages[0].words and "Rien ne répond" not in pages[0].words
    assert sorted(re.findall(r"frigo numéro (\d)", " ".join(page.words for page in pages))) == ["0", "1", "2"]
    assert "Search further" in visitor.get(f"{address}&lang=en").words


def test_the_figures_of_a_source_are_shown_as_the_source_s(visitor, make):
    author = make.add(ImportedAuthor(source="ailleurs-2015", name="auteur-7"))
    idea = make.idea(
        imported_author_id=author.id,
        author_id=None,
        source="ailleurs-2015",
        source_id="a-1",
        source_figures={"votes": {"for_": 12, "against": 3}, "published": {"arguments": 2}, "category": "Section 1"},
    )
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "0 appui" in page.words and "ne sont pas des appuis de membres" in page.words
    assert [dd.get_text() for dd in page.soup.select("dl.figures dd")] == ["12", "3", "2", "Section 1"]
    assert "auteur-7" in page.words and not page.soup.select(".byline a")


def test_the_two_hemmingford_are_told_apart_wherever_a_place_is_chosen_or_read(visitor, sign_in, make):
    village = get_catalogue().place_at("68010")
    idea = make.idea(territories=[village.code])
    browser, name, both = (
        sign_in(make.user(territory_id=village.id, shows_territory=True)),
        "Hemmingford (village)",
        {"Hemmingford (village)", "Hemmingford (canton)"},
    )
    for reader, path in (
        (visitor, "/ideas"),
        (visitor, "/register"),
        (browser, "/account/profile"),
        (browser, "/ideas/new"),
    ):
        page = reader.get(path)
        choices = [one.get_text(" ", strip=True) for one in page.soup.select("option, .check, label")]
        assert {re.sub(r" \(\d+\)$", "", text) for text in choices if text.startswith("Hemmingford")} == both, path
    assert visitor.get("/ideas?territory=68010").soup.select_one(".chip").get_text(" ", strip=True).endswith(name)
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert name in page.soup.select_one(".places").text and name in page.soup.select_one(".idea-head").text
    assert name in browser.get("/account").words


def test_without_an_answer_and_without_a_comment_are_two_words(visitor, make):
    quiet, lively = make.idea(), make.idea()
    make.comment(lively)
    page = visitor.get("/ideas?sort=least_discussed")
    assert page.words.index(quiet.title) < page.words.index(lively.title)
    assert "Peu commentées" in page.words and "Sans réponse" not in page.words
    former = visitor.get("/ideas?sort=unanswered")
    assert former.status_code == 200 and former.soup.select_one("a[aria-current]").get_text(strip=True) == "Idées"
    assert "least_discussed" in former.soup.select_one("form.search input[name=sort]")["value"]

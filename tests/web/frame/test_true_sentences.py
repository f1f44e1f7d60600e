"""A sentence of the interface is printed only where it is so."""

from typing import Any

import pytest

from tests.support.make import Make, idea_page
from tests.support.world import HERE, World

pytestmark = pytest.mark.one_engine
DECIDES = "Vous avez écrit ce contenu"


@pytest.mark.parametrize(
    ("kind", "label"), [("need", "Retenu"), ("project", "Retenu"), ("idea", "Retenue"), ("aspiration", "Retenue")]
)
def test_where_it_stands_agrees_with_the_kind_of_a_contribution(
    make: Make, visitor: Any, kind: str, label: str
) -> None:
    idea = make.idea(community=HERE, kind=kind, status="retained")
    for path in (idea_page(idea), "/ideas"):
        page = visitor.get(path)
        stands = page.soup.select(".stations li.is-now .name, .row .stand b")
        assert [one.get_text(" ", strip=True).split()[0] for one in stands][:1] == [label], path
    english = visitor.get(f"{idea_page(idea)}?lang=en").soup.select_one(".stations li.is-now .name")
    assert english.get_text(strip=True).startswith("Accepted")
    assert "Proposée par" not in visitor.get(idea_page(idea)).words


def test_a_text_that_waits_is_read_by_a_team_that_exists(make: Make, sign_in: Any) -> None:
    author = make.user("Ana Auteure")
    idea = make.idea(author, HERE, "pending", suspect="first")
    page = idea_page(idea)
    assert (
        "Personne n’anime encore Sécurité alimentaire : la coordination vous lira." in sign_in(author).get(page).words
    )
    make.facilitator(make.user("Flore Facilite"), HERE)
    assert "est entre les mains de Flore, qui anime Sécurité alimentaire." in sign_in(author).get(page).words


def test_whoever_publishes_the_plan_is_not_told_of_a_decision_that_nobody_awaits(world: World, sign_in: Any) -> None:
    browser, boss = sign_in(world.people["coordinator"]), world.people["coordinator"].id
    mine = [action.id for action in world.actions.values() if action.author_id == boss and not action.hidden_at]
    pages = [browser.get(f"/plan/actions/{number}") for number in mine]
    assert pages and not [page.request.path for page in pages if page.status_code != 200 or DECIDES in page.words]


def test_the_draft_that_saves_itself_is_spoken_of_where_scripts_run_alone(make: Make, sign_in: Any) -> None:
    page = sign_in(make.user()).get("/ideas/new").soup
    said = [one for one in page.select("main p") if "est enregistré au fur et à mesure" in one.get_text()]
    assert [one["class"] for one in said] == [["js-only"]]


def test_a_new_account_is_not_told_of_names_with_an_at_sign_that_it_has_not_written(make: Make, sign_in: Any) -> None:
    page = sign_in(make.user(trusted_at=None)).get("/ideas/new")
    assert (
        "Jusque-là, un texte peut compter au plus" in page.words
        and "@" not in page.soup.select_one("main .notice").get_text()
    )


def test_what_is_found_is_called_by_its_kind(make: Make, visitor: Any) -> None:
    make.idea(community=HERE, kind="need", title="Un frigo partagé au parc")
    assert visitor.get("/search?q=frigo").soup.select_one(".find .kind").get_text(strip=True).startswith("Besoin")


def test_an_excerpt_keeps_a_sign_between_blocks_wherever_it_stands(make: Make, sign_in: Any, visitor: Any) -> None:
    author, said = make.user(), "Pourquoi. Le terrain est vide"
    sign_in(author).submit(
        "/ideas/new",
        "form[data-autosave-url]",
        button="publish",
        title="Un jardin au coin de la rue",
        kind="idea",
        body="## Pourquoi\n\nLe terrain\nest vide",
        community=str(make.room(HERE).id),
    )
    listed = visitor.get("/ideas?q=jardin").soup.select_one(".row .excerpt").get_text()
    address = visitor.get("/ideas?q=jardin").soup.select_one(".row a")["href"]
    described = visitor.get(address).soup.select_one("meta[name=description]")["content"]
    found = visitor.get("/search?q=terrain").soup.select_one(".find .excerpt").get_text()
    assert [listed, described, found] == [said] * 3


@pytest.mark.parametrize(("lang", "said"), [("fr", "5\u00a0000"), ("en", "5,000")])
def test_a_limit_is_written_as_a_number_of_the_language(make: Make, sign_in: Any, lang: str, said: str) -> None:
    idea = make.idea(community=HERE)
    browser = sign_in(make.user(locale=lang))
    answer = browser.submit(idea_page(idea), "form[action$='/comments']", body="mots " * 1100)
    assert answer.status_code == 422 and said in answer.soup.select_one("main").get_text()

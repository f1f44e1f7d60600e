"""Beside a first post, the published ideas that may say the same: few, of its community, and compared side by side."""

import pytest

from app.core import clock
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from tests.support.make_plan import MakePlan
from tests.support.rows import again, last
from tests.support.world import ELSEWHERE, HERE

DESK = "/moderation"


@pytest.fixture
def waiting(make, newcomer):
    return make.idea(newcomer, HERE, "pending", title="Un frigo communautaire à la bibliothèque", suspect="first")


@pytest.fixture
def published(make):
    return make.idea(
        make.user("Paule"),
        HERE,
        title="Des frigos communautaires près de la bibliotheque",
        body="Deux frigos, dès mai.",
    )


def near(team, waiting):
    """Return what the desk asks for when what waits comes in sight; the link in its place has the same name."""
    row = team.get(DESK).soup.select_one(f"#item-idea-{waiting.id} [hx-get]")
    found = team.get(row["hx-get"], htmx=True).soup
    assert found.select_one(f"#{row.select_one('a')['id']}") and len(found.select("html")) == 0
    return found


def test_the_nearest_are_shown_beside_what_waits_three_at_most_and_of_the_same_readers(
    make, waiting, published, team, fae
):
    title = waiting.title
    make.community(slug="cercle", is_private=True)
    make.idea(community="cercle", title=title), make.idea(community=HERE, status="draft", title=title)
    make.idea(community=HERE, status="pending", title=title, suspect="first")
    (
        make.idea(community=HERE, title=title, hidden_at=clock.now(), hidden_reason="x"),
        make.idea(community=HERE, title=title, deleted_at=clock.now()),
    )
    (
        make.idea(community=HERE, title=title, merged_into=published.id),
        make.idea(community=HERE, title="Un jardin sur le toit"),
    )
    assert [link.get_text() for link in near(team, waiting).select("li a:not(.button)")] == [published.title]
    for _n in range(4):
        make.idea(community=ELSEWHERE, title=title)
    assert len(near(team, waiting).select("li")) == 3
    assert len(team.get(f"/ideas/{waiting.id}-{waiting.slug}").soup.select(".near li")) == 3


def test_both_are_read_side_by_side_and_the_copy_is_refused_with_the_way_to_the_other(
    waiting, published, team, sign_in, newcomer
):
    page = team.get(near(team, waiting).select_one(".button")["href"])
    for text in (waiting.title, published.title, "Deux frigos, dès mai.", "par Paule"):
        assert text in page.words
    form = team.get(page.soup.select_one("a.is-danger")["href"])
    reason = form.soup.select_one("#reason").get_text().strip()
    assert f"http://localhost/ideas/{published.id} " in reason and published.title not in reason
    answer = team.submit(form, "form.form")
    assert answer.status_code == 303 and answer.headers["Location"].startswith(DESK) and last(Measure).reason == reason
    assert again(waiting).is_hidden
    assert f"/ideas/{published.id}" in sign_in(newcomer).get("/notifications").words


def test_it_is_published_then_joined_to_the_other(waiting, published, team):
    page = team.get(f"/ideas/{waiting.id}/comparison?beside={published.id}")
    page = team.submit(page, "form.post", button=str(published.id), follow=True)
    assert (
        again(waiting).status == "published"
        and "Ce qui va se passer" in page.words
        and page.soup.select_one("#flashes form")
    )
    team.submit(page, "form.form", reason="Les deux demandent un frigo.")
    assert again(waiting).merged_into == published.id


def test_what_the_readers_of_the_one_may_not_read_is_not_compared(make, waiting, published, team, boss):
    make.community(slug="cercle", is_private=True)
    secret = make.idea(community="cercle", title=waiting.title)
    hidden = make.idea(community=HERE, hidden_at=clock.now(), hidden_reason="x")
    for browser, other in ((team, secret), (boss, secret), (team, hidden), (team, waiting)):
        for path in (
            f"/ideas/{waiting.id}/comparison?beside={other.id}",
            f"/ideas/{waiting.id}/refusal?duplicate={other.id}",
        ):
            assert browser.get(path).status_code == 404
    assert team.get(f"/ideas/{waiting.id}/comparison?beside=x").status_code == 400
    assert team.get(f"/ideas/{published.id}/comparison").status_code == 404 and last(Idea)


def test_what_does_it_already_is_shown_and_compared_with_nothing(make, waiting, team):
    action = MakePlan(make).action("Des frigos communautaires dans les bibliothèques", code="1.2.2", budget=100)
    path = f"/plan/actions/{action.id}"
    [row] = near(team, waiting).select("li")
    assert [link["href"] for link in row.select("a")] == [path] and row.a["id"] == f"near-{waiting.id}"
    assert "Action 1.2.2 du plan" in row.get_text() and "il lui manque 100" in row.get_text()
    page = team.get(f"/ideas/{waiting.id}/comparison")
    assert page.soup.select_one(f'.list a[href="{path}"]') and not page.soup.select_one("a.is-danger")
    assert "Aucune contribution publiée" in page.words and "Titres proches" in page.words


def test_where_nothing_is_similar_the_desk_and_the_page_say_so(waiting, team):
    assert near(team, waiting).get_text(strip=True) == "Aucun titre publié n’y ressemble."
    page = team.get(team.get(DESK).soup.select_one(f"#near-{waiting.id}")["href"])
    assert "Aucun titre publié" in page.words and not page.soup.select_one("a.is-danger")


def test_the_page_of_a_sign_in_is_no_part_of_the_desk(waiting, published, team, visitor):
    address = team.get(DESK).soup.select_one(f"#item-idea-{waiting.id} [hx-get]")["hx-get"]
    answer = visitor.get(address, htmx=True)
    assert answer.status_code == 401 and answer.headers["HX-Retarget"] == "#main"
    plain = visitor.get(address)
    assert plain.status_code == 303 and plain.headers["Location"] == answer.soup.select_one("main .acts a")["href"]


def test_titles_in_another_language_say_so(make, waiting, published, team):
    other = make.idea(make.user("Paul"), HERE, title=f"{waiting.title} !", lang="en")
    page = team.get(f"/ideas/{waiting.id}/comparison?beside={published.id}").soup
    assert other.title in [link.get_text() for link in page.select("section.section a[lang=en]")]
    assert [one.get_text() for one in near(team, waiting).select(".visually-hidden [lang=en]")] == [other.title]

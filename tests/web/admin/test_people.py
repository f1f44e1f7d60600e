"""The list of people, for those who administer the site: who is found, and what is not shown."""

from datetime import timedelta
from typing import Any

import pytest

from app.core import clock as time
from tests.support.queries import costs_alike
from tests.support.tampering import tamper

HERE = "securite-alimentaire"


def names(page: Any) -> list[str]:
    return [tag.get_text() for tag in page.soup.select(".list .title a")]


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("elan", ["Zoé Élan"]),
        ("ÉLAN zo", ["Zoé Élan"]),
        ("roy", ["Ana Roy"]),
        ("zoe@exa", ["Zoé Élan"]),
        ("ZOE@example.org", ["Zoé Élan"]),
        ("oe@example", []),
        ("%@", []),
        ("zoe@example_org", []),
        ("example.org", []),
    ],
)
def test_somebody_is_found_by_name_without_accents_or_by_address(
    make: Any, admin: Any, q: str, found: list[str]
) -> None:
    make.user("Zoé Élan", email="zoe@example.org")
    make.user("Ana Roy", email="ana.roy@example.org")
    page = admin.get("/people", query_string={"q": q})
    assert names(page) == found and ("Personne ne correspond" in page.words) == (not found)
    assert "zoe@example.org" not in page.soup.select_one("main").get_text()


def test_the_list_is_filtered_by_role_and_by_state(make: Any, admin: Any) -> None:
    make.user("Coco", role="coordinator")
    make.facilitator(make.user("Fae"), HERE)
    make.facilitator(make.user("Finie"), HERE, expires_at=time.now() - timedelta(days=1))
    make.restriction(make.user("Sue"))
    make.restriction(make.user("Ailleurs"), HERE)
    make.user("Volée", active=False)
    make.user("", closed_at=time.now(), active=False)
    assert names(admin.get("/people?role=coordinator")) == ["Coco"] and names(admin.get("/people?role=admin")) == [
        "Ada Technique"
    ]
    assert names(admin.get("/people?role=facilitator")) == ["Fae"]
    assert names(admin.get("/people?state=closed")) == ["Ancien membre"]
    assert names(admin.get("/people?state=suspended")) == ["Volée", "Sue"]
    assert "Ancien membre" not in names(admin.get("/people"))
    assert admin.get("/people?role=member").words.count("compte suspendu") == 2
    assert admin.get("/people?role=x").status_code == admin.get("/people?state=x").status_code == 400


def test_the_list_is_paged(make: Any, admin: Any) -> None:
    for n in range(25):
        make.user(f"Même nom {n}")
    page = admin.get("/people?q=meme")
    following = admin.get(page.soup.select_one("a[rel=next]")["href"])
    assert len(names(page)) == 20 and len(names(following)) == 5 and not set(names(page)) & set(names(following))


def test_an_administrator_sees_nothing_of_a_private_community(make: Any, admin: Any) -> None:
    room = make.community(is_private=True, name="canari-cercle")
    user = make.user("Fae", facilitates=[room])
    for path in ("/people", f"/people/{user.id}", f"/people/{user.id}/charge"):
        assert "canari" not in admin.get(path).text
    assert admin.get(f"/people/{user.id}/charge/{room.slug}/withdrawal").status_code == 404
    assert tamper(admin, f"/people/{user.id}/charge", "main form", community=room.slug).status_code == 422


def test_the_menu_leads_those_who_may(make: Any, sign_in: Any, admin: Any) -> None:
    for browser, paths in (
        (admin, {"/people", "/access-log", "/settings"}),
        (sign_in(make.user(role="coordinator")), {"/access-log"}),
        (sign_in(make.user()), set()),
    ):
        found = {link["href"] for link in browser.get("/about").soup.select(".menu-sheet a")}
        assert found & {"/people", "/access-log", "/settings"} == paths


def test_people_cost_the_same_for_one_and_for_twenty(make: Any, admin: Any) -> None:
    first = make.user("Même nom", email="meme0@example.org")

    def fill(times: int) -> None:
        for n in range(times):
            make.facilitator(make.user(f"Même nom {n}", email=f"meme{times}-{n}@example.org"), HERE)

    costs_alike(
        fill, *((admin, path) for path in ("/people?q=meme", "/people?q=meme@", f"/people/{first.id}")), most=13
    )

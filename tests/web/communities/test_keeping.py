"""The pages where coordinators keep communities and give their charge."""

import pytest

from app.communities import queries
from app.core.text import markdown
from tests.support.browser import Browser
from tests.support.queries import costs_alike
from tests.support.tampering import tamper

FOOD = "securite-alimentaire"
PAGE = f"/communities/{FOOD}"
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FIELDS = {
    "name": "Nourrir la région",
    "name_en": "Feeding",
    "description": "Du **pain**.",
    "description_en": "",
    "colour": "food",
    "slug": "nourrir",
    "answer_days": "30",
    "stalled_days": "90",
}


def test_a_coordinator_edits_a_community(boss):
    page = boss.submit(f"{PAGE}/edit", "form.form", follow=True, **FIELDS)
    assert page.request.path == "/communities/nourrir" and page.soup.h1.text == "Nourrir la région"
    assert page.soup.select_one(".prose strong").text == "pain"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x"},
        {"name": "x" * 121},
        {"name": "\u200b\u200b"},
        {"description": "x" * 5001},
        {"slug": "5e-element"},
        {"slug": "new"},
        {"slug": "É à"},
        {"slug": ""},
        {"colour": "pink"},
        {"name": "5E ÉLÉMENT"},
        {"description_en": "y" * 5001},
        {"name_en": "z" * 121},
    ],
)
def test_a_refused_form_keeps_what_was_typed(boss, wrong):
    send = tamper if "colour" in wrong else Browser.submit
    page = send(boss, f"{PAGE}/edit", "form.form", **FIELDS | {"description": "Ce que j'ai tapé"} | wrong)
    assert page.status_code == 422 and page.soup.select_one(".error-summary a, .error-summary li")
    description = wrong.get("description", "Ce que j'ai tapé")
    assert page.soup.select_one("textarea[name=description]").text.strip() == description
    assert page.soup.select_one("[name=name]")["value"] == wrong.get("name", FIELDS["name"]).strip("\u200b")
    assert queries.get_rooms().by_slug[FOOD].name == "Sécurité alimentaire"


def test_a_coordinator_creates_a_community(boss):
    fields = {name: value for name, value in FIELDS.items() if name != "slug"}
    page = boss.submit("/communities/new", "form.form", follow=True, **fields)
    assert "La communauté est créée." in page.words
    assert queries.get_rooms().by_slug["nourrir-la-region"].name_en == "Feeding"
    assert boss.submit("/communities/new", "form.form", **fields).status_code == 422


def test_a_coordinator_orders_archives_and_reopens(boss, visitor):
    page = boss.submit("/reference/communities", f"form[action='{PAGE}/position']", follow=True)
    assert "« Sécurité alimentaire » est maintenant après «" in page.words
    assert queries.get_rooms().all[1].slug == FOOD
    page = boss.submit("/reference/communities", f"form[action='{PAGE}/archive']", follow=True)
    assert "est archivée" in page.words and page.soup.select_one("li[data-autofocus]").h2.text == "Sécurité alimentaire"
    community_page = visitor.get(PAGE)
    assert community_page.status_code == 200 and "archivée" in community_page.words
    assert not community_page.soup.select_one("a[href^='/ideas/new']")
    assert "Sécurité alimentaire" in visitor.get("/communities").words
    boss.submit("/reference/communities", f"form[action='{PAGE}/restoration']")
    assert not queries.get_rooms().by_slug[FOOD].is_archived


@pytest.mark.parametrize("direction", ["", "sideways", None])
def test_a_direction_that_does_not_exist_is_refused(boss, direction):
    assert boss.forge(f"{PAGE}/position", direction=direction).status_code == 400


def test_a_charge_is_given_by_address_until_a_day(make, sign_in, clock):
    clock.at("2026-03-01T12:00:00")
    boss = sign_in(make.user(role="coordinator"))
    user = make.user("Josiane Bouleau")
    page = boss.submit(f"{PAGE}/facilitators", "form.form", follow=True, email=user.email, expires_on="2026-03-31")
    assert "Josiane Bouleau" in page.words and "jusqu'au 31 mars 2026" in page.words.replace("\u2019", "'")
    assert queries.list_charges(make.room(FOOD).id)[0][1].expires_at.isoformat() == "2026-04-01T04:00:00+00:00"


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "personne@nulle.part"},
        {"email": "pas une adresse"},
        {"email": ""},
        {"email": "x" * 300 + "@example.org"},
        {"expires_on": "2001-01-01"},
        {"expires_on": "demain"},
    ],
)
def test_a_charge_that_cannot_be_given_says_why(boss, make, fields):
    user = make.user()
    page = boss.submit(f"{PAGE}/facilitators", "form.form", **{"email": user.email} | fields)
    assert page.status_code == 422 and page.soup.select_one(".error-summary")
    assert queries.list_charges(make.room(FOOD).id) == []


def test_an_admin_gives_a_charge_but_not_to_an_admin(make, sign_in):
    admin, user = make.user(role="admin"), make.user()
    browser = sign_in(admin)
    assert browser.submit(f"{PAGE}/facilitators", "form.form", email=user.email).status_code == 303
    assert browser.submit(f"{PAGE}/facilitators", "form.form", email=admin.email).status_code == 409


def test_taking_the_last_charge_says_who_answers_now(boss, make):
    people = [make.user(facilitates=[FOOD]) for _n in range(2)]
    page = boss.get(f"{PAGE}/facilitators")
    assert not page.soup.select("main form[action$='/withdrawal']")
    pages = [boss.get(page.soup.select_one(f"#row-{user.id} a")["href"]) for user in people]
    assert not any("la dernière personne" in one.words for one in pages)
    first = boss.submit(pages[0], "main form.form", follow=True)
    page = boss.get(f"{PAGE}/facilitators/{people[1].id}/withdrawal")
    assert "C'est la dernière personne de l'équipe" in page.words.replace("\u2019", "'")
    last = boss.submit(page, "main form.form", follow=True)
    assert boss.get(f"{PAGE}/facilitators/{people[1].id}/withdrawal").status_code == 404
    assert f"La charge est retirée à {people[0].name}." in first.words and "plus d'équipe" not in first.words.replace(
        "\u2019", "'"
    )
    assert "la coordination répond" in last.words


def test_markup_in_names_and_descriptions_is_shown_as_text(boss, visitor, make):
    make.facilitator(make.user(XSS), FOOD)
    boss.submit(
        f"{PAGE}/edit", "form.form", **FIELDS | {"name": XSS, "name_en": XSS, "description": XSS, "description_en": XSS}
    )
    for path in ("/communities", "/communities/nourrir", "/communities/nourrir?lang=en", "/ideas", "/"):
        page = visitor.get(path)
        assert page.status_code == 200
        assert not page.soup.select("img[src=x], [onerror]") and "alert(1)" not in str(page.soup.select("script"))
    for path in ("/communities/nourrir/edit", "/communities/nourrir/facilitators", "/reference/communities"):
        page = boss.get(path)
        assert page.status_code == 200 and not page.soup.select("img[src=x], [onerror]")


def test_a_long_description_is_rendered_whole(boss, visitor):
    text = "\n\n".join(f"Paragraphe {n} " + "mot " * 20 for n in range(50))[:5000]
    assert boss.submit(f"{PAGE}/edit", "form.form", **FIELDS | {"description": text}).status_code == 303
    prose = visitor.get("/communities/nourrir").soup.select_one(".prose")
    assert markdown.to_text(str(prose)) == markdown.to_text(markdown.render(text))


def test_the_page_of_charges_costs_the_same_for_1_and_for_20(boss, make):
    page = boss, f"{PAGE}/facilitators"
    costs_alike(lambda times: [make.facilitator(make.user(), FOOD) for _n in range(times)], page)


def test_somebody_joins_a_team_by_their_name_and_nobody_of_the_administration_is_found(boss, make):
    ana = make.user(name="Ana Perdrix", admitted_count=1)
    make.user(name="Ana Pelletier", role="admin", admitted_count=1)
    page = boss.submit(f"{PAGE}/facilitators", "main form.search", q="ana pe")
    assert [label.text.strip() for label in page.soup.select("#person .check")] == [
        "Ana Perdrix"
    ] and ana.email not in page.text
    page = boss.submit(page, "#found", person=str(ana.id), expires_on="2001-01-01")
    assert page.status_code == 422 and page.soup.select_one("#found input[checked]")["value"] == str(ana.id)
    page = boss.submit(page, "#found", person=str(ana.id), expires_on="", follow=True)
    assert "Ana Perdrix" in page.soup.select_one("main .list").text

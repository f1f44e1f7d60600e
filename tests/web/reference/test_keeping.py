"""The pages where coordinators keep the reference data."""

import pytest

from app.reference import queries, service
from app.reference.models import Issue, Organisation, Tag
from tests.support.queries import costs_alike

XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"
WORDS = {"name": "Habitation", "name_en": "", "description": "Un **toit**.", "description_en": ""}
PAGES = (
    "/reference",
    "/reference/communities",
    "/reference/issues",
    "/reference/territories",
    "/reference/tags",
    "/reference/organisations",
    "/reference/issues/new",
)


@pytest.fixture
def issue_id(app):
    return queries.get_catalogue().issue_at("logement").id


@pytest.fixture
def tag(make):
    """Return the tag of a name, which an idea wears: a published one, if nothing else is said."""

    def add_tag(name, status="published"):
        row = service.db.session.get_one(Tag, service.get_or_add_tags([name])[0])
        make.idea(status=status, tags=[row])
        return row

    return add_tag


def test_a_coordinator_creates_and_edits_an_issue(boss, issue_id):
    page = boss.submit("/reference/issues/new", "form.form", follow=True, name="Culture", name_en="Culture")
    assert "est créé" in page.words and queries.get_catalogue().issues[-1].slug == "culture"
    page = boss.submit(f"/reference/issues/{issue_id}/edit", "form.form", follow=True, **WORDS, slug="habitation")
    assert page.request.path == "/issues/habitation" and page.soup.select_one(".prose strong").text == "toit"


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "Transport"}, {"slug": "transport"}, {"slug": "Ça"}, {"description": "x" * 5001}]
)
def test_a_refused_issue_keeps_what_was_typed(boss, issue_id, wrong):
    page = boss.submit(f"/reference/issues/{issue_id}/edit", "form.form", **WORDS | {"slug": "logement"} | wrong)
    assert page.status_code == 422 and page.soup.select_one(".error-summary[data-autofocus]")
    description = wrong.get("description", WORDS["description"])
    assert page.soup.select_one("textarea[name=description]").text.strip() == description
    page = boss.submit("/reference/issues/new", "form.form", **WORDS | {"name": "x"})
    assert page.status_code == 422 and page.soup.select_one("[name=name]")["value"] == "x"


def test_an_issue_is_moved_by_buttons_and_takes_the_focus(boss):
    first, second = queries.get_catalogue().issues[:2]
    row_id = second.id
    page = boss.submit("/reference/issues", f"#row-{row_id} form[action$=position]", follow=True)
    assert queries.get_catalogue().issues[0].id == row_id
    assert page.soup.select_one("li[data-autofocus]")["id"] == f"row-{row_id}"
    assert f"« {second.name} » est maintenant avant « {first.name} »" in page.words
    assert boss.forge(f"/reference/issues/{row_id}/position", direction="left").status_code == 400


def test_what_is_renamed_far_down_a_list_of_names_is_on_the_page_that_comes_back(boss, make):
    rows = [make.add(Organisation(name=f"Organisme {n:03}", sort_key=f"organisme {n:03}")) for n in range(120)]
    for row in (rows[-1], rows[60], rows[0]):
        page = boss.submit(f"/reference/organisations/{row.id}/edit", "form.form", name=f"{row.name} bis", follow=True)
        assert page.soup.select_one("li[data-autofocus]")["id"] == f"row-{row.id}" and "enregistrés" in page.words


def test_the_first_has_no_way_up_and_the_last_no_way_down(boss):
    rows = boss.get("/reference/issues").soup.select("ol.list > li")
    buttons = [[b.text.split()[0] for b in row.select("button")] for row in (rows[0], rows[1], rows[-1])]
    assert buttons == [["Descendre", "Archiver"], ["Monter", "Descendre", "Archiver"], ["Monter", "Archiver"]]


def test_archiving_is_explained_and_undone(boss, issue_id):
    page = boss.submit("/reference/issues", f"#row-{issue_id} form[action$=archive]", follow=True)
    assert "ne peut plus le choisir" in page.words and "Rouvrir" in page.words
    assert queries.get_catalogue().issue_at("logement").is_archived
    boss.submit(page, f"#row-{issue_id} form[action$=restoration]")
    assert not queries.get_catalogue().issue_at("logement").is_archived


def test_a_territory_is_renamed_and_archived(boss):
    place_id = queries.get_catalogue().place_at("68015").id
    page = boss.submit(f"/reference/territories/{place_id}/edit", "form.form", follow=True, name="Hemmingford-Canton")
    assert page.soup.select_one("li[data-autofocus] a").text == "Hemmingford-Canton"
    assert boss.submit(f"/reference/territories/{place_id}/edit", "form.form", name="x").status_code == 422
    boss.submit("/reference/territories", f"form[action='/reference/territories/{place_id}/archive']")
    assert (
        queries.get_catalogue().place_at("68015").is_archived
        and not queries.get_catalogue().place_at("68010").is_archived
    )


def test_an_organisation_is_found_renamed_and_archived(boss):
    row_id, _other = service.get_or_add_organisation("Le Grenier"), service.get_or_add_organisation("La Tablée")
    page = boss.get("/reference/organisations?q=grenier")
    assert "Le Grenier" in page.words and "La Tablée" not in page.words
    page = boss.submit(f"/reference/organisations/{row_id}/edit", "form.form", name="La Tablée")
    assert page.status_code == 422 and page.soup.select_one("[name=name]")["value"] == "La Tablée"
    page = boss.submit(page, "form.form", name="Le Grenier partagé", follow=True)
    assert (
        "Archivé" in boss.submit(page, f"form[action='/reference/organisations/{row_id}/archive']", follow=True).words
    )
    row = service.db.session.get_one(Organisation, row_id)
    assert row.name == "Le Grenier partagé" and row.is_archived


def test_a_tag_is_renamed_in_place(boss, tag):
    tag_id = tag("vélo").id
    page = boss.submit(f"/reference/tags/{tag_id}/edit", "form[action$=edit]", follow=True, name="Transport actif")
    assert "Transport actif" in page.words
    tag("bicyclette")
    for wrong in ("bicyclette", "x", "!!"):
        page = boss.submit(f"/reference/tags/{tag_id}/edit", "form[action$=edit]", name=wrong)
        assert page.status_code == 422 and page.soup.select_one("[name=name]")["value"] == wrong


def test_the_name_of_a_tag_has_no_comma_which_would_end_it_where_it_is_typed(boss, tag):
    answer = boss.submit(f"/reference/tags/{tag('vélo').id}/edit", "form[action$=edit]", name="Eau, lacs et rivières")
    assert answer.status_code == 422 and "pas de virgule" in answer.words
    assert answer.soup.select_one("[name=name]")["value"] == "Eau, lacs et rivières"


def test_a_tag_is_merged_into_another_by_its_name_and_parted_again(boss, tag):
    tag_id, into = tag("vélo").id, tag("bicyclette").id
    page = boss.submit(f"/reference/tags/{tag_id}/merge", "form.form", follow=True, into="Bicyclette")
    words = page.words.replace("\u00a0", " ")
    assert "« vélo » est devenue « bicyclette »" in words and "« vélo » est fusionnée avec « bicyclette »" in words
    assert service.get_or_add_tags(["vélo"]) == [into]
    page = boss.submit(page, "form[action$='parting']", follow=True)
    assert "fusion est défaite" in page.words and service.get_or_add_tags(["vélo"]) == [tag_id]


def test_a_merge_into_nothing_keeps_what_was_typed(boss, tag):
    page = boss.submit(f"/reference/tags/{tag('vélo').id}/merge", "form.form", into="une inconnue")
    assert page.status_code == 422 and page.soup.select_one("[name=into]")["value"] == "une inconnue"
    assert "Aucune étiquette" in page.soup.select_one("#into-error").text
    assert boss.submit(page, "form.form", into="vélo").status_code == 409


def test_a_tag_is_kept_in_order_once_an_idea_that_was_submitted_wears_it(boss, tag):
    secret, waiting = tag("CaNaRi Projet", "draft"), tag("vélo", "pending")
    assert [a.text for a in boss.get("/reference/tags").soup.select("ul.list a")] == ["vélo"]
    assert "CaNaRi" not in boss.get("/reference/tags?q=canari").words
    for row, code in ((secret, 404), (waiting, 200)):
        assert (
            boss.get(f"/reference/tags/{row.id}/edit").status_code == code == boss.get(f"/tags/{row.slug}").status_code
        )
    for act in ("edit", "merge", "parting"):
        assert boss.forge(f"/reference/tags/{secret.id}/{act}", name="canari", into="vélo").status_code == 404
    tag("canari projet", "withdrawn")
    assert "CaNaRi Projet" in boss.get("/reference/tags").words


def test_a_tag_is_kept_in_order_when_only_what_was_merged_into_it_is_worn(boss, tag):
    joined_tag, into = tag("vélo"), tag("bicyclette", "draft")
    boss.submit(f"/reference/tags/{joined_tag.id}/merge", "form.form", into="bicyclette")
    assert [a.text for a in boss.get("/reference/tags").soup.select("ul.list a")] == ["bicyclette"]
    assert boss.get(f"/reference/tags/{into.id}/edit").status_code == 200


@pytest.mark.both_engines
def test_long_lists_are_walked_to_their_end(boss, tag):
    for n in range(56):
        tag(f"mot {n:02}")
    first = boss.get("/reference/tags")
    second = boss.get(first.soup.select_one("a[rel=next]")["href"])
    names = [a.text for page in (first, second) for a in page.soup.select("ul.list a")]
    assert names == [f"mot {n:02}" for n in range(56)]
    assert second.soup.select_one("a.first")["href"] == "/reference/tags"
    assert "Aucune étiquette" in boss.get("/reference/tags?q=rien").words
    assert boss.get("/reference/tags?after=x").status_code == 400


def test_markup_in_names_is_shown_as_text(boss, visitor, issue_id, tag):
    boss.submit(
        f"/reference/issues/{issue_id}/edit",
        "form.form",
        **WORDS | {"name": XSS, "description": XSS, "slug": "logement"},
    )
    place_id = queries.get_catalogue().place_at("68010").id
    boss.submit(f"/reference/territories/{place_id}/edit", "form.form", name=XSS)
    tag_id = tag(XSS[:40]).id
    service.get_or_add_organisation(XSS)
    assert service.db.session.get_one(Issue, issue_id).name == XSS
    pages = [
        visitor.get(path)
        for path in ("/issues", "/issues/logement", "/territories", "/territories/68010", "/territories/68")
    ]
    pages += [
        boss.get(path) for path in (*PAGES, f"/reference/tags/{tag_id}/edit", f"/reference/issues/{issue_id}/edit")
    ]
    for page in pages:
        shows_none = page.request.path.endswith(("new", "reference", "communities"))
        assert page.status_code == 200 and (shows_none or "alert(1)" in page.words)
        assert not page.soup.select("img[src=x], [onerror]") and "alert" not in str(page.soup.select("script"))


def test_a_page_of_the_hub_costs_the_same_for_1_and_for_20(boss, tag):
    def fill(times):
        for n in range(times):
            service.get_or_add_organisation(f"Organisme {times}-{n}")
            tag(f"mot {times}-{n}")

    costs_alike(fill, *((boss, path) for path in PAGES))

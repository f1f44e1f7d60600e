"""The coordination writes the plan on pages: plans, the tree of a draft, the forms of its parts, without a script."""

from typing import Any

import pytest

from app.core.db import db
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanDraft
from app.plan.outline import ActionOutline
from app.plan.queries import plans as queries
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of

ROWS = {
    "milestones-0-title": "Le camion est loué",
    "milestones-0-due_on": "2026-12-01",
    "milestones-0-weight": "2",
    "indicators-0-name": "Ménages servis",
    "indicators-0-unit": "ménages",
    "indicators-0-baseline": "12,5",
    "indicators-0-target": "1 250",
    "funding-0-source": "MSSS",
    "funding-0-amount": "12 000 $",
    "funding-0-first_year": "2026",
    "funding-0-last_year": "2027",
    "documents-0-title": "Le devis",
    "documents-0-url": "https://exemple.test/devis",
    "partners-0-name": "Moisson Sud-Ouest",
}


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2), action_of("Une cuisine"))


def outline(plan: Plan) -> Any:
    return queries.get_working_copy(db.session.get_one(Plan, plan.id)).outline


def action(plan: Plan, at: int = 0) -> ActionOutline:
    return list(outline(plan).actions())[at]


def edit_path(plan: Plan, at: int = 0) -> str:
    return f"/plan/{plan.id}/draft/actions/{action(plan, at).id}/edit"


def test_a_plan_is_begun_written_from_its_first_orientation_to_an_action_and_published(
    boss: Browser, visitor: Browser
) -> None:
    page = boss.submit(
        "/plan/new",
        "form.form",
        follow=True,
        title="Plan 2026",
        starts_on="2026-04-01",
        ends_on="2029-03-31",
        summary="Trois ans.",
    )
    assert "encore vide" in page.words and visitor.get(page.request.path).status_code == 303
    plan = db.session.query(Plan).one()
    assert "Pas encore publié" in boss.get("/plan/all").words and "Aucun plan" in visitor.get("/plan/all").words
    draft = f"/plan/{plan.id}/draft"
    boss.submit(f"{draft}/orientations/new", "form.form", title="Bien manger", summary="Partout.")
    boss.submit(f"{draft}/objectives/new?under=-1", "form.form", title="Rapprocher les aliments")
    page = boss.submit(
        f"{draft}/actions/new?under=-2",
        "form.form",
        title="Une tournée",
        body="Chaque **jeudi**.",
        lead="La Tablée",
        **ROWS,
    )
    assert page.status_code == 422 and len(page.soup.select("select[name=new_names]")) == 2, "two names are new"
    page = boss.submit(page, "form.form", follow=True)
    assert page.soup.select_one("[data-autofocus]")["id"] == "actions-3" and "1 jalon" in page.words
    page = boss.submit(f"{draft}/publication", "form.form", follow=True, reason="Première version")
    assert page.request.path == f"/plan/{plan.id}/versions/1"
    for words in (
        "1.1.1 Une tournée",
        "12 000 $",
        "2026-2027",
        "de 12,5 à 1",
        "Moisson Sud-Ouest",
        "Le camion est loué (1er décembre 2026)",
        "Le devis",
    ):
        assert words in page.words, words
    assert visitor.get(page.request.path).status_code == 200


def test_what_is_typed_of_a_plan_is_checked_beside_its_fields(boss: Browser, plan: Plan) -> None:
    page = boss.submit("/plan/new", "form.form", title="x", starts_on="2027-04-01", ends_on="2026-03-31")
    assert page.status_code == 422 and "La fin du plan vient après son début" in page.words
    page = boss.submit(f"/plan/{plan.id}/draft/edit", "form.form", starts_on="le 3 mai")
    assert page.status_code == 422 and "Écrivez une date comme 2027-05-31" in page.words
    assert page.soup.select_one("[name=starts_on]")["value"] == "le 3 mai"
    boss.submit(f"/plan/{plan.id}/draft/edit", "form.form", title="Un titre neuf")
    written = outline(plan).orientations[0]
    for level, part in (("orientations", written), ("objectives", written.objectives[0])):
        page = boss.submit(
            f"/plan/{plan.id}/draft/{level}/{part.id}/edit",
            "form.form",
            title=f"{part.title}, partout",
            weight="4",
            follow=True,
        )
        assert f"{part.title}, partout" in page.words.replace("’", "'") and "Poids 4" in page.words
    assert boss.submit(edit_path(plan), "form.form", starts_on="2026-05-01", ends_on="2027-05-01").status_code == 303
    assert outline(plan).title == "Un titre neuf" and db.session.get_one(Plan, plan.id).title != "Un titre neuf"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "obligatoire"),
        ({"code": "1.1.2"}, "portent le même code"),
        ({"weight": "101"}, "de 1 à 100"),
        ({"weight": "deux"}, "Écrivez un nombre entier"),
        ({"weight": ""}, "obligatoire"),
        ({"budget": "beaucoup"}, "Écrivez un nombre entier"),
        ({"budget": "3000000000"}, "Écrivez un montant"),
        ({"starts_on": "hier"}, "Écrivez une date"),
        ({"lead": "x"}, "caractères"),
        ({"starts_on": "2027-05-02", "ends_on": "2027-05-01"}, "La fin vient après le début"),
        ({"milestones-2-due_on": "2027-05-01"}, "Titre du jalon 3 : Ce champ est obligatoire"),
        ({"milestones-0-weight": "0"}, "Poids du jalon 1"),
        ({"indicators-0-name": "a", "indicators-0-target": "1e5"}, "Écrivez un nombre"),
        ({"funding-0-source": "MSSS"}, "Montant du financement 1"),
        ({"funding-0-source": "a", "funding-0-first_year": "27"}, "Écrivez une année"),
        ({"documents-0-title": "a", "documents-0-url": "javascript:alert(1)"}, "commence par https"),
    ],
)
def test_a_refused_action_says_what_is_wrong_and_keeps_what_was_typed(
    boss: Browser, plan: Plan, wrong: dict[str, str], words: str
) -> None:
    page = boss.submit(edit_path(plan), "form.form", **{"body": "Un texte à garder"} | wrong)
    assert page.status_code == 422 and words in page.words and page.soup.select_one(".error-summary[data-autofocus]")
    assert "Un texte à garder" in page.soup.select_one("[name=body]").text and not db.session.query(PlanDraft).count()
    for name, value in wrong.items():
        assert page.soup.select_one(f'[name="{name}"]')["value"].strip() == value.strip()


def test_a_row_is_added_raised_and_taken_away_by_buttons_and_nothing_typed_is_lost(boss: Browser, plan: Plan) -> None:
    page = boss.submit(
        edit_path(plan),
        "form.form",
        button="add milestones",
        title="Un autre titre",
        **{"milestones-2-title": "Jalon 3", "milestones-0-weight": "en lettres", "budget": "12,5 M"},
    )
    assert (
        page.status_code == 200
        and not page.soup.select(".error")
        and page.soup.select_one("[name=budget]")["value"] == "12,5 M"
    )
    page = boss.submit(page, "form.form", button="raise milestones 1", **{"milestones-0-weight": "3", "budget": ""})
    page = boss.submit(page, "form.form", button="drop milestones 2", **{"milestones-3-title": "Jalon 4"})
    assert [field["value"] for field in page.soup.select('[name^="milestones-"][name$="-title"]')] == [
        "Jalon 2",
        "Jalon 1",
        "Jalon 4",
    ]
    before = {milestone.title: milestone.id for milestone in action(plan).milestones}
    boss.submit(page, "form.form", button="save")
    assert [(row.title, row.id, row.weight) for row in action(plan).milestones] == [
        ("Jalon 2", before["Jalon 2"], 1),
        ("Jalon 1", before["Jalon 1"], 3),
        ("Jalon 4", 0, 1),
    ]
    assert action(plan).title == "Un autre titre"


def test_a_list_is_as_long_as_it_may_be_and_no_act_beside_its_rows_does_anything(boss: Browser, plan: Plan) -> None:
    rows = {f"documents-{n}-title": f"Document {n}" for n in range(25)}
    page = boss.forge(edit_path(plan), rows | {"act": "add documents"})
    assert len(page.soup.select('[name$="-url"]')) == 20 and not page.soup.select('[value="add documents"]')
    page = boss.forge(edit_path(plan), rows | {"act": "raise documents x"})
    page = boss.forge(edit_path(plan), rows | {"act": "drop documents 90"})
    assert page.soup.select_one('[name="documents-0-title"]')["value"] == "Document 0"


def test_the_rows_of_another_action_are_never_taken(boss: Browser, plan: Plan) -> None:
    mine = action(plan).milestones[0].id
    page = boss.get(edit_path(plan, 1))
    seen = page.soup.select_one("[name=seen]")["value"]
    boss.forge(
        edit_path(plan, 1),
        title="Une cuisine",
        weight="1",
        under=str(outline(plan).orientations[0].objectives[0].id),
        seen=seen,
        **{"milestones-0-id": str(mine), "milestones-0-title": "Volé", "milestones-0-weight": "1"},
    )
    assert [(row.title, row.id) for row in action(plan, 1).milestones] == [("Volé", 0)]


def test_an_action_keeps_its_places_and_an_organisation_that_is_closed_is_offered_to_no_other(
    boss: Browser, make: Make, plans: MakePlan
) -> None:
    plan = plans.plan(
        action_of(
            "Une tournée",
            lead="La Tablée",
            partners=["Moisson"],
            community="securite-alimentaire",
            communities=["transport-collectif", "partie"],
            issues=["education"],
            territories=["70052"],
        ),
        action_of("Une cuisine"),
    )
    from_issue = boss.get(edit_path(plan)).soup
    assert {field["value"] for field in from_issue.select("[name=issues][checked]")} and from_issue.select(
        "[name=territories][checked]"
    )
    boss.submit(edit_path(plan), "form.form", title="Une tournée de plus", community="0")
    kept = action(plan)
    assert (kept.community, kept.communities, kept.issues, kept.territories) == (
        "",
        ["transport-collectif", "partie"],
        ["education"],
        ["70052"],
    )
    organisation = db.session.execute(db.text("SELECT id FROM organisations WHERE name = 'La Tablée'")).scalar_one()
    boss.submit("/reference/organisations", f'form[action="/reference/organisations/{organisation}/archive"]')
    assert boss.submit(edit_path(plan), "form.form", body="Encore.").status_code == 303
    page = boss.submit(edit_path(plan, 1), "form.form", lead="La Tablée")
    assert page.status_code == 422 and "plus offert au choix" in page.words


def test_parts_go_up_down_under_another_parent_and_away(boss: Browser, plan: Plan) -> None:
    draft = f"/plan/{plan.id}/draft"
    page = boss.get(draft)
    moves = [button["value"].split()[0] for button in page.soup.select("button[name=move]")]
    assert moves == ["down", "up"]
    page = boss.submit(
        page, "form.plan-draft", button=f"down actions {action(plan).id} {action(plan, 1).id}", follow=True
    )
    assert [one.title for one in outline(plan).actions()] == ["Une cuisine", "Une tournée"]
    boss.submit(f"{draft}/objectives/new?under={outline(plan).orientations[0].id}", "form.form", title="Rénover")
    boss.submit(edit_path(plan), "form.form", under="-1")
    assert [one.title for one in outline(plan).orientations[0].objectives[1].actions] == ["Une cuisine"]
    page = boss.get(f"{draft}/objectives/-1/removal")
    assert "Une cuisine" in page.words
    boss.submit(page, "form.form")
    assert [one.title for one in outline(plan).actions()] == ["Une tournée"]
    assert (
        boss.get(f"{draft}/objectives/-1/removal").status_code
        == 404
        == boss.get(f"{draft}/actions/-7/edit").status_code
    )
    page = boss.forge(f"{draft}/position", move="sideways actions 1 2")
    assert page.status_code == 422
    boss.submit(f"{draft}/discard", "form.form")
    assert not db.session.query(PlanDraft).count() and boss.get(f"{draft}/discard").status_code == 303

"""What undoes much says its effect before it is done: a charge taken back, another plan made current, one put away."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core.db import db
from app.journal.models import Entry
from app.plan.models.progress import Holder
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanDraft
from app.plan.queries import late
from app.plan.queries import plans as queries
from app.plan.service import publishing
from tests.support import rows
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of

FORM = "main form.form"


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2, ends_on="2020-01-01"), action_of("Une cuisine"))


def current_ids(plans: MakePlan) -> list[int]:
    found = queries.find_current_plan(plans.make.actor())
    return [found.id] if found else []


def test_another_plan_becomes_the_current_one_once_its_effect_was_read(
    boss: Browser, plan: Plan, plans: MakePlan, visitor: Browser
) -> None:
    other = plans.plan(title="Le suivant")
    page = boss.get(boss.get("/plan/all").soup.select_one(f"#plan-{other.id} a[href$=current]")["href"])
    assert f"« {plan.title} », le plan courant, lui laisse la place" in page.words.replace("\xa0", " ") and current_ids(
        plans
    ) == [plan.id]
    boss.submit(page, FORM)
    assert current_ids(plans) == [other.id] and "Rendre courant" not in visitor.get("/plan/all").words


def test_no_button_of_the_list_of_plans_acts_at_once_but_the_one_that_undoes(
    boss: Browser, plan: Plan, plans: MakePlan
) -> None:
    plans.plan(title="Le suivant")
    assert not boss.get("/plan/all").soup.select("main form[method=post]")
    publishing.archive(actor_for(plans.boss), plan)
    assert [form["action"] for form in boss.get("/plan/all").soup.select("main form[method=post]")] == [
        f"/plan/{plan.id}/restoration"
    ]


@pytest.mark.both_engines
def test_a_plan_that_was_never_published_is_deleted_with_what_it_held(boss: Browser, visitor: Browser) -> None:
    boss.submit("/plan/new", "form.form", title="Par erreur", starts_on="2026-04-01", ends_on="2029-03-31")
    plan = rows.last(Plan)
    draft = f"/plan/{plan.id}/draft"
    boss.submit(f"{draft}/orientations/new", "form.form", title="Bien manger")
    boss.submit(f"{draft}/objectives/new?under=-1", "form.form", title="Rapprocher")
    page = boss.get(f"/plan/{plan.id}/deletion")
    assert (
        "1 orientation de son brouillon" in page.words
        and "1 objectif" in page.words
        and "Cela ne se défait pas" in page.words
    )
    boss.submit(f"{draft}/orientations/new", "form.form", title="Se loger")
    page = boss.submit(page, FORM)
    assert page.status_code == 409 and "2 orientations" in page.words and rows.count(Plan) == 1
    assert "est supprimé" in boss.submit(page, FORM, follow=True).words
    assert rows.count(Plan) == rows.count(PlanDraft) == 0 and boss.get(draft).status_code == 404
    assert not boss.get("/plan/all").soup.select("#plan-1")


def test_the_form_that_began_a_deleted_plan_begins_another_one(boss: Browser) -> None:
    page = boss.get("/plan/new")
    fields = {"title": "Par erreur", "starts_on": "2026-04-01", "ends_on": "2029-03-31"}
    boss.submit(page, "form.form", **fields)
    boss.submit(f"/plan/{rows.last(Plan).id}/deletion", FORM)
    assert boss.submit(page, "form.form", **fields).status_code == 303 and rows.count(Plan) == 1


@pytest.mark.both_engines
def test_a_published_plan_goes_to_the_archives_is_read_there_and_comes_back(
    boss: Browser, plan: Plan, plans: MakePlan, visitor: Browser, make: Make, sign_in: Any
) -> None:
    action, holder = rows.every(Action)[0], make.user()
    db.session.add(Holder(action_id=action.id, user_id=holder.id, given_by=plans.boss.id))
    db.session.commit()
    hers = sign_in(holder)
    assert boss.get(f"/plan/{plan.id}/deletion").status_code == 404 and late.list_late_actions(
        rows.again(action).ends_on.replace(year=2030)
    )
    assert hers.get(f"/plan/actions/{action.id}/bulletins/new").status_code == 200
    page = boss.get(f"/plan/{plan.id}/archive")
    assert "C'est le plan courant" in page.words.replace("’", "'") and rows.again(plan).is_current
    assert "reste lisible" in boss.submit(page, FORM, follow=True).words
    assert rows.again(plan).archived_by and not rows.again(plan).is_current and current_ids(plans) == []
    page = visitor.get(f"/plan/{plan.id}")
    assert (
        "aux archives depuis" in page.words
        and "Une tournée" in page.words
        and visitor.get(f"/plan/actions/{action.id}").status_code == 200
    )
    assert (
        not late.list_late_actions(rows.again(action).ends_on.replace(year=2030))
        and f"plan-{plan.id}" not in boss.get("/plan/import").text
    )
    assert hers.get(f"/plan/actions/{action.id}/bulletins/new").status_code == 404
    answer = boss.submit(f"/plan/actions/{action.id}/holders", "form[method=post].form", email=make.user().email)
    assert answer.status_code == 409 and "Ce plan est aux archives" in answer.words and rows.count(Holder) == 1
    for path in (
        f"/plan/{plan.id}/draft",
        f"/plan/{plan.id}/draft/orientations/new",
        f"/plan/{plan.id}/current",
        f"/plan/{plan.id}/archive",
    ):
        assert boss.get(path).status_code == 404
    boss.submit("/plan/all", f"#plan-{plan.id} form")
    assert not rows.again(plan).is_archived and hers.get(f"/plan/actions/{action.id}/bulletins/new").status_code == 200
    assert [entry.facts["state"] for entry in rows.every(Entry) if "state" in entry.facts][-2:] == [
        "archived",
        "unarchived",
    ]


def test_the_end_of_a_charge_says_what_it_does_before(boss: Browser, plan: Plan, make: Make, plans: MakePlan) -> None:
    action, one, two = rows.every(Action)[0], make.user(name="Ana Boileau"), make.user(name="Béa Caron")
    for person in (one, two):
        db.session.add(Holder(action_id=action.id, user_id=person.id, given_by=plans.boss.id))
    db.session.commit()
    path = f"/plan/actions/{action.id}/holders"
    page = boss.get(path)
    assert not page.soup.select(f'form[action^="{path}/"]')
    page = boss.get(page.soup.select_one(f"#row-{one.id} a")["href"])
    assert "Retirer sa charge à Ana Boileau" in page.words and "la seule personne" not in page.words
    boss.submit(page, FORM)
    page = boss.get(f"{path}/{two.id}/withdrawal")
    assert "la seule personne qui tient cette action à jour" in page.words and rows.every(Holder)[1].ended_at is None
    assert "Personne ne tient cette action à jour" in boss.submit(page, FORM, follow=True).words
    assert boss.get(f"{path}/{two.id}/withdrawal").status_code == 404


def test_news_told_from_the_desk_is_kept_no_more_by_the_browser(boss: Browser, plan: Plan) -> None:
    form = boss.get(boss.get("/moderation?queue=late").soup.select_one(".slot-acts a[href*='/bulletins/new']")["href"])
    page = boss.submit(form, FORM, follow=True, body="La tournée reprend lundi.")
    assert page.request.path == "/moderation"
    assert page.soup.select_one("meta[name=kept-clear]")["content"] == form.soup.select_one(FORM)["data-keep"]


class TestNaming:
    """A person is found by name among those whose name others read."""

    @pytest.fixture
    def path(self, plan: Plan) -> str:
        return f"/plan/actions/{rows.every(Action)[0].id}/holders"

    @pytest.fixture(autouse=True)
    def people(self, make: Make) -> None:
        make.user(name="Élise Tremblay", admitted_count=2)
        make.user(name="Elise Trempe", shows_in_search=True)
        make.user(name="Élise Trépanier", trusted_at=make.user().created_at)
        make.user(name="Élise Trudel", trusted_at=None)
        make.user(name="Élise Turgeon", admitted_count=2, closed_at=make.user().created_at)
        make.user(name="Élise Tanguay", admitted_count=2, active=False)
        make.user(name="Élise Thériault", admitted_count=2, confirmed_at=None)

    def test_a_charge_is_given_to_one_of_the_people_found(self, boss: Browser, path: str) -> None:
        page = boss.submit(path, "main form.search", q="elise t")
        assert [label.text.strip() for label in page.soup.select("#person .check")] == [
            "Élise Tremblay",
            "Elise Trempe",
            "Élise Trépanier",
        ]
        assert "@" not in page.soup.select_one("#found").text
        chosen = page.soup.select("#person input")[1]["value"]
        page = boss.submit(page, "#found", person=chosen, follow=True)
        assert "Elise Trempe" in page.soup.select_one("main .list").text and rows.last(Holder).user_id == int(chosen)
        page = boss.submit(path, "main form.search", q="Trempe")
        assert "Personne n'a été trouvé" in page.words.replace("’", "'")

    def test_who_can_not_be_found_is_named_by_their_address_and_a_forged_number_names_nobody(
        self, boss: Browser, path: str, make: Make
    ) -> None:
        hidden = make.user(name="Élise Trudeau", email="elise@exemple.org", trusted_at=None)
        page = boss.forge(path, person=str(hidden.id))
        assert page.status_code == 422 and rows.count(Holder) == 0
        assert (
            boss.submit(path, "main form.form", email="elise@exemple.org").status_code == 303
            and rows.last(Holder).user_id == hidden.id
        )
        page = boss.submit(path, "main form.form", email="")
        assert page.status_code == 422 and page.soup.select_one("main details[open] .error")

    def test_one_letter_finds_nobody_and_what_is_typed_stays(self, boss: Browser, path: str) -> None:
        page = boss.get(f"{path}?q=e")
        assert not page.soup.select("#person") and page.soup.select_one("[name=q]")["value"] == "e"

    def test_who_looks_for_a_name_from_the_desk_comes_back_to_it(self, boss: Browser, plan: Plan) -> None:
        page = boss.get(boss.get("/moderation?queue=late").soup.select_one(".slot-acts a[href*='/holders']")["href"])
        page = boss.submit(page, "main form.search", q="elise t")
        chosen = page.soup.select("#person input")[0]["value"]
        assert boss.submit(page, "#found", person=chosen).headers["Location"].startswith("/moderation?queue=late")

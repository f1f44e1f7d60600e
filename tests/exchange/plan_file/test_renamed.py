"""What was renamed since a file was written, or a version published, is found by the name that it had: none is made again."""

from typing import TypeVar

import pytest

from app.communities import service as communities
from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Invalid
from app.exchange import plan_imports
from app.exchange.plan_file import axes
from app.exchange.plan_file.cells import CellError
from app.exchange.plan_file.writing import csv_lines
from app.plan import outline as outlines
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanVersion
from app.plan.queries import plans as queries
from app.plan.queries import progress
from app.plan.service import publishing
from app.reference import former_names
from app.reference import service as reference
from app.reference.entries import EntryWords
from app.reference.models import Issue, Organisation, Territory
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, count, every, last
from tests.support.sheets import read
from tests.support.world import HERE

T = TypeVar("T", Issue, Organisation, Territory)


def export(plan: Plan) -> str:
    return "".join(csv_lines(queries.get_published_outline(plan), progress.get_progress_by_action(plan), "fr"))


def row(model: type[T], **values: str) -> T:
    return db.session.query(model).filter_by(**values).one()


def rename_all(make: Make, plans: MakePlan) -> None:
    """Give another name, and another address, to all that the plan names."""
    boss = actor_for(plans.boss)
    for name, new in (("Moisson Sud", "La Moisson du Sud-Ouest"), ("CDC", "Corporation de développement")):
        reference.rename(boss, row(Organisation, name=name), new)
    reference.rename(boss, row(Territory, code="70052"), "Valleyfield")
    reference.edit_issue(boss, row(Issue, slug="education"), EntryWords("Apprendre"), slug="apprendre")
    communities.edit(boss, make.room(HERE), EntryWords("Bien manger ici"), colour="neutral", slug="bien-manger")


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(
        action_of(
            "Une tournée",
            1,
            lead="Moisson Sud",
            partners=["CDC"],
            community=HERE,
            communities=["transport-collectif"],
            territories=["70052"],
            issues=["education"],
        )
    )


def test_an_export_made_before_is_read_again_and_brings_nothing(make: Make, plans: MakePlan, plan: Plan) -> None:
    before, organisations = export(plan), count(Organisation)
    rename_all(make, plans)
    preview = plan_imports.build_preview(read(before.encode()), plan)
    assert not preview.refusals and not preview.changes, preview
    after = export(plan)
    for old, new in (
        ("Moisson Sud", "La Moisson du Sud-Ouest"),
        ("Sécurité alimentaire", "Bien manger ici"),
        ('"CDC"', "Corporation"),
        ("ducation", "Apprendre"),
        ("Salaberry", "Valleyfield"),
    ):
        assert old in before and old not in after and new in after, (old, after)
    assert not plan_imports.build_preview(read(after.encode()), plan).changes
    changed = read(before.replace("Une tournée", "Une grande tournée").encode())
    lead_id = last(Action).lead_id
    plan_imports.publish(actor_for(plans.boss), plan, changed, version="published-1", reason="Plus grande")
    assert (last(Action).lead_id, count(Organisation)) == (lead_id, organisations)


def test_an_old_version_is_published_again_with_the_same_organisations(make: Make, plans: MakePlan, plan: Plan) -> None:
    old, organisations, lead_id = again(last(PlanVersion)).outline, count(Organisation), last(Action).lead_id
    draft = publishing.save_draft(actor_for(plans.boss), plan, outlines.load_outline(old), version="")
    rename_all(make, plans)
    with pytest.raises(Invalid):
        publishing.publish_draft(actor_for(plans.boss), again(plan), version=draft.version, reason="Rien n'y change")
    publishing.publish(actor_for(plans.boss), again(plan), outlines.load_outline(old), reason="Comme avant")
    [action] = every(Action)
    assert (action.lead_id, action.community_id, count(Organisation)) == (
        lead_id,
        make.room("bien-manger").id,
        organisations,
    )
    [words] = outlines.load_outline(last(PlanVersion).outline).actions()
    assert (words.lead, words.partners, words.community, words.issues) == (
        "La Moisson du Sud-Ouest",
        ["Corporation de développement"],
        "bien-manger",
        ["apprendre"],
    )


def test_the_name_that_an_organisation_had_leads_to_it_and_is_given_to_no_other(
    make: Make, plans: MakePlan, plan: Plan
) -> None:
    rename_all(make, plans)
    boss, moisson = actor_for(plans.boss), row(Organisation, name="La Moisson du Sud-Ouest")
    assert reference.get_or_add_organisation("moisson sud") == moisson.id
    with pytest.raises(Invalid):
        reference.rename(boss, row(Organisation, name="Corporation de développement"), "Moisson Sud")
    reference.rename(boss, again(moisson), "Moisson Sud")
    assert former_names.get_organisations(["Moisson Sud", "La Moisson du Sud-Ouest", "Inconnue"]) == {
        "Moisson Sud": moisson,
        "La Moisson du Sud-Ouest": moisson,
    }


def test_a_name_that_another_has_now_is_its_own_and_one_that_two_had_is_refused(plans: MakePlan) -> None:
    boss = actor_for(plans.boss)
    first, second = db.session.query(Territory).filter(Territory.parent_id.is_not(None)).order_by(Territory.id).limit(2)
    for place, shared in ((first, "Grande-Île"), (second, "Grande-Île")):
        reference.rename(boss, place, shared), reference.rename(boss, place, f"{shared} {place.code}")
    with pytest.raises(CellError):
        axes.build_territory_axis().find("Grande-Île")
    assert axes.build_territory_axis().find(f"Grande-Île ({first.code})") == ([first.code], True)
    reference.rename(boss, first, "Grande-Île")
    assert axes.build_territory_axis().find("Grande-Île") == ([first.code], True)

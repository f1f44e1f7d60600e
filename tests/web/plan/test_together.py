"""Two coordinators write the same draft: what one wrote stays until the other chose otherwise, part by part."""

from typing import Any

import pytest

from app.core.db import db
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanDraft
from app.plan.queries import plans as queries
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.web.plan.test_writing import action, edit_path, outline

ASKED, FORM = ".overlap legend", "form.form"


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2), action_of("Une cuisine"))


@pytest.fixture
def colleague(make: Make, sign_in: Any) -> Browser:
    browser: Browser = sign_in(make.user(role="coordinator"))
    return browser


def questions(page: Any) -> list[str]:
    return [legend.text.strip().replace("\xa0", " ").replace("\u202f", "") for legend in page.soup.select(ASKED)]


def texts(page: Any, name: str) -> list[str]:
    return [one.text.strip() for one in page.soup.select(f"#keep-{name} .overlap-words")]


@pytest.mark.both_engines
def test_a_colleagues_weight_stays_when_another_field_is_written_over_an_older_page(
    boss: Browser, colleague: Browser, plan: Plan
) -> None:
    mine = boss.get(edit_path(plan))
    colleague.submit(edit_path(plan), FORM, weight="9")
    page = boss.submit(mine, FORM, title="Une tournée plus longue", follow=True)
    assert "« Poids » a changé entre-temps" in page.words.replace("\xa0", " ")
    assert (action(plan).weight, action(plan).title) == (9, "Une tournée plus longue")


@pytest.mark.both_engines
def test_what_both_wrote_is_asked_for_until_one_of_the_two_is_chosen(
    boss: Browser, colleague: Browser, plan: Plan
) -> None:
    mine = boss.get(edit_path(plan))
    colleague.submit(edit_path(plan), FORM, weight="9")
    page = boss.submit(mine, FORM, weight="4", title="Une tournée plus longue")
    assert (
        page.status_code == 409 and questions(page) == ["Poids : que garder?"] and texts(page, "weight") == ["9", "4"]
    )
    for _press in range(2):
        page = boss.submit(page, FORM)
        assert page.status_code == 409 and action(plan).weight == 9
    colleague.submit(edit_path(plan), FORM, weight="7")
    page = boss.submit(page, FORM, **{"keep-weight": "yours"})
    assert page.status_code == 409 and texts(page, "weight") == ["7", "4"]
    assert boss.submit(page, FORM, **{"keep-weight": "yours"}).status_code == 303
    assert (action(plan).weight, action(plan).title) == (4, "Une tournée plus longue")


def test_the_words_of_a_colleague_are_taken_or_put_together_with_ones_own(
    boss: Browser, colleague: Browser, plan: Plan
) -> None:
    pages = [boss.get(edit_path(plan)) for _n in "ab"]
    theirs = "Chaque jeudi matin, un camion passe dans les villages qui n'ont plus d'épicerie."
    colleague.submit(edit_path(plan), FORM, body=theirs)
    page = boss.submit(pages[0], FORM, body=theirs.replace("jeudi", "mardi"))
    assert page.status_code == 409 and texts(page, "body") == [theirs, theirs.replace("jeudi", "mardi")]
    assert [mark.text for mark in page.soup.select(".overlap mark")] == ["jeudi", "mardi"]
    assert boss.submit(page, FORM, **{"keep-body": "theirs"}).status_code == 303 and action(plan).body == theirs
    page = boss.submit(pages[1], FORM, body="Le soir.")
    boss.submit(page, FORM, **{"keep-body": "yours", "body": f"{theirs} Le soir aussi."})
    assert action(plan).body == f"{theirs} Le soir aussi."


def test_the_rows_of_an_action_are_compared_as_one(boss: Browser, colleague: Browser, plan: Plan) -> None:
    mine, other = boss.get(edit_path(plan)), boss.get(edit_path(plan))
    page = colleague.submit(
        edit_path(plan), FORM, **{"milestones-2-title": "Le camion est loué", "partners-0-name": "Moisson"}
    )
    colleague.submit(page, FORM)
    page = boss.submit(mine, FORM, weight="3", follow=True)
    assert "« Partenaires », « Jalons » ont changé" in page.words.replace("\xa0", " ")
    assert [row.title for row in action(plan).milestones] == ["Jalon 1", "Jalon 2", "Le camion est loué"]
    page = boss.submit(other, FORM, **{"milestones-0-title": "Jalon zéro"})
    assert questions(page) == ["Jalons : que garder?"] and "Le camion est loué" in texts(page, "milestones")[0]
    page = boss.submit(page, FORM, button="add milestones")
    assert questions(page) == ["Jalons : que garder?"]
    boss.submit(page, FORM, **{"keep-milestones": "theirs"})
    assert [row.title for row in action(plan).milestones] == ["Jalon 1", "Jalon 2", "Le camion est loué"]
    assert action(plan).partners == ["Moisson"] and action(plan).weight == 3


def test_a_wrong_value_and_a_question_are_asked_at_once_and_a_choice_stays(
    boss: Browser, colleague: Browser, plan: Plan
) -> None:
    mine = boss.get(edit_path(plan))
    colleague.submit(edit_path(plan), FORM, weight="9", budget="500")
    page = boss.submit(mine, FORM, weight="4", title=" ")
    assert page.status_code == 422 and questions(page) == ["Poids : que garder?"]
    assert page.soup.select_one("[name=budget]")["value"] == "500"
    page = boss.submit(page, FORM, **{"keep-weight": "yours"})
    assert page.status_code == 422 and not questions(page)
    assert boss.submit(page, FORM, title="Un titre").status_code == 303 and (
        action(plan).weight,
        action(plan).budget,
    ) == (4, 500)


def test_a_change_elsewhere_in_the_draft_asks_nothing(boss: Browser, colleague: Browser, plan: Plan) -> None:
    draft = f"/plan/{plan.id}/draft"
    pages = [
        boss.get(path)
        for path in (f"{draft}/actions/{action(plan).id}/removal", f"{draft}/edit", f"{draft}/orientations/new")
    ]
    colleague.submit(edit_path(plan, 1), FORM, title="Une cuisine ouverte")
    colleague.submit(f"{draft}/orientations/new", FORM, title="Se loger")
    for page, typed in zip(pages, ({}, {"title": "Autre titre"}, {"title": "Circuler"}), strict=True):
        assert boss.submit(page, FORM, **typed).status_code == 303
    assert [one.title for one in outline(plan).actions()] == ["Une cuisine ouverte"]
    assert [one.title for one in outline(plan).orientations[1:]] == ["Se loger", "Circuler"] and outline(
        plan
    ).title == "Autre titre"


def test_the_words_of_the_plan_itself_are_asked_for_too(boss: Browser, colleague: Browser, plan: Plan) -> None:
    path = f"/plan/{plan.id}/draft/edit"
    mine = boss.get(path)
    colleague.submit(path, FORM, title="Le plan des gens", ends_on="2032-03-31")
    page = boss.submit(mine, FORM, title="Le plan de tous")
    assert questions(page) == ["Titre : que garder?"] and "Dernier jour" in page.soup.select_one("form .notice").text
    boss.submit(page, FORM, **{"keep-title": "theirs"})
    assert (outline(plan).title, outline(plan).ends_on) == ("Le plan des gens", "2032-03-31")


def test_the_same_new_part_sent_twice_is_added_once(boss: Browser, plan: Plan) -> None:
    page = boss.get(f"/plan/{plan.id}/draft/orientations/new")
    for _press in range(2):
        assert boss.submit(page, FORM, title="Se loger").status_code == 303
    assert [one.title for one in outline(plan).orientations[1:]] == ["Se loger"]


def test_a_part_is_moved_past_the_neighbour_that_was_shown(boss: Browser, colleague: Browser, plan: Plan) -> None:
    draft = f"/plan/{plan.id}/draft"
    page, ids = boss.get(draft), [one.id for one in outline(plan).actions()]
    colleague.submit(draft, "form.plan-draft", button=f"down actions {ids[0]} {ids[1]}")
    page = boss.submit(page, "form.plan-draft", button=f"down actions {ids[0]} {ids[1]}")
    assert page.status_code == 409 and "voici leur ordre" in page.words
    assert [one.id for one in outline(plan).actions()] == ids[::-1]
    assert boss.submit(page, "form.plan-draft", button=f"up actions {ids[0]} {ids[1]}").status_code == 303
    assert [one.id for one in outline(plan).actions()] == ids


def test_a_part_that_changed_is_removed_once_it_was_read_again(boss: Browser, colleague: Browser, plan: Plan) -> None:
    objective = outline(plan).orientations[0].objectives[0].id
    page = boss.get(f"/plan/{plan.id}/draft/objectives/{objective}/removal")
    colleague.submit(edit_path(plan, 1), FORM, title="Une cuisine ouverte")
    page = boss.submit(page, FORM)
    assert page.status_code == 409 and "Une cuisine ouverte" in page.words and list(outline(plan).actions())
    answer = boss.submit(page, FORM)
    assert answer.status_code == 303 and not list(outline(plan).actions())
    assert answer.headers["Location"].endswith(f"#orientations{outline(plan).orientations[0].id}")


def test_a_part_that_was_removed_meanwhile_is_added_again_with_what_was_typed(
    boss: Browser, colleague: Browser, plan: Plan
) -> None:
    draft, late = f"/plan/{plan.id}/draft", boss.get(edit_path(plan, 1))
    gone = boss.get(f"{draft}/actions/{action(plan, 1).id}/removal")
    colleague.submit(f"{draft}/actions/{action(plan, 1).id}/removal", FORM)
    answer = boss.submit(late, FORM, title="Mes mots")
    assert answer.status_code == 409 and answer.soup.select_one(FORM)["action"] == f"{draft}/actions/new"
    assert boss.submit(answer, FORM).status_code == 303 and action(plan, 1).title == "Mes mots"
    assert "l'a retirée" in boss.submit(gone, FORM, follow=True).words.replace("’", "'")


def test_a_draft_is_thrown_away_or_published_as_it_was_shown(boss: Browser, colleague: Browser, plan: Plan) -> None:
    draft = f"/plan/{plan.id}/draft"
    boss.submit(edit_path(plan), FORM, weight="3")
    discard, publication = boss.get(f"{draft}/discard"), boss.get(f"{draft}/publication")
    assert "Ce qui sera perdu" in discard.words
    colleague.submit(edit_path(plan, 1), FORM, title="Une cuisine ouverte")
    discard, publication = boss.submit(discard, FORM), boss.submit(publication, FORM, reason="Pour voir")
    assert discard.status_code == publication.status_code == 409 and db.session.query(PlanDraft).count()
    assert "Une cuisine ouverte" in discard.words and "Une cuisine ouverte" in publication.words
    assert (
        boss.submit(publication, FORM).status_code == 303
        and queries.find_draft(db.session.get_one(Plan, plan.id)) is None
    )

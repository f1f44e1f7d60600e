"""Whoever keeps an action up to date says where it is through its form; the coordination says who that is."""

from typing import Any

import pytest

from app.core import clock
from app.plan.outline import IndicatorOutline
from app.plan.queries import actions, holders
from app.plan.service.bulletins import Completion
from tests.support.make import Make
from tests.support.make_plan import MakePlan


def test_a_holder_ticks_a_milestone_with_its_day_and_proof_and_the_page_says_it(
    make: Make, plans: MakePlan, sign_in: Any, visitor: Any
) -> None:
    action = plans.action(indicators=[IndicatorOutline("Ménages servis", unit="ménages", target=40)])
    browser, (first, second) = sign_in(plans.holder(action)), actions.list_milestones(action.id)
    page, value = f"/plan/actions/{action.id}/bulletins/new", actions.list_indicators(action.id)[0]
    typed = {
        "body": "Six tournées faites.",
        f"reached_{first.id}": "y",
        f"value_{value.id}": "27,5",
        "blocker": "La neige",
    }
    refused = browser.submit(page, "main form.form", **typed)
    assert (
        refused.status_code == 422
        and "Dites ce qui le montre" in refused.words
        and "27" in str(refused.soup.select_one(f"#value_{value.id}"))
    )
    done = browser.submit(page, "main form.form", follow=True, **typed, **{f"proof_{first.id}": "27 ménages inscrits"})
    assert "publié sur la page de l" in done.words
    assert (
        done.soup.select_one("meta[name=kept-clear]")["content"]
        == refused.soup.select_one("main form.form")["data-keep"]
    )
    assert (action.state, actions.get_tally(action.id).reached) == ("underway", 1)
    assert "Six tournées faites." in visitor.get(f"/plan/actions/{action.id}").words
    again = browser.get(page)
    assert again.soup.select_one(f"#reopened_{first.id}") and again.soup.select_one(f"#reached_{second.id}")
    browser.submit(page, "main form.form", body="Une erreur de case.", **{f"reopened_{first.id}": "y"})
    assert actions.get_tally(action.id).reached == 0


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"body": ""}, "obligatoire"),
        ({"reached_on": "2999-01-01", "reached": "y", "proof": "x"}, "à venir"),
        ({"reached": "y"}, "Dites ce qui le montre"),
        ({"value": "beaucoup"}, "Écrivez un nombre"),
        ({"value": "1e99"}, "Écrivez un nombre"),
        ({"value": "nan"}, "Écrivez un nombre"),
        ({"value": "9" * 14}, "trop grand"),
        ({"reached": "y", "proof": "x", "reached_on": "hier"}, "date"),
        ({"value": "3", "measured_on": "hier"}, "date"),
        ({"reached": "y", "proof": "x", "proof_url": "javascript:alert(1)"}, "adresse complète"),
        ({"reached": "y", "proof": "x", "proof_url": "//[exemple"}, "adresse complète"),
        ({"state": "achieved"}, "Il reste des jalons"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    plans: MakePlan, sign_in: Any, fields: dict[str, str], says: str
) -> None:
    action = plans.action(indicators=[IndicatorOutline("Ménages servis")])
    first, value = actions.list_milestones(action.id)[0], actions.list_indicators(action.id)[0]
    numbers = {"value": value.id, "measured_on": value.id, "body": None, "state": None}
    named = {
        name if numbers.get(name, first.id) is None else f"{name}_{numbers.get(name, first.id)}": text
        for name, text in fields.items()
    }
    refused = sign_in(plans.boss).submit(
        f"/plan/actions/{action.id}/bulletins/new", "main form.form", **{"body": "Tout avance."} | named
    )
    assert refused.status_code == 422 and says in refused.words.replace("\xa0", " ")
    assert fields.get("body") == "" or "Tout avance." in str(refused.soup)


def test_an_action_without_milestones_says_its_progress_and_its_end(plans: MakePlan, sign_in: Any) -> None:
    action, browser = plans.action(milestones=0), sign_in(plans.boss)
    page = f"/plan/actions/{action.id}/bulletins/new"
    assert browser.submit(page, "main form.form", body="À mi-chemin.", progress="101").status_code == 422
    browser.submit(page, "main form.form", body="À mi-chemin.", progress="50", state="underway")
    browser.submit(page, "main form.form", body="Faute d'argent.", state="dropped")
    assert (action.progress, action.state) == (50, "dropped")


def test_the_coordination_gives_the_charge_of_an_action_and_takes_it_back(
    make: Make, plans: MakePlan, sign_in: Any
) -> None:
    action, boss, ana = plans.action(), sign_in(plans.boss), make.user("Ana Perdrix")
    page = f"/plan/actions/{action.id}/holders"
    assert sign_in(ana).get(page).status_code == 404
    refused = boss.submit(page, "main form.form", email="personne@exemple.test")
    assert refused.status_code == 422 and "Aucun compte confirmé" in refused.words
    named = boss.submit(page, "main form.form", email=ana.email, follow=True)
    assert "La charge est donnée à Ana Perdrix." in named.words and [
        one.user_id for one in holders.list_holders(action.id)
    ] == [ana.id]
    gone = boss.submit(f"{page}/{ana.id}/withdrawal", "main form.form", follow=True)
    assert (
        "Personne ne tient cette action" in gone.words
        and "retirée à Ana Perdrix." in gone.words
        and not holders.list_holders(action.id)
    )


def test_what_one_said_is_written_again_or_taken_back_and_what_moved_by_it_stays(
    make: Make, plans: MakePlan, sign_in: Any, visitor: Any
) -> None:
    action = plans.action()
    holder, first = plans.holder(action), actions.list_milestones(action.id)[0]
    said = plans.say(
        action, "Six tourné faites.", by=holder, completions=[Completion(first.id, clock.today(), "27 ménages")]
    )
    browser, page = sign_in(holder), f"/plan/actions/{action.id}"
    edit = browser.get(page).soup.select_one(f"#bulletin-{said.id} a[href$='/edit']")["href"]
    assert browser.submit(edit, "main form.form", body=" ").status_code == 422
    form = browser.get(edit)
    done = browser.submit(form, "main form.form", body="Six tournées faites.", follow=True)
    assert (
        "Six tournées faites." in done.words
        and "modifié" in done.soup.select_one(f"#bulletin-{said.id} .log-when").text
    )
    assert (
        done.soup.select_one("meta[name=kept-clear]")["content"] == form.soup.select_one("main form.form")["data-keep"]
    )
    deletion = browser.get(page).soup.select_one(f"#bulletin-{said.id} a[href$='/deletion']")["href"]
    assert "Six tournées faites." in browser.get(deletion).soup.select_one("main blockquote").text
    browser.submit(deletion, "main form.form")
    assert "Six tournées" not in visitor.get(page).words and actions.get_tally(action.id).reached == 1


def test_whoever_wrote_what_is_hidden_reads_it_with_its_reason_and_nobody_else_does(
    make: Make, plans: MakePlan, sign_in: Any, visitor: Any
) -> None:
    action = plans.action()
    holder, page = plans.holder(action), f"/plan/actions/{action.id}"
    hidden, seen = plans.say(action, "Un nom de trop.", by=holder), plans.say(action, "Tout avance.", by=holder)
    make.at(hidden, hidden_at=clock.now(), hidden_reason="On y nomme une personne.")
    for browser, ids in (
        (visitor, [seen.id]),
        (sign_in(holder), [seen.id, hidden.id]),
        (sign_in(make.user()), [seen.id]),
    ):
        answer = browser.get(page)
        assert [one["id"] for one in answer.soup.select(".log > li")] == [f"bulletin-{number}" for number in ids]
        assert ("On y nomme une personne." in answer.words) == ("Un nom de trop." in answer.words) == (hidden.id in ids)

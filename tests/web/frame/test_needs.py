"""What counts only with another field is refused when it is filled alone: nothing typed is dropped in silence."""

from typing import Any

import pytest
from wtforms.fields.core import UnboundField

from app.desk.models import SavedReply
from app.events.models.meetings import FEATURES
from app.forms.base import Form
from app.forms.bulletins import BulletinForm
from app.forms.needs import Needs
from app.ideas.models import Answer, Revision
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.moderation.moves.models import MoveRequest
from app.plan.models.progress import Bulletin
from app.plan.outline import IndicatorOutline
from app.plan.queries import actions
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan
from tests.support.rows import again, count, last
from tests.web.frame.test_outages import forms

HERE, WHY = "securite-alimentaire", "Un motif assez long."
OF_A_MEETING = ("WelcomeForm", "EventForm")
# Every pair: the form, the field, what it counts with. Those of a bulletin are made for one action.
PAIRS = {
    ("BulletinForm", "reached_on", "reached"),
    ("BulletinForm", "proof", "reached"),
    ("BulletinForm", "proof_url", "reached"),
    ("BulletinForm", "measured_on", "value"),
    ("DecisionForm", "measure", "act"),
    ("RequestForm", "words", "act"),
    ("ReviewForm", "remark", "act"),
    *(
        (name, "description_en", "description")
        for name in ("WordsForm", "IssueForm", "WorkingRulesForm", "NewCommunityForm", "CommunityForm")
    ),
    # A meeting: what is said of a welcome that was ticked, and what counts in a room, online, or from a day on.
    *((name, f"note_{code}", "features") for name in ("NotesForm", *OF_A_MEETING) for code in FEATURES),
    *(
        (name, field, other)
        for name in OF_A_MEETING
        for other, fields in (
            ("mode", ("place", "territory", "directions", "room_url", "capacity_in_person", "capacity_online")),
            ("opens_on", ("opens_hour",)),
        )
        for field in fields
    ),
}


def needs_of(field: Any) -> list[Needs]:
    validators = (
        [*field.args[1:2], field.kwargs.get("validators", ())]
        if isinstance(field, UnboundField)
        else [field.validators]
    )
    return [one for group in validators for one in group or () if isinstance(one, Needs)]


def test_the_pairs_are_these(app: Any, plans: MakePlan) -> None:
    fields = [(form.__name__, name, getattr(form, name)) for form in forms(Form) for name in dir(form)]
    found = {
        (form, name, need.other)
        for form, name, field in fields
        if isinstance(field, UnboundField) and form != "ThisBulletinForm"
        for need in needs_of(field)
    }
    action = plans.action(indicators=[IndicatorOutline("Ménages servis")])
    with app.test_request_context():
        form = BulletinForm.of(
            action, actions.list_milestones(action.id), actions.list_indicators(action.id), formdata=None
        )
    found |= {
        ("BulletinForm", field.name.rpartition("_")[0], need.other.rpartition("_")[0])
        for field in form
        for need in needs_of(field)
    }
    assert found == PAIRS


@pytest.mark.parametrize(
    ("alone", "mate"),
    [("reached_on", "reached"), ("proof", "reached"), ("proof_url", "reached"), ("measured_on", "value")],
)
def test_what_is_said_of_a_milestone_or_a_number_needs_its_box_or_its_value(
    plans: MakePlan, sign_in: Any, alone: str, mate: str
) -> None:
    action, boss = plans.action(indicators=[IndicatorOutline("Ménages servis")]), sign_in(plans.boss)
    first, value = actions.list_milestones(action.id)[0], actions.list_indicators(action.id)[0]
    number = value.id if mate == "value" else first.id
    text = {"proof": "27 ménages inscrits", "proof_url": "https://exemple.org/a"}.get(alone, "2026-01-05")
    typed = {"body": "Tout avance.", f"{alone}_{number}": text}
    path = f"/plan/actions/{action.id}/bulletins/new"
    refused = boss.submit(path, "main form.form", **typed)
    field = refused.soup.select_one(f"#{alone}_{number}")
    assert (
        refused.status_code == 422
        and field["value"] == text
        and field["aria-invalid"] == "true"
        and count(Bulletin) == 0
    )
    proof = {f"proof_{first.id}": "27 ménages inscrits"} if mate == "reached" else {}
    assert (
        boss.submit(
            refused, "main form.form", **proof | {f"{mate}_{number}": "27" if mate == "value" else "y"}
        ).status_code
        == 303
    )


def test_the_page_says_it_before(plans: MakePlan, sign_in: Any) -> None:
    action = plans.action(indicators=[IndicatorOutline("Ménages servis")])
    page = sign_in(plans.boss).get(f"/plan/actions/{action.id}/bulletins/new")
    assert "comptent si cette case est cochée" in page.words
    day = page.soup.select_one("[name^=measured_on]")
    words = [page.soup.find(id=name).get_text() for name in day["aria-describedby"].split()]
    assert [text.replace("\u00a0", " ").replace("’", "'") for text in words] == [
        "Vide : aujourd'hui.",
        "Compte seulement avec une valeur.",
    ]


def test_what_has_no_day_is_of_today(plans: MakePlan, sign_in: Any, clock: Any) -> None:
    clock.at("2026-05-15T16:00")
    action = plans.action(indicators=[IndicatorOutline("Ménages servis")])
    first, value = actions.list_milestones(action.id)[0], actions.list_indicators(action.id)[0]
    sign_in(plans.boss).submit(
        f"/plan/actions/{action.id}/bulletins/new",
        "main form.form",
        body="Tout avance.",
        **{f"reached_{first.id}": "y", f"proof_{first.id}": "27 ménages", f"value_{value.id}": "27"},
    )
    assert actions.list_milestones(action.id)[0].reached_on.isoformat() == "2026-05-15"


def test_a_weight_alone_makes_no_milestone_and_is_not_dropped(plans: MakePlan, sign_in: Any) -> None:
    plan, boss = plans.plan(), sign_in(plans.boss)
    page = boss.get(f"/plan/{plan.id}/draft/actions/new")
    under = page.soup.select("[name=under] option")[-1]["value"]
    refused = boss.submit(page, "form.form", title="Une autre action", under=under, **{"milestones-0-weight": "5"})
    assert refused.status_code == 422 and "Titre du jalon 1" in refused.soup.select_one(".error-summary").get_text()
    assert refused.soup.select_one("[name=milestones-0-weight]")["value"] == "5"
    assert boss.submit(refused, "form.form", **{"milestones-0-weight": "1"}).status_code == 303, (
        "as the page gives it, it says nothing"
    )


@pytest.mark.parametrize("path", ["/communities/new", "/reference/issues/new"])
def test_a_description_in_english_alone_is_refused(boss: Browser, path: str) -> None:
    page = boss.get(path)
    fields = {"name": "Un nom tout neuf", "description_en": "In English."}
    fields |= {"slug": "tout-neuf"} if page.soup.select_one("main [name=slug]") else {}
    refused = boss.submit(page, "main form.form", **fields)
    assert refused.status_code == 422 and refused.soup.select_one("#description_en").get_text().strip() == "In English."
    assert boss.submit(refused, "main form.form", description="En français.").status_code == 303


def test_what_changed_in_a_version_needs_a_new_version(make: Any, author: Any, sign_in: Any) -> None:
    idea, browser = make.idea(author, HERE), sign_in(author)
    refused = browser.submit(
        f"/ideas/{idea.id}/edit", "main form.form", button="publish", summary="J'ai tout réécrit", tags="paniers"
    )
    assert refused.status_code == 422 and refused.soup.select_one("#summary")["value"] == "J'ai tout réécrit"
    page = refused
    for _time in range(2):
        assert browser.submit(page, "main form.form", button="publish", body="Un autre texte.").status_code == 303, (
            "the same form twice"
        )
    assert last(Revision).summary == "J'ai tout réécrit"


def test_a_saved_reply_that_was_chosen_and_not_put_is_said(make: Any, fae: Any, team: Browser) -> None:
    idea = make.idea(None, HERE)
    reply = make.add(
        SavedReply(community_id=make.room(HERE).id, title="Hors du sujet", body="Merci d'avoir écrit.", by_id=fae.id)
    )
    refused = team.submit(
        f"/ideas/{idea.id}/lock", "form:has([name=reply])", reason=WHY, reply=str(reply.id), button=""
    )
    assert refused.status_code == 422 and "sans l'ajouter" in refused.words.replace("’", "'")
    assert refused.soup.select_one("#reason").get_text().strip() == WHY
    assert team.submit(refused, "form:has([name=reply])", button="").status_code == 303


def test_a_measure_that_was_taken_goes_with_the_button_that_closes_a_case_by_it(
    make: Any, fae: Any, team: Browser
) -> None:
    author = make.user()
    case = make.add(
        Case(comment_id=make.comment(make.idea(community=HERE), author).id, community_id=make.room(HERE).id)
    )
    measure = make.add(
        Measure(kind="warn", user_id=author.id, by_id=fae.id, community_id=make.room(HERE).id, reason=WHY)
    )
    page = team.get(f"/moderation/cases/{case.id}")
    for act in ("hide", "dismiss"):
        page = team.submit(page, "main form.form", button=act, reason=WHY, measure=str(measure.id))
        assert page.status_code == 422 and page.soup.select_one("#measure option[selected]")["value"] == str(measure.id)
        assert again(case).state == "open"
    assert (
        team.submit(page, "main form.form", button="handle").status_code == 303 and again(case).measure_id == measure.id
    )


def test_words_to_an_author_who_asks_for_another_community_go_with_a_refusal(
    make: Any, author: Any, sign_in: Any, team: Browser
) -> None:
    path = f"/ideas/{make.idea(author, HERE).id}/move/request"
    sign_in(author).submit(path, "main form.form", community="transport-collectif", reason=WHY)
    page = team.submit(path, "main form.form", button="accept", words="Elle y sera mieux.")
    assert page.status_code == 422 and page.soup.select_one("#words").get_text().strip() == "Elle y sera mieux."
    assert last(MoveRequest).state == "open"
    assert (
        team.submit(page, "main form.form", button="return").status_code == 303
        and last(MoveRequest).answer == "Elle y sera mieux."
    )


@pytest.mark.parametrize("act", ["publish", "agree", "save"])
def test_the_remark_of_a_reviewer_goes_back_with_the_draft(make: Any, sign_in: Any, act: str) -> None:
    writer, colleague = (sign_in(make.user(name, facilitates=[HERE])) for name in ("Wanda Rédige", "Colin Relit"))
    path = f"/ideas/{make.idea(community=HERE).id}/status"
    writer.submit(path, "#answer-form", button="ask", status="under_review", reason="Les premiers mots.")
    page = colleague.submit(path, "#answer-form", button=act, remark="Plus court.")
    assert page.status_code == 422 and page.soup.select_one("#remark").get_text().strip() == "Plus court."
    assert (
        "Renvoyer avec la remarque" in page.soup.select_one("#remark-error").get_text()
        and last(Answer).published_at is None
    )
    assert (
        colleague.submit(page, "#answer-form", button="return").status_code == 303
        and last(Answer).remark == "Plus court."
    )

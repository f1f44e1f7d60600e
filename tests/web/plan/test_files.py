"""The plan goes out as a file for everybody, and comes in from one by the coordination, in two steps."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.exchange import plan_imports
from app.exchange.plan_file import table_process
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanImport, PlanVersion
from app.plan.queries import plans as queries
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import cost, costs_alike
from tests.support.rows import again, count, last
from tests.support.sheets import HEAD, PLACE, csv_of, nested, read, shared_texts, xlsx_of

NEW = csv_of(
    [*HEAD, "Jalon", "Franchi le", "Preuve", "Notes"],
    [*PLACE, "Une tournée", "Jalon 1", "2026-05-01", "Un fait", ""],
    ["", "", "Un marché", "Un lieu", "", "", "?"],
)
FOOT = "form:has([name=version])"
"""The form that says where a file goes."""


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2), action_of("Une cuisine"))


@pytest.fixture
def chief(plans: MakePlan, sign_in: Any) -> Browser:
    browser: Browser = sign_in(plans.boss)
    return browser


def send(browser: Browser, data: bytes, name: str = "plan.csv", **fields: Any) -> Any:
    return browser.submit("/plan/import", "main form", file=FileStorage(io.BytesIO(data), name), **fields)


def test_a_file_is_read_then_shown_then_published_with_a_reason(chief: Browser, plan: Plan) -> None:
    shown = chief.get(send(chief, NEW).headers["Location"])
    assert "1 ajout · 1 changement · 1 retrait 1 action devient abandonnée" in shown.words
    assert "Ce qui change depuis la version 1" in shown.words and "Retrait Action 1.1.2 Une cuisine" in shown.words
    assert (
        "Ajout Action 1.1.2 Un marché" in shown.words and "Lire « Notes » comme Ce titre n’est pas connu" in shown.words
    )
    assert "Jalons franchis 1.1.1 Jalon 1 1er mai 2026" in shown.words and again(plan).number == 1
    refused = chief.submit(shown, FOOT, destination="version")
    assert refused.status_code == 422 and "Dites en quelques mots pourquoi" in refused.words
    done = chief.submit(refused, FOOT, reason="Adopté le 12 mai", follow=True)
    assert "Le plan est publié tel que le fichier le dit" in done.words and again(plan).number == 2
    assert last(PlanVersion).reason == "Adopté le 12 mai" and count(PlanImport) == 0
    empty = chief.get(send(chief, NEW).headers["Location"])
    assert "Rien à changer" in empty.words and not empty.soup.select(FOOT)
    told = csv_of(
        [*HEAD, "État", "Avancement"], [*PLACE, "Une tournée", "en cours", ""], ["", "", "Un marché", "en cours", "40"]
    )
    shown = chief.get(send(chief, told).headers["Location"])
    assert "changent d’état 1.1.2 Un marché En cours" in shown.words
    assert "Avancement déclaré" not in shown.words, "its progress is counted by its milestone"


def test_a_file_goes_into_the_draft_with_its_news_unless_it_is_published_at_once(chief: Browser, plan: Plan) -> None:
    shown = chief.get(send(chief, NEW).headers["Location"])
    done = chief.submit(shown, FOOT, follow=True)
    assert "C'est dans le brouillon" in done.words.replace("’", "'") and again(plan).number == 1
    assert "1 ajout · 1 changement · 1 retrait · 1 jalon franchi" in done.words and count(PlanImport) == 0
    assert "Avec cette version : 1 jalon franchi" in done.words
    page = chief.get(f"/plan/{plan.id}/draft/publication")
    assert "Jalons franchis 1.1.1 Jalon 1 1er mai 2026" in page.words
    assert "Avec cette version" in chief.get(f"/plan/{plan.id}/draft/discard").words
    over = chief.get(send(chief, csv_of(HEAD, [*PLACE, "Un marché"])).headers["Location"])
    assert "Un brouillon est en cours : ce fichier est comparé à lui" in over.words
    refused = chief.submit(over, FOOT, destination="version", reason="Non")
    assert refused.status_code == 409 and "Un brouillon de ce plan est en cours" in refused.words
    chief.submit(page, FOOT, reason="Adopté")
    assert again(plan).number == 2
    late = chief.submit(over, FOOT)
    assert late.status_code == 409 and "Le plan a changé entre-temps" in late.words


def test_what_is_refused_is_listed_line_by_line_and_the_rest_goes_into_the_draft(chief: Browser, plan: Plan) -> None:
    data = xlsx_of(
        [*HEAD, "Budget", "État"],
        [*PLACE, "Une tournée", "=2+2", "en cours"],
        [None, None, "Une cuisine", "beaucoup", "presque"],
    )
    shown = chief.get(send(chief, data, "plan.xlsx").headers["Location"])
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")][:3] for row in shown.soup.select("tbody tr")
    ]
    assert rows == [["2", "Budget", "–"], ["3", "Budget", "beaucoup"], ["3", "État", "presque"]]
    assert "3 cases sont refusées" in shown.words and "Dans le brouillon seulement : 3 cases" in shown.words
    plan_import = last(PlanImport)
    address = f"/plan/import/{plan_import.id}"
    forged = chief.forge(address, version="published-1", destination="version", reason="Oui")
    assert forged.status_code == 422 and "une partie du fichier est refusée" in forged.words
    english = chief.get(f"{address}?lang=en").words
    assert "This is not a number" in english and "3 cells are refused" in english
    done = chief.submit(shown, FOOT, follow=True)
    assert "1 action change d’état. 3 cases refusées restent comme elles étaient" in done.words
    assert again(plan).number == 1 and count(PlanImport) == 1
    file = chief.get(f"{address}/refused.csv")
    assert file.headers["Content-Disposition"] == "attachment; filename=plan-refus.csv"
    mended = file.data.replace(b"beaucoup", b"900").replace(b"presque", b"")
    part = chief.get(send(chief, mended, "refus.csv", extent="part").headers["Location"])
    assert "Ce fichier décrit une partie du plan" in part.words and "1 changement" in part.words
    assert "sont refusées" not in part.words and "retrait" not in part.words


def test_what_keeps_all_of_a_file_out_is_a_sentence(chief: Browser, make: Make, plan: Plan) -> None:
    make.at(plan, ends_on=plan.starts_on)
    shown = chief.get(send(chief, NEW).headers["Location"])
    assert "La fin du plan vient après son début" in shown.words and not shown.soup.select(FOOT)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"x", "plan.pdf", "Donnez un fichier .csv, .xlsx ou .ods"),
        (b"x", "plan.csv", "Aucune ligne de titres"),
        (b"PK", "plan.xlsx", "Ce fichier ne peut pas être lu"),
        (b"x", "", "Choisissez un fichier"),
        (
            shared_texts(5_000, 1_000),
            "plan.xlsx",
            "Ce fichier est trop grand : au plus 3 000 lignes, 120 colonnes, 900 Ko et 4 millions de caractères en tout",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_on_the_form(
    chief: Browser, plan: Plan, data: bytes, name: str, words: str
) -> None:
    answer = send(chief, data, name)
    assert answer.status_code == 422 and words in answer.words and count(PlanImport) == 0


def test_a_file_that_takes_too_much_to_be_read_is_refused_and_the_next_one_is_read(
    chief: Browser, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_process, "MEMORY", 120_000_000)
    answer = send(chief, nested(2_000_000), "plan.xlsx", plan=str(plan.id))
    assert (
        answer.status_code == 422
        and "Ce fichier demande trop de mémoire ou de temps" in answer.words
        and count(PlanImport) == 0
    )
    monkeypatch.undo()
    assert send(chief, NEW).status_code == 303 and count(PlanImport) == 1


def test_a_text_in_the_place_of_a_file_and_a_plan_that_is_not_offered_are_refused(chief: Browser, plan: Plan) -> None:
    assert chief.forge("/plan/import", plan=str(plan.id), file="x").status_code == 422
    assert chief.forge("/plan/import", plan="999", file=FileStorage(io.BytesIO(NEW), "plan.csv")).status_code == 422
    large = {"data": b"x" * 1_200_000, "content_type": "multipart/form-data; boundary=x"}
    assert chief.post_raw("/plan/import", **large).status_code == 413


def test_a_plan_that_changed_meanwhile_is_shown_anew_and_the_reason_is_kept(
    chief: Browser, plans: MakePlan, plan: Plan
) -> None:
    shown = chief.get(send(chief, NEW).headers["Location"])
    file = plan_imports.get_file(last(PlanImport))
    plan_imports.publish(actor_for(plans.boss), again(plan), file, version="published-1", reason="Avant vous")
    answer = chief.submit(shown, FOOT, destination="version", reason="Adopté")
    assert (
        answer.status_code == 409
        and "Le plan a changé entre-temps" in answer.words
        and "Rien à changer" in answer.words
    )


def test_only_who_sent_a_file_confirms_it(chief: Browser, make: Make, sign_in: Any, plan: Plan) -> None:
    address = send(chief, NEW).headers["Location"]
    other = sign_in(make.user(role="coordinator"))
    assert (
        other.get(address).status_code,
        other.forge(address, version="published-1", destination="version", reason="Oui").status_code,
    ) == (404, 404)


def test_without_a_plan_the_page_says_to_begin_one(chief: Browser, visitor: Browser) -> None:
    assert "Il n'y a pas encore de plan" in chief.get("/plan/import").words.replace("’", "'")
    assert [visitor.get(path).status_code for path in ("/plan.csv", "/plan.xlsx", "/plan/1.csv")] == [404] * 3


def test_everybody_takes_the_plan_away_and_it_comes_back_unchanged(
    chief: Browser, make: Make, visitor: Browser, plan: Plan
) -> None:
    hidden = db.session.query(Action).filter_by(title="Une cuisine").one()
    make.at(hidden, hidden_at=clock.now(), hidden_reason="Des noms")
    for path, name in (
        ("/plan.csv", "p.csv"),
        ("/plan.xlsx", "p.xlsx"),
        (f"/plan/{plan.id}.csv", "p.csv"),
        (f"/plan/{plan.id}.xlsx", "p.xlsx"),
    ):
        answer = visitor.get(path)
        assert answer.headers["Content-Disposition"] == f"attachment; filename=plan-d-action-integre.{name[2:]}"
        assert "Une cuisine" not in str(answer.data.decode("utf-8", "replace"))
        assert "Rien à changer" in chief.get(send(chief, answer.data, name).headers["Location"]).words
    assert load_workbook(io.BytesIO(visitor.get("/plan.xlsx?lang=en").data)).active["B1"].value == "Orientation"
    assert '"Milestone"' in visitor.get("/plan.csv?lang=en").text


def test_a_file_of_many_actions_costs_what_a_file_of_one_does(
    chief: Browser, visitor: Browser, plans: MakePlan
) -> None:
    plan = plans.plan(action_of("Une tournée", 1))

    def fill(times: int) -> None:
        rows = [[*PLACE, action.title, "Jalon 1"] for action in queries.get_published_outline(plan).actions()]
        rows += [[*PLACE, f"Une action de plus {len(rows) + n}", "Un jalon"] for n in range(times)]
        plan_imports.publish(
            actor_for(plans.boss),
            plan,
            read(csv_of([*HEAD, "Jalon"], *rows)),
            version=queries.name_version(plan.number),
            reason="Plus",
        )

    costs_alike(fill, (visitor, "/plan.csv"), (visitor, "/plan.xlsx"), (visitor, f"/plan/{plan.id}.csv"), most=8)
    page = send(chief, NEW).headers["Location"]
    before = cost(chief, page)
    fill(10)
    assert cost(chief, page) == before

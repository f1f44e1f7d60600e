"""A team takes the list of ideas away in a file: what the list shows it, in its order, and no formula."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from app.accounts.models.accesses import Access
from app.accounts.models.people import User
from app.core import clock
from app.exchange import sheets
from app.reference.models import Tag
from app.web.ideas import export
from tests.support.accounts import allow, enforce_limits
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.queries import cost, costs_alike
from tests.support.rows import every
from tests.support.world import ELSEWHERE, HERE, SECLUDED

HOSTILE = ("=1+1", "+33", "-5", "@SUM(A1)", "＝1", "'=1")


def read(answer: Any) -> list[list[str]]:
    """Return the rows of a CSV file, the titles first."""
    assert answer.status_code == 200, answer.status
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def titles(answer: Any) -> list[str]:
    return [row[1] for row in read(answer)[1:]]


@pytest.fixture
def team(make: Make, sign_in: Callable[[User], Browser]) -> Browser:
    return sign_in(make.user("Fae Animation", facilitates=[HERE]))


def test_a_cell_of_a_workbook_holds_no_more_than_excel_reads() -> None:
    rows = [["Texte"], ["a" + "😀" * 20_000], ["b" * 40_000]]
    sheet = load_workbook(io.BytesIO(sheets.build_xlsx(rows, "Idées"))).active
    assert [len(str(cell.value).encode("utf-16-le")) for cell in sheet["A"][1:]] == [65_534, 65_534]


def test_an_address_is_a_link_as_far_as_excel_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_LINKS", 2)
    addresses = [
        "https://exemple.test/a?b=1&c=2#d",
        f"https://exemple.test/{'a' * 2100}",
        "javascript:alert(1)",
        "=HYPERLINK(1)",
        "http://exemple.test",
        "https://exemple.test/3",
    ]
    sheet = load_workbook(
        io.BytesIO(sheets.build_xlsx([["Adresse"], *([sheets.Link(one)] for one in addresses)], "Idées"))
    ).active
    cells = sheet["A"][1:]
    assert [cell.value for cell in cells] == addresses and {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [
        addresses[0],
        None,
        None,
        None,
        addresses[4],
        None,
    ]


def test_what_excel_would_call_damaged_is_no_link() -> None:
    """Each is an address for the forms of the plan; a link to it would make Excel mend the whole file."""
    addresses = [
        "https://[exemple.test",
        "https://exemple.test:abc/",
        "https://exemple.test:99999/",
        "https://exemple.test/{1}",
        "https://exemple.test/a|b",
        'https://exemple.test/"',
        "https://exemple.test/\U0001f600",
        "https://exemple.test@ailleurs.test",
        "https://?",
        "https://exemple..test",
    ]
    sound = ["https://exemple.test/été_(2027)?a=%20", "HTTPS://forêt.exemple.test:18080"]
    sheet = load_workbook(
        io.BytesIO(sheets.build_xlsx([["Adresse"], *([sheets.Link(one)] for one in [*addresses, *sound])], "Idées"))
    ).active
    assert [cell.hyperlink.target for cell in sheet["A"] if cell.hyperlink] == sound
    assert [cell.value for cell in sheet["A"]] == ["Adresse", *addresses, *sound]


def test_the_links_of_a_list_give_it_whole_in_its_order_under_its_filters(make: Make, team: Browser) -> None:
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    make.idea(
        make.user("Ana Auteure"),
        HERE,
        "retained",
        "Une piste cyclable",
        "Un *texte* clair.",
        votes=3,
        issues=["education"],
        territories=["70052", "68010"],
        tags=[tag],
        communities=[ELSEWHERE],
    )
    (
        make.idea(title="Une autre", votes=5),
        make.idea(title="Ailleurs", community=ELSEWHERE),
        make.idea(title="Un secret", status="pending"),
    )
    page = team.get(f"/ideas?community={HERE}&sort=supported")
    files = {a.text: a["href"] for a in page.soup.select("a[download]")}
    shown = [row.select_one(".title").text for row in page.soup.select("#results .rows > *")]
    assert titles(team.get(files["CSV"])) == shown == ["Une autre", "Une piste cyclable"]
    head, _other, row = read(team.get(files["CSV"]))
    cells = dict(zip(head, row, strict=True))
    assert cells["Communauté"] == "Sécurité alimentaire" and cells["Autres communautés"] == "Transport collectif"
    assert (cells["Étape"], cells["Étiquettes"], cells["Par"], cells["Appuis"]) == (
        "Retenue",
        "Vélo",
        "Ana Auteure",
        "3",
    )
    assert (
        cells["Territoires"].count(";") == 1
        and cells["Publiée le"] == str(clock.today())
        and cells["Texte"] == "Un texte clair."
    )
    assert cells["Adresse"].startswith("http") and cells["Adresse"].endswith("-une-piste-cyclable")
    answer = team.get(files["XLSX"])
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet["B"]] == ["Titre", *shown] and sheet["M3"].value == 3
    assert sheet["R3"].hyperlink.target == sheet["R3"].value == cells["Adresse"] and not sheet["B3"].hyperlink
    assert answer.headers["Content-Disposition"] == f"attachment; filename=idees-{clock.today()}.xlsx"
    english = team.get("/ideas.csv?lang=en")
    assert read(english)[0][1] == "Title" and "ideas-" in english.headers["Content-Disposition"]


def test_no_cell_runs_as_a_formula(make: Make, team: Browser) -> None:
    for text in HOSTILE:
        make.idea(make.user(text), title=text, body=text)
    typed = [cell for row in read(team.get("/ideas.csv")) for cell in row]
    assert not any(cell[:1] in {*"=+-@\t\r＝"} for cell in typed if cell)
    sheet = load_workbook(io.BytesIO(team.get("/ideas.xlsx").data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"} and set(HOSTILE) <= {cell.value for cell in cells}


def test_what_one_does_not_read_in_the_list_is_in_no_file(
    make: Make, sign_in: Callable[[User], Browser], team: Browser
) -> None:
    make.community(slug=SECLUDED, is_private=True, name="Le cercle")
    make.idea(title="Publique", communities=[SECLUDED]), make.idea(title="Entre nous", community=SECLUDED)
    for columns in (
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": clock.now()},
        {"deleted_at": clock.now()},
    ):
        make.idea(title="Un secret", **columns)
    boss = sign_in(make.user(role="coordinator"))
    for browser in (team, boss):
        assert titles(browser.get("/ideas.csv")) == ["Publique"]
    assert "Le cercle" not in team.get("/ideas.csv").text and "Le cercle" in boss.get("/ideas.csv").text
    assert titles(boss.get(f"/ideas.csv?community={SECLUDED}")) == ["Publique", "Entre nous"][::-1]
    assert (
        team.get(f"/ideas.csv?community={SECLUDED}").status_code == 400 == team.get("/ideas.csv?kind=rien").status_code
    )


def test_others_have_no_links_to_the_files(make: Make, sign_in: Callable[[User], Browser], visitor: Browser) -> None:
    make.idea()
    suspended = make.user(facilitates=[HERE])
    make.restriction(suspended)
    for user in (make.user(), make.user(role="admin"), suspended):
        browser = sign_in(user)
        assert not browser.get("/ideas").soup.select("a[download]")
    assert not visitor.get("/ideas").soup.select("a[download]")


def test_each_file_is_a_line_of_the_log_of_accesses(
    make: Make, team: Browser, sign_in: Callable[[User], Browser]
) -> None:
    make.idea()
    team.get("/ideas.csv"), team.get("/ideas.xlsx"), team.get("/ideas.csv?kind=rien")
    assert [(line.what, line.by_id == line.user_id) for line in every(Access)] == [("export", True)] * 2
    log = sign_in(make.user(role="coordinator")).get("/access-log").words
    assert log.count("Une liste d’idées, emportée dans un fichier") == 2 and "Fae Animation" in log
    assert "emportée dans un fichier" in team.get("/account/accesses").words


def test_a_file_says_where_it_stops(make: Make, team: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        make.idea(title=f"Idée {n}")
    assert "s’arrête" not in team.get("/ideas").words and len(read(team.get("/ideas.csv"))) == 4
    monkeypatch.setattr(export, "MOST", 2)
    assert "Chaque fichier s’arrête à 2 idées" in team.get("/ideas").words
    rows = read(team.get("/ideas.csv"))
    assert [row[1] for row in rows[1:3]] == ["Idée 2", "Idée 1"] and len(rows) == 4 and "après 2 idées" in rows[3][0]
    assert not team.get("/ideas?kind=project").soup.select("a[download]")


def test_there_is_a_limit(app: Any, make: Make, team: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(monkeypatch, export=1)
    with enforce_limits(app):
        codes = [team.get(path).status_code for path in ("/ideas.csv", "/ideas.xlsx")]
        assert codes == [200, 429] and "emporté beaucoup de listes" in team.get("/ideas.csv").words
    assert len(every(Access)) == 1


def test_a_file_of_many_ideas_costs_what_a_file_of_one_does(make: Make, team: Browser) -> None:
    costs_alike(
        lambda times: [make.idea(territories=["70052"]) for _n in range(times)],
        (team, "/ideas.csv"),
        (team, "/ideas.xlsx"),
        most=12,
    )
    assert cost(team, "/ideas") <= 10

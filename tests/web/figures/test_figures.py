"""The page of figures: what everybody is told, each number with its list, the same words wherever they are said."""

import csv
import io
import random
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from app.communities.models import Membership
from app.core import clock as time
from app.core import versions
from app.core.db import db
from app.core.masking import FEW, HIDDEN
from app.core.unit import unit
from app.figures import jobs
from app.figures.models import PersonTable
from app.figures.persons import NOWHERE
from app.figures.queries import contents
from app.ideas.models import KINDS, Idea, StatusChange
from app.reference.queries import get_catalogue
from tests.support.make import Make
from tests.support.queries import PUBLIC, cost, costs_alike, record_statements
from tests.support.world import ELSEWHERE, HERE

PLACES = ("70", "70052", "70022", "67", "67015")
NEXT = ("under_review", "retained", "planned", "achieved", "declined", "archived", "withdrawn")
MOMENT = "2027-03-10T12:00"
FILTERS = (
    "",
    "?period=all&by=year",
    "?period=2026&by=issue",
    "?period=2026&by=community",
    "?territory=70&by=issue",
    f"?community={HERE}",
    f"?community={HERE}&territory=70&by=year",
)


@pytest.fixture
def square(make: Any, clock: Any) -> None:
    """Fill the site with ideas of two years, some of which were answered, or were written elsewhere."""
    chance, author = random.Random(7), make.user()
    room = make.community(is_private=True)
    for n in range(40):
        clock.at(f"{2026 - (n % 4 == 0)}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:30")
        with unit():
            idea = make.idea(
                author,
                room if n % 13 == 0 else chance.choice((HERE, ELSEWHERE, None)),
                kind=chance.choice(KINDS),
                issues=chance.sample(("education", "logement"), chance.randrange(3)),
                territories=chance.sample(PLACES, chance.randrange(4)),
                source="ailleurs" if n % 7 == 0 else None,
                source_id=str(n) if n % 7 == 0 else None,
            )
            _answer(idea, chance)
    clock.at(MOMENT)


def _answer(idea: Idea, chance: random.Random) -> None:
    at = time.now()
    for status in NEXT[: chance.randrange(4)] or chance.sample(NEXT, chance.randrange(2)):
        idea.status = status
        db.session.add(StatusChange(idea_id=idea.id, status=status, at=at, reason="Motif"))
    db.session.flush()


def plain(text: str) -> str:
    return re.sub(r"[\xa0\u202f]", " ", text).replace("’", "'").strip()


def read_table(page: Any, name: str) -> dict[str, list[str]]:
    """Read a table back by the address of its files: what its lines say, by their name."""
    link = page.soup.select_one(f'a[href*="/figures/{name}.csv"]')
    rows = link.find_parent("p").find_previous("table").select("tr") if link else []
    cells = [[plain(cell.get_text()) for cell in row.select("th, td")] for row in rows]
    return {first: others for first, *others in cells}


def list_links(page: Any) -> Iterator[tuple[str, int]]:
    """Yield the address of each list of ideas that a number leads to, with the number."""
    for link in page.soup.select('section td a[href^="/ideas"]'):
        yield link["href"], int(re.sub(r"\D", "", link.get_text()))


def count_in_list(page: Any) -> int:
    return int(re.sub(r"\D", "", page.soup.select_one("#results h2").get_text()) or 0)


@pytest.mark.parametrize("filters", FILTERS)
def test_each_number_of_contents_leads_to_a_list_of_as_many(square: None, visitor: Any, filters: str) -> None:
    links = dict(list_links(visitor.get(f"/figures{filters}")))
    assert len(links) > 20
    wrong = [(url, n) for url, n in links.items() if count_in_list(visitor.get(url)) != n]
    assert wrong == []


def test_a_list_of_a_period_says_which_and_holds_what_was_published_then(make: Make, visitor: Any, clock: Any) -> None:
    for moment in ("2027-02-01T04:30", "2027-02-01T05:30", "2027-03-01T06:00"):
        clock.at(moment)
        make.idea(title=f"Publiée le {moment[:13]}", kind="need")
    clock.at(MOMENT)
    page = visitor.get("/ideas?published=2027-02")
    assert "Publiée le 2027-02-01T05" in page.words and count_in_list(page) == 1
    assert "Publiées : février 2027" in plain(page.soup.select_one(".chips").get_text())
    assert page.soup.select_one('input[type=hidden][name=published][value="2027-02"]')
    for sort in ("recent", "oldest", "supported"):
        assert count_in_list(visitor.get(f"/ideas?published=2027-01..2027-02&sort={sort}")) == 2
        assert len(visitor.get(f"/ideas?published=2027&kind=need&sort={sort}").soup.select("#results .rows > *")) == 3
    assert visitor.get("/ideas.atom?published=2027-02").text.count("</entry>") == 1


def test_what_is_older_than_this_century_has_its_year_and_its_list(make: Make, visitor: Any, clock: Any) -> None:
    """1900 began in Greenwich before it did here, and many a source writes it where it knows no date."""
    for moment in ("1900-01-01T00:00", "1998-05-03T12:00"):
        clock.at(moment)
        make.idea(kind="need", source="ailleurs", source_id=moment)
    clock.at(MOMENT)
    for period in ("1998", "1899", "all&by=year"):
        links = dict(list_links(visitor.get(f"/figures?period={period}")))
        assert links and all(count_in_list(visitor.get(url)) == n for url, n in links.items())
    page = visitor.get("/figures?period=1998")
    assert read_table(page, "road")["En tout"][0] == "1" and "1998 :" in plain(page.soup.select_one("main").get_text())


def test_a_list_counts_what_its_community_leads_for_those_who_see_it(make: Any, visitor: Any, sign_in: Any) -> None:
    room, member = make.community(is_private=True, slug="cercle"), make.user()
    make.add(Membership(user_id=member.id, community_id=room.id))
    idea = make.idea(community=room)
    make.idea(community=HERE)
    page = sign_in(member).get("/ideas?community=cercle&lead=cercle")
    assert count_in_list(page) == 1 and idea.title in page.words
    assert count_in_list(sign_in(member).get("/ideas?lead=cercle")) == 0
    assert visitor.get("/ideas?lead=cercle").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "published=2027-13",
        "published=2026-01..2027-01",
        "published=2027-02..2027-01",
        "published=yes",
        "published=2026&published=2027",
        "answered=jamais",
        "lead=inconnue",
        "origin=here",
    ],
)
def test_a_list_refuses_a_course_that_it_does_not_know(visitor: Any, query: str) -> None:
    assert visitor.get(f"/ideas?{query}").status_code == 400


@pytest.mark.parametrize("query", ["period=2019", "period=12", "territory=70052", "community=inconnue", "by=tag"])
def test_an_unknown_filter_is_refused(make: Make, visitor: Any, query: str) -> None:
    assert visitor.get(f"/figures?{query}").status_code == 400


def test_no_road_is_told_by_what_it_is_narrowed_to(make: Make, visitor: Any) -> None:
    make.idea(community=HERE)
    assert visitor.get(f"/figures?community={HERE}&by=community").status_code == 400
    assert visitor.get("/figures?territory=70&by=mrc").status_code == 400


def test_an_unknown_table_or_format_is_not_found(visitor: Any) -> None:
    for path in ("/figures/tout.csv", "/figures/months.pdf", "/figures/wrote.csv"):
        assert visitor.get(path).status_code == 404


def test_a_site_without_anything_says_so(visitor: Any) -> None:
    page = visitor.get("/figures")
    assert "Rien à compter encore" in page.words and not page.soup.select("main table, main section")


def test_filters_under_which_nothing_was_said_can_be_removed(make: Make, visitor: Any, clock: Any) -> None:
    clock.at("2025-03-10T12:00")
    make.idea(community=HERE, status="retained")
    clock.at(MOMENT)
    page = visitor.get(f"/figures?period=2026&community={ELSEWHERE}")
    assert "Rien à compter sous ces filtres" in page.words
    assert page.soup.select_one('main a[href="/figures"]')


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Avril 2026 à mars 2027 : on a parlé de 0 municipalité sur 65"),
        ("?period=all", "Depuis le début : on a parlé de 2 municipalités sur 65"),
        (
            f"?period=2025&community={HERE}&territory=70",
            "2025, {room}, Beauharnois-Salaberry : on a parlé de 1 municipalité sur",
        ),
    ],
)
def test_the_page_says_on_paper_too_what_its_figures_are_of(
    make: Make, visitor: Any, clock: Any, query: str, words: str
) -> None:
    clock.at("2025-03-10T12:00")
    make.idea(community=HERE, territories=["70052"])
    make.idea(community=ELSEWHERE, territories=["67015"])
    clock.at(MOMENT)
    lead = visitor.get(f"/figures{query}").soup.select_one("header .lead").get_text()
    assert plain(lead).startswith(words.format(room=plain(make.room(HERE).name)))


def test_what_is_too_much_to_look_at_is_said_and_the_rest_is_shown(square: None, visitor: Any) -> None:
    with mock.patch.object(contents, "MOST", 0):
        page = visitor.get("/figures?territory=70&period=2026")
        assert "Plus de 10 000 contributions sous ces filtres" in plain(page.words)
        assert page.soup.select_one('main a[href="/figures?period=2026"]')
        assert page.soup.select("#months, #delays") and not page.soup.select("#missing")
        assert visitor.get("/figures/shares.csv?territory=70&period=2026").status_code == 404


def test_three_contents_are_told(make: Make, visitor: Any, clock: Any) -> None:
    clock.at(MOMENT)
    make.idea(community=HERE, kind="need", territories=["70052"])
    make.idea(community=HERE, kind="idea", territories=["67015"])
    make.comment(make.idea(community=ELSEWHERE, kind="need", status="retained"))
    jobs.count_comments()
    page = visitor.get("/figures")
    assert read_table(page, "months")["En tout"] == ["2", "1", "1"]
    assert read_table(page, "delays")[plain(make.room(HERE).name)][3] == "2"
    assert read_table(page, "road")["En tout"][:4] == ["3", "1", "1", "0"]
    assert "3 contributions et 1 commentaire" in page.words and "comptés chaque heure" in page.words
    titles = {section.h2.get_text() for section in page.soup.select("main section[aria-labelledby]")}
    assert len(titles) == 4
    for drawing in page.soup.select("main figure svg[role=img]"):
        assert drawing.title.get_text() and drawing.desc.get_text()


def test_what_nobody_may_read_moves_no_number(square: None, make: Make, visitor: Any) -> None:
    before = [visitor.get(path).text for path in ("/figures", "/figures/road.json", "/figures/silent.csv")]
    lead, secret = make.idea(), make.community(is_private=True, name="canari-cercle", slug="canari-cercle")
    after_lead = [visitor.get(path).text for path in ("/figures", "/figures/road.json", "/figures/silent.csv")]
    assert after_lead != before
    for columns in ({"status": "draft"}, {"status": "pending"}, {"merged_into": lead.id}, {"hidden_at": time.now()}):
        make.comment(make.idea(kind="need", territories=["68055"], **columns))
    make.comment(make.idea(community=secret, kind="need", territories=["68055"]))
    assert [visitor.get(path).text for path in ("/figures", "/figures/road.json", "/figures/silent.csv")] == after_lead
    assert visitor.get("/figures?community=canari-cercle").status_code == 400


def store_persons(make: Make, clock: Any) -> None:
    """Store tables of persons of which one number is small, and one is not said for it."""
    clock.at(MOMENT)
    idea = make.idea(community=HERE, territories=["70052"])
    mrc, village = (next(p.id for p in get_catalogue().places if p.code == code) for code in ("70", "70052"))
    room = make.room(HERE).id
    rows = [
        ["all", 0, 0, 31],
        ["year", 2027, 0, 31],
        ["mrc", mrc, 0, FEW],
        ["mrc", NOWHERE, 0, 7],
        ["municipality", village, 0, HIDDEN],
        ["cell", mrc, room, FEW],
        ["community", room, 0, HIDDEN],
    ]
    with unit():
        for act in ("wrote", "supported"):
            db.session.execute(insert(PersonTable).values(act=act, before=time.today().replace(day=1), content=rows))
    assert idea.id


def test_a_number_of_persons_is_said_in_the_same_words_everywhere(make: Make, visitor: Any, clock: Any) -> None:
    store_persons(make, clock)
    page = visitor.get("/figures")
    name, mrc = plain(make.room(HERE).name), "Beauharnois-Salaberry"
    table = read_table(page, "wrote")
    said = dict(zip(table["MRC"], table[mrc], strict=True))
    assert (said[name], said["Personnes"], table["Personnes"][-1]) == ("moins de 5", "moins de 5", "31")
    assert table["Sans lieu nommé"][-1] == "7" and "Toute la région" not in table
    village = read_table(page, "places")
    assert ["non dit", "non dit"] in village.values()
    drawn = plain(page.soup.select_one("#persons svg").get_text())
    assert "moins de 5" in drawn and "31" in drawn
    for ending in ("csv", "json", "xlsx"):
        rows = read_file(visitor.get(f"/figures/wrote.{ending}"), ending)
        line = next(row for row in rows if row[0] == mrc)
        assert [plain(str(cell)) for cell in line[1:]] == table[mrc], ending


def read_file(answer: Any, ending: str) -> list[list[Any]]:
    if ending == "json":
        return [answer.json["columns"], *answer.json["rows"]]
    if ending == "csv":
        return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    return [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_persons_follow_no_filter(make: Make, visitor: Any, clock: Any) -> None:
    store_persons(make, clock)
    whole = visitor.get("/figures/wrote.csv").text
    for filters in (f"?community={HERE}", "?territory=70"):
        page = visitor.get(f"/figures{filters}")
        assert not page.soup.select("#persons") and "Les nombres de personnes ne se filtrent pas" in page.words
        assert visitor.get(f"/figures/wrote.csv{filters}").text == whole


def test_a_file_says_what_its_table_says(square: None, visitor: Any) -> None:
    page = visitor.get("/figures?period=all&by=issue")
    for name in ("months", "delays", "road", "shares"):
        table = read_table(page, name)
        rows = read_file(visitor.get(f"/figures/{name}.json?period=all&by=issue"), "json")
        assert [plain(row[0]) for row in rows] == list(table)
    found = visitor.get("/figures/road.json?period=2026").json
    assert found["source"].endswith("/figures?period=2026") and found["definition"] and found["on"] == "2027-03-10"


def test_english_is_whole(square: None, visitor: Any) -> None:
    page = visitor.get("/figures?lang=en")
    assert "Participation in figures" in page.words and "contributions" in page.words


def test_the_figures_cost_the_same_for_one_thing_and_for_twenty(make: Any, visitor: Any, sign_in: Any) -> None:
    def fill(times: int) -> None:
        for _n in range(times):
            make.comment(make.idea(community=HERE, kind="need", territories=["70052"], issues=["education"]))

    costs_alike(fill, (visitor, "/figures"), (sign_in(make.user()), "/figures?by=issue"))
    assert cost(visitor, "/figures") <= PUBLIC


@pytest.mark.parametrize(
    "query", ["", "?by=year", f"?community={HERE}", "?territory=70", f"?community={HERE}&territory=70"]
)
def test_the_figures_take_few_statements_once_something_was_said(make: Make, visitor: Any, query: str) -> None:
    make.comment(make.idea(community=HERE, kind="need", territories=["70052"]))
    versions.memory_cache.forget()
    visitor.get("/figures")
    make.idea(community=HERE, kind="need", territories=["70052"])
    jobs.count_persons()
    with record_statements() as statements:
        visitor.get(f"/figures{query}")
    assert len(statements) <= 5, statements

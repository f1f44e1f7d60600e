"""A team takes its meetings, and who comes to one, away in a file: in the order shown, with no formula."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from app.accounts.models.accesses import Access
from app.core import clock as time
from app.events.models.contents import EventQuestion
from tests.support.accounts import allow, enforce_limits
from tests.support.door import comes, keep_door, meeting
from tests.support.rows import count, every
from tests.support.world import ELSEWHERE, HERE

HOSTILE = ("=1+1", "+33", "-5", "@SUM(A1)", "＝1")


@pytest.fixture
def event(make, clock):
    clock.at("2027-02-18T12:00-05:00")
    return meeting(make, community=HERE)


def table(answer):
    assert answer.status_code == 200, answer.status
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def cells(answer):
    assert answer.status_code == 200, answer.status
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.rows]


def test_the_people_of_a_meeting_are_in_the_order_of_the_door_with_what_they_said(make, event, team):
    diet = make.add(EventQuestion(event_id=event.id, position=1, kind="line", label="Venez-vous en autobus?"))
    days = make.add(EventQuestion(event_id=event.id, position=2, kind="several", label="Quels jours?"))
    said = {str(diet.id): "Oui", str(days.id): ["Mardi", "Jeudi"]}
    comes(make, event, make.user("Zoé"), code="ZZZ222", party=2, needs="fauteuil", answers=said)
    comes(make, event, "Élan", code="AAA222", state="waiting", mode="online")
    comes(make, event, "Partie", state="cancelled")
    rows = table(team.get(f"/events/{event.id}/people.csv"))
    assert rows[0][-2:] == ["Venez-vous en autobus?", "Quels jours?"]
    assert [row[0] for row in rows[1:]] == ["Élan", "Zoé"]
    assert rows[2][1:6] == ["ZZZ222", "A une place", "En personne", "2", "fauteuil"]
    assert rows[2][-2:] == ["Oui", "Mardi; Jeudi"] and rows[1][2].startswith("Sur la liste")
    assert not any("@" in cell for row in rows for cell in row), "no address is taken away"
    book = cells(team.get(f"/events/{event.id}/people.xlsx"))
    assert [row[0] for row in book] == ["Nom", "Élan", "Zoé"] and book[2][4] == 2


def test_no_cell_is_a_formula(make, event, team):
    for name in HOSTILE:
        comes(make, event, name, needs=name)
    rows = table(team.get(f"/events/{event.id}/people.csv"))
    assert len(rows) == 6 and all(row[0].startswith("'") and row[5].startswith("'") for row in rows[1:])
    sheet = load_workbook(io.BytesIO(team.get(f"/events/{event.id}/people.xlsx").data)).active
    assert {cell.data_type for cell in sheet["A"][1:]} == {"s"}


def test_what_was_searched_at_the_door_is_what_is_taken(make, event, team):
    comes(make, event, "Josée Couleuvre")
    comes(make, event, "Kim")
    assert [row[0] for row in table(team.get(f"/events/{event.id}/people.csv?q=cou"))[1:]] == ["Josée Couleuvre"]


def test_it_is_written_down_once_a_day_counted_and_told_to_those_on_the_list(
    make, app, event, team, sign_in, monkeypatch
):
    user = make.user()
    comes(make, event, user)
    allow(monkeypatch, export=2)
    with enforce_limits(app):
        answers = [team.get(f"/events/{event.id}/people.csv").status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    assert [(one.what, one.event_id) for one in every(Access)] == [("people_file", event.id)]
    assert "emportées dans un fichier" in sign_in(user).get("/account/accesses").words


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_nobody_else_takes_people_away(make, event, ending, sign_in, member, visitor):
    comes(make, event, "Josée Couleuvre")
    path = f"/events/{event.id}/people.{ending}"
    helper = sign_in(keep_door(make, event, make.user()))
    other = sign_in(make.user(facilitates=[ELSEWHERE]))
    assert [browser.get(path).status_code for browser in (helper, other, member)] == [404] * 3
    assert visitor.get(path).status_code == 303 and not count(Access)


def test_a_list_of_meetings_is_that_of_the_address_in_its_order(make, team, member):
    now = time.now()
    days = {"Troisième": 9, "Deuxième": 5, "Première": 2, "Ailleurs": 3}
    for title, day in days.items():
        starts = now + timedelta(days=day)
        place = ELSEWHERE if title == "Ailleurs" else HERE
        meeting(make, community=place, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2))
    starts = now - timedelta(days=4)
    meeting(make, title="=Passée", starts_at=starts, ends_at=starts + timedelta(hours=2), came_in_person=12)
    rows = table(team.get(f"/events.csv?community={HERE}"))
    assert [row[1] for row in rows[1:]] == ["Première", "Deuxième", "Troisième"]
    past = table(team.get("/events.csv?when=past"))
    assert past[1][1] == "'=Passée" and past[1][11] == "12"
    assert [row[1] for row in cells(team.get("/events.xlsx"))][1:] == ["Première", "Ailleurs", "Deuxième", "Troisième"]
    assert member.get("/events.csv").status_code == 403
    assert [one.what for one in every(Access)] == ["events_file"] * 3

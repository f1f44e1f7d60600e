"""The pages where meetings are found: the list, its filters, a month, one's own."""

from typing import Any

import pytest

from app.communities.queries import get_rooms
from app.core import clock as app_clock
from app.events.models.registrations import EventRegistration
from app.events.queries import past
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.browser import Browser
from tests.support.make import Make

NOON = "2027-02-16T12:00-05:00"


@pytest.fixture
def agenda(make: Make, clock: Any) -> None:
    clock.at(NOON)
    town = get_catalogue().place_at("70035") or get_catalogue().places[1]
    event_in(make, starts_at=at("2027-02-18 18:30"), title="Se loger", mode="hybrid", territory_id=town.id)
    event_in(make, starts_at=at("2027-03-02 09:00"), title="Visite du congélateur", features=["step_free"])
    event_in(make, starts_at=at("2027-02-01 09:00"), title="Déjà finie", came_online=12)


@pytest.mark.usefixtures("agenda")
def test_what_is_to_come_stands_under_its_month(visitor: Browser) -> None:
    page = visitor.get("/events")
    assert [one.get_text(strip=True) for one in page.soup.select(".month-name")] == ["Février 2027", "Mars 2027"]
    assert [one.get_text(strip=True) for one in page.soup.select(".meet .title")] == [
        "Se loger",
        "Visite du congélateur",
    ]
    assert page.soup.select_one(".meet .day").get_text(" ", strip=True) == "jeudi 18 févr."
    assert "18 h 30 à 20 h 30" in page.words and "et en ligne" in page.words


def test_the_day_of_a_tile_is_short_in_english_and_its_line_ends_once(visitor: Browser, make: Make, clock: Any) -> None:
    clock.at(NOON)
    event_in(make, starts_at=at("2027-02-17 18:30"), mode="online", excerpt="On y mange.")
    row = visitor.get("/events?lang=en").soup.select_one(".meet")
    assert row.select_one(".day").get_text(" ", strip=True) == "Wed 17 Feb"
    assert ".." not in row.get_text() and "p.m. On y mange." in row.get_text().replace("\u202f", " ").replace(
        "\xa0", " "
    )


def test_the_day_of_a_meeting_has_its_year_where_it_is_not_that_of_its_reader(
    visitor: Browser, make: Make, clock: Any
) -> None:
    clock.at("2027-12-31T22:00-05:00")
    event_in(make, starts_at=at("2027-12-31 20:00"), hours=1, title="Il y a une heure")
    event = event_in(make, starts_at=at("2022-02-10 18:30"), title="Il y a longtemps")
    event_in(make, starts_at=at("2028-01-01 00:30"), title="Dans trois heures")
    days = [one.get_text(" ", strip=True) for one in visitor.get("/events?when=past").soup.select(".meet .day")]
    assert days == ["vendredi 31 déc.", "jeudi 10 févr. 2022"]
    assert visitor.get(f"/events/{event.id}").soup.select_one(".day").get_text(" ", strip=True) == days[1]
    assert visitor.get("/events").soup.select_one(".meet .day").get_text(" ", strip=True) == "samedi 1 janv. 2028"


@pytest.mark.usefixtures("agenda")
def test_what_is_past_says_how_many_came(visitor: Browser) -> None:
    page = visitor.get("/events?when=past")
    assert [one.get_text(strip=True) for one in page.soup.select(".meet .title")] == ["Déjà finie"]
    assert "12 personnes y étaient" in page.words


@pytest.mark.usefixtures("agenda")
def test_a_month_is_a_table_whose_days_lead_to_what_is_held(visitor: Browser) -> None:
    page = visitor.get("/events?month=2027-02")
    table = page.soup.select_one("table.cal")
    assert table.caption.get_text(strip=True) == "Février 2027"
    assert next(one["title"] for one in table.select("th abbr")) == "dimanche"
    days = {link.get_text(strip=True): link["href"] for link in table.select("td a")}
    assert set(days) == {"1", "18"}
    assert all(page.soup.select_one(f"li{place}") for place in days.values())
    assert table.select_one("[aria-current=date]").get_text(strip=True) == "16"
    assert len(page.soup.select(".meet")) == 2


@pytest.mark.usefixtures("agenda")
def test_the_table_beside_a_list_leads_to_the_page_of_its_month(visitor: Browser) -> None:
    page = visitor.get("/events")
    links = [link["href"] for link in page.soup.select("table.cal td a")]
    assert all(link.startswith("/events?month=2027-02#event-") for link in links) and len(links) == 2
    assert visitor.get(page.soup.select_one(".cal-nav a[rel~=next]")["href"]).words.count("Visite du congélateur") == 1


@pytest.mark.usefixtures("agenda")
def test_filters_are_chosen_in_a_form_and_taken_off_one_by_one(visitor: Browser) -> None:
    page = visitor.submit("/events", ".filters form", access=["step_free"])
    assert [one.get_text(strip=True) for one in page.soup.select(".meet .title")] == ["Visite du congélateur"]
    assert "Accès sans marche" in page.soup.select_one(".chips").get_text()
    assert len(visitor.get(page.soup.select_one(".chips a")["href"]).soup.select(".meet")) == 2


def test_a_long_list_of_the_past_says_where_it_stopped_looking(
    visitor: Browser, make: Make, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at(NOON)
    for day in range(1, 6):
        event_in(make, days=-day, title=f"Le jour {day}", features=["captions"] if day == 5 else [])
    monkeypatch.setattr(past, "FEW", 0)
    monkeypatch.setattr(past, "LOOK", 3)
    page = visitor.get("/events?when=past&access=captions")
    assert "Rien parmi les rencontres parcourues" in page.words
    page = visitor.get(next(link["href"] for link in page.soup.select("a.button") if "plus loin" in link.get_text()))
    assert [one.get_text(strip=True) for one in page.soup.select(".meet .title")] == ["Le jour 5"]


@pytest.mark.parametrize(
    "query", ["month=2027-13", "month=27-1", "when=soon", "mode=hybrid", "access=stairs", "issue=none", "after=x"]
)
def test_an_address_that_no_page_gives_is_refused(visitor: Browser, query: str) -> None:
    assert visitor.get(f"/events?{query}").status_code in (400, 404)


def test_each_empty_list_says_what_to_do(visitor: Browser, sign_in: Any, make: Make) -> None:
    for address in ("/events", "/events?when=past", "/events?month=2027-02", "/events?mode=online"):
        assert visitor.get(address).soup.select_one(".empty a"), address
    assert sign_in(make.user()).get("/account/events").soup.select_one(".empty a")


def test_a_cancelled_meeting_says_why_and_a_full_one_says_so(visitor: Browser, make: Make, clock: Any) -> None:
    clock.at(NOON)
    event_in(make, status="cancelled", cancelled_at=app_clock.now(), cancelled_reason="La salle est fermée.")
    event_in(make, capacity_online=20, taken_online=20, waiting_online=3)
    words = visitor.get("/events").words
    assert "Annulée. La salle est fermée." in words and "annulée le 16 février 2027" in words
    assert "Complet" in words and "3 personnes attendent" in words


def test_a_list_says_from_when_one_registers_and_counts_no_place_before(
    visitor: Browser, make: Make, clock: Any
) -> None:
    clock.at(NOON)
    event_in(make, starts_at=at("2027-04-01 18:30"), opens_at=at("2027-03-01 09:00"), capacity_online=20)
    assert "Inscriptions à partir du 1er mars 2027" in visitor.get("/events").words
    clock.at("2027-03-02")
    assert "0 place prise sur 20" in visitor.get("/events").words


def test_one_sees_where_one_has_a_place_and_where_one_waits(sign_in: Any, make: Make) -> None:
    person = make.user()
    for state, title in (("in", "J'y serai"), ("waiting", "Peut-être"), ("cancelled", "Finalement non")):
        event = event_in(make, title=title)
        make.add(EventRegistration(event_id=event.id, user_id=person.id, mode="online", state=state, code=state[:6]))
    page = sign_in(person).get("/account/events")
    assert "J'y serai" in page.words and "Vous avez une place" in page.words
    assert "Peut-être" in page.words and "Vous attendez une place" in page.words
    assert "Finalement non" not in page.words


def test_ones_own_meetings_begin_with_the_next_one_and_end_with_the_first(sign_in: Any, make: Make, clock: Any) -> None:
    clock.at(NOON)
    person, days = make.user(), [*range(1, 46, 2), -0.01, *range(-45, 0, 2)]
    for day in days:
        event = event_in(make, days=day, title=f"Le jour {day}")
        make.add(EventRegistration(event_id=event.id, user_id=person.id, mode="online", state="in", code=f"C{day}"))
    browser, path, found, heads = sign_in(person), "/account/events", list[str](), list[list[str]]()
    while path:
        page = browser.get(path)
        found += [one.get_text(strip=True) for one in page.soup.select(".meet .title")]
        heads.append([one.get_text(strip=True) for one in page.soup.select(".month-name")])
        path = next((link["href"] for link in page.soup.select(".pages a[rel=next]")), "")
    in_order = sorted(day for day in days if day > -0.1) + sorted((day for day in days if day < -0.1), reverse=True)
    assert found == [f"Le jour {day}" for day in in_order]
    assert heads == [["Février 2027", "Mars 2027"], ["Mars 2027", "Avril 2027", "Passées"], ["Passées"]]


@pytest.mark.parametrize("cursor", ["after=x", "before=x", "before=1", "after=1.2&after=1.2"])
def test_a_place_in_ones_own_meetings_that_no_page_gives_is_refused(sign_in: Any, make: Make, cursor: str) -> None:
    assert sign_in(make.user()).get(f"/account/events?{cursor}").status_code in (400, 404)


def test_the_team_of_a_community_finds_its_drafts_again(sign_in: Any, make: Make) -> None:
    room, other = get_rooms().all[:2]
    for one in (room, other):
        event_in(make, room=one, status="draft", published_at=None, title=f"Brouillon de {one.name}")
    page = sign_in(make.user(facilitates=[room.slug])).get("/account/events")
    assert f"Brouillon de {room.name}" in page.words and f"Brouillon de {other.name}" not in page.words
    assert page.soup.select_one("a[href='/events/new']")
    assert "Brouillon" not in sign_in(make.user()).get("/account/events").words


def test_a_private_community_shows_its_meetings_to_its_members_alone(
    visitor: Browser, sign_in: Any, make: Make
) -> None:
    room = make.community(slug="cercle", name="Le cercle", is_private=True)
    event_in(make, room=room, title="Entre nous seulement")
    member = make.user()
    make.actor(member, member_of=["cercle"])
    assert "Entre nous" not in visitor.get("/events").words
    assert visitor.get("/events?community=cercle").status_code == 400
    assert "Entre nous seulement" in sign_in(member).get("/events?community=cercle").words


def test_the_header_leads_there_from_every_page(visitor: Browser) -> None:
    page = visitor.get("/")
    for place, last in ((".nav.is-wide", []), (".is-phone nav", ["À propos"])):
        links = [link.get_text(strip=True) for link in page.soup.select(f"{place} a")]
        assert links == ["Idées", "Carte", "Rencontres", "Plan", "Communautés", *last]

"""Where else a meeting is found: home, communities, places, what it is about, search, feeds, other sites."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest

from app.core import clock as app_clock
from app.events.models.contents import EventSubject
from app.events.models.meetings import Event
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.make_plan import MakePlan
from tests.support.queries import cost
from tests.support.world import HERE

TITLE = "Se loger près de son travail"


@pytest.fixture
def event(make: Make, clock: Any) -> Event:
    clock.at("2027-02-01T12:00-05:00")
    return event_in(
        make,
        room=make.room(),
        mode="hybrid",
        place="Bibliothèque",
        territory_id=get_catalogue().places[1].id,
        issues=[get_catalogue().issues[0].id],
        room_url="https://salle.example/secret-de-la-salle",
        starts_at=at("2027-02-18 18:30"),
    )


def about(browser: Browser, path: str, heading: str = "Prochaine rencontre") -> list[str]:
    """Return the titles of the meetings under a heading of a page."""
    parts = browser.get(path).soup.select("main section, .hub-sum > div")
    found = [one for one in parts if (title := one.h2 or one.h3) and title.get_text(strip=True) == heading]
    return [title.get_text(strip=True) for one in found for title in one.select(".meet .title")]


def test_the_next_one_stands_where_it_concerns_whoever_reads(visitor: Browser, make: Make, event: Event) -> None:
    catalogue = get_catalogue()
    place = catalogue.place[event.territory_id or 0]
    mrc = catalogue.parent(place) or place
    pages = [
        "/",
        f"/communities/{make.room().slug}",
        f"/territories/{place.code}",
        f"/territories/{mrc.code}",
        f"/issues/{catalogue.issues[0].slug}",
    ]
    assert {page: about(visitor, page) for page in pages} == {page: [TITLE] for page in pages}
    for page in pages[:-1]:
        assert visitor.get(page).soup.select_one(":is(.section-head, .hub-sum) a[href^='/events']"), page


def test_a_municipality_tells_of_its_meetings_before_all_the_rest(visitor: Browser, event: Event) -> None:
    code = get_catalogue().place[event.territory_id or 0].code
    headings = [one.get_text(strip=True) for one in visitor.get(f"/territories/{code}").soup.select("main .split h2")]
    assert headings[0] == "Prochaine rencontre"


def test_nothing_calls_to_what_is_over_or_cancelled(visitor: Browser, make: Make, clock: Any) -> None:
    clock.at("2027-02-01T12:00-05:00")
    event_in(make, room=make.room(), days=-1)
    event_in(make, room=make.room(), status="cancelled", cancelled_at=app_clock.now())
    assert [about(visitor, page) for page in ("/", f"/communities/{make.room().slug}")] == [[], []]


def test_the_first_page_goes_on_to_the_one_after_when_the_next_is_over(
    visitor: Browser, make: Make, clock: Any
) -> None:
    clock.at("2027-02-01T12:00-05:00")
    for days in (1, 3):
        event_in(make, days=days, title=f"Dans {days} jours")
    assert about(visitor, "/") == ["Dans 1 jours"]
    clock.forward(days=2)
    assert about(visitor, "/") == ["Dans 3 jours"]
    clock.forward(days=2)
    assert about(visitor, "/") == []


def test_an_idea_an_update_and_an_action_say_where_one_talks_of_them(
    visitor: Browser, make: Make, event: Event
) -> None:
    idea, update, action = make.idea(), make.update(), MakePlan(make).action()
    for named in ({"idea_id": idea.id}, {"update_id": update.id}, {"action_id": action.id}):
        make.add(EventSubject(event_id=event.id, role="about", **named))
    pages = [idea_page(idea), f"/communities/{make.room().slug}/updates/{update.id}", f"/plan/actions/{action.id}"]
    assert [about(visitor, page, "On en parle à…") for page in pages] == [[TITLE]] * 3
    assert about(visitor, idea_page(make.idea()), "On en parle à…") == []


def test_search_finds_a_meeting_and_says_when_it_is(visitor: Browser, event: Event) -> None:
    page = visitor.get("/search?q=loger&kind=event")
    [found] = page.soup.select(".find")
    assert found.a["href"] == f"/events/{event.id}" and "18 février 2027" in found.get_text()
    assert "Rencontre" in found.select_one(".kind").get_text()


def test_a_feed_tells_of_what_was_announced(visitor: Browser, make: Make, event: Event) -> None:
    event_in(make, title="En ligne seulement")
    for path, number in (
        ("/events.atom", 2),
        ("/events.atom?mode=in_person", 1),
        (f"/communities/{make.room().slug}.atom", 1),
    ):
        feed = feedparser.parse(visitor.get(path).data)
        assert not feed.bozo and len(feed.entries) == number, path
    [entry] = [one for one in feed.entries if one.title == TITLE]
    assert entry.link.endswith(f"/events/{event.id}") and "jeudi 18 février 2027" in entry.content[0].value
    assert "secret-de-la-salle" not in str(feed)


def test_other_sites_read_when_where_and_whether_it_is_held(
    visitor: Browser, sign_in: Any, make: Make, event: Event
) -> None:
    page = visitor.get(f"/events/{event.id}")
    said = json.loads(page.soup.select_one("script[type='application/ld+json']").string)
    assert (said["@type"], said["eventStatus"]) == ("Event", "https://schema.org/EventScheduled")
    assert said["startDate"] == "2027-02-18T18:30:00-05:00"
    assert said["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    hall, online = said["location"]
    assert "Bibliothèque" in hall["name"] and online["url"].endswith(f"/events/{event.id}")
    assert "secret-de-la-salle" not in page.text
    assert not sign_in(make.user()).get(f"/events/{event.id}").soup.select("script[type='application/ld+json']")


def test_what_is_cancelled_says_so_to_other_sites(visitor: Browser, make: Make) -> None:
    event = event_in(make, status="cancelled", cancelled_at=app_clock.now(), cancelled_reason="Il neige.")
    said = json.loads(visitor.get(f"/events/{event.id}").soup.select_one("script[type='application/ld+json']").string)
    assert said["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_meeting_has_a_picture_and_a_place_on_the_map_of_the_site(visitor: Browser, make: Make, event: Event) -> None:
    shown = visitor.get(f"/events/{event.id}").soup.select_one("meta[property='og:image']")["content"]
    answer = visitor.get(shown[shown.index("/events") :])
    assert answer.mimetype == "image/png" and answer.status_code == 200
    sitemap = visitor.get("/sitemap.xml").text
    hidden = event_in(make, hidden_at=app_clock.now())
    assert f"/events/{event.id}<" in sitemap and "/events<" in sitemap
    assert f"/events/{hidden.id}<" not in visitor.get("/sitemap.xml").text
    assert visitor.get(f"/events/{hidden.id}/picture.png").status_code == 404


def test_a_page_costs_few_statements(
    visitor: Browser, sign_in: Callable[..., Browser], make: Make, event: Event
) -> None:
    member = sign_in(make.user())
    for browser, most in ((visitor, 6), (member, 9)):
        for path in (
            "/events",
            "/events?when=past",
            "/events?month=2027-02",
            "/events?when=past&mode=online&access=captions",
        ):
            assert cost(browser, path) <= most, path


def test_search_finds_the_words_of_published_minutes_as_they_stand_and_quotes_them(
    make: Make, visitor: Browser, team: Any
) -> None:
    held = event_in(make, room=make.room(HERE), days=-9, title="On se parle du logis")
    path, form = f"/events/{held.id}/minutes", "main form.form"

    def found(word: str) -> str:
        page = visitor.get(f"/search?q={word}&kind=event").soup
        return " ".join(one.get_text(" ", strip=True) for one in page.select(".find"))

    def lead(word: str) -> list[str]:
        return [link["href"] for link in visitor.get(f"/search?q={word}&kind=event").soup.select(".find .title a")]

    typed = {
        "body": "Un mot sur la **charpente**.",
        "decisions-0-text": "On forme une brigade",
        "decisions-0-who": "Luc",
    }
    team.submit(path, form, button="save", **typed)
    assert not found("charpente") and not found("brigade")
    team.submit(path, form, button="publish")
    assert "Un mot sur la charpente" in found("charpente") and "une brigade Luc" in found("brigade")
    top, [there], [decided] = f"/events/{held.id}", lead("charpente"), lead("brigade")
    assert there == decided == f"{top}#minutes" and visitor.get(there).soup.select_one("#minutes")
    assert lead("logis") == [top]
    team.submit(path, form, button="publish", body="Un mot sur la toiture.", reason="Une erreur de mot.")
    assert not found("charpente") and "toiture" in found("toiture") and found("brigade")
    make.at(held, hidden_at=app_clock.now(), hidden_reason="Une erreur")
    assert not found("toiture")

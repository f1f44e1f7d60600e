"""What somebody says to come to a meeting: who reads which part of it, and the line that says so."""

import pytest

from app.accounts.models.accesses import Access
from app.events.models.contents import EventQuestion
from app.events.models.registrations import Registrant
from app.events.models.running import EventCharge
from tests.support.door import comes, keep_door, meeting
from tests.support.rows import count, last
from tests.support.world import HERE
from tests.web.events.place_pages import url_of

WORDS = {
    "name": "Inès Canari",
    "email": "canari@example.org",
    "needs": "rampe-canari",
    "meal": "repas-canari",
    "answer": "autobus-canari",
}
ALL_BUT_THE_ADDRESS = {"name", "needs", "meal", "answer"}
LISTS = ("/door", "/door/list", "/door/needs", "/door/tags", "/people.csv", "/people.xlsx")
PAGES = ("", "/registration", "/door/sign", "/attendance", "/charges", "/minutes", "/preparation", ".ics", *LISTS)
ELSEWHERE = (
    "/events",
    "/events.csv",
    "/events.ics",
    "/journal",
    "/account/accesses",
    "/search?q=canari",
    "/sitemap.xml",
)


@pytest.fixture
def event(make):
    return meeting(make, community=HERE)


@pytest.fixture
def mine(make, event):
    asked = make.add(EventQuestion(event_id=event.id, position=0, kind="line", label="Par quel autobus?"))
    said = {"needs": WORDS["needs"], "meal": WORDS["meal"], "answers": {str(asked.id): WORDS["answer"]}}
    registration = comes(make, event, WORDS["name"], **said)
    make.at(last(Registrant), email=WORDS["email"])
    return registration


def read_words(browser, event, *more):
    """Return which of the words a reader finds, wherever they look."""
    paths = [*(f"/events/{event.id}{end}" for end in PAGES if not end.endswith("xlsx")), *ELSEWHERE, *more]
    found = "".join(browser.get(path).text for path in paths)
    return {name for name, word in WORDS.items() if word in found}


def test_who_keeps_the_door_reads_names_and_needs_the_team_all_and_nobody_an_address(
    make, event, mine, visitor, member, sign_in, team, boss, ned
):
    other = comes(make, event, "Kim")
    writer = make.user()
    make.add(EventCharge(event_id=event.id, user_id=writer.id, kind="secretary", given_by=event.author_id))
    found = {
        "anyone": read_words(visitor, event, url_of(other)),
        "member": read_words(member, event),
        "secretary": read_words(sign_in(writer), event),
        "another team": read_words(sign_in(ned), event),
        "admin": read_words(sign_in(make.user(role="admin")), event),
        "door": read_words(sign_in(keep_door(make, event, make.user())), event),
        "team": read_words(team, event),
        "coordinator": read_words(boss, event),
    }
    assert {reader: words for reader, words in found.items() if words} == {
        "door": {"name", "needs"},
        "team": ALL_BUT_THE_ADDRESS,
        "coordinator": ALL_BUT_THE_ADDRESS,
    }


def test_a_press_that_a_script_sends_gives_who_keeps_the_door_no_more(make, event, mine, sign_in, team):
    keeper = sign_in(keep_door(make, event, make.user()))
    for browser, words in ((keeper, {"name", "needs"}), (team, {"name", "needs", "meal"})):
        answer = browser.submit(f"/events/{event.id}/door", f"#guest-{mine.id} form", htmx=True)
        assert {name for name, word in WORDS.items() if word in answer.text} == words


@pytest.mark.parametrize("path", LISTS)
def test_each_list_that_is_read_is_a_line_on_the_page_of_a_place(make, event, mine, sign_in, visitor, path):
    reader = sign_in(make.user("Zoé Lectrice", facilitates=[HERE]))
    assert "Zoé Lectrice" not in visitor.get(url_of(mine)).words
    assert reader.get(f"/events/{event.id}{path}").status_code == 200
    assert count(Access) == 1 and "Zoé Lectrice" in visitor.get(url_of(mine)).words

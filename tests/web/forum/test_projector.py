"""The wall on the screen of the hall: what it says in each phase, and to whom."""

from datetime import timedelta

import pytest

from app.core import clock as time
from app.forum.models import ForumRoom, ForumSlot
from tests.events.stored import at, event_in
from tests.forum.stored import QUESTION, forum_in, topic_in
from tests.support.queries import PUBLIC, costs_alike
from tests.support.rows import every
from tests.support.world import HERE

HIDDEN = {"hidden_reason": "Une erreur"}


@pytest.fixture
def event(clock, make):
    clock.at("2027-01-10")
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    return forum_in(make, event=event, hours=4, phase="sessions")


@pytest.fixture
def place(make, forum):
    """Place a topic at an hour and in a room, by their order: place(topic, 0, 1)."""

    def put(topic, hour, room):
        slots = [one for one in every(ForumSlot) if one.forum_id == forum.id and one.kind == "session"]
        rooms = [one for one in every(ForumRoom) if one.forum_id == forum.id]
        make.at(topic, slot_id=slots[hour].id, room_id=rooms[room].id)

    return put


def beam(browser, forum, query=""):
    page = browser.get(f"/forums/{forum.id}/projector{query}")
    assert page.status_code == 200
    return page


def words(found):
    return " ".join(found.get_text(" ").split())


def heads(page):
    return [words(one) for one in page.soup.select(".beam-page:not([hidden]) thead th")][1:]


@pytest.mark.parametrize(
    ("hour", "said", "columns"),
    [
        ("2027-02-17 08:00", "Ensuite : 18 février 2027, 9 h – Cercle d’ouverture", ["10 h", "11 h", "12 h"]),
        ("2027-02-18 08:00", "Ensuite : 9 h – Cercle d’ouverture", ["10 h", "11 h", "12 h"]),
        (
            "2027-02-18 11:10",
            "En ce moment : Séances, jusqu’à 11 h 50 · Ensuite : 12 h – Séances",
            ["11 h · en ce moment", "12 h", "13 h"],
        ),
        ("2027-02-18 11:55", "Ensuite : 12 h – Séances", ["11 h", "12 h", "13 h"]),
        ("2027-02-18 13:10", "En ce moment : Séances, jusqu’à 13 h 50", ["11 h", "12 h", "13 h · en ce moment"]),
        ("2027-02-18 15:00", "", ["11 h", "12 h", "13 h"]),
    ],
)
def test_it_says_what_happens_now_and_next_by_the_schedule(visitor, clock, forum, hour, said, columns):
    clock.at(at(hour))
    page = beam(visitor, forum)
    told = page.soup.select_one(".beam-head p")
    assert (words(told).replace("'", "’") if told else "") == said
    assert heads(page) == columns


def test_it_shows_topics_with_their_hosts_alone_and_how_to_come(visitor, make, forum, place):
    topic = topic_in(make, forum, title="Le 15 du mois", author_id=make.user(name="Luz Libellule").id, why="Une raison")
    place(topic, 0, 1)
    page = beam(visitor, forum)
    rows = [[words(cell) for cell in row.select("th, td")] for row in page.soup.select("tbody tr")]
    assert rows == [
        ["Salle 1", "place libre", "place libre", "place libre"],
        ["Salle 2", "Le 15 du mois Luz Libellule", "place libre", "place libre"],
    ]
    assert words(page.soup.select_one("h1")).startswith(QUESTION[:30]) and f"/f/{forum.id}" in page.words
    assert page.soup.select_one("noscript meta[http-equiv=refresh]") and not page.soup.select_one("header.header")


def test_rooms_come_by_pages_and_each_can_be_asked_for(visitor, make, event):
    forum = forum_in(make, event=event, rooms=14, phase="marketplace")
    page = beam(visitor, forum)
    pages = page.soup.select("[data-page]")
    assert [words(one.caption) for one in pages] == [
        f"Salles {first} à {last} sur 14" for first, last in ((1, 6), (7, 12), (13, 14))
    ]
    assert [one.has_attr("hidden") for one in pages] == [False, True, True]
    page = visitor.get(page.soup.select_one(".beam noscript a")["href"])
    assert [one.has_attr("hidden") for one in page.soup.select("[data-page]")] == [True, False, True]
    last = beam(visitor, forum, "?page=99")
    assert [one.has_attr("hidden") for one in last.soup.select("[data-page]")] == [True, True, False]
    assert last.soup.select_one(".beam noscript a")["href"].endswith("page=1")


def test_a_marketplace_shows_the_topics_that_have_no_room_yet_the_most_wanted_first(visitor, make, forum):
    make.at(forum, phase="marketplace")
    topic_in(make, forum, title="Un sujet sans appel", host_name="Simon Loutre")
    topic_in(make, forum, title="Un sujet qui attire", host_name="Guy Pruche", hands=4, interest_count=3)
    page = beam(visitor, forum)
    assert [words(one) for one in page.soup.select(".beam-topics li")] == [
        "Un sujet qui attire Guy Pruche 7 personnes intéressées",
        "Un sujet sans appel Simon Loutre",
    ]
    make.at(forum, phase="sessions")
    assert not beam(visitor, forum).soup.select(".beam-topics")


def test_a_topic_that_is_pitched_is_alone_on_the_screen_with_its_interest(visitor, make, forum):
    make.at(forum, phase="marketplace")
    topic_in(
        make, forum, title="Un sujet qui attire", host_name="Guy Pruche", hands=4, why="Une raison", wants_quiet=True
    )
    page = beam(visitor, forum)
    page = visitor.get(page.soup.select_one(".beam-topics a")["href"])
    shown = words(page.soup.select_one(".beam-pitch"))
    assert (
        shown == "Un sujet qui attire Une raison Guy Pruche · un endroit calme 4 personnes intéressées Revenir au mur"
    )
    assert not page.soup.select("table") and "topic=" in page.soup.select_one("[data-beam]")["data-beam"]


@pytest.mark.parametrize("state", ["waiting", "withdrawn", "hidden", "deleted", "joined"])
@pytest.mark.parametrize("is_placed", [True, False])
def test_what_is_not_on_the_wall_is_not_on_the_screen(visitor, make, forum, place, state, is_placed):
    make.at(forum, phase="marketplace")
    other = topic_in(make, forum, title="Un autre sujet")
    topic = topic_in(make, forum, title="Un sujet hors du mur")
    if is_placed:
        place(topic, 0, 0)
    assert "hors du mur" in beam(visitor, forum).words
    columns = {
        "waiting": {"state": "waiting"},
        "withdrawn": {"state": "withdrawn"},
        "hidden": HIDDEN | {"hidden_at": time.now()},
        "deleted": {"deleted_at": time.now()},
        "joined": {"joined_id": other.id},
    }
    make.at(topic, **columns[state])
    for query in ("", f"?topic={topic.id}"):
        page = beam(visitor, forum, query)
        assert "hors du mur" not in page.words and page.soup.select("table")


def test_a_topic_of_another_forum_is_not_shown(visitor, make, forum):
    other = topic_in(make, forum_in(make), title="Un sujet d'ailleurs")
    assert "ailleurs" not in beam(visitor, forum, f"?topic={other.id}").words
    assert visitor.get(f"/forums/{forum.id}/projector?topic=x").status_code == 400


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("before", "Écrivez votre sujet sur un feuillet"),
        ("convergence", "Lisez les notes au mur"),
        ("closed", "Le forum est clos. Merci de votre présence."),
    ],
)
def test_it_says_what_comes_before_the_marketplace_and_after_the_sessions(visitor, make, forum, place, phase, said):
    topic = topic_in(make, forum, title="Le 15 du mois")
    place(topic, 0, 0)
    make.at(forum, phase=phase)
    page = beam(visitor, forum)
    assert said in page.words and not page.soup.select("table") and "Le 15 du mois" not in page.words


def test_a_cancelled_one_says_so_and_one_without_rooms_too(visitor, make, event, forum):
    bare = forum_in(make, event=event_in(make, room=make.room(HERE)), rooms=0, hours=0, phase="marketplace")
    assert "ne sont pas encore connus" in beam(visitor, bare).words
    make.at(event, status="cancelled", cancelled_reason="Une tempête", cancelled_at=time.now())
    page = beam(visitor, forum)
    assert "Ce forum n’a pas lieu" in page.words and not page.soup.select("table, .beam-head p")


def test_what_is_asked_for_again_is_the_part_that_changes_without_cookies_where_all_may_read(
    visitor, make, fae, sign_in, event, forum
):
    page = beam(visitor, forum)
    place = page.soup.select_one("[data-beam]")
    assert place.has_attr("data-open") and "lang=fr" in place["data-beam"]
    part = visitor.get(place["data-beam"], headers={"HX-Request": "true"})
    assert part.soup.select_one("h1") and not part.soup.select("html, footer, [data-clock]") and part.headers["ETag"]
    again = visitor.get(place["data-beam"], headers={"HX-Request": "true", "If-None-Match": part.headers["ETag"]})
    assert again.status_code == 304
    make.at(event, hidden_at=time.now(), **HIDDEN)
    assert visitor.get(place["data-beam"]).status_code == 404
    assert not beam(sign_in(fae), forum).soup.select_one("[data-beam]").has_attr("data-open")


def test_it_costs_the_same_however_full_the_wall_is(visitor, make, event):
    forum = forum_in(make, event=event, rooms=20, phase="marketplace")
    rooms = [one.id for one in every(ForumRoom)]
    slots = [one.id for one in every(ForumSlot) if one.kind == "session"]
    free = [(slot_id, room_id) for slot_id in slots for room_id in rooms]

    def fill(count):
        for _n in range(count):
            slot_id, room_id = free.pop()
            topic_in(make, forum, author_id=make.user().id, slot_id=slot_id, room_id=room_id)
            topic_in(make, forum, author_id=make.user().id)

    costs_alike(fill, (visitor, f"/forums/{forum.id}/projector"), most=PUBLIC)


def test_a_meeting_that_runs_now_is_on_the_screen_at_any_hour(visitor, make):
    event = event_in(make, room=make.room(HERE), starts_at=time.now() - timedelta(minutes=10), hours=6)
    forum = forum_in(make, event=event, phase="marketplace")
    assert "En ce moment" in beam(visitor, forum).words

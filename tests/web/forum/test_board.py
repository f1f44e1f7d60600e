"""The marketplace: everybody reads the board; its team places topics, moves them, exchanges them, takes them off."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.forum.models import ForumInterest, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.queries import board as queries
from app.forum.service import placing
from app.forum.signals import TopicChanged
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.queries import MEMBER, PUBLIC, TEAM, record_statements
from tests.support.rows import again, count, every
from tests.support.world import HERE


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    """Two rooms of which the first is step-free, and two hours of sessions: 10 h and 11 h."""
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)
    return forum_in(make, event=event)


@pytest.fixture
def rooms(forum):
    return every(ForumRoom)


@pytest.fixture
def hours(forum):
    return [slot for slot in every(ForumSlot) if slot.kind == "session"]


def board_of(browser, forum, topic=None):
    return browser.get(f"/forums/{forum.id}/board" + (f"?topic={topic.id}" if topic else ""))


def words_of(part):
    return " ".join(part.get_text(" ", strip=True).replace("\u00a0", " ").replace("’", "'").split())


def cell(page, n, room):
    """Return a cell of the board: the n-th hour of sessions, and the number of the room."""
    hour = page.soup.select(".hour:not(.is-plenary, .is-rooms)")[n]
    return hour.select("ul > li")[room]


def press(browser, page, part, label):
    """Press the button of a part of the page that says this, and read the page that comes."""
    form = next(one for one in part.select("form") if label in words_of(one.button))
    return browser.submit(page, form, follow=True)


def put(make, topic, slot, room):
    make.at(topic, slot_id=slot.id, room_id=room.id, placed_by=topic.author_id)


def places(*topics):
    return [(row.slot_id, row.room_id) for row in map(again, topics)]


def test_everybody_reads_who_is_where_and_when(forum, make, rooms, hours, visitor):
    put(make, topic_in(make, forum, title="Un jardin pour tous"), hours[1], rooms[0])
    topic_in(make, forum, title="Un bail à deux", hands=3)
    topic_in(make, forum, title="Un autobus", hands=9)
    topic_in(make, forum, title="Pas encore au mur", state="waiting")
    page = board_of(visitor, forum)
    assert words_of(cell(page, 1, 0)).startswith("Salle 1 Un jardin pour tous")
    assert words_of(cell(page, 0, 0)) == "Salle 1 Libre"
    assert [words_of(one) for one in page.soup.select("#waiting .title")] == ["Un autobus", "Un bail à deux"]
    assert "Pas encore au mur" not in page.words and "Cercle d’ouverture" in page.words.replace("'", "’")
    assert not page.soup.select("#board form, #waiting form, #waiting .button")
    assert page.soup.select_one(f'main a[href="/forums/{forum.id}"]')


def test_the_board_is_reached_from_the_page_of_the_forum(forum, visitor):
    assert visitor.get(f"/forums/{forum.id}").soup.select_one(f'main a[href="/forums/{forum.id}/board"]')


def test_a_board_without_rooms_says_what_comes_and_where_to_begin(team, make, visitor):
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)), rooms=0)
    assert "Le tableau n'est pas encore prêt" in board_of(visitor, forum).words.replace("’", "'")
    assert not board_of(visitor, forum).soup.select(".empty a")
    assert board_of(team, forum).soup.select_one(f'.empty a[href="/forums/{forum.id}/edit"]')


def test_the_board_of_a_closed_forum_is_only_read(team, forum, make, rooms, hours):
    put(make, topic_in(make, forum), hours[0], rooms[0])
    other = topic_in(make, forum, title="Un autre")
    make.at(forum, phase="closed")
    page = board_of(team, forum, other)
    assert "Le forum est clos" in page.words
    assert not page.soup.select("#board form, #waiting .button, #board .button:not([href$='/notes'])")


def test_the_hours_begin_with_the_present_one(forum, make, rooms, visitor, clock):
    clock.at(at("2027-02-18 11:20"))
    found = [words_of(one) for one in board_of(visitor, forum).soup.select(".hour:not(.is-rooms) h3")]
    assert [one.split(" jusqu'à ")[0] for one in found] == ["11 h", "9 h", "10 h"]
    assert "maintenant" in found[0] and "passé" in found[1]


def test_a_topic_is_placed_in_two_presses_and_the_next_one_is_at_hand(team, forum, make, rooms, hours, heard):
    topic, _other = topic_in(make, forum, title="Un jardin", hands=2), topic_in(make, forum, title="Un bail")
    page = board_of(team, forum)
    link = next(one for one in page.soup.select("#waiting a.button") if "Un jardin" in words_of(one))
    page = team.get(link["href"])
    assert "Vous placez « Un jardin »" in words_of(page.soup.select_one("#board .notice"))
    page = press(team, page, cell(page, 1, 0), "Placer")
    assert "« Un jardin » est placé : 11 h, Salle 1." in words_of(page.soup.select_one("#flashes"))
    assert page.request.path == f"/forums/{forum.id}/board"
    assert words_of(cell(page, 1, 0)).startswith("Salle 1 Un jardin")
    assert heard == [(topic.id, "placed")]
    assert again(topic).placed_at and again(topic).placed_by


@pytest.fixture
def heard(monkeypatch):
    """What was told of topics, in the order in which it was."""
    told = []
    monkeypatch.setattr(
        placing,
        "tell",
        lambda signal: told.append((signal.topic_id, signal.what)) if isinstance(signal, TopicChanged) else None,
    )
    return told


def test_a_move_an_exchange_and_a_taking_off_say_where_one_is_now(team, forum, make, rooms, hours, heard):
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    put(make, topic, hours[0], rooms[0])
    put(make, other, hours[1], rooms[1])
    page = board_of(team, forum, topic)
    page = press(team, page, cell(page, 1, 0), "Placer")
    assert "« Un jardin » est déplacé : 11 h, Salle 1." in words_of(page.soup.select_one("#flashes"))
    page = board_of(team, forum, topic)
    page = press(team, page, cell(page, 1, 1), "Échanger")
    assert "Les deux séances sont échangées. « Un jardin » : 11 h, Salle 2." in words_of(
        page.soup.select_one("#flashes")
    )
    assert places(topic, other) == [(hours[1].id, rooms[1].id), (hours[1].id, rooms[0].id)]
    page = board_of(team, forum, topic)
    page = press(team, page, page.soup.select_one("#board .notice"), "Retirer du tableau")
    assert "« Un jardin » n'a plus de case" in words_of(page.soup.select_one("#flashes"))
    assert page.soup.select_one(f"#waiting #topic-{topic.id}") and places(topic) == [(None, None)]
    assert heard == [(topic.id, "moved"), (topic.id, "moved"), (other.id, "moved"), (topic.id, "taken_off")]


def test_a_topic_is_held_again_at_another_hour_with_its_hosts(team, forum, make, rooms, hours, heard):
    topic = topic_in(make, forum, title="Un jardin", why="Pour rire", wants_quiet=True)
    helper = place_in(make, forum)
    make.add(ForumTopicHost(topic_id=topic.id, registration_id=helper.id, accepted_at=helper.created_at))
    put(make, topic, hours[0], rooms[0])
    page = board_of(team, forum, topic)
    assert "Tenir de nouveau" not in words_of(cell(page, 0, 1))
    page = press(team, page, cell(page, 1, 1), "Tenir de nouveau ici")
    copy = next(one for one in every(ForumTopic) if one.id != topic.id)
    assert "« Un jardin » se tient de nouveau : 11 h, Salle 2." in words_of(page.soup.select_one("#flashes"))
    assert (copy.again_of_id, copy.title, copy.why, copy.wants_quiet) == (topic.id, "Un jardin", "Pour rire", True)
    assert places(topic, copy) == [(hours[0].id, rooms[0].id), (hours[1].id, rooms[1].id)]
    assert db.session.get(ForumTopicHost, (copy.id, helper.id)).accepted_at
    assert heard == [(copy.id, "placed")]


def test_the_same_press_sent_twice_does_one_thing(team, forum, make, rooms, hours):
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    put(make, topic, hours[0], rooms[0])
    put(make, other, hours[0], rooms[1])
    page = board_of(team, forum, topic)
    for label, part in (("Échanger", cell(page, 0, 1)), ("Tenir de nouveau ici", cell(page, 1, 1))):
        press(team, page, part, label)
        twice = press(team, page, part, label)
        assert not twice.soup.select("#flashes .is-warning"), label
    assert places(topic, other) == [(hours[0].id, rooms[1].id), (hours[0].id, rooms[0].id)]
    assert count(ForumTopic) == 3


def obstacles(page, n, room):
    part = cell(page, n, room)
    return words_of(part.select_one(".spot b")), [
        words_of(one) for one in part.select(".spot > span:not(.visually-hidden)")
    ]


def test_each_free_cell_says_what_stands_against_it(team, forum, make, rooms, hours):
    make.at(rooms[1], places=4, is_noisy=True)
    topic = topic_in(make, forum, wants_step_free=True, wants_online=True, wants_quiet=True, hands=5)
    held = topic_in(make, forum, title="Le quinze du mois")
    put(make, held, hours[1], rooms[0])
    for place in [place_in(make, forum) for _n in range(3)]:
        for one in (topic, held):
            make.add(ForumInterest(registration_id=place.id, topic_id=one.id))
    page = board_of(team, forum, topic)
    asked = ["Il y a des marches, et on demande qu'il n'y en ait pas", "Pas en ligne, et on le demande"]
    asked += ["Bruyante, et on demande un endroit calme"]
    assert obstacles(page, 0, 0) == ("Placer quand même", ["Pas en ligne, et on le demande"])
    assert obstacles(page, 0, 1) == ("Placer quand même", [*asked, "Petite : 4 places pour 5 personnes"])
    assert obstacles(page, 1, 1)[1] == [
        "La même personne anime « Le quinze du mois » à cette heure",
        *asked,
        "3 personnes tiennent aussi à « Le quinze du mois »",
        "Petite : 4 places pour 5 personnes",
    ]
    assert page.soup.select_one("#best") is cell(page, 0, 0)
    assert "10 h, Salle 1" in words_of(page.soup.select_one('a[href="#best"]'))


def test_a_cell_with_nothing_against_it_says_so_and_an_hour_that_is_over_too(team, forum, make, clock, fae, sign_in):
    topic = topic_in(make, forum)
    assert obstacles(board_of(team, forum, topic), 0, 0) == ("Placer ici", ["Rien ne s'y oppose"])
    clock.at(at("2027-02-18 11:20"))
    page = board_of(sign_in(fae), forum, topic)
    assert obstacles(page, 0, 0)[0] == "Placer ici"
    assert obstacles(page, 1, 0) == ("Placer quand même", ["Cette heure est passée"])


def test_who_comes_second_reads_who_placed_what_and_keeps_the_topic_chosen(
    team, forum, make, rooms, hours, fae, sign_in
):
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    shown = board_of(team, forum, topic)
    part = cell(shown, 0, 0)
    page = board_of(team, forum, other)
    press(team, page, cell(page, 0, 0), "Placer ici")
    page = press(team, shown, part, "Placer ici")
    said = words_of(page.soup.select_one("#flashes"))
    assert f"« Un bail » est déjà dans cette case : {fae.name} vient de l'y placer." in said
    assert "Vous placez « Un jardin »" in page.words.replace("\u00a0", " ")
    assert places(topic) == [(None, None)]


def test_a_topic_that_somebody_moved_meanwhile_is_not_moved_unseen(team, forum, make, rooms, hours, fae):
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    put(make, topic, hours[0], rooms[0])
    put(make, other, hours[1], rooms[1])
    shown = board_of(team, forum, topic)
    page = board_of(team, forum, topic)
    press(team, page, cell(page, 0, 1), "Placer")
    for part, label in ((cell(shown, 1, 0), "Placer"), (cell(shown, 1, 1), "Échanger")):
        page = press(team, shown, part, label)
        assert f"{fae.name} vient de changer ce sujet de case" in words_of(page.soup.select_one("#flashes"))
    page = press(team, shown, shown.soup.select_one("#board .notice"), "Retirer du tableau")
    assert "vient de changer ce sujet de case" in page.words
    assert places(topic) == [(hours[0].id, rooms[1].id)]


def test_an_exchange_with_a_topic_that_left_its_cell_is_refused(team, forum, make, rooms, hours):
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    put(make, topic, hours[0], rooms[0])
    put(make, other, hours[1], rooms[1])
    shown = board_of(team, forum, topic)
    make.at(other, slot_id=None, room_id=None)
    page = press(team, shown, cell(shown, 1, 1), "Échanger")
    assert "n'est plus dans cette case" in words_of(page.soup.select_one("#flashes"))
    assert places(topic, other) == [(hours[0].id, rooms[0].id), (None, None)]


def test_a_cell_that_is_there_no_more_is_refused_in_words(team, forum, make, rooms, hours):
    topic = topic_in(make, forum)
    shown = board_of(team, forum, topic)
    make.at(hours[0], kind="plenary")
    page = press(team, shown, cell(shown, 0, 0), "Placer ici")
    assert "n'est plus au tableau" in words_of(page.soup.select_one("#flashes"))
    assert places(topic) == [(None, None)]


@pytest.mark.parametrize("columns", [{"state": "withdrawn"}, {"joined_id": True}, {"hidden_reason": "Une erreur"}])
def test_a_topic_that_left_the_wall_meanwhile_is_said_so(team, forum, make, rooms, hours, columns):
    topic, other = topic_in(make, forum), topic_in(make, forum, title="Un bail")
    shown = board_of(team, forum, topic)
    values = {name: other.id if value is True else value for name, value in columns.items()}
    make.at(topic, **values | ({"hidden_at": other.created_at} if "hidden_reason" in columns else {}))
    page = press(team, shown, cell(shown, 0, 0), "Placer ici")
    assert "ne se place plus" in words_of(page.soup.select_one("#flashes"))
    assert "n'est plus au mur" in words_of(page.soup.select_one("main .notice.is-warning:not(#flashes *)"))


def test_what_is_out_of_sight_holds_no_room(team, forum, make, rooms, hours, visitor):
    hidden = topic_in(make, forum, title="Un sujet masqué", hidden_at=forum.phase_at, hidden_reason="Une erreur")
    put(make, hidden, hours[0], rooms[0])
    topic = topic_in(make, forum)
    assert "Un sujet masqué" not in board_of(visitor, forum).words
    page = board_of(team, forum, topic)
    press(team, page, cell(page, 0, 0), "Placer ici")
    assert places(topic, hidden) == [(hours[0].id, rooms[0].id), (None, None)]


def test_the_table_has_the_last_word(team, forum, make, rooms, hours, monkeypatch):
    """Where somebody wrote without the lock, the unique key refuses, in words."""
    topic, other = topic_in(make, forum, title="Un jardin"), topic_in(make, forum, title="Un bail")
    shown = board_of(team, forum, topic)
    put(make, other, hours[0], rooms[0])
    monkeypatch.setattr(queries, "find_in_cell", lambda _slot_id, _room_id: None)
    page = press(team, shown, cell(shown, 0, 0), "Placer ici")
    assert "« Un jardin » n'est pas placé : quelqu'un vient de prendre cette case" in words_of(
        page.soup.select_one("#flashes")
    )
    assert places(topic, other) == [(None, None), (hours[0].id, rooms[0].id)]
    with pytest.raises(IntegrityError):
        put(make, topic, hours[0], rooms[0])
    db.session.rollback()


def test_the_board_costs_as_much_with_many_topics_as_with_few(team, forum, make, rooms, hours, visitor, sign_in):
    member, topic = sign_in(make.user()), topic_in(make, forum)
    asked = f"/forums/{forum.id}/board?topic={topic.id}"
    put(make, topic_in(make, forum, title="Un jardin"), hours[1], rooms[1])
    people = (visitor, member, team)
    few = [cost(browser, f"{asked}&few={n}") for n in range(2) for browser in people][3:]
    for n in range(6):
        other = topic_in(make, forum, title=f"Sujet {n}")
        if n < 3:
            put(make, other, hours[n // 2], rooms[n % 2])
    many = [cost(browser, f"{asked}&many=") for browser in people]
    assert many == few and many[0] <= PUBLIC and many[1] <= MEMBER and many[2] <= TEAM, (few, many)


def cost(browser, path):
    with record_statements() as statements:
        assert browser.get(path).status_code == 200
    return len(statements)

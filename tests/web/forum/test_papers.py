"""The kit of a forum on paper: what is placed stands on it, and nothing that is not on the wall."""

import pytest

from app.core import clock as time
from app.forum.models import ForumRoom, ForumSlot
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.queries import TEAM, costs_alike
from tests.support.rows import every
from tests.support.world import HERE

SHEETS = ("programme", "rooms", "principles", "slips", "notes", "ballots")


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def event(team, make):
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    return forum_in(make, event=event)


@pytest.fixture
def place(make, forum):
    """Place a topic in the cell of these places in the order of hours and rooms: place(topic, 0, 1)."""

    def put(topic, hour, room):
        slots = [one for one in every(ForumSlot) if one.forum_id == forum.id and one.kind == "session"]
        rooms = [one for one in every(ForumRoom) if one.forum_id == forum.id]
        make.at(topic, slot_id=slots[hour].id, room_id=rooms[room].id)

    return put


def read(browser, forum, sheet):
    page = browser.get(f"/forums/{forum.id}/papers/{sheet}")
    assert page.status_code == 200, sheet
    return page


def list_papers(page):
    return [" ".join(one.get_text(" ").split()) for one in page.soup.select(".papers > .paper")]


def test_the_kit_says_what_each_paper_is_for_and_how_many_to_print(team, forum, make, place):
    place(topic_in(make, forum), 0, 0)
    page = team.get(f"/forums/{forum.id}")
    page = team.get(page.soup.find("a", string="Le forum sur papier")["href"])
    kit = {one.a.get_text(): one for one in page.soup.select("main .list > li")}
    counts = {name: one.select_one(".meta").get_text() for name, one in kit.items() if one.select_one(".meta")}
    assert counts == {
        "Programme": "1 feuille, en deux ou trois exemplaires.",
        "Affiches des salles": "2 feuilles, une par salle.",
        "Affiches des principes": "6 feuilles.",
        "Feuillets de sujet": "2 exemplaires\u00a0: trois feuillets pour deux cases du mur.",
        "Feuilles de notes": "Une par séance placée\u202f; 3 exemplaires de la vide, pour les cases libres.",
        "Bulletins": "Un bulletin par personne.",
    }
    assert kit["Liste d’accueil"].a["href"] == f"/events/{forum.id}/door/list"
    assert [one.a["href"].rpartition("/")[2] for one in kit.values()][:-1] == list(SHEETS)
    for one in kit.values():
        assert team.get(one.a["href"]).status_code == 200


def test_a_sheet_of_notes_has_a_place_for_all_that_the_page_of_notes_takes(team, forum):
    sheet = list_papers(read(team, forum, "notes"))[0]
    for kind in ("besoins", "aspirations", "idées", "questions", "gestes à poser", "offre"):
        assert kind in sheet
    assert "Combien étaient là" in sheet and "Qui était là" not in sheet


def test_what_is_placed_stands_on_the_papers_with_its_host_alone(team, forum, make, place):
    host = make.user(name="Luz Libellule")
    place(topic_in(make, forum, title="Le 15 du mois", author_id=host.id, why="Personne ne répond."), 0, 1)
    place(topic_in(make, forum, title="Qui garde les enfants?", host_name="Simon Loutre"), 1, 0)
    place(topic_in(make, forum, title="Un nom effacé", host_name=""), 1, 1)
    table = read(team, forum, "programme").soup.select_one(".paper table")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]
    assert [[words.replace("\u00a0", " ") for words in row] for row in cells] == [
        ["Salle", "10 h", "11 h"],
        ["Salle 1", "", "Qui garde les enfants? Simon Loutre"],
        ["Salle 2", "Le 15 du mois Luz Libellule", "Un nom effacé Une personne participante"],
    ]
    first, second = list_papers(read(team, forum, "rooms"))
    assert "Salle 1" in first and "11 h Qui garde les enfants? Simon Loutre" in first and "Le 15" not in first
    assert "10 h Le 15 du mois Luz Libellule" in second and f"/f/{forum.id}" in second
    notes = list_papers(read(team, forum, "notes"))
    assert len(notes) == 4 and "Le 15 du mois Salle 2 · 10 h · Animé par Luz Libellule" in notes[0]
    assert "Qui garde les enfants?" in notes[1] and "Sujet Salle Heure" in notes[3]


@pytest.mark.parametrize("state", ["waiting", "withdrawn", "hidden", "deleted", "joined"])
def test_what_is_not_on_the_wall_is_on_no_paper(team, forum, make, place, state):
    other = topic_in(make, forum, title="Un autre sujet")
    columns = {
        "waiting": {"state": "waiting"},
        "withdrawn": {"state": "withdrawn"},
        "hidden": {"hidden_at": time.now(), "hidden_reason": "Une erreur"},
        "deleted": {"deleted_at": time.now()},
        "joined": {"joined_id": other.id},
    }[state]
    topic = topic_in(make, forum, title="Un sujet hors du mur", why="Une raison hors du mur")
    place(topic, 0, 0)
    assert "Un sujet hors du mur" in read(team, forum, "programme").words
    make.at(topic, **columns)
    assert [sheet for sheet in SHEETS if "hors du mur" in read(team, forum, sheet).words] == []


def test_a_programme_has_a_sheet_more_where_there_are_more_rooms_or_hours_than_one_holds(team, event, make):
    forum = forum_in(make, event=event, rooms=25, hours=5)
    captions = [one.get_text() for one in read(team, forum, "programme").soup.select("caption")]
    assert captions == [f"Programme, feuille {n} de 4" for n in range(1, 5)]
    rooms = [one.get_text() for one in read(team, forum, "programme").soup.select("tbody th")]
    assert len(rooms) == 50 and set(rooms) == {f"Salle {n}" for n in range(1, 26)}


def test_a_forum_of_two_days_names_the_day_of_each_hour(team, event, forum, make):
    make.at(every(ForumSlot)[-1], starts_after=60 * 25)
    heads = [one.get_text(" ").replace("\u00a0", " ") for one in read(team, forum, "programme").soup.select("thead th")]
    assert heads == ["Salle", "10 h 18 février 2027", "10 h 19 février 2027"]


def test_a_paper_is_in_the_language_of_its_meeting_whoever_prints_it(team, event, forum, make, place):
    make.at(event, lang="en")
    place(topic_in(make, forum, title="Le 15 du mois", lang="fr"), 0, 0)
    page = read(team, forum, "notes")
    paper = page.soup.select_one(".papers")
    assert paper["lang"] == "en" and "How many were there" in paper.get_text()
    assert paper.select_one("h2")["lang"] == "fr"
    assert page.soup.select_one("h1").get_text() == "Feuilles de notes"
    english = team.get(f"/forums/{forum.id}/papers/principles?lang=en")
    assert not english.soup.select_one(".papers").has_attr("lang")
    assert "The law of two feet" in english.words and "Be prepared to be surprised." in english.words


def test_a_forum_without_rooms_or_hours_has_its_blank_papers(team, make):
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)), rooms=0, hours=0)
    assert team.get(f"/forums/{forum.id}/papers").status_code == 200
    assert [len(list_papers(read(team, forum, sheet))) for sheet in SHEETS] == [1, 0, 6, 1, 1, 1]


def test_papers_cost_the_same_however_full_the_wall_is(team, event, make):
    forum = forum_in(make, event=event, rooms=20)

    rooms = [one.id for one in every(ForumRoom)]
    slots = [one.id for one in every(ForumSlot) if one.kind == "session"]
    free = [(slot_id, room_id) for slot_id in slots for room_id in rooms]

    def fill(count):
        for _n in range(count):
            slot_id, room_id = free.pop()
            topic_in(make, forum, author_id=make.user().id, slot_id=slot_id, room_id=room_id)

    pages = [(team, f"/forums/{forum.id}/papers{end}") for end in ("", "/programme", "/rooms", "/notes")]
    costs_alike(fill, *pages, most=TEAM)

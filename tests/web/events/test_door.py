"""The page of the door: found, pressed, undone, let in; the papers, and who reads all that."""

import re
from datetime import timedelta

import pytest

from app.accounts.models.accesses import Access
from app.accounts.profiles import HIDDEN_NAME
from app.core import clock as time
from app.events.models.registrations import EventRegistration, Registrant
from app.events.models.running import EventHall
from app.web.events import place_links
from tests.support.door import comes, keep_door, meeting
from tests.support.rows import again, count, every, last


@pytest.fixture
def event(make, clock):
    clock.at("2027-02-18T12:00-05:00")
    return meeting(make, title="Rencontre sur le transport")


@pytest.fixture
def luc(make, event, sign_in):
    return sign_in(keep_door(make, event, make.user(name="Luc")))


@pytest.fixture
def josee(make, event):
    return comes(make, event, "Josée Couleuvre", code="K7M2PQ", party=3, needs="fauteuil", meal="sans arachides")


def door(event):
    return f"/events/{event.id}/door"


def row(page, registration):
    return page.soup.select_one(f"#guest-{registration.id}").get_text(" ", strip=True)


def sums(page):
    return [part.get_text() for part in page.soup.select("#door-sum b")]


def test_a_volunteer_finds_somebody_presses_and_undoes(make, event, luc, josee):
    antoine = comes(make, event, make.user(name="Antoine Coulemelle"))
    page = luc.get(f"{door(event)}?q=jos")
    assert "+ 2 personnes fauteuil" in row(page, josee) and "Antoine" not in page.words
    assert "arachides" not in page.words, "what people eat is the team's business"
    page = luc.submit(page, f"#guest-{josee.id} form", follow=True)
    assert re.search(r"\d\sh(\s\d\d)?, par Luc", row(page, josee)) and sums(page) == ["3", "1", "0"]
    assert "Josée Couleuvre : arrivée à" in page.words
    page = luc.submit(page, f"#guest-{josee.id} form", follow=True)
    assert "arrivée annulée" in page.words and sums(page) == ["0", "4", "0"]
    assert again(antoine).arrived_at is None


def test_the_door_says_that_somebody_waits_again_once_their_arrival_is_undone(make, event, luc):
    make.at(event, capacity_in_person=1, taken_in_person=1, waiting_in_person=1)
    comes(make, event, "Josée")
    kim = comes(make, event, "Kim", state="waiting")
    page = luc.submit(door(event), f"#guest-{kim.id} form", follow=True)
    assert sums(page) == ["1", "1", "0"]
    page = luc.submit(page, f"#guest-{kim.id} form", follow=True)
    assert "Kim : arrivée annulée ; cette personne attend de nouveau une place." in page.words
    assert sums(page) == ["0", "1", "0"] and again(event).taken_in_person == 1 and again(kim).state == "waiting"


def test_a_code_that_a_phone_reads_opens_the_press_of_one_person(make, event, luc, josee):
    comes(make, event, "Kim", code="ZZZ222")
    page = luc.get(f"{door(event)}?q=K7M2PQ")
    assert [one["id"] for one in page.soup.select(".guest")] == [f"guest-{josee.id}"]
    assert again(josee).arrived_at is None, "opening a page does nothing"


def test_somebody_without_registration_comes_in_with_a_name_or_as_one_more(event, luc):
    page = luc.submit(door(event), "#welcome form", name="Ruth Courlis", follow=True)
    page = luc.submit(page, "#welcome form", follow=True)
    assert sums(page) == ["2", "0", "2"] and "Ruth Courlis" in page.words and "Une personne de plus" in page.words
    came = next(one for one in every(EventRegistration) if one.rank == 2)
    page = luc.submit(page, f"#guest-{came.id} form", follow=True)
    assert sums(page) == ["1", "0", "1"] and "Une personne de plus : arrivée annulée" in page.words


def test_too_long_a_name_is_given_back(event, luc):
    page = luc.forge(f"{door(event)}/welcomes", {"name": "R" * 81, "key": "a"})
    assert page.status_code == 422 and "80 caractères" in page.words and not count(EventRegistration)
    assert page.soup.select_one("#name")["value"] == "R" * 81


def test_a_key_that_no_page_makes_is_none(event, luc, josee):
    assert luc.forge(f"{door(event)}/{josee.id}/arrival", {"key": "k" * 5_000}).status_code == 303
    assert again(josee).arrived_at and len(again(josee).arrival_key) < 65


@pytest.mark.parametrize("what", ["hidden", "deleted", "left"])
def test_the_title_of_what_one_may_not_read_any_more_is_not_told_with_who_read_it(make, sign_in, what):
    room = make.community(is_private=what == "left")
    event = meeting(make, community=room.slug, title="Un titre que l’on cache", is_private=what == "left")
    user = make.user()
    comes(make, event, user)
    make.add(Access(by_id=make.user(name="Luc").id, user_id=user.id, what="people", event_id=event.id))
    hidden = {"hidden_at": time.now(), "hidden_reason": "Faux."}
    make.at(event, **{"hidden": hidden, "deleted": {"deleted_at": time.now()}}.get(what, {}))
    page = sign_in(user).get("/account/accesses")
    assert "Luc" in page.words and "cache" not in page.words


def test_a_script_is_answered_with_the_row_and_the_sums(event, luc, josee):
    page = luc.get(door(event))
    answer = luc.submit(page, f"#guest-{josee.id} form", htmx=True)
    parts = answer.soup.select("#door-sum, .guest")
    assert [part["id"] for part in parts] == ["door-sum", f"guest-{josee.id}"] and sums(answer) == ["3", "0", "0"]
    assert "arrivée à" in answer.soup.select_one("#flashes").get_text()


def test_a_reading_is_told_to_each_person_on_the_list(make, event, luc, sign_in):
    user, other = make.user(name="Kim"), make.user()
    comes(make, event, user)
    for _time in range(2):
        luc.get(door(event))
        luc.get(f"{door(event)}/needs")
    assert count(Access) == 1
    page = sign_in(user).get("/account/accesses")
    assert "Luc" in page.words and "Rencontre sur le transport" in page.words
    assert "Rencontre sur le transport" not in sign_in(other).get("/account/accesses").words


@pytest.mark.parametrize("page", ["", "/list", "/needs", "/tags"])
def test_who_has_no_charge_at_the_door_finds_no_name(make, event, josee, member, visitor, page):
    assert member.get(door(event) + page).status_code == 404
    assert visitor.get(door(event) + page).status_code in (302, 303)
    other = meeting(make, title="Une autre rencontre")
    assert count(Access) == 0 and other


def test_the_charge_at_one_door_opens_no_other(make, event, luc):
    other = meeting(make, title="Une autre rencontre")
    comes(make, other, "Ailleurs")
    assert luc.get(door(other)).status_code == 404


def test_it_ends_a_day_after_the_meeting(make, event, luc, clock):
    assert luc.get(door(event)).status_code == 200
    clock.forward(hours=28)
    assert luc.get(door(event)).status_code == 404


def test_the_hall_is_said_and_undone_by_a_press_and_the_page_says_whether_it_holds(event, luc, new_browser):
    page = luc.submit(door(event), "#hall form", follow=True)
    assert "C’est noté" in page.words and "C’est le réseau d’où vous êtes maintenant" in page.words
    assert "par Luc" in page.soup.select_one("#hall").get_text() and count(EventHall) == 1
    luc.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    page = luc.get(door(event))
    assert "Ce n’est pas le réseau d’où vous êtes" in page.words
    page = luc.submit(page, "#hall form:has(.is-plain)", follow=True)
    assert "n’est plus déclarée" in page.words and not count(EventHall)


def test_before_its_day_there_is_no_hall(make, luc, event):
    now = time.now()
    make.at(event, starts_at=now + timedelta(hours=13), ends_at=now + timedelta(hours=15))
    page = luc.submit(door(event), "#hall form", follow=True)
    assert "à partir de 12 heures avant" in page.words and not count(EventHall)


def test_the_list_of_paper_is_in_the_order_of_the_alphabet_with_boxes_and_without_needs(make, event, luc, josee):
    comes(make, event, "Élan", code="AAA333")
    comes(make, event, "Zoé", code="AAA444", state="waiting")
    comes(make, event, "En ligne", code="AAA555", mode="online")
    page = luc.get(f"{door(event)}/list")
    names = [cell.get_text(strip=True) for cell in page.soup.select("th[scope=row]")]
    assert names[:2] == ["Élan", "Josée Couleuvre"] and names[2].startswith("Zoé (sur la liste") and len(names) == 3
    assert "fauteuil" not in page.words and len(page.soup.select(".box")) == 3 + 12


def test_needs_are_on_a_sheet_of_their_own_with_how_many_meals_for_the_team(make, event, luc, josee, boss):
    comes(make, event, "Kim", meal="sans arachides")
    comes(make, event, "Sans besoin")
    page = boss.get(f"{door(event)}/needs")
    assert "fauteuil" in page.words and "Sans besoin" not in page.words and "Repas sans arachides : 2" in page.words
    assert "Repas : sans arachides" in boss.get(door(event)).words
    page = luc.get(f"{door(event)}/needs")
    assert "fauteuil" in page.words and "Kim" not in page.words and "arachides" not in page.words


def test_there_is_a_name_tag_for_each_person_and_empty_ones_to_the_end_of_the_sheet(make, event, luc, josee):
    comes(make, event, "Kim")
    page = luc.get(f"{door(event)}/tags")
    names = [tag.get_text(strip=True) for tag in page.soup.select(".name-tags b")]
    assert sorted(filter(None, names)) == ["Josée Couleuvre", "Kim"] and len(names) == 8


def test_whose_name_is_hidden_writes_what_they_want_to_be_called_on_their_tag(make, event, luc):
    comes(make, event, make.user(name=HIDDEN_NAME))
    page = luc.get(f"{door(event)}/tags")
    names = [tag.get_text(strip=True) for tag in page.soup.select(".name-tags b")]
    assert not any(names) and len(names) == 8 and "Nom masqué" in luc.get(f"{door(event)}/list").words


def test_whoever_says_nothing_that_is_seen_is_one_more(event, luc):
    answer = luc.submit(door(event), "#welcome form", name="\u0301 \u0323", follow=True)
    assert "Une personne de plus" in answer.words and last(Registrant).name == ""


def test_the_sign_has_the_address_of_the_meeting_as_a_code_and_in_letters(event, luc):
    page = luc.get(f"{door(event)}/sign")
    assert f"http://localhost/events/{event.id}" in page.words
    assert page.soup.select_one(".sign img")["src"].startswith("data:image/svg+xml;base64,")
    assert luc.get(f"{door(event)}/secrets").status_code == 404


def test_the_page_of_a_meeting_leads_whoever_keeps_its_door_there(event, luc, member):
    page = luc.get(f"/events/{event.id}")
    assert page.soup.find("a", href=door(event)) and not member.get(f"/events/{event.id}").soup.find(
        "a", href=door(event)
    )


def test_the_page_of_a_place_has_the_code_for_a_camera_and_says_who_read_the_list(app, event, luc, josee, visitor):
    luc.get(door(event))
    with app.test_request_context():
        path = place_links.place_url(again(josee))
    page = visitor.get(path)
    assert page.soup.find("img", src=re.compile("^data:image/svg")) and "Luc" in page.words

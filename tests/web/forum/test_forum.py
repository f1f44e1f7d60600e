"""A Forum ouvert is made of a meeting, arranged, read, moved from phase to phase: by its team, through its forms."""

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.forum.models import Forum, ForumRoom, ForumSlot
from tests.events.stored import at, event_in
from tests.forum.stored import QUESTION, forum_in
from tests.support import forms
from tests.support.rows import again, count, every
from tests.support.world import HERE


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


def list_hours(page):
    found = (item.get_text(" ", strip=True) for item in page.soup.select("#programme .hours li"))
    return [words.replace("\u00a0", " ").replace("'", "’") for words in found]


def follow_link(browser, page, label):
    """Open the link of a page that says this."""
    return browser.get(next(one["href"] for one in page.soup.select("main a") if one.get_text(strip=True) == label))


def press(browser, page, label):
    """Press the button of a page that says this, and read the page that comes."""
    form = next(one for one in page.soup.select("main form.post") if one.get_text(" ", strip=True) == label)
    return browser.submit(page, form, follow=True)


def test_a_meeting_becomes_a_forum_with_its_rooms_and_hours_at_once(team, event, visitor):
    page = follow_link(team, team.get(f"/events/{event.id}"), "En faire un Forum ouvert")
    page = team.submit(page, "form.form", follow=True, question=QUESTION, size="150", length="half_day")
    assert page.status_code == 200 and "Le forum est prêt" in page.words
    assert len(page.soup.select("[name$=-name]")) == 11
    shown = visitor.get(f"/forums/{event.id}")
    assert QUESTION in shown.words and "10 salles" in shown.words
    assert list_hours(shown) == [
        "9 h Cercle d’ouverture et place du marché jusqu’à 10 h",
        "10 h Séances jusqu’à 10 h 50",
        "11 h Séances jusqu’à 11 h 50",
        "12 h Séances jusqu’à 12 h 50",
        "13 h Cercle de clôture jusqu’à 13 h 30",
    ]
    assert QUESTION in visitor.get(f"/events/{event.id}").words


def test_a_second_one_is_refused_and_leads_to_the_one_that_there_is(team, forum):
    typed = {"question": QUESTION, "size": "60", "length": "at_home"}
    page = team.forge(f"/events/{forum.id}/forum", typed, follow=True)
    assert page.request.path == f"/forums/{forum.id}" and "déjà un Forum ouvert" in page.words
    assert count(Forum) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"question": "Quoi?"}, "10"),
        ({"question": "x" * 201}, "200"),
        ({"size": "75"}, "choix"),
        ({"length": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(team, event, typed, said):
    values = {"question": QUESTION, "size": "60", "length": "half_day"} | typed
    page = team.forge(f"/events/{event.id}/forum", values)
    assert page.status_code == 422 and count(Forum) == 0
    assert said in page.soup.select_one(".error-summary").get_text()
    assert page.soup.select_one("[name=question]")["value"] == values["question"]


def test_rooms_and_hours_are_changed_and_keep_their_numbers(team, forum, visitor):
    numbers = [room.id for room in every(ForumRoom)]
    page = team.get(f"/forums/{forum.id}/edit")
    typed = {"rooms-0-name": "Salle 2", "rooms-1-name": "Salle 1", "rooms-0-places": "40", "slots-1-ends_hour": "10:45"}
    page = team.submit(page, "form.form", follow=True, **typed)
    assert "Les salles et l’horaire sont à jour." in page.words
    assert [(room.id, room.name) for room in every(ForumRoom)] == [(numbers[0], "Salle 2"), (numbers[1], "Salle 1")]
    shown = visitor.get(f"/forums/{forum.id}")
    assert "40 places" in shown.words and "jusqu’à 10 h 45" in list_hours(shown)[1]


def test_an_edit_sent_back_unchanged_changes_nothing(team, forum):
    page = team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", follow=True)
    assert "Rien n’a changé." in page.words


def test_a_row_more_or_less_keeps_what_is_typed(team, forum):
    page = team.get(f"/forums/{forum.id}/edit")
    page = team.submit(page, "form.form", button="add rooms", **{"rooms-2-name": "Mélèze"})
    assert page.soup.select_one("[name=rooms-2-name]")["value"] == "Mélèze"
    page = team.submit(page, "form.form", button="drop rooms 0")
    assert [one.get("value", "") for one in page.soup.select("[name^=rooms-][name$=-name]")][:2] == [
        "Salle 2",
        "Mélèze",
    ]
    team.submit(page, "form.form")
    assert [room.name for room in every(ForumRoom)] == ["Salle 2", "Mélèze"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"rooms-1-name": "salle 1"}, "rooms-1-name"),
        ({"rooms-0-places": "0"}, "rooms-0-places"),
        ({"rooms-0-url": "ftp://salle"}, "rooms-0-url"),
        ({"slots-1-starts_hour": "9:30"}, "slots-1-starts_hour"),
        ({"slots-1-ends_hour": "9:00"}, "slots-1-ends_hour"),
        ({"slots-0-starts_hour": "8:00"}, "slots-0-starts_hour"),
        ({"slots-0-starts_hour": "25 h"}, "slots-0-starts_hour"),
        ({"question": ""}, "question"),
    ],
)
def test_each_wrong_value_is_said_beside_its_field(team, forum, typed, field):
    page = team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", **typed)
    assert page.status_code == 422
    assert page.soup.select_one(f".error-summary a[href='#{field}']"), page.soup.select_one(".error-summary")
    assert [room.name for room in every(ForumRoom)] == ["Salle 1", "Salle 2"]


def test_numbers_that_are_not_of_this_forum_make_other_rows(team, forum, make):
    other = forum_in(make)
    theirs = [room.id for room in every(ForumRoom) if room.forum_id == other.id]
    page = team.get(f"/forums/{forum.id}/edit")
    values = forms.initial_values(page.soup.select_one("form.form"), page.soup, "save")
    team.forge(f"/forums/{forum.id}/edit", values | {"rooms-0-id": str(theirs[0]), "rooms-1-id": str(theirs[0])})
    rooms = every(ForumRoom)
    assert {room.forum_id for room in rooms if room.id in theirs} == {other.id}
    assert sorted(room.name for room in rooms if room.forum_id == forum.id) == ["Salle 1", "Salle 2"]


def slot_at(minutes):
    return next(str(slot.id) for slot in every(ForumSlot) if slot.starts_after == minutes)


def test_all_that_follows_an_hour_is_shifted_with_it(team, forum, visitor):
    page = team.submit(f"/forums/{forum.id}/shift", "form.form", follow=True, slot=slot_at(60), minutes="10")
    assert "2 plages sont déplacées." in page.words
    assert [hour.split(" jusqu")[0] for hour in list_hours(page)] == [
        "9 h Cercle d’ouverture",
        "10 h 10 Séances",
        "11 h 10 Séances",
    ]
    refused = team.submit(f"/forums/{forum.id}/shift", "form.form", slot=slot_at(0), minutes="-5")
    assert refused.status_code == 422 and "avant le début de la rencontre" in refused.words


def test_an_hour_that_a_colleague_shifted_meanwhile_is_said_and_not_shifted_twice(team, forum):
    """The hour after it may begin when it began: that is not the one that was chosen."""
    page, second, third = team.get(f"/forums/{forum.id}/shift"), slot_at(60), slot_at(120)
    team.submit(f"/forums/{forum.id}/shift", "form.form", slot=second, minutes="30")
    team.submit(f"/forums/{forum.id}/shift", "form.form", slot=second, minutes="30")
    late = team.submit(page, "form.form", slot=third, minutes="10")
    assert late.status_code == 409 and "L’horaire vient de changer" in late.words
    assert [slot.starts_after for slot in every(ForumSlot)] == [0, 120, 180]
    chosen = late.soup.select_one("select[name=slot] option[selected]")
    assert chosen["value"] == third and chosen.get_text().startswith("12\xa0h")
    team.submit(late, "form.form", minutes="10")
    assert [slot.starts_after for slot in every(ForumSlot)] == [0, 120, 190]


def test_an_hour_that_was_taken_away_meanwhile_is_not_shifted(team, forum, make):
    page, third = team.get(f"/forums/{forum.id}/shift"), slot_at(120)
    edit = team.get(f"/forums/{forum.id}/edit")
    without = team.submit(edit, "form.form", button="drop slots 2")
    assert team.submit(without, "form.form", button="save").status_code == 303
    gone = team.submit(page, "form.form", slot=third, minutes="10")
    assert gone.status_code == 409 and "L’horaire vient de changer" in gone.words
    assert [slot.starts_after for slot in every(ForumSlot)] == [0, 60]


def test_the_hours_follow_a_meeting_that_is_moved(event, forum, make, visitor):
    make.at(event, starts_at=at("2027-03-01 13:00"), ends_at=at("2027-03-01 20:00"))
    assert list_hours(visitor.get(f"/forums/{forum.id}"))[1].startswith("14 h Séances")


def test_a_forum_of_two_days_names_the_day_of_each_hour(team, make):
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=31)
    forum = forum_in(make, event=event)
    page = team.get(f"/forums/{forum.id}/edit")
    typed = {"slots-2-day": "2027-02-19", "slots-2-starts_hour": "9:00", "slots-2-ends_hour": "10:00"}
    page = team.submit(page, "form.form", follow=True, **typed)
    assert list_hours(page)[2] == "9 h Séances jusqu’à 10 h, 19 février 2027"


def test_phases_go_on_and_back_by_a_press_and_each_is_a_line_of_the_journal(team, forum, visitor):
    page = team.get(f"/forums/{forum.id}")
    for label, said in (
        ("Ouvrir la place du marché", "La place du marché est ouverte."),
        ("Commencer les séances", "Le forum en est aux séances."),
        ("Revenir à la place du marché", "La place du marché est ouverte."),
    ):
        page = press(team, page, label)
        assert said in page.words
    assert page.soup.select_one("[aria-current=step]").get_text(strip=True) == "Place du marché"
    assert visitor.get("/journal").words.count("Forum ouvert, étape : la place du marché") == 2


def test_whoever_presses_second_is_told_where_it_stands(team, forum):
    page = team.get(f"/forums/{forum.id}")
    press(team, page, "Ouvrir la place du marché")
    page = press(team, page, "Ouvrir la place du marché")
    assert "Quelqu’un vient de changer l’étape" in page.words
    assert again(forum).phase == "marketplace"


def test_no_phase_is_jumped_and_no_market_opens_without_a_room(team, forum, make):
    page = team.forge(f"/forums/{forum.id}/phase", {"phase": "closed", "seen": "before"}, follow=True)
    assert "d’une étape à la suivante" in page.words
    empty = forum_in(make, event=event_in(make, room=make.room(HERE)), rooms=0)
    page = press(team, team.get(f"/forums/{empty.id}"), "Ouvrir la place du marché")
    assert "au moins une salle" in page.words and again(empty).phase == "before"


def test_a_closed_forum_is_only_read(team, forum, make, visitor):
    make.at(forum, phase="convergence")
    page = follow_link(team, team.get(f"/forums/{forum.id}"), "Clore le forum")
    page = team.submit(page, "form.form", follow=True)
    assert "Le forum est clos" in page.words
    assert [link["href"] for link in page.soup.select("aside[aria-label='Animer le forum'] a, aside .button")] == [
        f"/forums/{forum.id}/review"
    ]
    assert team.get(f"/forums/{forum.id}/edit").status_code == 404
    assert visitor.get(f"/forums/{forum.id}").status_code == 200


def test_a_forum_is_taken_back_before_anybody_came(team, event, forum, visitor):
    page = follow_link(team, team.get(f"/forums/{forum.id}"), "Retirer le forum")
    page = team.submit(page, "form.form", follow=True)
    assert "Ce n’est plus un Forum ouvert" in page.words
    assert (count(Forum), count(ForumRoom), count(ForumSlot)) == (0, 0, 0)
    assert visitor.get(f"/events/{event.id}").status_code == 200
    assert visitor.get(f"/forums/{event.id}").status_code == 404


def test_a_cancelled_one_says_so_and_why(visitor, event, forum, make):
    make.at(event, status="cancelled", cancelled_reason="Une tempête", cancelled_at=clock.now())
    page = visitor.get(f"/forums/{forum.id}")
    assert "Ce forum n’a pas lieu" in page.words and "Une tempête" in page.words


def test_two_who_arrange_it_are_asked_where_both_wrote(team, event, forum, make):
    page = team.get(f"/forums/{forum.id}/edit")
    make.at(event, question="Une question changée par quelqu'un d'autre?")
    page = team.submit(page, "form.form", question="Une question changée par moi?")
    assert page.status_code == 409 and "dites ci-dessous ce qui reste" in page.words


def test_what_a_colleague_shifted_meanwhile_stays_where_one_changes_a_room_alone(team, event, forum, make):
    page = team.get(f"/forums/{forum.id}/edit")
    shifted = next(slot for slot in every(ForumSlot) if slot.starts_after == 60)
    make.at(shifted, starts_after=70, minutes=40)
    page = team.submit(page, "form.form", follow=True, **{"rooms-0-name": "Érable"})
    assert "ce changement est gardé" in page.words and again(shifted).starts_after == 70
    assert [room.name for room in every(ForumRoom)] == ["Érable", "Salle 2"]


def test_an_hour_beyond_the_days_of_its_meeting_keeps_its_day(team, event, forum, make):
    far = every(ForumSlot)[-1]
    make.at(far, starts_after=60 * 28)
    page = team.get(f"/forums/{forum.id}/edit")
    assert [one["value"] for one in page.soup.select("[name=slots-2-day] option")] == ["2027-02-18", "2027-02-19"]
    assert (
        "Rien n’a changé." in team.submit(page, "form.form", follow=True).words and again(far).starts_after == 60 * 28
    )
    assert list_hours(team.get(f"/forums/{forum.id}"))[2].endswith("19 février 2027")
    values = forms.initial_values(page.soup.select_one("form.form"), page.soup, "save") | {"slots-2-day": "2027-02-25"}
    assert team.forge(f"/forums/{forum.id}/edit", values).status_code == 422


def test_an_hour_may_end_after_midnight_and_is_saved_as_it_stands(team, make):
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 19:30"), hours=3)
    team.submit(f"/events/{event.id}/forum", "form.form", question=QUESTION, size="60", length="half_day")
    page = team.get(f"/forums/{event.id}/edit")
    assert page.soup.select_one("[name=slots-4-ends_hour]")["value"] == "00:00"
    assert "Rien n’a changé." in team.submit(page, "form.form", follow=True).words
    page = team.submit(page, "form.form", follow=True, **{"slots-4-ends_hour": "00:30"})
    assert list_hours(page)[4].endswith("0 h 30") and again(every(ForumSlot)[-1]).minutes == 60


def test_the_second_of_two_equal_hours_stays_the_second(team, make):
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-11-07 00:30"), hours=5)
    forum = forum_in(make, event=event)
    page = team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", follow=True)
    assert "Rien n’a changé." in page.words
    assert [slot.starts_after for slot in every(ForumSlot)] == [0, 60, 120]


def test_a_page_of_closing_before_its_time_says_where_the_forum_stands(team, forum):
    page = team.get(f"/forums/{forum.id}/closing", follow_redirects=True)
    assert page.request.path == f"/forums/{forum.id}" and "après la convergence" in page.words


def test_a_hidden_meeting_hides_its_forum_from_all_but_its_team_and_its_author(
    team, event, forum, make, sign_in, visitor
):
    make.at(event, hidden_at=clock.now(), hidden_reason="Une erreur")
    author = sign_in(db.session.get_one(User, event.author_id))
    assert "cette page n’est pas publique" in team.get(f"/forums/{forum.id}").words
    assert author.get(f"/forums/{forum.id}").status_code == 200
    assert visitor.get(f"/forums/{forum.id}").status_code == 404

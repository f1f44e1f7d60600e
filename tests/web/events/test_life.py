"""A meeting from draft to public page, moved, cancelled, deleted, begun again: by its team, through its forms."""

import pytest

from app.communities.models import Membership
from app.events.models.contents import EventDocument, EventLine, EventSubject
from app.events.models.meetings import Event
from app.events.models.running import EventCharge
from tests.events.stored import at, event_in
from tests.support.rows import again, count, last
from tests.support.world import HERE, SECLUDED

TYPED = {
    "title": "Se loger près de son travail",
    "starts_on": "2027-02-18",
    "starts_hour": "18:30",
    "ends_on": "2027-02-18",
    "ends_hour": "20:30",
    "mode": "online",
    "room_url": "https://salle.exemple.test/secret",
}
MOVED = {"starts_on": "2027-03-01", "ends_on": "2027-03-01", "reason": "La salle est prise."}


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def event(team, make):
    room = make.room(HERE)
    return event_in(make, room=room, starts_at=at("2027-02-18 18:30"), room_url=TYPED["room_url"])


def test_a_team_drafts_a_meeting_publishes_it_and_the_public_reads_it(team, visitor):
    page = team.submit("/events/new", "form.form", follow=True, **TYPED)
    assert page.status_code == 200 and "n’est vu que de votre équipe" in page.words
    assert visitor.get(page.request.path).status_code == 404
    assert "on peut s’y inscrire" in team.get(f"{page.request.path}/publication").words.lower()
    team.submit(f"{page.request.path}/publication", "form.form")
    shown = visitor.get(page.request.path)
    assert shown.status_code == 200 and "jeudi 18 février 2027, 18 h 30 à 20 h 30" in shown.words
    assert "salle.exemple.test" not in shown.text
    page = team.forge(f"{page.request.path}/publication", {})
    assert page.status_code == 409


def test_a_move_tells_how_many_hear_of_it_and_the_former_date_stays(team, event, visitor, make):
    make.at(event, taken_online=41)
    form = team.get(f"/events/{event.id}/move")
    assert "41 personnes inscrites seront prévenues" in form.words
    assert form.soup.select_one("[name=starts_hour]")["value"] == "18:30"
    refused = team.submit(form, "form.form", **MOVED | {"reason": ""})
    assert refused.status_code == 422 and refused.soup.select_one("[name=starts_on]")["value"] == "2027-03-01"
    page = team.submit(form, "form.form", follow=True, **MOVED)
    assert "lundi 1er mars 2027" in page.words
    public = visitor.get(f"/events/{event.id}")
    assert "elle était prévue le jeudi 18 février 2027" in public.words and "La salle est prise." in public.words
    assert again(event).starts_at == at("2027-03-01 18:30")


def test_a_move_of_what_is_over_says_who_hears_of_it_and_a_cancelling_tells_nobody(team, event, make):
    make.at(event, taken_online=2, starts_at=at("2027-01-02 18:30"), ends_at=at("2027-01-02 20:30"))
    assert "2 personnes inscrites seront prévenues" in team.get(f"/events/{event.id}/move").words
    assert "Personne n’est à prévenir" in team.get(f"/events/{event.id}/cancellation").words
    edit = team.get(f"/events/{event.id}/edit").words
    assert "personne n’est prévenu" in edit and "samedi 2 janvier 2027, 18 h 30 à 20 h 30 La date se change" in edit


def test_no_charge_is_given_that_would_have_ended_already(team, event, make, clock):
    path = f"/events/{event.id}/charges/secretary"
    make.at(event, starts_at=at("2027-01-09 01:00"), ends_at=at("2027-01-09 02:00"))
    assert team.get(path).status_code == 200
    clock.forward(hours=8)
    assert team.get(path).status_code in (403, 404)
    assert path.replace("secretary", "door") not in team.get(f"/events/{event.id}").text


def test_a_move_into_the_past_or_to_the_same_time_is_refused_beside_the_day(team, event):
    for typed in ({"starts_on": "2026-12-01", "ends_on": "2026-12-01"}, {}):
        page = team.submit(f"/events/{event.id}/move", "form.form", reason="La salle est prise.", **typed)
        assert page.status_code == 422 and page.soup.select_one("#starts_on-error")


def test_a_cancelled_meeting_says_why(team, event, visitor):
    page = team.submit(f"/events/{event.id}/cancellation", "form.form", reason="Tempête annoncée.", follow=True)
    assert "Tempête annoncée." in page.words
    public = visitor.get(f"/events/{event.id}")
    assert "Cette rencontre est annulée." in public.words and "Tempête annoncée." in public.words
    assert team.forge(f"/events/{event.id}/cancellation", {"reason": "Encore une fois."}).status_code == 409
    assert "Déplacer" not in team.get(f"/events/{event.id}").words


def test_a_deleted_meeting_is_nowhere(team, event, visitor, make):
    make.at(event, starts_at=at("2026-12-01 18:30"), ends_at=at("2026-12-01 20:30"))
    team.submit(f"/events/{event.id}/deletion", "form.form")
    assert visitor.get(f"/events/{event.id}").status_code == team.get(f"/events/{event.id}").status_code == 404


def test_an_announced_meeting_is_cancelled_before_it_is_deleted_and_stays_until_its_end(team, event, make):
    make.at(event, taken_online=2)
    url, page = f"/events/{event.id}/deletion", team.get(f"/events/{event.id}/deletion")
    assert "Annulez-la d’abord" in page.words and "2 personnes inscrites seront prévenues" in page.words
    assert page.soup.select_one(f'main a[href="/events/{event.id}/cancellation"]') and not page.soup.select("main form")
    assert team.forge(url, {}).status_code == 422 and not again(event).is_deleted
    team.submit(f"/events/{event.id}/cancellation", "form.form", reason="Tempête annoncée.")
    page = team.forge(url, {})
    assert page.status_code == 422 and "reste au calendrier jusqu’à sa date" in page.words
    assert not again(event).is_deleted and not page.soup.select("main form, .is-danger")
    make.at(event, starts_at=at("2026-12-01 18:30"), ends_at=at("2026-12-01 20:30"))
    team.submit(url, "form.form")
    assert again(event).is_deleted


def test_a_meeting_is_begun_from_another_at_dates_that_are_asked(team, event, make):
    make.add(EventLine(event_id=event.id, hour=1080, text="Accueil"))
    form = team.get(f"/events/{event.id}/clone")
    assert not form.soup.select_one("[name=starts_on]").get("value")
    assert team.submit(form, "form.form").status_code == 422 and count(Event) == 1
    dates = {name: TYPED[name] for name in ("starts_hour", "ends_hour")} | {
        "starts_on": "2027-04-01",
        "ends_on": "2027-04-01",
    }
    for _press in range(2):
        page = team.submit(form, "form.form", follow=True, **dates)
    other = last(Event)
    assert count(Event) == 2 and other.status == "draft" and other.starts_at == at("2027-04-01 18:30")
    assert page.soup.select_one("[name=lines-0-text]")["value"] == "Accueil"


def test_the_page_says_what_to_read_before_and_a_sheet_holds_all_of_it(event, visitor, make):
    idea, hidden = make.idea(title="Trois heures d’auto pour huit heures de travail"), make.idea(status="draft")
    for one in (idea, hidden):
        make.add(EventSubject(event_id=event.id, role="about", idea_id=one.id))
    make.add(EventDocument(event_id=event.id, title="Le portrait", url="https://exemple.test/portrait.pdf"))
    page = visitor.get(f"/events/{event.id}")
    assert "Trois heures d’auto" in page.words and "Le portrait" in page.words and hidden.title not in page.words
    sheet = visitor.get(f"/events/{event.id}/preparation")
    assert "Un texte qui dit" in sheet.words and "Le portrait" in sheet.words and hidden.title not in sheet.words
    assert "salle.exemple.test" not in page.text + sheet.text


def test_a_meeting_of_a_private_community_is_read_from_inside_alone(team, make, visitor, sign_in):
    room = make.community(slug=SECLUDED, is_private=True)
    event = event_in(make, room=room, title="Une rencontre entre nous")
    for stranger in (visitor, team, sign_in(make.user(role="admin"))):
        assert stranger.get(f"/events/{event.id}").status_code == 404
    member = make.user()
    make.add(Membership(user_id=member.id, community_id=room.id))
    page = sign_in(member).get(f"/events/{event.id}")
    assert page.status_code == 200 and page.soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_a_charge_is_given_to_somebody_of_a_name_and_taken_back(team, event, make):
    user = make.user("Luc Porte")
    place = f"/events/{event.id}/charges/door"
    assert "lisent les noms et les besoins" in team.get(place).words
    page = team.submit(f"{place}?q=porte", "#found", person=str(user.id), follow=True)
    assert (
        "Luc Porte" in page.soup.select_one("main").get_text()
        and count(EventCharge, EventCharge.user_id == user.id) == 1
    )
    assert team.submit(place, "#found", email="personne@exemple.test").status_code == 422
    team.submit(f"{place}/{user.id}/withdrawal", "form.form")
    assert count(EventCharge) == 0 and team.get(f"{place}/{user.id}/withdrawal").status_code == 404


def test_a_talk_stands_under_a_meeting(event, make, sign_in):
    member = sign_in(make.user())
    page = member.submit(f"/events/{event.id}", "#comment-form", body="J’y serai", follow=True)
    assert "1 commentaire" in page.words and again(event).comments_count == 1

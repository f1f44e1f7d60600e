"""The pages of minutes: the form with its rows, what everybody reads, the former texts, who came."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock as now
from app.core.mail import Outgoing
from app.events.minutes_words import MinutesWords
from app.events.models.meetings import Event
from app.events.models.minutes import EventMinutesVersion
from app.events.models.running import EventCharge
from app.events.service import minutes as minute_service
from app.web.events import place_mails
from tests.events.coming import IN_PERSON, ONLINE, come, confirm, guest, new_event
from tests.events.stored import event_in
from tests.support.make import Make
from tests.support.rows import again, count, every
from tests.support.world import HERE

HOUR = timedelta(hours=1)
FORM = "main form.form"


@pytest.fixture
def held(make: Make, fae: User) -> Event:
    moment = now.now()
    return event_in(
        make,
        room=make.room(HERE),
        author_id=fae.id,
        starts_at=moment - 3 * HOUR,
        ends_at=moment - HOUR,
        title="Se loger ici",
        mode="hybrid",
        territory_id=1,
    )


def page_of(event: Event) -> str:
    return f"/events/{event.id}"


def test_the_count_of_the_door_stands_beside_the_number_of_people_and_what_is_typed_counts(
    make: Make, team: Any, visitor: Any
) -> None:
    event = new_event(make, community_id=make.room(HERE).id)
    path = f"{page_of(event)}/minutes"
    family = come(make, event, replace(IN_PERSON, party=4))
    make.at(event, starts_at=now.now() - 3 * HOUR, ends_at=now.now() - HOUR)
    assert "accueil :" not in team.get(path).words
    team.submit(f"{page_of(event)}/door", f"#guest-{family.id} form")
    team.submit(f"{page_of(event)}/door", "#welcome form")
    helped = [team.get(path).soup.select_one(f"#came_{way}-help").get_text(" ") for way in ("in_person", "online")]
    assert "Le compte de l’accueil\xa0: 5." in helped[0] and "accueil" not in helped[1]
    team.submit(path, FORM, button="publish", body="On a parlé du toit.", came_in_person="42")
    assert "42 personnes y étaient" in visitor.get(page_of(event)).words.replace("\xa0", " ")


def test_a_facilitator_goes_from_the_meeting_to_its_minutes_and_everybody_reads_them(
    make: Make, team: Any, visitor: Any, held: Event
) -> None:
    idea = make.idea(title="Un toit partagé")
    link = next(a["href"] for a in team.get(page_of(held)).soup.select("a") if "Écrire le compte rendu" in a.get_text())
    typed = {"body": "On a parlé du **toit**.", "decisions-0-text": "On forme un comité", "decisions-0-who": "Luc"}
    kept = team.submit(link, FORM, button="save", **typed, came_in_person="31")
    assert kept.headers["Location"].endswith("/minutes")
    assert "On a parlé" not in visitor.get(page_of(held)).words and count(EventMinutesVersion) == 0
    more = {"decisions-0-due": "2027-05-31", "decisions-0-leads_to": f"#{idea.id}"}
    sent = team.submit(link, FORM, button="publish", **more)
    assert sent.headers["Location"] == f"{page_of(held)}#minutes"
    page = visitor.get(page_of(held))
    words = page.words.replace("\xa0", " ")
    for said in ("On a parlé du", "On forme un comité", "Luc", "d'ici le 31 mai 2027", "31 personnes y étaient"):
        assert said in words.replace("’", "'"), said
    assert page.soup.select_one("#minutes strong").get_text() == "toit"
    assert [a["href"] for a in page.soup.select("#minutes .decisions a")] == [f"/ideas/{idea.id}-{idea.slug}"]
    assert f"/ideas/{idea.id}/journey" in page.text


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_where(make: Make, team: Any, held: Event) -> None:
    path = f"{page_of(held)}/minutes"
    for typed, words in (
        ({}, "Écrivez le compte rendu"),
        ({"body": "Voici.", "concerns": "Rien de connu"}, "Cette ligne ne mène"),
        ({"body": "Voici.", "decisions-0-text": "Un comité", "decisions-0-leads_to": "#99999"}, "Cette ligne ne mène"),
        ({"body": "Voici.", "decisions-0-who": "Luc"}, "obligatoire"),
        ({"body": "Voici.", "came_in_person": "beaucoup"}, "Écrivez un nombre"),
        ({"body": "Voici.", "came_in_person": "-3"}, "Écrivez un nombre"),
    ):
        answer = team.submit(path, FORM, button="publish", **typed)
        assert answer.status_code == 422 and words in answer.words, typed
        assert "Voici." in answer.text or not typed
    assert count(EventMinutesVersion) == 0


def test_a_decision_is_added_and_taken_away_at_the_press_of_a_button(team: Any, held: Event) -> None:
    path = f"{page_of(held)}/minutes"
    typed = {"body": "Voici.", "decisions-0-text": "Un comité"}
    more = team.submit(path, FORM, button="add decisions", **typed)
    assert len(more.soup.select("fieldset.plan-row")) == 2 and count(EventMinutesVersion) == 0


def test_a_correction_says_why_and_leads_to_the_former_text(team: Any, visitor: Any, held: Event) -> None:
    path = f"{page_of(held)}/minutes"
    team.submit(path, FORM, button="publish", body="Le comité est formé.")
    unchanged = team.submit(path, FORM, button="publish")
    assert unchanged.status_code == 303 and count(EventMinutesVersion) == 1
    refused = team.submit(path, FORM, button="publish", body="Le comité se formera.")
    assert refused.status_code == 422 and "ce que vous corrigez" in refused.words
    corrected = {"body": "Le comité se formera.", "reason": "Il n'est pas formé encore."}
    assert "La correction est publiée" in team.submit(path, FORM, button="publish", follow=True, **corrected).words
    page = visitor.get(page_of(held))
    assert "Le comité se formera." in page.words and "pas formé encore" in page.words
    former = visitor.get(f"{path}/1")
    assert "Le comité est formé." in former.words and len(former.soup.select("ol[reversed] li")) == 2
    assert visitor.get(f"{path}/3").status_code == 404


def test_the_secretary_writes_the_minutes_and_nobody_else_finds_the_form(
    make: Make, sign_in: Any, fae: User, member: Any, held: Event
) -> None:
    path, writer = f"{page_of(held)}/minutes", make.user()
    make.add(EventCharge(event_id=held.id, user_id=writer.id, kind="secretary", given_by=fae.id))
    browser = sign_in(writer)
    assert "Écrire le compte rendu" in browser.get(page_of(held)).words
    assert browser.submit(path, FORM, button="publish", body="Voici.").status_code == 303
    assert again(held).is_closed and member.get(path).status_code == 404
    assert browser.get(f"{page_of(held)}/attendance").status_code == 404


def test_few_people_are_never_counted_in_public(team: Any, visitor: Any, held: Event) -> None:
    team.submit(f"{page_of(held)}/minutes", FORM, button="publish", body="Voici.", came_in_person="3")
    words = visitor.get(page_of(held)).words.replace("\xa0", " ")
    assert "moins de 5 personnes y étaient" in words
    figures = team.get(f"{page_of(held)}/attendance").words
    assert "Personne n'a noté les arrivées" in figures.replace("’", "'")


def test_guests_who_had_a_place_are_written_to_once_and_members_told_as_they_chose(
    make: Make, clock: Any, outbox: Any, fae: User
) -> None:
    event = new_event(make, author_id=fae.id, community_id=make.room(HERE).id, capacity_online=1)
    confirm(event, guest(1)), confirm(event, guest(2), ONLINE), confirm(event, guest(3), ONLINE)
    come(make, event)
    place_mails.write_mails()
    clock.forward(days=11)
    minute_service.publish(make.actor(role="coordinator"), again(event), MinutesWords("On a parlé."))
    for _turn in range(2):
        place_mails.write_mails()
    sent = [mail for mail in every(Outgoing) if "compte rendu" in mail.subject]
    assert sorted(mail.recipient for mail in sent) == [guest(1).email, guest(2).email]
    assert f"/events/{event.id}#minutes" in sent[0].text and not sent[0].calendar

"""Coming to a meeting, on its page and on one's own: members in one press, guests by the link of a mail."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from app.accounts.models.people import User
from app.communities.models import Membership
from app.core.db import db
from app.core.unit import unit
from app.events import mails
from app.events.models.contents import EventQuestion
from app.events.models.registrations import EventRegistration, Registrant
from app.events.service import life
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.events.stored_words import get_words
from app.web.events import place_mails, place_words
from tests.events.coming import (
    IN_PERSON,
    columns_of,
    come,
    confirm,
    count_again,
    guest,
    new_event,
    states,
    write_all,
)
from tests.support.accounts import follow, work
from tests.support.rows import again, count, every, last
from tests.web.events.place_pages import url_of

ADDRESS = "maude@example.org"
TYPED = {"name": "Maude Roy", "email": ADDRESS, "mode": "in_person", "party": "2", "consent": "y"}


def page_of(event):
    return f"/events/{event.id}"


def register(browser, event, **fields):
    return browser.submit(f"/events/{event.id}/registration", "main form.form", **TYPED | fields)


def link_of(outbox, address=ADDRESS):
    """Return where the button of the last mail leads."""
    place_mails.write_mails()
    return outbox.links(outbox.to(address)[-1])[0].split("#")[0]


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=3)


def test_a_member_has_a_place_in_one_press_and_is_shown_it(event, make, sign_in, outbox):
    user = make.user()
    browser = sign_in(user)
    answer = browser.submit(page_of(event), "#coming form:has([value='in_person'])", follow=True)
    assert "Vous avez une place" in answer.words and last(EventRegistration).code in answer.words
    assert states(event) == ["in"]
    page = browser.get(page_of(event))
    assert "Vous avez une place." in page.words and not page.soup.select("#coming form")
    place_mails.write_mails()
    [mail] = outbox.to(user.email)
    assert "Votre place est prise" in mail.subject and "METHOD:PUBLISH" in mail.calendar


def test_what_is_to_be_mended_is_told_in_the_order_of_the_form(event, visitor):
    page = visitor.submit(f"/events/{event.id}/registration", "main form.form", party="2")
    asked = [
        label.get_text(" ", strip=True).split(" (")[0] for label in page.soup.select(".has-error :is(label, legend)")
    ]
    told = [link.get_text(strip=True) for link in page.soup.select(".error-summary a")]
    assert [one.split("\xa0:")[0] for one in told][:2] == ["Votre nom", "Votre courriel"] == asked[:2]


def test_a_guest_gives_a_name_and_an_address_and_confirms_by_mail(event, visitor, new_browser, outbox):
    answer = register(visitor, event)
    assert answer.status_code == 303 and count(EventRegistration) == 0
    assert f"un courriel part à {ADDRESS}" in visitor.get(answer.location).words
    [mail] = outbox.to(ADDRESS)
    assert "Confirmez votre place" in mail.subject and "Maude Roy" in mail.text, "it says what it confirms"
    assert states(event) == ["unconfirmed"] and again(event).taken_in_person == 0
    browser = new_browser()
    page = browser.get(link_of(outbox))
    assert page.status_code == 200 and states(event) == ["unconfirmed"], "a page that is read does nothing"
    answer = browser.submit(page, "main form.form", follow=True)
    assert "Votre place est prise" in answer.words and "Vous avez une place" in answer.words
    assert states(event) == ["in"] and again(event).taken_in_person == 2
    place_mails.write_mails()
    assert [mail.subject.split(" – ")[0] for mail in outbox.to(ADDRESS)] == [
        "Confirmez votre place",
        "Votre place est prise",
    ]
    registrant = last(Registrant)
    assert (registrant.name, registrant.consent_document, registrant.lang) == ("Maude Roy", "privacy", "fr")
    assert registrant.consent_version and registrant.consented_at and registrant.confirmed_at


def test_the_page_of_a_guest_changes_and_gives_the_place_back_to_who_waits(event, make, visitor, outbox):
    mine = confirm(event, guest(1))
    come(make, event, IN_PERSON), come(make, event, IN_PERSON)
    waiting = come(make, event, IN_PERSON)
    url = url_of(mine)
    answer = visitor.submit(url, "main form.form", needs="Une rampe", follow=True)
    assert "C’est noté." in answer.words and again(mine).needs == "Une rampe"
    answer = visitor.submit(url, "main form.form", party="3")
    assert answer.status_code == 422 and "Votre place d’avant est gardée" in answer.words
    answer = visitor.submit(url, "#cancel form", follow=True)
    assert "Votre place est rendue" in answer.words and "Vous ne venez plus" in answer.words
    assert again(waiting).state == "in" and again(mine).needs == ""
    answer = visitor.submit(url, "main form.form", follow=True)
    assert "Vous attendez une place" in answer.words and "Personne n’attend avant vous." in answer.words
    assert again(mine).state == "waiting"


def test_an_address_with_an_account_gets_one_press_for_it_and_the_same_answer(
    event, make, visitor, new_browser, outbox
):
    user = make.user()
    known, unknown = register(visitor, event, email=user.email), register(new_browser(), event)
    assert known.status_code == unknown.status_code == 303 and known.location == unknown.location
    [mail] = outbox.to(user.email)
    assert "Confirmez votre place" in mail.subject
    new_browser().submit(link_of(outbox, user.email), "main form.form")
    assert count(Registrant) == 1, "that of the address without an account"
    found = last(EventRegistration, EventRegistration.user_id == user.id)
    assert found.state == "in" and found.party == 2


def test_who_is_registered_already_is_told_so_by_mail_alone(event, visitor, new_browser, outbox):
    mine = confirm(event, guest(1))
    before = register(new_browser(), event)
    after = register(visitor, event, email="invite-1@example.org", name="Un autre nom")
    assert (before.status_code, before.location) == (after.status_code, after.location)
    [mail] = outbox.to("invite-1@example.org")
    assert "Vous êtes sur la liste" in mail.subject
    assert again(mine).party == 1 and count(Registrant, Registrant.name == "Un autre nom") == 0


def test_the_form_of_a_guest_says_what_is_wrong_and_keeps_what_was_typed(event, visitor):
    for fields, words in (
        ({"email": "pas une adresse"}, "adresse"),
        ({"name": ""}, "obligatoire"),
        ({"name": "x" * 90}, "80"),
        ({"consent": None}, "Sans votre accord"),
        ({"mode": None}, "Choisissez comment vous venez"),
        ({"needs": "é" * 501}, "500"),
    ):
        answer = register(visitor, event, **fields)
        assert answer.status_code == 422 and words in answer.words, fields
    assert answer.soup.select_one("#name")["value"] == "Maude Roy"
    for fields in ({"party": "5"}, {"consent": "false"}):
        answer = visitor.forge(f"/events/{event.id}/registration", TYPED | fields)
        assert answer.status_code == 422 and count(EventRegistration) == 0, fields


def test_a_machine_that_fills_what_nobody_sees_learns_nothing(event, visitor, outbox):
    answer = visitor.forge(f"/events/{event.id}/registration", TYPED | {"website": "https://spam.example"})
    assert answer.status_code == 303 and not outbox.to(ADDRESS) and count(EventRegistration) == 0


def test_who_has_an_account_is_led_to_the_press(event, make, sign_in):
    answer = sign_in(make.user()).get(f"/events/{event.id}/registration")
    assert answer.status_code == 303 and answer.location.endswith(f"/events/{event.id}#coming")


def test_a_full_meeting_says_so_and_offers_the_list(make, visitor, sign_in):
    event = new_event(make, capacity_in_person=1, mode="in_person")
    come(make, event), come(make, event)
    words = visitor.get(page_of(event)).words
    assert "La salle est complète. 1 personne attend." in words and "M’inscrire sur la liste d’attente" in words
    browser = sign_in(make.user())
    answer = browser.submit(page_of(event), "#coming form", follow=True)
    assert "Vous attendez une place" in answer.words
    assert "Vous attendez une place. 1 personne attend avant vous." in browser.get(page_of(event)).words


def test_the_first_press_of_the_last_day_has_the_place_and_the_next_is_told(make, new_browser, clock, outbox):
    event = new_event(make, capacity_in_person=1)
    mine, slow, quick, last = (confirm(event, guest(n)) for n in (1, 2, 3, 4))
    place_mails.write_mails()
    clock.forward(days=9, hours=1)
    new_browser().submit(url_of(mine), "#cancel form")
    place_mails.write_mails()
    assert [outbox.to(f"invite-{n}@example.org")[-1].subject.split(" – ")[0] for n in (2, 3, 4)] == [
        "Une place est libre"
    ] * 3
    late = new_browser()
    page = late.get(url_of(slow))
    assert "Une place est libre" in page.words
    answer = new_browser().submit(url_of(quick), "form[action$='/seat']", follow=True)
    assert "Votre place est prise" in answer.words
    answer = late.submit(page, "form[action$='/seat']", follow=True)
    assert "elles viennent d’être prises" in answer.words and again(slow).state == "waiting"
    assert "allée à quelqu’un qui était après vous" in answer.words
    assert "après vous" not in new_browser().get(url_of(last)).words, "whoever took it stood before them"


def test_another_key_opens_nothing_and_the_page_of_another_meeting_neither(event, make, visitor):
    mine, other = confirm(event, guest(1)), new_event(make)
    url = url_of(mine)
    assert visitor.get(url).headers["Referrer-Policy"] == "no-referrer"
    for path in (
        url[:-3] + "xyz",
        url.replace(f"/events/{event.id}/", f"/events/{other.id}/"),
        f"{page_of(event)}/me/x",
    ):
        assert visitor.get(path).status_code == 404, path


def test_the_link_of_a_registration_that_was_erased_leads_nowhere_though_another_has_its_number(event, make, visitor):
    mine = confirm(event, guest(1))
    url = url_of(mine)
    make.at(mine, code="ZZZZZZ")
    assert visitor.get(url).status_code == 404


def test_the_room_online_is_told_to_who_has_a_place_there_and_nobody_else(make, visitor, outbox):
    event = new_event(make, capacity_online=1)
    inside = confirm(event, guest(1), Wishes("online"))
    waiting = confirm(event, guest(2), Wishes("online"))
    seated = confirm(event, guest(3))
    place_mails.write_mails()
    secret = "salle-secrete"
    assert secret in visitor.get(url_of(inside)).words
    shown = [visitor.get(url).get_data(as_text=True) for url in (url_of(waiting), url_of(seated), page_of(event))]
    assert not [page for page in shown if secret in page]
    [[one], [two], [three]] = [outbox.to(f"invite-{n}@example.org") for n in (1, 2, 3)]
    assert secret in one.text and secret in one.html and secret in one.calendar
    assert not [part for mail in (two, three) for part in (mail.text, mail.html, mail.calendar) if secret in part]
    file = visitor.get(f"{url_of(inside)}/calendar.ics")
    assert secret in file.get_data(as_text=True) and file.headers["Content-Type"].startswith("text/calendar")


def test_a_private_meeting_is_nothing_to_a_guest_and_to_who_left_its_community(make, sign_in, visitor):
    room = make.community(is_private=True)
    event = new_event(make, is_private=True, community_id=room.id)
    for path in (page_of(event), f"{page_of(event)}/registration"):
        assert visitor.get(path).status_code == 404
    inside = make.actor(member_of=[room.slug])
    mine = service.come(inside, event, IN_PERSON)
    assert visitor.get(url_of(mine)).status_code == 200
    with unit():
        db.session.execute(delete(Membership).where(Membership.user_id == mine.user_id))
    assert visitor.get(url_of(mine)).status_code == 404


def test_the_questions_of_the_team_are_asked_with_their_reason_and_kept(event, make, visitor):
    for n, (kind, choices) in enumerate((("line", []), ("one", ["Midi", "Soir"]), ("several", ["Auto", "Bus"]))):
        make.add(
            EventQuestion(
                event_id=event.id, position=n, kind=kind, label=f"Question {n}", why=f"Raison {n}", choices=choices
            )
        )
    make.at(event, asks_meal=True, asks_territory=True)
    url, names = url_of(mine := confirm(event, guest(1))), [f"question_{row.id}" for row in every(EventQuestion)]
    page = visitor.get(url)
    assert all(f"Raison {n}" in page.words for n in range(3))
    typed = dict(zip(names, ("Oui", "Soir", ["Auto", "Bus"]), strict=True))
    visitor.submit(page, "main form.form", meal="Sans arachides", territory="68055", **typed)
    found = again(mine)
    assert found.meal == "Sans arachides" and found.territory_id
    assert found.answers == {name.removeprefix("question_"): value for name, value in typed.items()}
    answer = visitor.submit(url, "main form.form", follow=True)
    assert "Rien n’a changé." in answer.words and again(mine).answers == found.answers


def test_each_mail_says_in_both_languages_what_happens(event, make, clock):
    mine = confirm(event, guest(1))
    for kind in place_words.SAYINGS:
        for lang in ("fr", "en"):
            make.at(last(Registrant), lang=lang)
            found = mails.MailKey(mine.id, kind, event.starts_at)
            assert found.kind in place_mails.TELLS_OF


CHOICES = ["Auto", "Bus"]


@pytest.mark.parametrize("later", [{"kind": kind} for kind in ("line", "one", "several")] + [{"choices": ["Train"]}])
@pytest.mark.parametrize(("kind", "said"), [("line", "Auto"), ("one", "Auto"), ("several", CHOICES)])
def test_what_was_answered_stays_whatever_the_team_makes_of_its_question(event, make, visitor, kind, said, later):
    question = make.add(EventQuestion(event_id=event.id, kind=kind, label="Comment venez-vous?", choices=CHOICES))
    url = url_of(mine := confirm(event, guest(1)))
    visitor.submit(url, "main form.form", **{f"question_{question.id}": said})
    make.at(question, **later)
    assert visitor.submit(url, "main form.form", needs="Une rampe").status_code == 303
    answer = again(mine).answers[str(question.id)]
    kept, given = (one if isinstance(one, str) else "; ".join(one) for one in (answer, said))
    assert kept == given


def test_the_links_that_a_former_address_received_open_nothing(event, make, sign_in, new_browser, outbox):
    user = make.user()
    mine = service.come(make.actor(user), event, IN_PERSON)
    place_mails.write_mails()
    [former] = [link for link in outbox.links(outbox.to(user.email)[0]) if "#" not in link and "/me/" in link]
    assert new_browser().get(former).status_code == 200
    browser = sign_in(user)
    browser.submit("/account/email", "main form", email="ailleurs@example.org")
    work()
    [proof] = outbox.links(outbox.to("ailleurs@example.org")[0])[:1]
    browser.submit(follow(browser, proof), "main form", follow=True)
    assert last(User, User.id == user.id).email == "ailleurs@example.org"
    assert new_browser().get(former).status_code == 404
    assert browser.get(url_of(mine)).status_code == 200


def test_who_was_to_come_to_a_room_is_told_the_way_in_once_it_is_held_online_alone(make, visitor, outbox):
    event, boss = new_event(make, capacity_in_person=1), make.actor(role="coordinator")
    inside, waiting = confirm(event, guest(1)), confirm(event, guest(2))
    write_all()
    words = replace(get_words(boss, again(event)), mode="online", place="", territory_id=None, capacity_in_person=None)
    life.edit(boss, again(event), words)
    assert states(event) == ["in", "waiting"] and columns_of(event) == count_again(event)
    place_mails.write_mails()
    [[one], [two]] = [outbox.to(f"invite-{n}@example.org") for n in (1, 2)]
    assert all("salle-secrete" in part for part in (one.text, one.calendar, visitor.get(url_of(inside)).words))
    assert not any("salle-secrete" in part for part in (two.text, two.calendar, visitor.get(url_of(waiting)).words))
    assert not visitor.get(url_of(waiting)).soup.select("form[action$='/seat']")
    visitor.submit(url_of(waiting), "main form.form", mode="online")
    assert states(event) == ["in", "in"] and columns_of(event) == count_again(event)

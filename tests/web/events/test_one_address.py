"""One address at one meeting: whoever types it after another replaces nothing, and its guest and its member are one."""

from dataclasses import replace

import pytest

from app.events.models.registrations import EventRegistration, Registrant
from app.events.service import registrations as service
from app.web.events import place_links, place_mails
from app.web.frame import documents
from tests.events.coming import IN_PERSON, columns_of, confirm, count_again, guest, new_event, states
from tests.support.accounts import work
from tests.support.rows import again, count, every, last

ADDRESS = "maude@example.org"
PRESS = "#coming form:has([value='online'])"


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=3, asks_meal=True)


@pytest.fixture
def register(event, new_browser):
    """Type the address of Maude in the form, as a browser of its own does."""

    def act(name, **typed):
        mine = {"name": name, "email": ADDRESS, "mode": "in_person", "consent": "y"}
        answer = new_browser().submit(f"/events/{event.id}/registration", "main form.form", **mine | typed)
        work()
        place_mails.write_mails()
        return answer

    return act


def own(registration):
    found = again(registration)
    return f"/events/{found.event_id}/me/{place_links.sign(found)}"


def said(mail):
    return mail.text.replace("\xa0", " ")


def test_what_the_owner_of_an_address_wrote_is_not_replaced_by_who_types_it_next(event, register, visitor, outbox):
    register("Maude Roy", party="2")
    register("Un étranger", party="4", mode="online", needs="Une rampe")
    first, second = outbox.to(ADDRESS)
    assert "À confirmer : « Maude Roy », 2 personnes (en salle). Aucun besoin" in said(first)
    assert "« Maude Roy », 2 personnes (en salle). Des besoins" in said(second) and "étranger" not in second.text
    assert "rampe" not in second.text, "a need is not told to an address that nobody confirmed"
    page = visitor.get(outbox.links(first)[0])
    assert "Une rampe" in page.text and page.soup.select_one("#name")["value"] == "Maude Roy"
    assert visitor.submit(page, "main form.form").status_code == 303
    assert (last(Registrant).name, last(EventRegistration).party) == ("Maude Roy", 2)


def test_who_types_again_at_an_address_agrees_to_the_text_of_now(make, register, clock):
    register("Maude Roy")
    first, version = last(Registrant).consented_at, last(Registrant).consent_version
    make.at(last(Registrant), consent_version="2020-01-01")
    clock.forward(hours=2)
    register("Maude Roy")
    assert last(Registrant).consent_version == version == documents.get_version("privacy")
    assert last(Registrant).consented_at > first


def test_whoever_reads_another_name_in_the_letter_writes_theirs_on_the_page(event, register, visitor, outbox):
    register("www evil.example ici")
    [mail] = outbox.to(ADDRESS)
    assert "evil. example" in mail.text and "evil.example" not in mail.text + mail.html
    page = visitor.get(outbox.links(mail)[0])
    refused = visitor.submit(page, "main form.form", name=" ", party="3")
    assert refused.status_code == 422 and refused.soup.select_one("#party option[selected]")["value"] == "3"
    assert visitor.submit(page, "main form.form", name="Maude Roy", meal="sans noix").status_code == 303
    assert last(Registrant).name == "Maude Roy" and states(event) == ["in"]
    link = own(last(EventRegistration))
    assert "Rien n’a changé" in visitor.submit(link, "main form.form", follow=True).words
    visitor.submit(link, "main form.form", name="Maude Roy-Caron")
    assert last(Registrant).name == "Maude Roy-Caron"


def test_a_letter_about_several_meetings_says_of_each_what_it_confirms(make, event, register, new_browser, outbox):
    register("Maude Roy")
    other = new_event(make, title="Bouger sans auto")
    typed = {"name": "Maude R.", "email": ADDRESS, "mode": "online", "party": "3", "consent": "y"}
    new_browser().submit(f"/events/{other.id}/registration", "main form.form", **typed)
    work()
    mail = outbox.to(ADDRESS)[-1]
    assert "« Maude Roy », 1 personne (en salle)" in said(mail) and "« Maude R. », 3 personnes (en ligne)" in said(mail)


def test_a_member_has_as_a_member_the_place_that_their_address_held(event, make, sign_in, outbox):
    user = make.user(email=ADDRESS)
    service.expect(event, user, IN_PERSON)
    held = confirm(event, guest_at(ADDRESS))
    link, browser = own(held), sign_in(user)
    answer = browser.submit(f"/events/{event.id}", PRESS, follow=True)
    assert "Vous avez une place" in answer.words and answer.request.path == link
    [mine] = every(EventRegistration)
    assert (mine.id, mine.user_id, mine.registrant_id, mine.mode) == (held.id, user.id, None, "in_person")
    assert not count(Registrant) and columns_of(event) == count_again(event) and again(event).taken_online == 0
    assert "Voir ou rendre ma place" in browser.get(f"/events/{event.id}").words
    place_mails.write_mails()
    assert "Votre place est prise" in outbox.to(ADDRESS)[-1].subject
    browser.submit(f"/events/{event.id}/me/{place_links.sign(again(mine))}", "#cancel form")
    assert states(event) == ["cancelled"] and columns_of(event) == count_again(event)


def test_a_guest_whose_address_has_a_place_by_its_account_reads_so_and_is_not_counted_twice(event, make, visitor):
    waits = service.expect(event, guest_at(ADDRESS), IN_PERSON)
    mine = service.come(make.actor(make.user(email=ADDRESS)), event, IN_PERSON)
    page = visitor.get(own(waits))
    answer = visitor.submit(page, "main form.form", party="2")
    assert answer.status_code == 409 and "Cette adresse a déjà une place" in answer.words
    assert answer.soup.select_one("#party option[selected]")["value"] == "2"
    assert sorted(states(event)) == ["in", "unconfirmed"]
    visitor.submit(own(mine), "#cancel form")
    assert visitor.submit(page, "main form.form").status_code == 303
    taken_up = visitor.submit(own(mine), "main form.form")
    assert taken_up.status_code == 409 and "Cette adresse a déjà une place" in taken_up.words
    assert columns_of(event) == count_again(event) and again(event).taken_in_person == 1


def test_an_account_that_did_not_confirm_its_address_has_nothing_that_it_holds(event, make):
    held = confirm(event, guest_at(ADDRESS))
    stranger = make.user(email=ADDRESS, confirmed_at=None)
    mine = service.come(make.actor(stranger), event, IN_PERSON)
    assert mine.id != held.id and again(held).registrant_id
    other = new_event(make)
    service.come(make.actor(stranger), other, IN_PERSON)
    assert again(confirm(other, guest_at(ADDRESS))).state == "in", "a stranger keeps nobody out"


def guest_at(address):
    return replace(guest(1), email=address, name="Maude Roy")

"""Somebody telephones to say that they do not come: the team gives their place back, they are told, who waits is in."""

import pytest

from app.accounts.models.accesses import Access
from app.web.events import place_mails
from tests.events.coming import IN_PERSON, columns_of, come, confirm, count_again, guest, new_event, states
from tests.support.door import keep_door
from tests.support.rows import again, every

ADDRESS = "invite-1@example.org"


@pytest.fixture
def event(make):
    return new_event(make, capacity_in_person=1)


@pytest.fixture
def team(make, sign_in):
    return sign_in(make.user(role="coordinator"))


def page_of(registration):
    return f"/events/{registration.event_id}/door/{registration.id}/release"


def test_the_team_gives_a_place_back_and_the_person_and_the_next_are_told(event, make, team, outbox):
    mine, next_one = confirm(event, guest(1), IN_PERSON), confirm(event, guest(2), IN_PERSON)
    place_mails.write_mails()
    make.at(mine, needs="Une rampe")
    page = team.get(f"/events/{event.id}/door")
    page = team.get(page.soup.select_one(f"#guest-{mine.id} a[href$='/release']")["href"])
    assert "Retirer Invité 1 de la liste" in page.words and states(event) == ["in", "waiting"]
    assert {row.what for row in every(Access)} == {"people"}, "who reads a name is written down"
    answer = team.submit(page, "main form", follow=True)
    assert "C’est fait" in answer.words and "Invité 1" not in answer.words
    assert states(event) == ["cancelled", "in"] and again(mine).needs == ""
    assert columns_of(event) == count_again(event)
    place_mails.write_mails()
    letter, promoted = outbox.to(ADDRESS)[-1], outbox.to("invite-2@example.org")[-1]
    assert "Vous n’êtes plus sur la liste" in letter.subject and "METHOD:CANCEL" in letter.calendar
    assert "Vous avez une place" in promoted.subject and again(next_one).state == "in"
    [link] = {link.split("#")[0] for link in outbox.links(letter) if "/me/" in link}
    assert "Finalement, je viens" in team.get(link).words


def test_a_second_press_and_that_of_a_colleague_tell_nobody_again(event, make, team, sign_in, outbox):
    mine = come(make, event)
    colleague = sign_in(make.user(role="coordinator"))
    first, second = team.get(page_of(mine)), colleague.get(page_of(mine))
    for browser, page in ((team, first), (colleague, second), (team, first)):
        assert browser.submit(page, "main form").status_code == 303
    place_mails.write_mails()
    assert sum("Vous n’êtes plus sur la liste" in mail.subject for mail in outbox) == 1
    assert team.get(page_of(mine)).status_code == 404


def test_in_the_last_day_everybody_who_waits_is_told(event, make, team, clock, outbox):
    mine = confirm(event, guest(1), IN_PERSON)
    confirm(event, guest(2), IN_PERSON), confirm(event, guest(3), IN_PERSON)
    place_mails.write_mails()
    clock.forward(days=9, hours=1)
    team.submit(page_of(mine), "main form")
    place_mails.write_mails()
    assert states(event) == ["cancelled", "waiting", "waiting"]
    assert all("Une place est libre" in outbox.to(f"invite-{n}@example.org")[-1].subject for n in (2, 3))


def test_who_has_arrived_stays_and_so_does_everybody_once_it_is_over(event, make, team, clock):
    here = come(make, event)
    page = team.get(page_of(here))
    make.at(here, arrived_at=event.starts_at)
    answer = team.submit(page, "main form")
    assert answer.status_code == 409 and "annulez d’abord son arrivée" in answer.words
    assert not team.get(f"/events/{event.id}/door").soup.select("a[href$='/release']")
    make.at(here, arrived_at=None)
    clock.forward(days=11)
    answer = team.submit(page, "main form")
    assert answer.status_code == 409 and "passée" in answer.words and states(event) == ["in"]


def test_who_keeps_the_door_gives_no_place_back(event, make, sign_in):
    mine = come(make, event)
    luc = sign_in(keep_door(make, event, make.user(name="Luc")))
    assert not luc.get(f"/events/{event.id}/door").soup.select("a[href$='/release']")
    assert luc.get(page_of(mine)).status_code == 404 and luc.forge(page_of(mine), {}).status_code == 404

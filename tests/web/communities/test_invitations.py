"""Invitations through the doors: the letter, the link that leaves the address, who is let in and what others are told."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models.people import User
from app.communities.models import Invitation, Membership
from app.core import clock as time
from app.core.db import db
from tests.support.accounts import enforce_limits, register
from tests.support.queries import costs_alike

ROOM = "/communities/canari-cercle"
LINK = "/invitations/link"


@pytest.fixture
def room(make):
    return make.community(slug="canari-cercle", name="canari-cercle", name_en="canari-circle", is_private=True)


@pytest.fixture
def team(make, room, sign_in):
    user = make.user(facilitates=[room])
    return sign_in(user)


def invite(team, outbox, email):
    answer = team.submit(f"{ROOM}/invitations", "form.form", follow=True, email=email)
    assert answer.status_code == 200 and "est partie" in answer.words
    return outbox.links(outbox.to(email.lower())[-1])[0]


def members():
    db.session.rollback()
    return set(db.session.scalars(select(Membership.user_id)))


def test_the_mail_names_the_community_in_the_readers_language(make, team, outbox):
    make.user(email="ann@example.org", locale="en")
    invite(team, outbox, "Marie@Example.org")
    invite(team, outbox, "ann@example.org")
    french, english = outbox.to("marie@example.org")[0], outbox.to("ann@example.org")[0]
    assert "canari-cercle" in french.text and "canari-circle" in english.text and "canari-circle" in english.html
    assert all(re.search(r"http://localhost/invitations/[\w-]{40,}", mail.text) for mail in (french, english))


def test_an_address_that_is_not_there_has_one_refusal_beside_it(team):
    page = team.submit(f"{ROOM}/invitations", "form.form", email=" ")
    assert page.status_code == 422
    assert (
        len(page.soup.select("form .error")) == 1
        and "Ce champ est obligatoire." in page.soup.select_one("form .error").get_text()
    )


def test_the_link_is_taken_out_of_the_address_and_its_person_comes_in(make, team, sign_in, outbox):
    user = make.user()
    path, browser = invite(team, outbox, user.email), sign_in(user)
    redirect = browser.get(path)
    assert (redirect.status_code, redirect.location, redirect.headers["Referrer-Policy"]) == (303, LINK, "no-referrer")
    page = browser.get(LINK)
    assert page.status_code == 200 and "canari-cercle" in page.words and members() == set()
    assert page.headers["Referrer-Policy"] == "no-referrer" and page.headers["Cache-Control"] == "no-store"
    assert path.rsplit("/", 1)[1] not in page.get_data(as_text=True)
    welcome = browser.submit(page, "form.form", follow=True)
    assert welcome.request.path == ROOM and "Bienvenue" in welcome.words and members() == {user.id}
    assert browser.get(LINK).status_code == 404 and browser.get(path, follow_redirects=True).status_code == 404


def test_whoever_is_signed_out_signs_in_and_is_brought_back(make, team, visitor, outbox):
    user = make.user()
    page = visitor.get(invite(team, outbox, user.email), follow_redirects=True)
    assert (
        page.status_code == 200 and "canari-cercle" not in page.get_data(as_text=True) and user.email not in page.words
    )
    form = visitor.get(page.soup.select_one("main a[href^='/login']")["href"])
    page = visitor.submit(form, "main form", email=user.email, password="une phrase de passe correcte", follow=True)
    assert page.request.path == LINK and page.status_code == 200 and page.soup.select_one("form.form")
    assert visitor.submit(page, "form.form", follow=True).request.path == ROOM


def test_whoever_has_no_account_opens_one_and_finds_the_invitation_there(team, visitor, outbox):
    path = invite(team, outbox, "marie@example.org")
    visitor.get(path)
    assert register(visitor, email="marie@example.org").status_code == 303
    [confirmation] = [
        link for mail in outbox.to("marie@example.org") for link in outbox.links(mail) if "/confirm" in link
    ]
    form = visitor.get(confirmation, follow_redirects=True)
    page = visitor.submit(form, "main form", password="une phrase de passe correcte", follow=True)
    assert page.request.path == LINK and "canari-cercle" in page.words
    visitor.submit(page, "form.form")
    assert len(members()) == 1


@pytest.mark.parametrize("case", ["another", "unconfirmed", "changed"])
def test_another_account_is_refused_without_being_told_the_address(make, team, sign_in, outbox, case):
    user = make.user(is_confirmed=case != "unconfirmed")
    path, email = invite(team, outbox, user.email), user.email
    if case == "changed":
        make.at(user, email="nouvelle@example.org")
    browser = sign_in(make.user() if case == "another" else user)
    page = browser.get(path, follow_redirects=True)
    assert page.status_code == 403 and "autre adresse" in page.words
    assert email not in page.words and "canari-cercle" not in page.get_data(as_text=True)
    assert browser.forge(LINK).status_code == 403 and members() == set()


def test_whoever_is_suspended_is_told_so_and_may_come_back(make, team, sign_in, outbox):
    user = make.user()
    path, browser = invite(team, outbox, user.email), sign_in(user)
    make.restriction(user, reason="Le motif.")
    page = browser.get(path, follow_redirects=True)
    assert page.status_code == 403 and "Le motif." in page.words and browser.forge(LINK).status_code == 403


def test_what_is_over_and_what_never_was_are_answered_alike(make, team, room, sign_in, outbox):
    user = make.user()
    browser = sign_in(user)
    columns = {
        "used": {"used_at": time.now()},
        "revoked": {"revoked_at": time.now()},
        "expired": {"expires_at": time.now()},
    }
    for state, more in columns.items():
        make.invitation(room, user.email, token=state, **more)
    answers = [browser.get(f"/invitations/{token}", follow_redirects=True) for token in (*columns, "inconnu")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r'value="[^"]+"', "", answer.get_data(as_text=True)) for answer in answers}) == 1
    assert {browser.forge(f"/invitations/{token}").status_code for token in (*columns, "inconnu")} == {404}


def test_a_new_password_or_a_new_account_is_no_acceptance(make, team, room, visitor, clock, outbox):
    """What proves an address again never makes up for an invitation that has expired."""
    user = make.user()
    visitor.get(invite(team, outbox, user.email))
    clock.forward(days=15)
    visitor.submit("/forgot", "main form", email=user.email)
    reset = visitor.get(outbox.links(outbox.to(user.email)[-1])[0], follow_redirects=True)
    visitor.submit(reset, "main form", password="une autre phrase de passe")
    form = visitor.get("/login", follow_redirects=True)
    page = visitor.submit(form, "main form", email=user.email, password="une autre phrase de passe", follow=True)
    assert page.request.path == LINK and page.status_code == 404 and members() == set()


def test_the_team_sees_what_became_of_each_and_sends_again_or_takes_back(make, team, sign_in, outbox):
    user = make.user("Nom Accepté")
    browser = sign_in(user)
    browser.submit(browser.get(invite(team, outbox, user.email), follow_redirects=True), "form.form")
    first = invite(team, outbox, "marie@example.org")
    page = team.get(f"{ROOM}/invitations")
    assert "Nom Accepté" in page.words and user.email not in page.words and "Acceptée" in page.words
    page = team.submit(page, "form.post", follow=True)
    second = outbox.links(outbox.to("marie@example.org")[-1])[0]
    assert first != second and "Annulée" in page.words and "En attente" in page.words
    assert sign_in(make.user()).get(first, follow_redirects=True).status_code == 404
    page = team.submit(page, "form.post[action$='withdrawal']", follow=True)
    assert "annulée" in page.words and "En attente" not in page.words
    over = db.session.scalars(select(Invitation.id).where(Invitation.revoked_at.is_not(None))).first()
    assert team.forge(f"{ROOM}/invitations/{over}/withdrawal").status_code == 422
    assert team.forge(f"{ROOM}/invitations/999999/withdrawal").status_code == 404


@pytest.mark.parametrize("email", ["", "pas une adresse", "x" * 300 + "@example.org"])
def test_an_address_that_is_none_comes_back_with_why(team, email):
    page = team.submit(f"{ROOM}/invitations", "form.form", email=email)
    assert page.status_code == 422 and page.soup.select_one(".error-summary a")


def test_an_address_is_not_written_to_over_and_over(app, team, outbox, clock):
    page, codes = team.get(f"{ROOM}/invitations"), []
    with enforce_limits(app):
        for _hour in range(3):
            codes += [team.submit(page, "form.form", email="marie@example.org").status_code for _n in range(3)]
            clock.forward(hours=1, minutes=1)
    assert codes == [303, 303, 429, 303, 303, 429, 303, 429, 429] and len(outbox.to("marie@example.org")) == 5


def test_what_others_send_to_an_address_keeps_no_team_from_inviting_it(app, make, team, sign_in, new_browser, outbox):
    other = sign_in(make.user(facilitates=[make.community(is_private=True, slug="autre-cercle")]))
    with enforce_limits(app):
        for _n in range(4):
            new_browser().submit("/forgot", "main form", email="marie@example.org")
            register(new_browser(), email="marie@example.org")
        assert (
            other.submit("/communities/autre-cercle/invitations", "form.form", email="marie@example.org").status_code
            == 303
        )
        assert team.submit(f"{ROOM}/invitations", "form.form", email="paul@example.org").status_code == 303


def test_a_team_does_not_invite_without_end(app, team):
    page = team.get(f"{ROOM}/invitations")
    with enforce_limits(app):
        codes = [team.submit(page, "form.form", email=f"p{n}@example.org").status_code for n in range(31)]
    assert codes == [303] * 30 + [429]


def test_the_list_costs_the_same_for_one_and_for_twenty(make, room, team):
    def fill(times):
        for n in range(times):
            make.invitation(room, f"p{times}-{n}@example.org", used_by=make.user().id, used_at=time.now())

    costs_alike(fill, (team, f"{ROOM}/invitations"))


def test_the_mail_can_not_carry_somebody_elses_words(make, team, outbox):
    """The inviter types nothing but an address: no free text leaves in our name."""
    page = team.get(f"{ROOM}/invitations")
    assert {field["name"] for field in page.soup.select("form.form [name]")} == {"csrf_token", "email"}
    assert db.session.scalars(select(User.email)).all()

"""What an administrator does for an account: to help, to suspend, to tell its owner; never to take it over."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts import administration, service
from app.accounts.models.accesses import Access
from app.accounts.models.people import User
from app.accounts.models.sessions import Session
from app.communities import suspensions
from app.communities.actors import actor_for
from app.communities.models import Facilitator, Restriction
from app.core import clock as time
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.journal.models import Entry
from app.moderation.measures.models import Measure
from app.web.notices import immediate_mails
from tests.support.rows import again, kinds_told
from tests.support.tampering import tamper

HERE = "securite-alimentaire"
REASON = "Le compte a été volé."


def test_a_role_is_given_told_and_given_back(make: Any, admin: Any, outbox: Any, app: Any) -> None:
    user = make.user("Zoé Élan")
    page = admin.submit(f"/people/{user.id}/role", "main form", role="coordinator", follow=True)
    assert again(user).site_role == "coordinator" and kinds_told(user) == ["role.coordinator"]
    immediate_mails.write_mails()
    assert "coordination du site" in outbox.to(user.email)[-1].subject
    back = page.soup.select_one(f"a[href='/people/{user.id}/role?role=member']")
    form = admin.get(back["href"])
    assert form.soup.select_one("input[checked]")["value"] == "member" and "Cela se défait" in form.words
    admin.submit(form, "main form")
    assert again(user).site_role == "member" and kinds_told(user) == ["role.coordinator", "role.member"]
    page = admin.submit(f"/people/{user.id}/role", "main form", role="member", follow=True)
    assert len(kinds_told(user)) == 2 and "reste le même" in page.words


def test_a_role_that_does_not_exist_is_refused(make: Any, admin: Any) -> None:
    user = make.user()
    for role in ("boss", "", None):
        assert tamper(admin, f"/people/{user.id}/role", "main form", role=role).status_code == 422
    assert again(user).site_role == "member"


def test_the_last_administrator_stays_one(make: Any, admin: Any) -> None:
    me = db.session.query(User).filter_by(site_role="admin").one()
    answer = admin.submit(f"/people/{me.id}/role", "main form", role="member")
    assert answer.status_code == 409 and "au moins une personne" in answer.words and again(me).site_role == "admin"
    make.user(role="admin")
    assert admin.submit(f"/people/{me.id}/role", "main form", role="member").headers["Location"] == "/account"
    assert again(me).site_role == "member" and admin.get("/people").status_code == 403


def test_a_charge_is_given_for_a_time_and_withdrawn(make: Any, admin: Any) -> None:
    user = make.user("Zoé Élan")
    day = (time.now() + timedelta(days=10)).strftime("%Y-%m-%d")
    page = admin.submit(f"/people/{user.id}/charge", "main form", community=HERE, expires_on=day, follow=True)
    assert make.room(HERE).id in actor_for(again(user)).facilitates and "jusqu’au" in page.text
    link = page.soup.select_one("a[href$=withdrawal]")["href"]
    admin.submit(link, "main form")
    assert not db.session.query(Facilitator).count() and kinds_told(user) == ["charge.given", "charge.withdrawn"]
    page = admin.submit(f"/people/{user.id}/charge", "main form", community=HERE, expires_on="2001-01-01")
    assert page.status_code == 422 and page.soup.select_one("input[name=expires_on]")["value"] == "2001-01-01"


def test_signing_out_closes_every_session_and_tells(make: Any, admin: Any, sign_in: Any) -> None:
    user = make.user()
    theirs = sign_in(user)
    page = admin.get(f"/people/{user.id}/signing-out")
    assert "ne se défait pas" in page.words
    admin.submit(page, "main form")
    assert theirs.get("/account").status_code == 303 and kinds_told(user) == ["account.signed_out"]
    me = db.session.query(User).filter_by(site_role="admin").one()
    admin.submit(f"/people/{me.id}/signing-out", "main form")
    assert admin.get("/people").status_code == 303 and kinds_told(me) == []


def test_a_suspension_is_told_written_without_the_person_and_lifted(
    make: Any, admin: Any, sign_in: Any, visitor: Any
) -> None:
    user = make.user("Zoé Élan")
    theirs = sign_in(user)
    form_page = admin.get(f"/people/{user.id}/suspension")
    admin.submit(form_page, "main form", reason=REASON)
    assert actor_for(again(user)).is_suspended and again(user).active and kinds_told(user) == ["account.suspended"]
    assert theirs.get("/account").status_code == 200 and REASON in theirs.get("/notifications").words
    line = db.session.query(Entry).one()
    assert (line.kind, line.reason, line.facts) == ("suspend", REASON, {"on": "user"}) and "Zoé" not in visitor.get(
        "/journal"
    ).text
    assert admin.submit(form_page, "main form", reason=REASON).status_code == 409
    form_page = admin.get(f"/people/{user.id}/suspension/lifting")
    admin.submit(form_page, "main form", reason="Tout est rentré dans l'ordre.")
    assert not actor_for(again(user)).is_suspended and kinds_told(user) == ["account.suspended", "account.restored"]
    assert [line.kind for line in db.session.query(Entry).order_by(Entry.id)] == ["suspend", "lift"]
    assert not db.session.query(Measure).count(), "it is no measure of moderation"
    assert admin.submit(form_page, "main form", reason=REASON).status_code == 409


def test_a_stolen_account_lets_nobody_in_until_it_is_lifted(
    make: Any, admin: Any, sign_in: Any, new_browser: Any
) -> None:
    user = make.user()
    theirs, thief = sign_in(user), new_browser()
    admin.submit(f"/people/{user.id}/suspension", "main form", reason=REASON, locks="y")

    def enters() -> bool:
        answer = thief.submit("/login", "main form", email=user.email, password="une phrase de passe correcte")
        return answer.status_code == 303 and thief.get("/account").status_code == 200

    assert not enters() and theirs.get("/account").status_code == 303
    assert "connexion empêchée" in admin.get(f"/people/{user.id}").words
    admin.submit(f"/people/{user.id}/suspension/lifting", "main form", reason="La personne a repris son compte.")
    assert enters()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": ""}, "obligatoire"),
        ({"reason": "non"}, "de 5 à 500"),
        ({"reason": "x" * 501}, "500"),
        ({"until": "2001-01-01"}, "dans l'avenir"),
        ({"until": "2030-01-01", "locks": "y"}, "n'indiquez pas de fin"),
    ],
)
def test_a_suspension_that_can_not_be_is_refused_and_nothing_typed_is_lost(
    make: Any, admin: Any, fields: dict[str, str], message: str
) -> None:
    user = make.user()
    answer = admin.submit(f"/people/{user.id}/suspension", "main form", **{"reason": REASON} | fields)
    assert answer.status_code == 422 and message in answer.words.replace("’", "'").replace("\xa0", " ")
    assert answer.soup.select_one("textarea").get_text().strip() == fields.get("reason", REASON).strip()
    assert not db.session.query(Restriction).count()


def test_a_suspension_ends_by_itself(make: Any, admin: Any, clock: Any) -> None:
    user = make.user()
    clock.at("2026-03-01T12:00")
    suspensions.suspend(make.actor(role="admin"), user, reason=REASON, until=time.now() + timedelta(days=2))
    assert actor_for(again(user)).is_suspended and suspensions.find_suspension(user)
    clock.forward(days=3)
    assert not actor_for(again(user)).is_suspended and suspensions.find_suspension(user) is None
    suspensions.suspend(make.actor(role="admin"), again(user), reason=REASON)


def test_what_facilitation_decided_is_not_for_the_administration_to_lift(make: Any, admin: Any) -> None:
    user = make.user()
    make.restriction(user)
    assert admin.forge(f"/people/{user.id}/suspension/lifting", reason=REASON).status_code == 409
    assert actor_for(again(user)).is_suspended


def test_nobody_suspends_themselves_nor_an_administrator(make: Any, admin: Any) -> None:
    me, other = db.session.query(User).filter_by(site_role="admin").one(), make.user(role="admin")
    assert (
        admin.get(f"/people/{me.id}/suspension").status_code
        == admin.get(f"/people/{me.id}/second-factor/removal").status_code
        == 404
    )
    assert "suspension" not in admin.get(f"/people/{me.id}").soup.select_one("main").decode()
    answer = admin.submit(f"/people/{other.id}/suspension", "main form", reason=REASON)
    assert answer.status_code == 409 and "rôle d" in answer.words


def test_a_lost_second_factor_is_dropped_and_told(make: Any, admin: Any, sign_in: Any, outbox: Any) -> None:
    user = make.user(tf_primary_method="authenticator", tf_totp_secret="x", mf_recovery_codes=["a"])
    theirs = sign_in(user)
    assert admin.submit(f"/people/{user.id}/second-factor/removal", "main form", reason="").status_code == 422
    form_page = admin.get(f"/people/{user.id}/second-factor/removal")
    admin.submit(form_page, "main form", reason="Reconnue de vive voix au bureau.")
    assert not again(user).has_two_factor and again(user).tf_totp_secret is None
    assert theirs.get("/account").status_code == 303
    immediate_mails.write_mails()
    assert kinds_told(user) == ["account.second_factor"] and "de vive voix" in outbox.to(user.email)[-1].text
    assert admin.submit(form_page, "main form", reason=REASON).status_code == 409


@pytest.mark.parametrize(
    "act", ["role", "charge", "signing-out", "suspension", "suspension/lifting", "second-factor/removal"]
)
def test_an_act_asks_for_the_password_when_it_was_given_long_ago(make: Any, admin: Any, clock: Any, act: str) -> None:
    user = make.user()
    page = admin.get(f"/people/{user.id}/{act}")
    clock.forward(hours=2)
    answer = admin.submit(page, "main form", **({"reason": REASON} if page.soup.select_one("textarea") else {}))
    assert answer.status_code == 422 and answer.soup.select_one("main form [name=password]")
    assert REASON in answer.text or not page.soup.select_one("textarea")
    assert admin.get(f"/people/{user.id}/{act}").headers["Location"].startswith("/account/verify?next=")
    answer = admin.submit(
        f"/account/verify?next=/people/{user.id}/{act}", "main form", password="une phrase de passe correcte"
    )
    assert (
        answer.headers["Location"].endswith(f"/people/{user.id}/{act}")
        and admin.get(answer.headers["Location"]).status_code == 200
    )


@pytest.mark.parametrize("account", [{"closed_at": "now", "active": False}, {"is_confirmed": False}])
def test_nothing_is_done_to_an_account_that_is_closed_or_waits(make: Any, admin: Any, account: dict[str, Any]) -> None:
    user = make.user(**{key: time.now() if value == "now" else value for key, value in account.items()})
    assert admin.get(f"/people/{user.id}").status_code == 200
    for act in ("role", "charge", "signing-out", "suspension", "suspension/lifting", "second-factor/removal"):
        assert admin.get(f"/people/{user.id}/{act}").status_code == 404, act


def test_the_services_refuse_whoever_has_not_the_right(make: Any) -> None:
    actor, user = make.actor(role="coordinator"), make.user(tf_primary_method="authenticator")
    for act in (
        lambda: administration.note(actor, [user.id], "account"),
        lambda: administration.sign_out(actor, user),
        lambda: administration.drop_second_factor(actor, user, reason=REASON),
        lambda: administration.change_settings(actor, trust_posts=9),
        lambda: service.grant_site_role(actor, user, "admin"),
        lambda: suspensions.suspend(actor, user, reason=REASON),
        lambda: suspensions.lift(actor, user, reason=REASON),
    ):
        with pytest.raises(Forbidden):
            act()


def test_two_who_withdraw_each_other_leave_one(make: Any) -> None:
    one, other = make.user(role="admin"), make.user(role="admin")
    service.grant_site_role(make.actor(one), other, "member")
    with pytest.raises(Conflict):
        service.grant_site_role(Actor(other.id, "admin"), one, "member")
    with pytest.raises(Invalid):
        service.grant_site_role(make.actor(one), again(other), "boss")


def test_an_account_that_nobody_confirmed_is_forgotten_though_it_was_read(make: Any, admin: Any, clock: Any) -> None:
    user = make.user(is_confirmed=False)
    admin.get(f"/people/{user.id}")
    assert db.session.query(Access).count() == 1
    clock.forward(days=15)
    service.purge()
    assert db.session.query(Access).count() == 0 and db.session.get(User, user.id) is None
    assert db.session.query(Session).count() >= 0

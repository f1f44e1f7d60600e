"""Accounts made by the terminal, roles, sessions and closings, without their pages."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts import policy, queries, service, sessions
from app.accounts.models.documents import Consent
from app.accounts.models.people import User
from app.accounts.models.sessions import Session
from app.communities import actors
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.reference import service as reference


def create_user(**values):
    return service.create(**{"name": "Ada", "email": "ada@example.org", "password": "hash"} | values)


def test_an_account_is_made_with_its_role(app):
    user = create_user(role="coordinator", name="  Ada   Élan ")
    assert (user.site_role, user.name, user.sort_key, user.locale) == ("coordinator", "Ada Élan", "ada elan", "fr")
    assert user.confirmed_at and len(user.fs_uniquifier) == 64


def test_two_accounts_do_not_share_an_address(app):
    create_user()
    with pytest.raises(Conflict):
        create_user()


def test_a_role_is_one_that_exists(app, make):
    with pytest.raises(Invalid):
        create_user(role="facilitator")
    with pytest.raises(Invalid):
        service.give_site_role(make.user(), "king")


def test_the_last_administrator_keeps_the_role(make):
    user = make.user(role="admin")
    with pytest.raises(Conflict):
        service.give_site_role(user, "member")
    make.user(role="admin", active=False)
    with pytest.raises(Conflict):
        service.give_site_role(user, "member")
    make.user(role="admin")
    service.give_site_role(user, "member")
    assert user.site_role == "member"


def give_up_organisation(actor, user):
    shows = dict.fromkeys(
        ("shows_about", "shows_territory", "shows_organisation", "shows_activity", "shows_in_search"), True
    )
    service.edit_profile(actor, user, name="Ada", about="", territory_id=None, organisation="", shows=shows)


@pytest.mark.parametrize(
    ("leave", "is_confirmed"),
    [(service.close, True), (give_up_organisation, True), (lambda _actor, _user: service.purge(), False)],
    ids=["closed", "given up", "never confirmed"],
)
def test_the_organisation_that_somebody_kept_to_themselves_is_not_offered_once_they_left(make, leave, is_confirmed):
    private_id, public_id = (
        reference.get_or_add_organisation("Maison Goéland"),
        reference.get_or_add_organisation("La Tablée"),
    )
    make.user(organisation_id=public_id, shows_organisation=True)
    user = make.user(is_confirmed=is_confirmed, organisation_id=private_id)
    assert queries.list_organisation_names() == ["La Tablée"]
    leave(make.actor(user), user)
    left = select(User.id).where(User.organisation_id == private_id)
    assert db.session.scalar(left) is None and queries.list_organisation_names() == ["La Tablée"]


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, user: service.close(actor, user),
        lambda actor, user: service.choose_language(actor, user, locale="en"),
        lambda actor, user: sessions.revoke(actor, user, 1),
        lambda actor, user: sessions.revoke_all(actor, user),
        lambda actor, user: service.edit_profile(
            actor, user, name="x", about="", territory_id=None, organisation="", shows={}
        ),
    ],
)
def test_an_account_is_managed_by_its_holder_alone(make, act):
    with pytest.raises(Forbidden):
        act(make.actor(role="admin"), make.user())


def test_a_person_is_read_when_they_are_there(make, clock):
    here, waiting, former = make.user(), make.user(is_confirmed=False), make.user(closed_at=clock.now(), name="")
    assert queries.get_user(ANYONE, here.id, policy.READ) is here
    for user in (waiting, former):
        with pytest.raises(NotFound):
            queries.get_user(ANYONE, user.id, policy.READ)
    with pytest.raises(NotFound):
        queries.get_user(Actor(waiting.id), here.id, policy.MANAGE)
    assert queries.find_by_email(here.email) is here and queries.find_by_email("x@example.org") is None
    assert queries.display_name(here) == here.name and queries.display_name(former) == queries.display_name(None) == ""


def test_accepting_twice_is_accepting_once(make):
    user = make.user()
    for _time in range(2):
        service.consent(user, {"charter": "1", "privacy": "1"})
    service.consent(user, {"charter": "2"})
    assert [(row.document, row.version) for row in queries.list_consents(user)] == [
        ("charter", "1"),
        ("privacy", "1"),
        ("charter", "2"),
    ]
    assert len(db.session.scalars(select(Consent)).all()) == 3


def test_a_session_that_is_another_persons_is_not_there(make):
    user, other = make.user(), make.user()
    token = sessions.start(other, device="")
    row = db.session.scalar(select(Session))
    with pytest.raises(NotFound):
        sessions.revoke(Actor(user.id), user, row.id)
    assert actors.find_signed_in(token).user is other
    sessions.end(token)
    assert actors.find_signed_in(token) is None


def test_a_clash_on_an_address_is_tried_once_more(make):
    holder, rounds = make.user(email="a@example.org"), []

    def register():
        rounds.append(1)
        if len(rounds) == 1:
            db.session.add(User(email="a@example.org", fs_uniquifier="x"))
            db.session.flush()
        return "done"

    assert holder and service.as_one(register) == "done" and len(rounds) == 2

    def clash():
        db.session.add(User(email="a@example.org", fs_uniquifier="x"))
        db.session.flush()

    with pytest.raises(IntegrityError):
        service.as_one(clash)

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models.people import User
from app.accounts.models.sessions import Session
from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Invalid
from app.operations import accounts
from tests.support.make import Make


def create(role: str, community: str | None = None) -> User:
    user_id = accounts.create(name="Zoé", email="zoe@example.org", password="x", role=role, community=community)
    return db.session.get_one(User, user_id)


def test_a_facilitator_is_a_member_with_a_community(app: Flask) -> None:
    user = create("facilitator", "transport-collectif")
    assert user.site_role == "member" and user.confirmed_at
    assert len(actor_for(user).facilitates) == 1


@pytest.mark.parametrize("role", ["member", "coordinator", "admin"])
def test_the_other_roles_are_of_the_site(app: Flask, role: str) -> None:
    assert create(role).site_role == role


@pytest.mark.parametrize(
    "role, community", [("facilitator", None), ("facilitator", "nowhere"), ("member", "transport-collectif")]
)
def test_a_role_and_a_community_that_do_not_go_together_make_no_account(
    app: Flask, role: str, community: str | None
) -> None:
    with pytest.raises(Invalid):
        create(role, community)
    assert db.session.scalars(select(User)).all() == []


def test_somebody_who_lost_their_second_factor_is_helped(app: Flask, make: Make) -> None:
    user = make.user(tf_primary_method="authenticator", tf_totp_secret="x", mf_recovery_codes=["a"])
    make.add(Session(user_id=user.id, token_hash="une session"))
    accounts.change(user.email, role="coordinator", drops_second_factor=True)
    db.session.refresh(user)
    assert (user.has_two_factor, user.tf_totp_secret, user.mf_recovery_codes, user.site_role) == (
        False,
        None,
        [],
        "coordinator",
    )
    assert db.session.scalars(select(Session)).all() == []


def test_an_address_that_nobody_has_is_told_so(app: Flask) -> None:
    with pytest.raises(Invalid):
        accounts.change("personne@example.org", role="admin", drops_second_factor=False)

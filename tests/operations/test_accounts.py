import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.communities.queries import actor_for
from app.core.db import db
from app.core.errors import Invalid
from app.operations import accounts


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


@pytest.mark.parametrize("role, community", [
    ("facilitator", None), ("facilitator", "nowhere"), ("member", "transport-collectif")])
def test_a_role_and_a_community_that_do_not_go_together_make_no_account(
        app: Flask, role: str, community: str | None) -> None:
    with pytest.raises(Invalid):
        create(role, community)
    assert db.session.scalars(select(User)).all() == []

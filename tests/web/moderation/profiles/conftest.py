"""Somebody whose profile hurts, its page, and a coordinator."""

import pytest

from app.core.text.plain import sort_key
from app.reference.models import Organisation
from tests.support.world import HERE
from tests.web.moderation.profiles.hiding import ABOUT, CLUB, NAME


@pytest.fixture
def abuser(make):
    """Somebody whose name, presentation and organisation hurt, and who wrote an idea, a comment and a support."""
    club = make.add(Organisation(name=CLUB, sort_key=sort_key(CLUB)))
    user = make.user(
        NAME, about=ABOUT, shows_about=True, organisation_id=club.id, shows_organisation=True, shows_activity=True
    )
    idea = make.idea(user, HERE, title="Une idée comme une autre")
    make.comment(make.idea(title="Une deuxième idée"), user, "Un commentaire comme un autre.")
    make.vote(user, idea, is_named=True)
    return user


@pytest.fixture
def page(abuser):
    return f"/members/{abuser.id}"

"""A new account that has an idea, a comment and a presentation, each public; and the team that reads them."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.comments.models import Comment
from app.ideas.models import Idea
from tests.moderation.first_posts.held_revisions.holding import BODY, HERE, Text
from tests.support.browser import Browser


@pytest.fixture
def newcomer(make: Any) -> User:
    return make.user("Nina Nouvelle", trusted_at=None, about="Je cultive un jardin.", shows_about=True)


@pytest.fixture
def idea(make: Any, newcomer: User) -> Idea:
    return make.idea(newcomer, HERE, title="Agrandir le marché du samedi", body=BODY)


@pytest.fixture
def comment(make: Any, newcomer: User) -> Comment:
    return make.comment(make.idea(community=HERE), newcomer, BODY)


@pytest.fixture
def writer(sign_in: Any, newcomer: User) -> Browser:
    return sign_in(newcomer)


@pytest.fixture(params=["idea", "comment", "user"])
def text(request: Any, idea: Idea, comment: Comment, newcomer: User) -> Text:
    return Text(request.param, {"idea": idea, "comment": comment, "user": newcomer}[request.param])

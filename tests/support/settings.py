"""What operators and coordinators set, for a test."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.communities.models import Community
from app.core import settings, versions
from app.core.db import db
from app.core.unit import unit
from tests.support.world import HERE


def keep(**values: Any) -> None:
    """Keep settings of the site."""
    with unit():
        settings.change(None, **values)


@pytest.fixture
def slow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time that a form took count, as on a real site."""
    monkeypatch.setitem(app.config, "TYPING_SECONDS", 3)


@pytest.fixture
def answer_review(app: Flask) -> None:
    """Make the community HERE ask that a colleague reads an answer before it appears."""
    with unit():
        db.session.execute(update(Community).where(Community.slug == HERE).values(wants_review=True))
        versions.touch("reference")

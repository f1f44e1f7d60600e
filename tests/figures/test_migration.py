"""A site that was there before the figures has them at once."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from app.core import clock
from app.core.db import db
from app.ideas.models import StatusChange
from app.operations import recount, reference
from tests.support.make import Make
from tests.support.migration_cases import downgrade, upgrade


def test_ideas_that_were_there_before_are_in_the_figures(migrated: Flask) -> None:
    reference.seed()
    make = Make()
    first = make.idea(kind="need", issues=["education"], territories=["70", "67015"], status="retained")
    for days, columns in ((40, {"status": "under_review"}), (95, {"status": "planned"}), (100, {"stays": True})):
        at = clock.now() + timedelta(days=days, hours=5)
        make.add(StatusChange(idea_id=first.id, at=at, **{"status": "planned"} | columns))
    make.idea(communities=["transport-collectif"], source="ailleurs", source_id="1", territories=["67015"])
    make.idea(community=make.community(is_private=True))
    make.idea(status="pending")
    db.session.remove()
    downgrade(revision="0051")
    upgrade()
    assert recount.list_differences() == []
    db.session.remove()
    downgrade(revision="0051")
    codes = " ".join(db.session.scalars(text("SELECT codes FROM idea_facets")))
    assert "kind:need" in codes and "born:" not in codes

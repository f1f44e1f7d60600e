"""What a migration counts of the needs that were linked before anything said whether they wait."""

from typing import Any

from flask import Flask
from sqlalchemy import JSON, column, select, table

from app.accounts.models.changes import HeldRevision
from app.core import clock
from app.core.db import db
from app.ideas.queries import facet_counts
from app.operations import recount, reference
from app.reference.models import Tag
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.migration_cases import downgrade, upgrade


def test_needs_that_were_linked_before_it_was_counted_wait_no_more(migrated: Flask) -> None:
    reference.seed()
    make = Make()
    plans = MakePlan(make)
    plans.link(plans.action(), make.idea(kind="need", status="planned", territories=["70052"]))
    for kind in ("need", "idea"):
        make.idea(kind=kind, territories=["70", "70052"], issues=["education"])
    db.session.remove()
    downgrade(revision="0049")
    upgrade()
    counts = facet_counts.get_counts()
    assert (counts["gap:1"], counts["gap:0"], counts["said:idea:all"]) == (1, 1, 1)
    assert [one for one in recount.list_differences() if one.counter != "ideas.status"] == []


def test_what_nobody_reads_is_counted_by_no_migration(migrated: Flask) -> None:
    reference.seed()
    make = Make()
    plans = MakePlan(make)
    action, room = plans.action(), make.community(is_private=True)
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    make.idea(kind="need", territories=["70052"])
    # What a duplicate is linked to answers it.
    shown = make.idea(kind="need", territories=["70052"], tags=[tag])
    unread: list[dict[str, Any]] = [
        {"community": room},
        {"merged_into": shown.id},
        {"hidden_at": clock.now()},
        {"status": "pending"},
        {"status": "draft"},
        {"status": "declined"},
    ]
    for columns in unread:
        idea = make.idea(kind="need", territories=["70", "70052"], issues=["education"], **columns)
        if columns.get("status") != "draft":
            plans.link(action, idea)
    words = {"title": shown.title, "spot": "près du pont", "summary": ""}
    make.add(HeldRevision(idea_id=shown.id, by_id=shown.author_id, state="open", words=words, suspect="new"))
    db.session.remove()
    downgrade(revision="0048")
    held = db.session.scalars(select(column("words", JSON)).select_from(table("held_revisions"))).all()
    assert [sorted(one) for one in held] == [["summary", "title"]]
    db.session.remove()
    upgrade()
    counts = facet_counts.get_counts()
    assert (counts.get("gap:1"), counts.get("gap:0"), counts.get("said:closed:all")) == (1, 1, 1)
    assert [one for one in recount.list_differences() if one.counter != "ideas.status"] == []

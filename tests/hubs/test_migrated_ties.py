"""What a migration counts of the needs that were linked before anything said whether they wait."""

from flask import Flask

from app.core.db import db
from app.ideas.queries import facet_counts
from app.operations import recount, reference
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

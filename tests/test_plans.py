"""Every list reads little on a large site: what a page shows, and not what there is (`tests/support/plans.py`)."""
import pytest

from app.core.db import db
from app.ideas.models import Idea
from tests.support import large, plans
from tests.support.make import Make


@pytest.mark.parametrize(("where", "reads_much"), [
    (Idea.id == 7, False), (Idea.id > 49_000, False), (Idea.title == "no such title", True), (Idea.excerpt != "", True)])
def test_what_reads_much_is_told(make: Make, where: object, reads_much: bool) -> None:
    large.grow(Idea, 50_000, author_id="1", thread_id="n", title="'Idée ' || n")
    large.measure()
    with plans.record() as statements:
        db.session.execute(db.select(Idea.id).where(where).limit(20))
    assert bool(plans.faults(statements)) == reads_much

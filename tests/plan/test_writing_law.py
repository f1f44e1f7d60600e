"""Who reads a plan, and who writes it: the table against the law, and what the list shows against it."""
from datetime import date

import pytest

from app.core.actor import Actor
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from tests.support.law import EVERYONE, compare
from tests.support.make import Make

WRITTEN = {
    "published": {"plan:read": EVERYONE, "plan:write": "coordinator"},
    "begun": {"plan:read": "coordinator", "plan:write": "coordinator"}}


@pytest.mark.parametrize("state", WRITTEN)
def test_the_law_of_a_plan_is_the_one_that_is_written_and_so_is_its_list(
        make: Make, people: dict[str, Actor], state: str) -> None:
    everybody = people | {"author": make.actor()}
    plan = make.add(Plan(title="Un plan", starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31), number=state == "published"))
    compare(WRITTEN[state], everybody, plan)
    for actor in everybody.values():
        assert (plan in queries.listing(actor)) == policy.READ.permits(actor, plan)

"""Periods as an address writes them."""

from typing import Any

import pytest

from app.figures.scope import NEVER, Scope, parse_period

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("", ("2026-04", "2027-03")),
        ("all", ("", NEVER)),
        ("2026", ("2026-01", "2026-12")),
        ("26", None),
        ("2026-01", None),
        ("20261", None),
    ],
)
def test_a_period_is_twelve_months_a_year_or_all(clock: Any, text: str, period: Any) -> None:
    clock.at("2027-03-10T12:00")
    assert parse_period(text) == period


def test_a_period_ends_with_its_last_month() -> None:
    scope = Scope("2026-01", "2026-12")
    assert scope.first <= "2026-01.need" < "2026-12.project" < scope.end == "2027-01"
    assert Scope().end > "9999-12.need"
    assert (Scope().is_narrowed, Scope(community_id=1).is_narrowed, Scope(mrc_id=1).is_narrowed) == (False, True, True)

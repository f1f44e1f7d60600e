"""A ballot that comes while a choice stops is in wholly, or not at all."""

from pathlib import Path

import pytest

from tests.support import racing
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(6, 20), pytest.param(1_000, 28, marks=pytest.mark.soak)])
def test_a_ballot_is_in_wholly_or_not_at_all_when_the_choice_stops(
    house: House, tmp_path: Path, rounds: int, size: int
) -> None:
    racing.start("tests.choices.racing", house, tmp_path, rounds, size)

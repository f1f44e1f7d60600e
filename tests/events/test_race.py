"""The last places of a meeting go to whoever comes first, each once, however many press at the same moment."""

from pathlib import Path

import pytest

from tests.support import racing
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(6, 36), pytest.param(1_000, 50, marks=pytest.mark.soak)])
def test_nobody_is_one_too_many_and_no_place_is_lost(house: House, tmp_path: Path, rounds: int, size: int) -> None:
    racing.start("tests.events.racing", house, tmp_path, rounds, size)

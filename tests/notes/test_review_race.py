"""Two who review the same lines at the same moment: each line finds one place, wholly."""

from pathlib import Path

import pytest

from tests.support import racing
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(6, 32), pytest.param(1_000, 32, marks=pytest.mark.soak)])
def test_a_line_finds_one_place_whoever_gives_it(house: House, tmp_path: Path, rounds: int, size: int) -> None:
    racing.start("tests.notes.reviewing", house, tmp_path, rounds, size)

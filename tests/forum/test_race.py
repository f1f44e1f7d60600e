"""No cell of a board ever has two topics, and none is lost, however many press at the same moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import HOUSE
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(6, 24), pytest.param(1_000, 32, marks=pytest.mark.soak)])
def test_no_cell_has_two_topics_and_none_is_lost(house: House, tmp_path: Path, rounds: int, size: int) -> None:
    url = house.state.copy("racing_board", tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.forum.racing", url, str(tmp_path), str(rounds), str(size), "7"],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=7_200,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    print(f"{rounds} rounds of {size} acts, {run.stdout.strip()} refused")

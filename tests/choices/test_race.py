"""A ballot that comes while a choice stops is in wholly, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import HOUSE
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(4, 16), pytest.param(1_000, 24, marks=pytest.mark.soak)])
def test_a_ballot_is_in_wholly_or_not_at_all_when_the_choice_stops(
    house: House, tmp_path: Path, rounds: int, size: int
) -> None:
    url = house.state.copy("racing_choice", tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.choices.racing", url, str(tmp_path), str(rounds), str(size), "7"],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=7_200,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    print(f"{rounds} rounds of {size} ballots, {run.stdout.strip()} refused")

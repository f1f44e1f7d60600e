"""Whoever is killed while the notes of a session are saved: what is sent again stands once, and nothing is half written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import HOUSE
from tests.support.house import House


@pytest.mark.both_engines
@pytest.mark.parametrize("trials", [12, pytest.param(200, marks=pytest.mark.soak)])
def test_what_is_sent_again_stands_once_wherever_the_process_was_killed(
    house: House, tmp_path: Path, trials: int
) -> None:
    url = house.state.copy("killed_notes", tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "tests.notes.killed_writer", url, str(tmp_path), str(trials), "7"],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=7_200,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    killed, *faults = run.stdout.splitlines()
    assert faults == []
    assert int(killed) == trials - 2, "a process ended before it was killed"

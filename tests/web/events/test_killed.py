"""Whoever is killed while a place is given back, given on, reminded of and written about: each is told each thing once."""

import email
import email.policy
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app import HOUSE
from tests.support.house import House

CAUSE = re.compile(r"cause (\w+)\.")


def count_messages(contents: list[bytes]) -> Counter[tuple[str, str, str]]:
    """Count the mails by meeting, address and what they say; a repeat of the same message to the last byte is one."""
    found: Counter[tuple[str, str, str]] = Counter()
    for content in set(contents):
        message = email.message_from_bytes(content, policy=email.policy.default)
        [cause] = CAUSE.findall(message["Subject"])
        found[cause, message["To"].split("@")[0][-1], message["Subject"].split(" – ")[0]] += 1
    return found


@pytest.mark.both_engines
@pytest.mark.parametrize("trials", [8, pytest.param(200, marks=pytest.mark.soak)])
def test_each_is_told_once_whoever_is_killed_at_any_step(house: House, post: Any, tmp_path: Path, trials: int) -> None:
    office, url = post(tls="none", asks_password=False), house.state.copy("killed_events", tmp_path)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.web.events.killed_worker",
            url,
            str(tmp_path),
            str(office.port),
            str(trials),
            "7",
        ],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=7_200,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) == trials, "a process ended before it was killed"
    told = [("2", "Votre place est rendue"), ("1", "Vous avez une place"), ("1", "Rappel")]
    causes = ("first", "second", *map(str, range(trials)))
    assert count_messages(office.messages) == {(cause, who, what): 1 for cause in causes for who, what in told}

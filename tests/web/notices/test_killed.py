"""A worker that is killed at any moment loses no mail, and each cause is one message, however often it comes."""

import email
import email.policy
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from app import HOUSE
from tests.support.house import House
from tests.web.notices.killed_worker import CAUSES

CAUSE = re.compile(r"cause (\w+ \d)\.")


def messages_by_cause(contents: list[bytes]) -> dict[str, set[bytes]]:
    """Return the mails of each cause; a repeat of the same message to the last byte is one."""
    found = defaultdict(set)
    for content in contents:
        message = email.message_from_bytes(content, policy=email.policy.default)
        text = message.get_body(("plain",))
        assert text is not None
        [cause] = CAUSE.findall(text.get_content())
        found[cause].add(content)
    return dict(found)


@pytest.mark.both_engines
@pytest.mark.parametrize("trials", [10, pytest.param(200, marks=pytest.mark.soak)])
def test_each_cause_is_one_message_with_the_worker_killed_at_any_step(
    house: House, post: Any, tmp_path: Path, trials: int
) -> None:
    office, url = post(tls="none", asks_password=False), house.state.copy("killed_worker", tmp_path)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.web.notices.killed_worker",
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
        timeout=600,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert int(run.stdout) == trials, "a worker ended before it was killed"
    found = messages_by_cause(office.messages)
    assert found.keys() == {
        f"{trial} {n}" for trial in ("first", "second", *map(str, range(trials))) for n in range(CAUSES)
    }
    assert all(len(messages) == 1 for messages in found.values())

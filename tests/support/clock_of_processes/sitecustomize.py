"""Python runs this first in each process that a run at another time starts (`tests/support/clock.py`)."""

import os
import time

import time_machine

SHIFT = "REFLEXE_TEST_SHIFT"
"""The setting that says by how many seconds the clock of a run is ahead."""


def travel() -> None:
    """Move the clock of this process; what starting took counts, so that processes agree on the time."""
    traveller = time_machine.travel(time.time(), tick=True).start()
    traveller.shift(time_machine.escape_hatch.time.time() + float(os.environ[SHIFT]) - time.time())


if __name__ == "sitecustomize":
    travel()

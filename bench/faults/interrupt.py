"""Send a signal as soon as an upgrade is at a step: `python -m bench.faults.interrupt FILE STEP SIGNAL UPGRADE PID`.

It is a process of its own, which does nothing else, since some steps last for milliseconds.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path


def read_step(file: Path) -> str:
    """Return the step that an upgrade noted, or nothing."""
    try:
        return str(json.loads(file.read_text())["step"])
    except (OSError, ValueError, KeyError):
        return ""


def start(file: Path, step: str, by: signal.Signals, upgrade: int, pid: int) -> None:
    """Do it, and wait until it is done."""
    command = [sys.executable, "-m", "bench.faults.interrupt", str(file), step, by.name, str(upgrade), str(pid)]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=False, stderr=subprocess.DEVNULL)


def main(file: Path, step: str, by: signal.Signals, upgrade: int, pid: int) -> None:
    """Send the signal: Ctrl+C goes to all that the terminal started, as it does for a person."""
    while read_step(file) != step:
        os.kill(upgrade, 0)
    os.killpg(pid, by) if by is signal.SIGINT else os.kill(pid, by)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], signal.Signals[sys.argv[3]], *map(int, sys.argv[4:]))

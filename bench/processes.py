"""What processes of this machine use, read from /proc: CPU and memory. Elsewhere than on Linux, nothing is known."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """Return a process and those that it started, and they in turn."""
    return [pid, *(below for child in _children(pid) for below in family(child))]


def _children(pid: int) -> list[int]:
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def seconds(pids: Iterable[int]) -> float:
    """Return the CPU that processes have used, to a hundredth of a second."""
    fields = [file.read_text().rpartition(")")[2].split() for file in _files(pids, "stat")]
    return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS


def memory(pid: int) -> dict[str, float]:
    """Return the megabytes of a process: resident (`Rss`), and its share of what it has with others (`Pss`)."""
    lines = [line.split() for file in _files([pid], "smaps_rollup") for line in file.read_text().splitlines()]
    return {line[0].rstrip(":"): int(line[1]) / 1024 for line in lines if line[0] in ("Rss:", "Pss:")}


def _files(pids: Iterable[int], name: str) -> list[Path]:
    return [file for pid in pids if (file := Path(f"/proc/{pid}/{name}")).exists()]

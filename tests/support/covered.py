"""What only a run of the suite that is covered can tell: that the code was walked through.

`make test` covers lines, `make cover` the branches of the files that must be walked wholly.
"""
import json
import tempfile
from pathlib import Path
from typing import Any

import coverage
import pytest

from app import HOUSE

LINES = 95.0
WHOLLY = (
    "policy.py", "/policy/", "app/core/permits.py",
    "app/admission/",
    "app/appeals/",
    "app/cases/",
    "app/contents/",
    "app/desk/",
    "app/journal/",
    "app/measures/",
    "app/merges/",
    "app/moves/",
    "app/statistics/",
    "app/votes/",
)


# These walk through everything, and say little of each line.
SWEEPS = ("tests/browser/", "tests/security/", "tests/test_")


class WithoutSweeps:
    """The plugin: coverage rests while a sweep runs."""

    def __init__(self, config: pytest.Config):
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        measurement = self._config.pluginmanager.getplugin("_cov").cov_controller
        is_sweep = item.nodeid.startswith(SWEEPS)
        if is_sweep and measurement.started:
            measurement.pause()
        elif not is_sweep and not measurement.started:
            measurement.resume()


def uncovered_lines() -> list[str]:
    """Say what falls short of the share of the lines of app/ that is asked for: the least covered."""
    figures = _read()
    totals, files = figures["totals"], figures["files"]
    share = 100 * totals["covered_lines"] / max(1, totals["num_statements"])
    if share >= LINES:
        return []
    worst = sorted(files.items(), key=lambda item: -len(item[1]["missing_lines"]))[:15]
    return [f"{share:.1f} % of the lines of app/, where {LINES:.0f} % are asked for; the least covered:", *(
        f"  {name}: {len(of_file['missing_lines'])} of {of_file['summary']['num_statements']}" for name, of_file in worst)]


def unwalked_branches() -> list[str]:
    """Name the lines and branches that no test walks through, in the files that must be walked wholly."""
    return [f"{name}: lines {figures['missing_lines']}, branches {figures['missing_branches']}"
            for name, figures in sorted(_read()["files"].items())
            if any(mark in name for mark in WHOLLY) and (figures["missing_lines"] or figures["missing_branches"])]


def _read() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        measurement = coverage.Coverage(config_file=str(HOUSE / "pyproject.toml"))
        measurement.load()
        measurement.json_report(outfile=str(file))
        figures: dict[str, Any] = json.loads(file.read_text())
    return figures

"""What only coverage can tell: that the tests walked through the code.

`make test` counts lines, `make cover` the branches of the files of law, which must be walked through wholly.
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
    "/policy.py",
    "/policy/",
    "app/core/permits.py",
    "app/contents/",
    "app/desk/",
    "app/journal/",
    "app/moderation/",
    "app/figures/",
    "app/votes/",
)
# These walk through everything, and say little of each line.
SWEEPS = ("tests/browser/", "tests/security/", "tests/test_")


class WithoutSweeps:
    """The plugin: coverage is paused while a sweep runs, its fixtures as well."""

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
    """Say that too few lines of app/ were walked through, and in which files; nothing when there are enough."""
    figures = _read_figures()
    totals, files = figures["totals"], figures["files"]
    share = 100 * totals["covered_lines"] / max(1, totals["num_statements"])
    if share >= LINES:
        return []
    worst = sorted(files.items(), key=lambda item: -len(item[1]["missing_lines"]))[:15]
    return [
        f"{share:.1f} % of the lines of app/, where {LINES:.0f} % are asked for; the least covered:",
        *(f"  {name}: {len(found['missing_lines'])} of {found['summary']['num_statements']}" for name, found in worst),
    ]


def unwalked_branches() -> list[str]:
    """Name the lines and branches of the files of law that no test walked through."""
    return [
        f"{name}: lines {figures['missing_lines']}, branches {figures['missing_branches']}"
        for name, figures in sorted(_read_figures()["files"].items())
        if any(mark in name for mark in WHOLLY) and (figures["missing_lines"] or figures["missing_branches"])
    ]


def _read_figures() -> dict[str, Any]:
    """Return what coverage measured, as its JSON report says it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        measurement = coverage.Coverage(config_file=str(HOUSE / "pyproject.toml"))
        measurement.load()
        measurement.json_report(outfile=str(file))
        figures: dict[str, Any] = json.loads(file.read_text())
    return figures

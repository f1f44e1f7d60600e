"""Where the time of a run went: printed before its last line, by folder of tests and by file."""

from collections import Counter
from pathlib import PurePath

import pytest

FOLDERS, FILES = 10, 8


class Slowest:
    """The plugin: add up the seconds of the tests, over all workers."""

    def __init__(self) -> None:
        self.folders: Counter[str] = Counter()
        self.files: Counter[str] = Counter()

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        file = PurePath(report.nodeid.split("::")[0])
        self.files[str(file)] += report.duration
        self.folders[str(file.parent)] += report.duration

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("slowest parts, in seconds of all workers")
        for parts, most in ((self.folders, FOLDERS), (self.files, FILES)):
            for part, seconds in parts.most_common(most):
                share = 100 * seconds / (parts.total() or 1)
                terminalreporter.line(f"{seconds:7.0f} s {share:3.0f} %  {part}")

"""What only a run of the whole suite can tell: that nothing was left out.

`make test` passes --whole: every template and every route was visited, and nearly every line was walked through. `make
cover` passes --covered: every branch of the files of law was.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, request_started
from flask.templating import DispatchingJinjaLoader

from app import HOUSE, create_app
from tests.support import coverage_rules
from tests.support.house import SETTINGS

SILENT = {"HEAD", "OPTIONS"}
# Served by an extension, not by us.
FOREIGN = ("/fs-static/",)


class Visits:
    """The templates that were loaded and the routes that were asked for, in this process."""

    def __init__(self) -> None:
        self.templates: set[str] = set()
        self.routes: set[str] = set()

    def watch(self) -> None:
        load = DispatchingJinjaLoader.get_source

        def get_source(loader: Any, environment: Any, template: str) -> Any:
            self.templates.add(template)
            return load(loader, environment, template)

        DispatchingJinjaLoader.get_source = get_source  # type: ignore[method-assign]
        request_started.connect(self._note, weak=False)

    def _note(self, _app: Flask, **_more: Any) -> None:
        if request.url_rule:
            self.routes.add(f"{request.method} {request.url_rule.rule}")


class WholeRun:
    """The plugin: workers send what they visited, the controller compares it with what there is."""

    def __init__(self, config: pytest.Config):
        self.config, self.visits = config, Visits()
        self.visits.watch()

    @pytest.hookimpl
    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["visits"] = [sorted(self.visits.templates), sorted(self.visits.routes)]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        output = getattr(node, "workeroutput", {})
        templates, routes = output.get("visits", ([], []))
        self.visits.templates.update(templates)
        self.visits.routes.update(routes)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[Any]:
        outcome = yield
        if not hasattr(self.config, "workerinput") and not self.config.option.collectonly:
            for name, check in self._checks().items():
                self._report(name, check())
        return outcome

    def _checks(self) -> dict[str, Callable[[], list[str]]]:
        if self.config.getoption("covered"):
            return {"every_branch_of_the_law_is_walked": coverage_rules.unwalked_branches}
        return {
            "lines_are_covered": coverage_rules.uncovered_lines,
            "every_template_is_rendered": lambda: sorted(templates() - self.visits.templates),
            "every_route_is_exercised": lambda: sorted(routes() - self.visits.routes),
        }

    def _report(self, name: str, missing: list[str]) -> None:
        text = f"{name.replace('_', ' ')}, but for:\n  " + "\n  ".join(missing) if missing else None
        self.config.hook.pytest_runtest_logreport(
            report=pytest.TestReport(
                nodeid=f"tests/support/whole_run.py::{name}",
                location=("tests/support/whole_run.py", 0, name),
                keywords={},
                outcome="failed" if missing else "passed",
                longrepr=text,
                when="call",
            )
        )


def templates() -> set[str]:
    """Name every template there is."""
    home = HOUSE / "templates"
    return {str(file.relative_to(home)) for file in home.rglob("*") if file.suffix in (".html", ".txt", ".xml")}


def routes() -> set[str]:
    """Name every method of every route there is."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=f"sqlite:///{folder}/none.db")
    rules = (rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(FOREIGN))
    return {f"{method} {rule.rule}" for rule in rules for method in (rule.methods or set()) - SILENT}

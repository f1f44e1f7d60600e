"""What only a run of the whole suite can tell: that no template and no route was left out (`make test` passes --whole)."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask, request, request_started
from jinja2 import DictLoader

from app import HOUSE, create_app
from tests.support.house import SETTINGS

SILENT = {"HEAD", "OPTIONS"}
# Served by an extension, not by us.
FOREIGN = ("/fs-static/",)
# These walk through every line, and say little of each.
SWEEPS = ("tests/browser/", "tests/large/", "tests/security/", "tests/test_")


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


class Visits:
    """The templates that were loaded and the routes that were asked for, in this process."""

    def __init__(self) -> None:
        self.templates: set[str] = set()
        self.routes: set[str] = set()

    def watch(self) -> None:
        load = DictLoader.get_source

        def get_source(loader: Any, environment: Any, template: str) -> Any:
            self.templates.add(template)
            return load(loader, environment, template)

        patch.object(DictLoader, "get_source", get_source).start()
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
            self._report("every_template_is_rendered", sorted(templates() - self.visits.templates))
            self._report("every_route_is_exercised", sorted(routes() - self.visits.routes))
        return outcome

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

"""On which engine a test runs, and with which of its examples; `docs/testing.md` says why."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.support.databases import ENGINES

# These are about who may do what, lists, counts, votes, imports, what a team lets appear, the work of an operator, or how a
# database is spoken to: they run on both, and in `make cover` with each of their examples.
ON_BOTH = (
    "tests/test_*.py",
    "tests/*law.py",
    "tests/*policy.py",
    "tests/*rights.py",
    "tests/*lists.py",
    "tests/*ways.py",
    "tests/*pages.py",
    "tests/*/test_*count*.py",
    "tests/cli/*",
    "tests/core/*",
    "tests/operations/*",
    "tests/exchange/*",
    "tests/votes/*",
    "tests/moderation/first_posts/*",
    "tests/plan/test_journal.py",
    "tests/web/moderation/test_unpublishing.py",
)
# Of them, these run on SQLite alone: they ask for pages, or do again what rooms do.
DOORS = tuple(
    Path(f"tests/{place}")
    for place in (
        "web",
        "security",
        "moderation/first_posts/held_revisions",
        "test_routes.py",
        "test_costs.py",
        "operations/test_demo.py",
    )
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=[*ENGINES, "both"], default="both", help="the database the tests run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that uses the application on SQLite, and on PostgreSQL what `docs/testing.md` names."""
    if "engine" not in metafunc.fixturenames:
        return
    choice, test = metafunc.config.getoption("engine"), metafunc.definition
    engines = ENGINES if choice == "both" else (choice,)
    path = test.path.relative_to(test.config.rootpath)
    is_of_doors = any(place in DOORS for place in (path, *path.parents))
    if choice == "both" and (is_of_doors or not _is_named(path)) and not test.get_closest_marker("both_engines"):
        engines = ("sqlite",)
    if test.get_closest_marker("one_engine") or "chromium" in metafunc.fixturenames:
        engines = ("sqlite",)
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL the examples that are marked so, and in `make cover` those that say the same of the law."""
    is_both, is_covered = config.getoption("engine") == "both", config.getoption("covered")
    chosen, left, seen = [], [], set()
    for item in items:
        name = item.nodeid.split("[")[0]
        is_marked = is_both and _is_on_postgresql(item) and item.get_closest_marker("one_engine")
        is_repeated = is_covered and name in seen and not _is_named(item.path.relative_to(config.rootpath))
        (left if is_marked or is_repeated else chosen).append(item)
        seen.add(name)
    config.hook.pytest_deselected(items=left)
    items[:] = chosen


def _is_on_postgresql(item: pytest.Item) -> bool:
    return (
        isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and item.callspec.params.get("engine") == "postgresql"
    )


def _is_named(path: Path) -> bool:
    return any(fnmatch(path.as_posix(), pattern) for pattern in ON_BOTH)

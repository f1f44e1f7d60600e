"""On which engine a test runs, and with which of its examples; `docs/testing.md` says why."""
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.support.databases import ENGINES

# These ask for pages, or do again what rooms do: PostgreSQL runs the SQL under them in the tests of its room, or is asked how it would.
DOORS = tuple(Path(f"tests/{place}") for place in (
    "web", "security", "admission/held_revisions", "test_routes.py", "test_costs.py", "operations/test_demo.py",
    "plan/test_statuses.py"))
# Each example of a test runs on both, and in `make cover`, where it is about who may do what, lists, counts, the work of an
# operator, imports, votes or what a team lets appear; of the other tests PostgreSQL is given the first example.
EVERY_EXAMPLE = (
    "tests/test_*.py", "tests/*law.py", "tests/*policy.py", "tests/*rights.py", "tests/*lists.py", "tests/*ways.py",
    "tests/*pages.py", "tests/*/test_*count*.py", "tests/cli/*", "tests/operations/*", "tests/exchange/*", "tests/votes/*",
    "tests/admission/*", "tests/plan/test_journal.py", "tests/web/moderation/test_unpublishing.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=[*ENGINES, "both"], default="both", help="the database the tests run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that uses the application on each engine, but what `docs/testing.md` leaves to SQLite."""
    if "engine" not in metafunc.fixturenames:
        return
    choice, test = metafunc.config.getoption("engine"), metafunc.definition
    engines = ENGINES if choice == "both" else (choice,)
    path = test.path.relative_to(test.config.rootpath)
    is_of_doors = any(place in DOORS for place in (path, *path.parents))
    if choice == "both" and is_of_doors and not test.get_closest_marker("both_engines"):
        engines = ("sqlite",)
    if test.get_closest_marker("one_engine") or "chromium" in metafunc.fixturenames:
        engines = ("sqlite",)
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out all examples of a test but the first, on PostgreSQL and in `make cover`, where they are not what it is about.

    PostgreSQL is given no example that is marked so either.
    """
    is_both, is_covered = config.getoption("engine") == "both", config.getoption("covered")
    chosen, left, seen = [], [], set()
    for item in items:
        name, is_postgresql = item.nodeid.split("[")[0], is_both and _is_on_postgresql(item)
        is_repeated = name in seen and not _is_of_every_example(item)
        is_left = is_postgresql and item.get_closest_marker("one_engine")
        (left if is_left or (is_repeated and (is_postgresql or is_covered)) else chosen).append(item)
        if is_postgresql or is_covered:
            seen.add(name)
    config.hook.pytest_deselected(items=left)
    items[:] = chosen


def _is_on_postgresql(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and hasattr(item, "callspec") and item.callspec.params.get("engine") == "postgresql"


def _is_of_every_example(item: pytest.Item) -> bool:
    path = item.path.relative_to(item.config.rootpath).as_posix()
    return bool(item.get_closest_marker("both_engines")) or any(fnmatch(path, pattern) for pattern in EVERY_EXAMPLE)

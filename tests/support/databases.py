"""Empty databases of either engine, and on which of them a test runs; `docs/testing.md` says why."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import postgresql

ENGINES = ("sqlite", "postgresql")


def new(engine: str, name: str, folder: Path) -> str:
    """Make an empty database; return its address."""
    if engine == "sqlite":
        return f"sqlite:///{folder / name}.db"
    postgresql.start()
    name = postgresql.own(name)
    postgresql.create(name)
    return postgresql.address(name)


# What asks for pages: the crawl reads each page and does each act on both engines.
DOORS = ("web", "security", "browser", "crawl")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=[*ENGINES, "both"], default="both", help="the database the tests run on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test of a room on both engines, one of a page on SQLite; a mark says otherwise."""
    if "engine" not in metafunc.fixturenames:
        return
    choice, test = metafunc.config.getoption("engine"), metafunc.definition
    engines = ENGINES if choice == "both" else (choice,)
    if choice == "both" and is_of_doors(test) and not test.get_closest_marker("both_engines"):
        engines = ("sqlite",)
    if test.get_closest_marker("one_engine") or "chromium" in metafunc.fixturenames:
        engines = ("sqlite",)
    metafunc.parametrize("engine", engines, indirect=True, scope="session")


def is_of_doors(test: pytest.Item) -> bool:
    return test.path.relative_to(test.config.rootpath / "tests").parts[0] in (*DOORS, "test_routes.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL the examples that are marked `one_engine`."""
    left = [item for item in items if item.get_closest_marker("one_engine") and _is_on_postgresql(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def _is_on_postgresql(item: pytest.Item) -> bool:
    example: Any = getattr(item, "callspec", None)
    return example is not None and example.params.get("engine") == "postgresql"

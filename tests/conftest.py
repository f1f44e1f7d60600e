"""Fixtures of the whole suite; `docs/testing.md` says how to use them."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "MAIL_URL",
    "SECRET_KEY",
    "SITE_URL",
    "DEMO",
    "REFLEXE_ENV",
    "DATA_DIR",
    "HSTS_SUBDOMAINS",
):
    os.environ.pop(name, None)

# Workers and the processes that tests start read what one of them compiled, whatever the shell asks for.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Databases are files that sync at each commit: in memory, where there is room, syncing costs nothing.
if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2**31:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

import hypothesis
import pytest

# Those that are imported here are plugins too.
pytest.register_assert_rewrite("tests.support")

from flask import Flask
from sqlalchemy import select, text

from app.accounts.models.people import User
from app.core import schema_guard
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.unit import unit
from tests.support import (
    catalogues,
    databases,
    network,
    post_office,
    postgresql,
    queries,
    signing,
    whole_run,
)
from tests.support.browser import Browser
from tests.support.clock import Clock, travelling
from tests.support.databases import ENGINES
from tests.support.house import House
from tests.support.mail import Outbox
from tests.support.make import Make
from tests.support.post_office import PostOffice

pytest_plugins = (
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.migrated_databases",
    "tests.support.make_plan",
    "tests.support.persons",
)
# An example takes microseconds: one that waits for its turn on a busy machine is not slow, one that never ends is.
hypothesis.settings.register_profile("suite", deadline=timedelta(seconds=5))
hypothesis.settings.load_profile("suite")
HOUSES = pytest.StashKey[dict[str, House]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="this is the whole suite, with --cov: fail on what it leaves out"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[HOUSES] = {}
    if config.getoption("whole"):
        if not config.pluginmanager.hasplugin("_cov"):
            raise pytest.UsageError("--whole counts lines: say --cov as well, as `make test` does")
        config.pluginmanager.register(whole_run.WholeRun(config), "whole")
        config.pluginmanager.register(whole_run.WithoutSweeps(config))
    if hasattr(config, "workerinput"):
        return
    catalogues.compile_stale()
    if getattr(config.option, "dist", "no") != "no" and config.getoption("engine") != "sqlite":
        postgresql.start()


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: there is always one that waits, for a browser, a server or a disk."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_collection_finish() -> None:
    _freeze()
    gc.set_threshold(20_000, 20, 50)


def _freeze() -> None:
    """What is there now stays to the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_outside_world() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.guard(patch)
        yield


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Name the engine this test runs on: sqlite or postgresql."""
    return str(request.param)


@pytest.fixture(scope="session")
def house(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Build the application of an engine once per process."""
    return _house(engine, request, tmp_path_factory)


@pytest.fixture(scope="session")
def houses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[House]:
    """The applications of both engines, for a test that compares them."""
    return [_house(engine, request, tmp_path_factory) for engine in ENGINES]


def _house(engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    stash = request.config.stash[HOUSES]
    if engine not in stash:
        folder = tmp_path_factory.mktemp(engine)
        stash[engine] = House(engine, folder, databases.new(engine, "reflexe", folder))
        _freeze()
    return stash[engine]


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The application, in its context, on a database in its reference state."""
    house.reset()
    with house.app.app_context():
        yield house.app
        db.session.remove()
    house.put_settings_back()


@pytest.fixture
def make(app: Flask) -> Make:
    """Rows for this test: make.user(), make.actor(), make.idea(), make.comment(), make.update(), …"""
    return Make()


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    """Open one more browser, that nobody signed in with."""
    return lambda: Browser(app)


@pytest.fixture
def visitor(new_browser: Callable[[], Browser]) -> Browser:
    """A browser of the public."""
    return new_browser()


@pytest.fixture
def sign_in(app: Flask, new_browser: Callable[[], Browser]) -> Callable[[User], Browser]:
    """Open a browser in which this person is signed in (by the code of the sign-in, without its form)."""

    def enter(user: User) -> Browser:
        browser = new_browser()
        signing.enter(app, browser, user.id)
        return browser

    return enter


@pytest.fixture
def people(make: Make) -> dict[str, Actor]:
    """One actor of every kind; `facilitator` has charge of the first community, `neighbour` of another."""
    with unit():
        users = {kind: make.new_user() for kind in ("member", "facilitator", "neighbour", "suspended")}
        users |= {role: make.new_user(role=role) for role in ("coordinator", "admin")}
        users["unconfirmed"] = make.new_user(is_confirmed=False)
        db.session.add_all(users.values())
        db.session.flush()
        make.facilitator(users["facilitator"], "securite-alimentaire")
        make.facilitator(users["neighbour"], "transport-collectif")
        make.restriction(users["suspended"])
    # All at once, what the commit forgot of them.
    db.session.scalars(select(User)).all()
    return {"anyone": ANYONE} | {kind: make.actor(user) for kind, user in users.items()}


@pytest.fixture(params=[pytest.param(True, id="sample"), pytest.param(False, id="all", marks=pytest.mark.soak)])
def is_sample(request: pytest.FixtureRequest) -> bool:
    """Tell whether a sweep keeps a sample, the same one each time, or goes through everything: it does so in the soak."""
    return bool(request.param)


@pytest.fixture
def count_queries(app: Flask) -> Any:
    """`with count_queries() as statements:` lists the statements sent to the database."""
    return queries.record_statements


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    """The mails written so far."""
    return Outbox()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The certificate of an authority, and that of the mail server it signed for."""
    return post_office.certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def post(certificates: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., PostOffice]]:
    """Open real mail servers, whose authority is trusted: `post(tls="required")`, `office.messages`."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    post_office.name_this_machine(monkeypatch, post_office.NAME, "other.example.org")
    with ExitStack() as offices:
        yield lambda **options: offices.enter_context(PostOffice(certificates[1], **options).open())


@pytest.fixture
def clock() -> Iterator[Clock]:
    with travelling() as clock:
        yield clock


@pytest.fixture
def sql(app: Flask) -> Callable[..., Any]:
    """Read with SQL what no query of ours shows."""

    def ask(statement: str, **values: Any) -> list[Any]:
        db.session.rollback()
        return list(db.session.execute(text(statement), values))

    return ask


@pytest.fixture
def end_process(monkeypatch: pytest.MonkeyPatch) -> mock.Mock:
    """What ends a process that meets another schema, replaced."""
    end = mock.Mock()
    monkeypatch.setattr(schema_guard, "_stops", [end])
    return end

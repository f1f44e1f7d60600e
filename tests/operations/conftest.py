"""A platform whose database may be replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.core import version
from app.core.db import db
from app.operations import releases, schema, upgrade_rehearsal
from tests.operations.release_folders import FORMER, NEW, OLD, Site, make
from tests.support import postgresql
from tests.support.house import SETTINGS, House
from tests.support.migration_cases import downgrade


@pytest.fixture
def platform(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A platform of its own, with its reference data, on a database that may be replaced."""
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=":")
    app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=house.state.copy("backup", tmp_path))
    with app.app_context():
        yield app
        schema.disconnect()
    app.extensions["huey"].storage.close()


@pytest.fixture
def site(platform: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site at a former version and its schema; the link leads there, and the program under test is the newer one."""
    site = Site(platform, tmp_path / "site")
    make(site.release(OLD), OLD)
    monkeypatch.setattr(version, "HOUSE", make(site.release(NEW), NEW))
    monkeypatch.setattr(releases, "_find_what_lacks", lambda _house: "")
    releases.move_link(site.link, site.release(OLD))
    # Nothing of ours listens there.
    monkeypatch.setitem(platform.config, "PORT", 1)
    downgrade(revision=FORMER)
    db.session.remove()
    return site


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the program that does the migrations on the copy: it takes seconds to start, and has tests of its own."""
    monkeypatch.setattr(upgrade_rehearsal, "_run", lambda _environment, _tell: {})

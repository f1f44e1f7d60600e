"""A restoration as a volunteer does it: the worker's copy, brought to another folder, closes who left before it answers anybody."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, text

from app import create_app
from app.accounts.models.people import User
from app.core import clock as product_clock
from app.core.db import db
from app.operations import backup, backup_notes, closed_accounts, erasures, schema
from tests.support import clock, forms, postgresql, terminal
from tests.support.house import SETTINGS, House
from tests.support.make import PASSWORD
from tests.support.network import free_port

pytestmark = pytest.mark.soak


class Visitor:
    """Somebody whose browser speaks to the real server."""

    def __init__(self, site: str):
        self.site = site
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def read(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self._opener.open(urljoin(self.site, path), timeout=terminal.PATIENCE), "html.parser")

    def submit(self, path: str, **typed: str) -> None:
        """Fill the form of a page and send it."""
        page = self.read(path)
        form = page.select_one("main form")
        assert form is not None
        values = urlencode(forms.initial_values(form, page, None) | typed, doseq=True).encode()
        request = urllib.request.Request(urljoin(urljoin(self.site, path), forms.destination(form, None)), values)
        request.add_header("Origin", self.site)
        try:
            self._opener.open(request, timeout=terminal.PATIENCE).close()
        except urllib.error.HTTPError as refusal:
            page = BeautifulSoup(refusal.read(), "html.parser")
            raise AssertionError(
                f"{refusal.code} {path}: {page.main and page.main.get_text(' ', strip=True)}"
            ) from refusal

    def close_account(self, email: str) -> None:
        self.submit("/login", email=email, password=PASSWORD)
        self.submit("/account/closing", password=PASSWORD)


def at(moment: datetime) -> dict[str, str]:
    """Return what gives a process the time that it is at a moment."""
    shift = (moment - datetime.now(UTC)).total_seconds()
    return {clock.SHIFT: str(shift), "PYTHONPATH": str(Path(clock.__file__).parent / "clock_of_processes")}


def environment(folder: Path, url: str, moment: datetime, **more: str) -> dict[str, str]:
    port = str(free_port())
    return terminal.environment(
        folder,
        url,
        SECRET_KEY=SETTINGS["SECRET_KEY"],
        PORT=port,
        SITE_URL=f"http://127.0.0.1:{port}",
        TYPING_SECONDS="0",
        **at(moment),
        **more,
    )


def create_user(settings: dict[str, str], email: str, name: str) -> None:
    options = ["--email", email, "--name", name, "--role", "member", "--password-stdin"]
    process = terminal.start(settings, "user", "create", *options, stdin=subprocess.PIPE)
    _out, err = process.communicate(PASSWORD, timeout=terminal.PATIENCE)
    assert process.returncode == 0, err


@contextmanager
def served(settings: dict[str, str]) -> Iterator[str]:
    with terminal.background_process(settings, "run", stderr=None):
        terminal.until(lambda: terminal.answers(f"{settings['SITE_URL']}/healthz"), "the site answers")
        yield settings["SITE_URL"]


@contextmanager
def on(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(**SETTINGS, DATA_DIR=folder, DATABASE_URL=url)
    with app.app_context():
        yield app
        schema.disconnect()
    app.extensions["huey"].storage.close()


def state(number: int) -> tuple[bool, int]:
    """Return whether an account is open, and how many attempts are kept, which serve for a day."""
    db.session.rollback()
    is_open = db.session.get_one(User, number).closed_at is None
    return is_open, int(db.session.scalar(text("SELECT count(*) FROM attempts")) or 0)


def test_what_was_closed_and_what_fell_due_since_a_copy_is_gone_before_the_first_answer(
    house: House, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=":")
    noon = product_clock.now().astimezone(product_clock.ZONE).replace(hour=12, minute=3)
    first, backups, url = tmp_path / "first", tmp_path / "backups", house.state.copy("drill", tmp_path)
    settings = environment(first, url, noon, BACKUP_DIR=str(backups))
    create_user(settings, "early@example.org", "Ève Tôt")
    create_user(settings, "late@example.org", "Lise Tardif")
    with on(url, first):
        numbers = tuple(db.session.scalars(select(User.id).order_by(User.id)))
    with served(settings) as site:
        with pytest.raises(AssertionError, match="422"):
            Visitor(site).submit("/login", email="late@example.org", password="une phrase oubliée")
        Visitor(site).close_account("early@example.org")
        terminal.until(lambda: backup_notes.read(backups).backups, "the worker makes the copy")
        Visitor(site).close_account("late@example.org")
        terminal.until(
            lambda: {one.id for one in closed_accounts.read(backups)} == set(numbers), "the worker lists who left"
        )

    elsewhere, second = tmp_path / "elsewhere", tmp_path / "second"
    elsewhere.mkdir()
    [copy] = [shutil.copy(file, elsewhere) for file in backups.glob("reflexe-*")]
    shutil.copy(backups / closed_accounts.FILE, elsewhere)
    other = f"sqlite:///{second}/other.db" if engine == "sqlite" else new_database()
    later = environment(second, other, noon + timedelta(hours=26))
    code, _out, told = terminal.finish(terminal.start(later, "restore", copy))
    assert code == 0 and "(1), and forgot what served its time" in told and "are open again" not in told

    with on(other, second) as app:
        assert state(numbers[1]) == (False, 0)
        # And where the restoration is killed before it closes anybody.
        with erasures.owed(second, [elsewhere]):
            backup.restore(Path(copy), app.config["DATA_DIR"])
        is_open, attempts = state(numbers[1])
        assert is_open and attempts > 0
        with terminal.background_process(later, "run", stderr=None):
            page = terminal.until(lambda: first_answer(f"{later['SITE_URL']}/members/{numbers[1]}"), "the first answer")
            assert "Lise Tardif" not in page and state(numbers[1])[0] is False
        assert not erasures.are_due(second)
    code, out, told = terminal.finish(terminal.start(later, "check", "--json"))
    assert {one["subject"]: one["grade"] for one in json.loads(out)}["database"] == "ok", told


def new_database() -> str:
    name = postgresql.own("drilled")
    postgresql.create(name)
    return postgresql.address(name)


def first_answer(address: str) -> str:
    """Return the first page that is given, whatever it says; nothing while nobody answers."""
    try:
        return urllib.request.urlopen(address, timeout=terminal.PATIENCE).read().decode()
    except urllib.error.HTTPError as answer:
        return answer.read().decode()
    except OSError:
        return ""

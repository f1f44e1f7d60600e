"""What the worker finds wrong is written once to those who administer, and once more when it is right again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask

from app.core import maintenance, schema_guard, smtp
from app.operations import alarms, backup_notes, check
from app.operations.alarms import Alarms
from app.operations.check import Finding
from app.web.site import upkeep
from tests.support.clock import Clock
from tests.support.mail import Outbox, text_of
from tests.support.make import Make

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
FULL, ROOM = Finding("disk", "wrong", "10 MB free"), Finding("disk", "ok", "9 GB free")
NONE, LATE = Finding("backups", "wrong", "none in /srv"), Finding("backups", "look", "none is sent elsewhere")


@pytest.fixture
def watch(
    app: Flask, tmp_path: Path, clock: Clock, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Any]]:
    """Have the worker look where this is found; return the mails that it wrote."""
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    clock.at(MONDAY)
    alarms.write(tmp_path, Alarms(looked_at=MONDAY.isoformat()))

    def look_until(now: datetime) -> None:
        """Have the worker look each hour until then, as one that was never away: nothing changed meanwhile."""
        told = alarms.read(tmp_path)
        if told.looked_at:
            alarms.write(tmp_path, replace(told, looked_at=now.isoformat()))

    def run(whole: list[Finding], of_backups: list[Finding], *, is_away: bool = False) -> list[Any]:
        monkeypatch.setattr(check, "examine", lambda _settings, _huey: [*whole, *of_backups])
        monkeypatch.setattr(check, "examine_backups", lambda _settings: of_backups)
        before = len(outbox)
        if not is_away:
            look_until(clock.now())
        upkeep.watch()
        return list(outbox)[before:]

    return run


def test_what_is_wrong_is_written_once_and_once_more_when_it_is_right_again(
    make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    french, english = make.user(role="admin"), make.user(role="admin", locale="en")
    make.user(role="coordinator")
    mails = watch([FULL], [LATE])
    assert [mail.recipient for mail in mails] == [french.email, english.email]
    assert "Ceci demande votre attention" in mails[0].text and "disk – 10 MB free" in mails[0].text
    assert "This needs your attention" in mails[1].text and "disk – 10 MB free" in mails[1].text
    assert "none is sent" not in mails[0].text and "ne demande plus" not in mails[0].text
    assert watch([FULL], [LATE]) == []
    clock.forward(days=1)
    assert watch([FULL], [LATE]) == []
    clock.forward(days=1)
    [mail, _other] = watch([ROOM], [LATE])
    assert "Ceci ne demande plus votre attention" in mail.text and "9 GB free" in mail.text
    assert "attention, ou" not in mail.text and "Faites de la place" not in mail.text
    clock.forward(days=1)
    assert watch([ROOM], [LATE]) == [] and len(watch([ROOM], [NONE])) == 2


def test_another_cause_of_what_is_wrong_already_is_written_once_too(
    make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    unsent, unmade = Finding("backups", "wrong", "no route", ("send",)), Finding("backups", "wrong", "full", ("make",))
    both = Finding("backups", "wrong", "full; no route", ("make", "send"))
    assert [len(watch([], [one])) for one in (unsent, unsent)] == [1, 0]
    [mail] = watch([], [both])
    assert "full; no route" in mail.text
    assert [len(watch([], [one])) for one in (both, unmade, both, LATE, unsent)] == [0, 0, 1, 1, 1]


def test_the_whole_is_examined_once_a_day_and_the_backups_each_time(
    make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    assert watch([], []) == []
    assert watch([FULL], []) == []
    [mail] = watch([FULL], [NONE])
    assert "none in /srv" in mail.text and "10 MB" not in mail.text
    clock.forward(days=1)
    [mail] = watch([FULL], [NONE])
    assert "10 MB" in mail.text and "none in /srv" not in mail.text


def test_a_file_of_what_was_told_that_is_damaged_is_begun_anew(
    app: Flask, make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    assert len(watch([FULL], [])) == 1
    (app.config["DATA_DIR"] / alarms.FILE).write_text("{")
    clock.forward(days=1)
    assert watch([FULL], []) == []
    clock.forward(hours=1)
    assert len(watch([FULL], [])) == 1


def test_a_worker_that_was_away_looks_an_hour_later_since_it_is_at_what_it_missed(
    app: Flask, make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    file = app.config["DATA_DIR"] / alarms.FILE
    file.unlink()
    assert watch([FULL], [NONE], is_away=True) == []
    clock.forward(hours=1)
    assert len(watch([FULL], [], is_away=True)) == 1
    clock.forward(days=7)
    assert watch([FULL], [NONE], is_away=True) == []
    clock.forward(hours=1)
    assert len(watch([FULL], [NONE], is_away=True)) == 1


def test_what_a_former_version_noted_as_told_is_not_told_again(
    app: Flask, make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    (app.config["DATA_DIR"] / alarms.FILE).write_text('{"told": {"disk": "10 MB free"}, "examined_on": "2026-03-01"}')
    assert watch([FULL], []) == []
    clock.forward(hours=1)
    assert watch([FULL], []) == []
    clock.forward(days=1)
    assert len(watch([ROOM], [])) == 1


def test_where_what_was_told_can_t_be_noted_it_is_told_once_a_day(
    make: Make, clock: Clock, watch: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.user(role="admin")

    def refuse(*_arguments: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(backup_notes, "write_whole", refuse)
    counts = []
    for _hour in range(26):
        counts.append(len(watch([FULL], [])))
        clock.forward(hours=1)
    assert counts == [1] + [0] * 13 + [1] + [0] * 11  # Ten in the morning, then midnight in the region.


def test_two_workers_on_one_folder_write_one_mail(
    app: Flask, make: Make, clock: Clock, watch: Callable[..., list[Any]]
) -> None:
    make.user(role="admin")
    file = app.config["DATA_DIR"] / alarms.FILE
    before = file.read_text()
    assert len(watch([FULL], [])) == 1
    file.write_text(before)
    assert watch([FULL], []) == []


def test_what_is_looked_at_no_longer_is_told_once(make: Make, clock: Clock, watch: Callable[..., list[Any]]) -> None:
    make.user(role="admin")
    trial = Finding("restore tried", "wrong", "row astray")
    assert len(watch([], [NONE, trial])) == 1
    clock.forward(days=1)
    away = Finding("database", "wrong", "it does not answer")
    [mail] = watch([away], [])
    assert "no longer" not in mail.text
    clock.forward(days=1)
    [mail] = watch([Finding("database", "ok", "sound")], [Finding("backups", "look", "BACKUP_DIR is none")])
    assert "restore tried – no longer looked at" in mail.text and "BACKUP_DIR is none" in mail.text
    clock.forward(days=1)
    assert watch([], []) == []


def test_a_site_that_is_well_writes_to_nobody(app: Flask, make: Make, tmp_path: Path, outbox: Outbox) -> None:
    make.user(role="admin")
    upkeep.watch()
    upkeep.back_up()
    assert len(outbox) == 0


@pytest.fixture
def left_closed(app: Flask, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Any]]:
    """Leave the site closed as an upgrade that was killed does; return what runs the job, and whom it wrote to."""
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    maintenance.close(tmp_path, why="migrate").release()
    sent = list[EmailMessage]()
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.example.org")
    monkeypatch.setattr(smtp, "post", lambda _server, message, *, name: sent.append(message))

    def look() -> list[EmailMessage]:
        before = len(sent)
        upkeep.watch_closed()
        return sent[before:]

    return look


def test_a_site_that_was_left_closed_is_told_once_past_the_outbox(
    app: Flask, make: Make, outbox: Outbox, left_closed: Callable[[], list[Any]], caplog: pytest.LogCaptureFixture
) -> None:
    admin = make.user(role="admin", locale="en")
    [message] = left_closed()
    assert message["To"] == admin.email and len(outbox) == 0
    assert "for a migration that did not end: run `reflexe migrate` again." in text_of(message)
    assert left_closed() == [] and caplog.text.count("Nobody is served") == 2, "the log says it each hour"
    with maintenance.closed(app.config["DATA_DIR"], why="migrate"):
        assert left_closed() == [] and caplog.text.count("Nobody is served") == 2, "somebody is at it"
    assert alarms.read(app.config["DATA_DIR"]).told.keys() == {"version"}, "that it is open again will be told"


def test_a_site_that_was_left_closed_is_told_again_when_no_mail_left_and_never_by_another_schema(
    make: Make, left_closed: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.user(role="admin")
    with monkeypatch.context() as patch:
        patch.setattr(smtp, "post", mock.Mock(side_effect=smtp.Unreachable("away")))
        assert left_closed() == []
    with monkeypatch.context() as patch:
        patch.setattr(schema_guard, "describe_other", lambda _url: "newer")
        assert left_closed() == []
    assert len(left_closed()) == 1

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.accounts.models.people import Profile
from app.accounts.models.sessions import AccountRequest
from app.core import clock as time
from app.core import dialect, heartbeat, jobs, maintenance
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import unit
from app.ideas.models import Idea
from app.moderation.cases.models import Case
from app.operations import check
from tests.support import files, outages
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make import Make


def examine(app: Flask, **settings: Any) -> dict[str, check.Finding]:
    db.session.rollback()
    findings = check.examine(app.config | settings, app.extensions["huey"])
    return {finding.subject: finding for finding in findings}


def test_a_sound_platform_has_nothing_wrong(app: Flask) -> None:
    assert {finding.grade for finding in examine(app).values()} == {"ok"}


def test_production_wants_https_a_mail_server_and_a_privacy_officer(app: Flask) -> None:
    found = examine(app, REFLEXE_ENV="production", PRIVACY_OFFICER_NAME="")
    wrong = {subject for subject, finding in found.items() if finding.grade == "wrong"}
    assert wrong == {"configuration", "mail transport", "privacy officer", "worker"}

    found = examine(app, REFLEXE_ENV="production", SITE_URL="https://reflexe.example.org", PRIVACY_OFFICER_NAME="")
    assert found["configuration"].grade == "ok"
    assert examine(app, PRIVACY_OFFICER_NAME="")["privacy officer"].grade == "look"


def test_a_counter_that_differs_is_wrong(app: Flask, make: Any) -> None:
    idea = make.idea()
    with unit():
        db.session.execute(update(Idea).where(Idea.id == idea.id).values(votes_count=3))
    assert "1 differ" in examine(app)["counters"].text


def test_a_profile_that_nobody_may_judge_is_said(app: Flask, make: Any) -> None:
    coordinator = make.user(role="coordinator")
    make.add(Case(profile_id=make.add(Profile(author_id=coordinator.id)).id))
    make.add(Profile(author_id=make.user().id, changed_at=time.now(), hidden_at=time.now()))
    found = examine(app)["decisions"]
    assert found.grade == "look" and found.text.startswith("1 wait") and "reflexe user change" in found.text
    make.user(role="coordinator")
    assert examine(app)["decisions"].grade == "ok"


def mail_row(make: Make, name: str, **columns: Any) -> Outgoing:
    mail: Outgoing = make.add(
        Outgoing(key=name, message_id=name, recipient=f"{name}@example.org", subject="s", text="t", html="h", **columns)
    )
    return mail


def test_a_mail_that_waits_tells_that_the_worker_is_away(app: Flask, make: Make) -> None:
    mail_row(make, "ana", due_at=time.now() - timedelta(hours=1))
    found = examine(app)["mails"]
    assert found.grade == "wrong" and "waiting for more than 15 minutes: 1 (is `reflexe worker` running?)" in found.text


def test_mails_that_did_not_leave_are_counted_with_the_last_trouble_and_the_last_success(
    app: Flask, make: Make
) -> None:
    now, soon = time.now(), {"due_at": time.now() + timedelta(minutes=5), "first_tried_at": time.now()}
    assert "none has left yet" in examine(app)["mails"].text
    mail_row(make, "ana", sent_at=datetime(2022, 2, 10, 12, 5, tzinfo=UTC))
    assert examine(app)["mails"] == check.Finding("mails", "ok", "the last left 2022-02-10 12:05 UTC")

    mail_row(make, "eli", error="450 full", **soon)
    assert "waiting for another try: 1; the last trouble: 450 full" in examine(app)["mails"].text
    mail_row(make, "zoe", refused_at=now, error="550 no", **soon)
    found = examine(app)["mails"]
    assert found.grade == "look" and "refused: 1 (`reflexe mail retry`" in found.text
    mail_row(make, "max", given_up_at=now, error="away", **soon)
    found = examine(app)["mails"]
    assert "given up after 4 days: 1" in found.text
    assert found.grade == "wrong", "three in a row did not leave, and none did since"
    mail_row(make, "lou", sent_at=time.now())
    assert examine(app)["mails"].grade == "look"


def test_the_mail_server_is_spoken_with_as_far_as_the_sender_and_gets_nothing(app: Flask, post: Any) -> None:
    def check_transport(url: str) -> tuple[str, str]:
        found = examine(app, MAIL_URL=url)["mail transport"]
        return found.grade, found.text

    office, clear = post(tls="required"), post(tls="none", asks_password=False)
    assert check_transport(office.url()) == (
        "ok",
        f"mail.example.org:{office.port} takes mails from reflexe@example.org, over TLS",
    )
    assert check_transport(office.url(password="un autre"))[0] == "wrong"
    assert check_transport(clear.url())[0] == "wrong", "a password, and no TLS"
    assert check_transport(clear.url(user=""))[0] == "look"
    assert check_transport(clear.url("localhost", user=""))[0] == "ok"
    assert office.messages == clear.messages == []
    office.answers["sender"] = "553 not yours"
    assert "refuses the sender" in check_transport(office.url())[1]
    assert check_transport("smtp://127.0.0.1:1")[0] == "wrong"


def test_what_was_asked_at_an_address_and_waits_tells_so_too(app: Flask, make: Any) -> None:
    request = make.add(AccountRequest(kind="reset", email="a@example.org"))
    assert examine(app)["mails"].grade == "ok"
    make.at(request, at=time.now() - timedelta(hours=1))
    assert examine(app)["mails"].grade == "wrong"


def test_a_queue_that_is_full_or_away_is_seen(app: Flask) -> None:
    with mock.patch.object(jobs, "count_waiting", return_value=5000):
        assert examine(app)["queue"].grade == "look"
    with mock.patch.object(jobs, "count_waiting", side_effect=ConnectionError):
        assert examine(app)["queue"].grade == "wrong"


def test_a_full_or_closed_disk_is_seen(app: Flask) -> None:
    with mock.patch("shutil.disk_usage", return_value=mock.Mock(free=10)):
        assert examine(app)["disk"].grade == "wrong"
    with mock.patch.object(Path, "write_bytes", side_effect=OSError("no")):
        assert examine(app)["disk"].grade == "wrong"


def test_a_schema_of_another_version_is_wrong_and_stops_what_needs_it(app: Flask) -> None:
    with unit():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    found = examine(app)
    assert "run `reflexe migrate`" in found["version"].text
    assert "counters" not in found


def test_a_database_that_is_away_is_wrong_and_the_rest_is_said(app: Flask) -> None:
    with outages.away():
        found = examine(app)
    assert (found["database"].grade, found["version"].grade) == ("wrong", "wrong")
    assert "\n" not in found["database"].text and {"queue", "disk"} <= found.keys()


def test_a_worker_that_died_is_seen(
    app: Flask, clock: Clock, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In production, a worker that never ran is wrong; elsewhere, only when something waits. The site stays ready."""

    def read_state() -> tuple[str, str, int, str]:
        found, answer = examine(app)["worker"], visitor.get("/readyz")
        return found.grade, found.text, answer.status_code, answer.text

    clock.at("2026-11-26")
    assert read_state()[::3] == ("ok", "ready\n")
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    assert read_state()[0] == "wrong" and read_state()[1].startswith("none ever ran here: start `reflexe worker`")
    heartbeat.beat()
    assert read_state()[::3] == ("ok", "ready\n")
    clock.forward(minutes=6)
    grade, text, code, ready = read_state()
    assert (grade, code) == ("wrong", 200) and text.startswith("none was seen since 2026-11-26 00:00 UTC")
    assert ready.splitlines() == ["ready", "worker: none was seen since 2026-11-26 00:00 UTC"]

    monkeypatch.setitem(app.config, "REFLEXE_ENV", "development")
    assert read_state()[0] == "ok"
    with unit():
        jobs.enqueue("mail")
    assert read_state()[0] == "wrong"
    heartbeat.beat()
    assert read_state()[0] == "ok"


@pytest.mark.one_engine
def test_a_lock_that_is_of_another_user_than_its_folder_is_wrong(
    app: Flask, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with maintenance.at_work(tmp_path):
        pass
    assert examine(app, DATA_DIR=tmp_path)["files"].grade == "ok"
    files.give_away(monkeypatch, tmp_path)
    found, lock = examine(app, DATA_DIR=tmp_path)["files"], tmp_path / maintenance.WORK
    assert found.grade == "wrong" and f"`chown --reference={tmp_path} {lock}`" in found.text
    files.give_away(monkeypatch, lock)
    assert examine(app, DATA_DIR=tmp_path)["files"].grade == "ok"


@pytest.mark.one_engine
def test_files_that_others_may_read_are_seen(app: Flask, tmp_path: Path, engine: str) -> None:
    (tmp_path / "old").touch(mode=0o644)
    (tmp_path / "old").chmod(0o644)
    assert examine(app, DATA_DIR=tmp_path)["files"].grade == "ok"
    tmp_path.chmod(0o755)
    found = examine(app, DATA_DIR=tmp_path)["files"]
    assert found.grade == "look" and f"chmod -R go= {tmp_path}" in found.text


@pytest.mark.one_engine
def test_a_row_without_its_parent_is_found(app: Flask, tmp_path: Path, engine: str) -> None:
    with db.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO facilitators (user_id, community_id, granted_at) VALUES (999, 999, '2026-01-01')")
        raw.execute("PRAGMA foreign_keys=ON")
    assert "no such" in examine(app)["database"].text


@pytest.mark.one_engine
def test_an_index_of_words_that_others_wrote_in_meanwhile_is_no_damage(app: Flask, make: Make, engine: str) -> None:
    """SQLite says so to a connection that wrote and searched, and remembers the index as it was."""
    make.idea(title="Un sentier")
    adding = text("INSERT INTO search_entries (id, kind, thing_id, text) VALUES (:id, 'x', :id, :text)")
    searching = text("SELECT rowid FROM search_words WHERE search_words MATCH 'sentier'")
    db.session.rollback()
    db.engine.dispose()
    with db.engine.connect() as theirs:
        db.session.execute(adding, {"id": -1, "text": " sentier # # "})
        db.session.commit()
        assert db.session.scalars(searching).all()
        db.session.rollback()
        for n in range(40):
            theirs.execute(adding, {"id": n, "text": f" sentier # # mot{n} "})
            theirs.commit()
        assert dialect.list_faults() == []

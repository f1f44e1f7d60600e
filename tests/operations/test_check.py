from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.core import clock, dialect, jobs
from app.core.db import db
from app.core.mail import TRIES, Outgoing
from app.core.unit import unit
from app.ideas.models import Idea
from app.operations import check


def examined(app: Flask, **settings: Any) -> dict[str, check.Finding]:
    db.session.rollback()
    findings = check.examine(app.config | settings, app.extensions["huey"])
    return {finding.subject: finding for finding in findings}


def test_a_sound_platform_has_nothing_wrong(app: Flask) -> None:
    assert {finding.grade for finding in examined(app).values()} == {"ok"}


def test_production_wants_https_a_mail_server_and_a_privacy_officer(app: Flask) -> None:
    found = examined(app, REFLEXE_ENV="production", PRIVACY_OFFICER_NAME="")
    wrong = {subject for subject, finding in found.items() if finding.grade == "wrong"}
    assert wrong == {"configuration", "mail transport", "privacy officer"}

    found = examined(app, REFLEXE_ENV="production", SITE_URL="https://reflexe.example.org", PRIVACY_OFFICER_NAME="")
    assert found["configuration"].grade == "ok"
    assert examined(app, PRIVACY_OFFICER_NAME="")["privacy officer"].grade == "look"


def test_a_counter_that_differs_is_wrong(app: Flask, make: Any) -> None:
    idea = make.idea()
    with unit():
        db.session.execute(update(Idea).where(Idea.id == idea.id).values(votes_count=3))
    assert "1 differ" in examined(app)["counters"].text


def test_a_mail_that_waits_tells_that_the_worker_is_away(app: Flask, make: Any) -> None:
    mail = make.add(Outgoing(key="k", recipient="a@example.org", subject="s", text="t", html="h",
                             due_at=clock.now() - timedelta(hours=1)))
    assert examined(app)["mails"].grade == "wrong"
    make.at(mail, tries=TRIES)
    assert examined(app)["mails"].grade == "look"


def test_a_mail_server_that_is_away_is_wrong(app: Flask) -> None:
    assert examined(app, MAIL_URL="smtp://127.0.0.1:1")["mail transport"].grade == "wrong"


def test_a_queue_that_is_full_or_away_is_seen(app: Flask) -> None:
    with mock.patch.object(jobs, "waiting", return_value=5000):
        assert examined(app)["queue"].grade == "look"
    with mock.patch.object(jobs, "waiting", side_effect=ConnectionError):
        assert examined(app)["queue"].grade == "wrong"


def test_a_full_or_closed_disk_is_seen(app: Flask) -> None:
    with mock.patch("shutil.disk_usage", return_value=mock.Mock(free=10)):
        assert examined(app)["disk"].grade == "wrong"
    with mock.patch.object(Path, "write_bytes", side_effect=OSError("no")):
        assert examined(app)["disk"].grade == "wrong"


def test_a_schema_of_another_version_is_wrong_and_stops_what_needs_it(app: Flask) -> None:
    with unit():
        db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    found = examined(app)
    assert "run `reflexe migrate`" in found["schema"].text
    assert "counters" not in found


def test_a_database_that_is_away_is_wrong_and_the_rest_is_said(app: Flask) -> None:
    with mock.patch.object(dialect, "is_alive", return_value=False), \
            mock.patch("app.operations.migrate.current", side_effect=check.DomainError("away")):
        found = examined(app)
    assert (found["database"].grade, found["schema"].grade) == ("wrong", "wrong")
    assert {"queue", "disk"} <= found.keys()


@pytest.mark.one_engine
def test_a_row_without_its_parent_is_found(app: Flask, tmp_path: Path, engine: str) -> None:
    with db.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("INSERT INTO facilitators (user_id, community_id, granted_at) VALUES (999, 999, '2026-01-01')")
        raw.execute("PRAGMA foreign_keys=ON")
    assert "no such" in examined(app)["database"].text

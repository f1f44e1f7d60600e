"""Each alarm as it arrives at a mail server: what is wrong and what to do in the words of its reader, then that it is over."""

import email
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask_babel import force_locale

from app.accounts import requests
from app.core import dialect, heartbeat, jobs, smtp
from app.events import retention
from app.forum.queries import faults
from app.moderation.measures import queries as measures
from app.operations import alarms, backup_folder, backup_notes, check, readiness, recount, schema, site_keys
from app.operations.alarms import Alarms
from app.operations.backup_notes import Notes
from app.plan.queries import statuses
from app.search.index import rebuild
from app.web.frame import mail
from app.web.site import alarm_words, upkeep
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.post_office import PostOffice

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
# Those that nobody is written to about: they deserve a look, and are never wrong.
LOOKS = {"decisions", "files"}
SUBJECTS = {
    "fr": ("Ce qui demande votre attention sur le site", "Ce qui ne demande plus votre attention sur le site"),
    "en": ("What needs your attention on the site", "What no longer needs your attention on the site"),
}
Fault = Callable[[pytest.MonkeyPatch, Flask], None]


def returns(owner: Any, name: str, value: Any) -> Fault:
    return lambda patch, _app: patch.setattr(owner, name, lambda *_arguments, **_options: value)


def fails(owner: Any, name: str, error: Exception) -> Fault:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise error

    return lambda patch, _app: patch.setattr(owner, name, fail)


def lose_the_disk(patch: pytest.MonkeyPatch, app: Flask) -> None:
    folder = app.config["DATA_DIR"] / "disk"
    backup_folder.note(app.config["DATA_DIR"], folder, last="reflexe-2026-03-01T0200.db")
    patch.setitem(app.config, "BACKUP_DIR", folder)


def lose_a_row(patch: pytest.MonkeyPatch, app: Flask) -> None:
    (folder := app.config["DATA_DIR"] / "tried").mkdir()
    backup_notes.write(
        folder, Notes(failures={"try": "A trial of the backup found a row of votes that leads nowhere."})
    )
    patch.setitem(app.config, "BACKUP_DIR", folder)


def be_in_production(patch: pytest.MonkeyPatch, app: Flask) -> None:
    patch.setitem(app.config, "REFLEXE_ENV", "production")
    patch.setitem(app.config, "PRIVACY_OFFICER_NAME", "")


# What the server says, and what makes it say so.
FAULTS: dict[str, tuple[str, Fault]] = {
    "configuration": ("SITE_URL is not https", be_in_production),
    "database": ("page 7 is damaged", returns(dialect, "list_faults", ["page 7 is damaged"])),
    "version": ("the database is at 0001", returns(schema, "describe_difference", "at 0001, not 0028")),
    "key": ("is not the key that this database", returns(site_keys, "is_known", False)),
    "counters": ("3 differ from their source", returns(recount, "list_differences", [1, 2, 3])),
    "plan": (
        "7 (planned, not done)",
        returns(
            statuses, "list_mismatches", [type("One", (), {"idea_id": 7, "status": "planned", "expected": "done"})]
        ),
    ),
    "search": (
        "differs from the texts of idea 7",
        returns(rebuild, "list_differences", [type("One", (), {"kind": "idea", "thing_id": 7})]),
    ),
    "journal": ("line 7 was changed", returns(measures, "list_journal_faults", ["line 7 was changed"])),
    "mails": ("waiting for more than 15 minutes: 7", returns(requests, "count_older_than", 7)),
    "forums": ("topic 7 is in a room", returns(faults, "list_faults", ["topic 7 is in a room of another forum"])),
    "registrations": ("7 rows of who came", returns(retention, "count_overdue", 7)),
    "backups": ("is its disk mounted?", lose_the_disk),
    "restore tried": ("leads nowhere", lose_a_row),
    "worker": ("none was seen", returns(readiness, "describe_absence", "none was seen since noon")),
    "queue": ("can't be reached", fails(jobs, "count_waiting", OSError("no route"))),
    "mail transport": ("refuses the password", fails(smtp, "visit", smtp.DeliveryError("it refuses the password"))),
    "disk": ("make room", lambda patch, _app: patch.setattr(check, "LEAST_DISK", 2**70)),
    "privacy officer": ("not named", be_in_production),
}


@pytest.fixture
def office(app: Flask, post: Callable[..., PostOffice], tmp_path: Path, clock: Clock, make: Make) -> PostOffice:
    """The mail server of a site with two administrators, whose worker was never away."""
    office = post()
    clock.at(MONDAY)
    app.config.update(MAIL_URL=office.url(), DATA_DIR=tmp_path)
    alarms.write(tmp_path, Alarms(looked_at=MONDAY.isoformat()))
    make.user(role="admin", email="fr@example.org")
    make.user(role="admin", email="en@example.org", locale="en")
    return office


def receive(office: PostOffice) -> dict[str, EmailMessage]:
    """Have the worker look and send; return what arrived meanwhile, by language."""
    before = len(office.messages)
    heartbeat.beat()
    upkeep.watch()
    mail.deliver()
    messages = [cast(EmailMessage, email.message_from_bytes(one, policy=default)) for one in office.messages[before:]]
    return {str(one["To"])[:2]: one for one in messages}


def bodies(message: EmailMessage) -> list[str]:
    """Return both parts of a mail as they are read, in lines and spaces of one kind."""
    return [" ".join(str(part.get_content()).replace("&#39;", "'").split()) for part in message.iter_parts()]


def words(subject: str, locale: str) -> tuple[str, str]:
    explanation = alarm_words.explain(subject)
    with force_locale("fr_CA" if locale == "fr" else "en_CA"):
        title, advice = (" ".join(str(text).split()) for text in (explanation.title, explanation.advice))
        return title, advice


@pytest.mark.parametrize("subject", FAULTS)
def test_an_alarm_arrives_in_the_words_of_its_reader_and_then_that_it_is_over(
    app: Flask, office: PostOffice, clock: Clock, subject: str
) -> None:
    said, fault = FAULTS[subject]
    with pytest.MonkeyPatch.context() as patch:
        fault(patch, app)
        wrong = receive(office)
    assert wrong.keys() == {"fr", "en"}
    over = until_the_next_day(office, clock)
    for locale, opens, closes in (
        (
            "fr",
            "Ceci demande votre attention, ou celle de qui s’occupe du serveur",
            "Ceci ne demande plus votre attention",
        ),
        ("en", "This needs your attention", "This no longer needs your attention"),
    ):
        title, advice = words(subject, locale)
        assert [str(one[locale]["Subject"]) for one in (wrong, over)] == [
            f"{text} – Réflexe DS" for text in SUBJECTS[locale]
        ]
        for body in bodies(wrong[locale]):
            assert opens in body and title in body and advice in body and said in body and closes not in body
            assert "reflexe check" in body and f"docs/backups{'.fr' if locale == 'fr' else ''}.md" in body
            assert "http://localhost" in body and "%(" not in body
        for body in bodies(over[locale]):
            assert closes in body and title in body and advice not in body and opens not in body


def until_the_next_day(office: PostOffice, clock: Clock) -> dict[str, EmailMessage]:
    """Return what arrives in the hours until all has been examined again."""
    arrived: dict[str, EmailMessage] = {}
    for _hour in range(14):
        clock.forward(hours=1)
        arrived |= receive(office)
    return arrived


def test_each_subject_that_can_be_wrong_has_its_words_and_its_mail(app: Flask) -> None:
    with pytest.MonkeyPatch.context() as patch:
        be_in_production(patch, app)
        patch.setitem(app.config, "BACKUP_DIR", app.config["DATA_DIR"] / "none")
        subjects = {one.subject for one in check.examine(app.config, app.extensions["huey"])} - LOOKS
    assert subjects == FAULTS.keys() == alarm_words.EXPLANATIONS.keys()


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_the_advice_on_a_version_names_no_command_that_a_stopped_upgrade_refuses(app: Flask, locale: str) -> None:
    with app.test_request_context():
        _title, advice = words("version", locale)
    assert "reflexe check" in advice and "reflexe migrate" not in advice

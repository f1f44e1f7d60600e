"""Examine a platform as a doctor would: what is well, what deserves a look, what is wrong."""
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from huey import Huey
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app.core import clock, dialect, jobs
from app.core.db import db
from app.core.errors import DomainError
from app.core.mail import TRIES, Outgoing
from app.moderation.queries import journal
from app.operations import migrate, recount

OVERDUE = timedelta(minutes=15)
CROWD = 500
LEAST_DISK = 500 * 1024 * 1024
PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One line of the report; `grade` is ok, look or wrong."""

    subject: str
    grade: str
    text: str


def examine(settings: Settings, huey: Huey) -> list[Finding]:
    """Give what was found, in the order in which an operator would put it right."""
    findings = [_configuration(settings), _database(), _schema()]
    if not any(finding.grade == "wrong" for finding in findings[1:]):
        findings += [_counters(), _journal(), _mails()]
    return [*findings, _queue(huey), _transport(settings), _disk(settings), _officer(settings)]


def _configuration(settings: Settings) -> Finding:
    mode = settings["REFLEXE_ENV"]
    if mode != "production":
        return Finding("configuration", "ok", f"{mode}, {settings['SITE_URL']}")
    if not settings["SITE_URL"].startswith("https://"):
        return Finding("configuration", "wrong", "SITE_URL is not https: cookies and passwords travel in clear")
    return Finding("configuration", "ok", f"production, {settings['SITE_URL']}")


def _database() -> Finding:
    try:
        faults = dialect.faults() if dialect.is_alive() else ["it does not answer"]
    except DBAPIError as error:
        faults = [str(error.orig).strip().splitlines()[0]]
    return Finding("database", "wrong", "; ".join(faults[:3])) if faults else Finding("database", "ok", "sound")


def _schema() -> Finding:
    try:
        current, head = migrate.current(), migrate.head()
    except DomainError:
        return Finding("schema", "wrong", "can't be read")
    if current != head:
        return Finding("schema", "wrong", f"at {current or 'nothing'}, not {head}: run `reflexe migrate`")
    return Finding("schema", "ok", f"at {head}")


def _counters() -> Finding:
    wrong = len(recount.differences())
    if wrong:
        return Finding("counters", "wrong", f"{wrong} differ from their source: run `reflexe recount --repair`")
    return Finding("counters", "ok", "each equals its recount")


def _journal() -> Finding:
    """Follow the chain of the public journal from its first line; its last hash, kept elsewhere, proves its end."""
    found = list(islice(journal.faults(), 3))
    if found:
        return Finding("journal", "wrong", "; ".join(found))
    number, last = journal.last()
    return Finding("journal", "ok", f"as it was written: {number} lines, the last is {last}")


def _mails() -> Finding:
    unsent = select(func.count()).where(Outgoing.sent_at.is_(None))
    given_up = db.session.scalar(unsent.where(Outgoing.tries >= TRIES)) or 0
    late = db.session.scalar(unsent.where(Outgoing.tries < TRIES, Outgoing.due_at < clock.now() - OVERDUE)) or 0
    if late:
        return Finding("mails", "wrong", f"{late} wait for more than 15 minutes: is `reflexe worker` running?")
    if given_up:
        return Finding("mails", "look", f"{given_up} were given up after {TRIES} tries")
    return Finding("mails", "ok", "none is late")


def _queue(huey: Huey) -> Finding:
    try:
        waiting = jobs.waiting(huey)
    except Exception as error:
        return Finding("queue", "wrong", f"can't be reached ({type(error).__name__})")
    if waiting > CROWD:
        return Finding("queue", "look", f"{waiting} jobs wait: is `reflexe worker` running?")
    return Finding("queue", "ok", f"{waiting} jobs wait")


def _transport(settings: Settings) -> Finding:
    """Knock at the mail server's door; nothing is sent."""
    if not settings["MAIL_URL"]:
        grade = "wrong" if settings["REFLEXE_ENV"] == "production" else "ok"
        return Finding("mail transport", grade, "MAIL_URL is not set: mails stay in DATA_DIR/mail")
    url = urlsplit(settings["MAIL_URL"])
    place = (url.hostname or "localhost", url.port or PORTS.get(url.scheme, 25))
    return _try("mail transport", f"{place[0]}:{place[1]}", lambda: socket.create_connection(place, 5).close())


def _try(subject: str, place: str, act: Callable[[], object]) -> Finding:
    try:
        act()
    except OSError as error:
        return Finding(subject, "wrong", f"{place}: {(error.strerror or str(error)).lower()}")
    return Finding(subject, "ok", f"{place} answers")


def _disk(settings: Settings) -> Finding:
    folder = settings["DATA_DIR"]
    free = shutil.disk_usage(folder).free
    text = f"{free / 1024**3:.1f} GB free in {folder}"
    if free < LEAST_DISK:
        return Finding("disk", "wrong", text)
    probe = folder / ".check"
    written = _try("disk", text, lambda: (probe.write_bytes(b"ok"), probe.unlink()))
    return Finding("disk", "ok", text) if written.grade == "ok" else written


def _officer(settings: Settings) -> Finding:
    """Law 25 of Québec wants the person in charge of personal information named on the site."""
    name, email = settings["PRIVACY_OFFICER_NAME"], settings["PRIVACY_OFFICER_EMAIL"]
    if name and email:
        return Finding("privacy officer", "ok", f"{name}, {email}")
    grade = "wrong" if settings["REFLEXE_ENV"] == "production" else "look"
    return Finding("privacy officer", grade, "not named: set PRIVACY_OFFICER_NAME and PRIVACY_OFFICER_EMAIL")

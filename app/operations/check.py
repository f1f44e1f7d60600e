"""Examine a platform as a doctor would: what is well, what deserves a look, what is wrong."""

import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parseaddr
from itertools import islice
from pathlib import Path
from typing import Any

from huey import Huey
from sqlalchemy.exc import DBAPIError

from app.accounts import requests
from app.core import dialect, jobs, keys, mail, maintenance, site_key, smtp, version
from app.core.mail import PATIENCE
from app.desk.queries import undecided
from app.journal import queries as journal
from app.moderation.measures import queries as measures
from app.operations import (
    backup_report,
    configuration,
    mails,
    outages,
    readiness,
    recount,
    schema,
    site_keys,
    upgrade_notes,
)
from app.operations.findings import SEVERAL, Finding, find_impossible, find_overdue, is_complete
from app.plan.queries import statuses
from app.search.index import rebuild

OVERDUE = timedelta(minutes=15)
CROWD = 500
LEAST_DISK = 500 * 1024 * 1024
Settings = Mapping[str, Any]


def examine(settings: Settings, huey: Huey) -> list[Finding]:
    """Return what was found, in the order in which an operator would put it right."""
    findings = [_configuration(settings), _database(), _version(settings)]
    if is_complete(findings):
        findings += [_key(settings), _counters(), *examine_plan(), _search(), _journal(), _decisions(), _mails()]
        findings += [find_impossible(), find_overdue()]
        findings.append(_worker(settings, huey))
        findings += examine_backups(settings)
    return [*findings, _queue(huey), _transport(settings), _disk(settings), _files(settings), _officer(settings)]


def examine_backups(settings: Settings) -> list[Finding]:
    """Return what is found of the backups that the worker makes, which is looked at more often than all else."""
    return [Finding(*line) for line in backup_report.describe(settings)]


def _configuration(settings: Settings) -> Finding:
    mode = settings["REFLEXE_ENV"]
    if mode != "production":
        return Finding("configuration", "ok", f"{mode}, {settings['SITE_URL']}")
    if not settings["SITE_URL"].startswith("https://"):
        return Finding("configuration", "wrong", "SITE_URL is not https: cookies and passwords travel in clear")
    return Finding("configuration", "ok", f"production, {settings['SITE_URL']}")


def _database() -> Finding:
    if schema.find_absent_file():
        return Finding("database", "wrong", f"there is no file {schema.find_absent_file()}")
    try:
        faults = dialect.list_faults() if dialect.is_alive() else ["it does not answer"]
    except DBAPIError as error:
        faults = [outages.explain(error) or outages.first_line(error.orig)]
    return Finding("database", "wrong", "; ".join(faults[:3])) if faults else Finding("database", "ok", "sound")


def _version(settings: Settings) -> Finding:
    """Compare the schema with that of the program, and say that an upgrade or another maintenance did not end."""
    try:
        difference = schema.describe_difference()
    except DBAPIError:
        return Finding("version", "wrong", f"{version.describe()}; the schema can't be read")
    upgrade = upgrade_notes.describe_unfinished(settings["DATA_DIR"])
    if upgrade:
        # What to do about it brings the schema there, too.
        is_wrong = difference or upgrade_notes.has_begun(settings["DATA_DIR"])
        return Finding("version", "wrong" if is_wrong else "look", f"{version.describe()}; {upgrade}")
    closure = _describe_closure(settings["DATA_DIR"])
    faults = [*([closure] if closure else []), *([f"the database is {difference}"] if difference else [])]
    if faults:
        return Finding("version", "wrong", "; ".join([version.describe(), *faults]))
    return Finding("version", "ok", f"{version.describe()}, schema {schema.get_head_revision()}")


def describe_unfinished(data_dir: Path) -> str:
    """Say what was begun and did not end, and what ends it; nothing while it goes on."""
    return upgrade_notes.describe_unfinished(data_dir) or _describe_closure(data_dir)


def _describe_closure(data_dir: Path) -> str:
    closure = maintenance.read(data_dir)
    return maintenance.describe(closure) if closure and not maintenance.is_held(data_dir) else ""


def _key(settings: Settings) -> Finding:
    """Tell whether the key of the site is that of its database, and what needs a former one still."""
    known = keys.get_keys(settings)
    need = site_keys.count_need(known)
    needs = site_keys.describe_need(need)
    if not site_keys.is_known(site_key.find_mark(), known):
        return Finding(
            "key",
            "wrong",
            "SECRET_KEY is not the key that this database was made with: put that one in "
            f"SECRET_KEY_FALLBACKS; if it is lost, `reflexe migrate --new-key`{'; '.join(['', *needs])}",
        )
    if needs:
        advice = "; keep SECRET_KEY_FALLBACKS meanwhile" if known.former else ""
        return Finding("key", "look" if need.unreadable else "ok", f"{'; '.join(needs)}{advice}")
    spare = ": SECRET_KEY_FALLBACKS may go a month after the change, when sessions are over" if known.former else ""
    return Finding("key", "ok", f"nothing in the database needs a former one{spare}")


def _counters() -> Finding:
    wrong = len(recount.list_differences())
    if wrong:
        return Finding("counters", "wrong", f"{wrong} differ from their source: run `reflexe recount --repair`")
    return Finding("counters", "ok", "each equals its recount")


def examine_plan() -> list[Finding]:
    """Compare the step of each linked idea with the one that follows from its actions, and name those that differ."""
    found = list(statuses.list_mismatches())
    if not found:
        return [Finding("plan", "ok", "each linked idea is where its actions are")]
    names = ", ".join(f"{one.idea_id} ({one.status}, not {one.expected})" for one in found[:SEVERAL])
    more = f" and {len(found) - SEVERAL} more" if len(found) > SEVERAL else ""
    return [
        Finding(
            "plan",
            "wrong",
            f"ideas that are not where their actions are: {names}{more}: run `reflexe recount --repair`",
        )
    ]


def _search() -> Finding:
    """Compare the index of search with the texts."""
    found = list(rebuild.list_differences())
    if not found:
        return Finding("search", "ok", "the index holds what is published")
    names = ", ".join(f"{one.kind} {one.thing_id}" for one in found[:SEVERAL])
    more = f" and {len(found) - SEVERAL} more" if len(found) > SEVERAL else ""
    return Finding("search", "wrong", f"the index differs from the texts of {names}{more}: run `reflexe reindex`")


def _journal() -> Finding:
    """Follow the chain of the public journal from its first line; its last hash, kept elsewhere, proves its end."""
    faults = list(islice(measures.list_journal_faults(), 3))
    if faults:
        return Finding("journal", "wrong", "; ".join(faults))
    number, last = journal.get_last_line()
    return Finding("journal", "ok", f"as it was written: {number} lines, the last is {last}")


def _decisions() -> Finding:
    """Count what nobody may decide on, since nobody decides on what they wrote or reported."""
    count = undecided.count_undecided()
    if count:
        return Finding(
            "decisions",
            "look",
            f"{count} wait for somebody who neither wrote nor reported them: name "
            "another facilitator, in a community, or coordinator (`reflexe user change --role`)",
        )
    return Finding("decisions", "ok", "each has somebody to take it")


def _mails() -> Finding:
    """Tell what did not leave, why, and when a mail last did: without mails, nobody can open an account."""
    tally = mails.count_mails(OVERDUE)
    parts = [f"the last left {tally.last_sent_at:%Y-%m-%d %H:%M} UTC" if tally.last_sent_at else "none has left yet"]
    late = tally.late_count + requests.count_older_than(OVERDUE)
    if late:
        parts.append(f"waiting for more than 15 minutes: {late} (is `reflexe worker` running?)")
    if tally.put_off_count:
        parts.append(f"waiting for another try: {tally.put_off_count}")
    if tally.refused_count:
        parts.append(f"refused: {tally.refused_count} (`reflexe mail retry` tries them again)")
    if tally.given_up_count:
        parts.append(f"given up after {PATIENCE.days} days: {tally.given_up_count} (`reflexe mail retry`)")
    trouble = mails.find_last_trouble()
    if trouble:
        parts.append(f"the last trouble: {trouble}")
    grade = "look" if tally.put_off_count or tally.refused_count or tally.given_up_count else "ok"
    return Finding("mails", "wrong" if late or tally.failed_count >= SEVERAL else grade, "; ".join(parts))


def _worker(settings: Settings, huey: Huey) -> Finding:
    absence = readiness.describe_absence(huey, is_production=settings["REFLEXE_ENV"] == "production")
    if absence:
        return Finding("worker", "wrong", f"{absence}: start `reflexe worker`, or restart it, then read its log")
    return Finding("worker", "ok", "at work, or nothing waits for it")


def _queue(huey: Huey) -> Finding:
    try:
        waiting = jobs.count_waiting(huey)
    except Exception as error:
        return Finding("queue", "wrong", f"can't be reached ({outages.first_line(error)})")
    if waiting > CROWD:
        return Finding("queue", "look", f"{waiting} jobs wait: is `reflexe worker` running?")
    return Finding("queue", "ok", f"{waiting} jobs wait")


def _transport(settings: Settings) -> Finding:
    """Speak with the mail server as far as naming the sender; nothing is sent."""
    if not settings["MAIL_URL"]:
        return _no_transport(settings)
    server, sender = smtp.server_at(settings["MAIL_URL"]), parseaddr(mail.get_sender(settings))[1]
    try:
        is_private = smtp.visit(server, sender=sender, name=mail.get_host(settings))
    except smtp.DeliveryError as trouble:
        return Finding("mail transport", "wrong", str(trouble))
    if not is_private and not server.is_local:
        return Finding("mail transport", "look", f"{server} offers no TLS: whoever is between reads the links of mails")
    return Finding("mail transport", "ok", f"{server} takes mails from {sender}{', over TLS' if is_private else ''}")


def _no_transport(settings: Settings) -> Finding:
    if settings["REFLEXE_ENV"] == "production":
        return Finding("mail transport", "wrong", "MAIL_URL is not set: mails wait in the outbox")
    return Finding("mail transport", "ok", "MAIL_URL is not set: mails are files of DATA_DIR/mail")


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
        return Finding("disk", "wrong", f"{text}: make room")
    probe = folder / ".check"
    finding = _try("disk", text, lambda: (probe.write_bytes(b"ok"), probe.unlink()))
    return Finding("disk", "ok", text) if finding.grade == "ok" else finding


def _files(settings: Settings) -> Finding:
    """Look for a lock that the site can't take, and for files that others may read, as former versions let them."""
    lock = maintenance.find_foreign(settings["DATA_DIR"])
    if lock:
        return Finding(
            "files",
            "wrong",
            f"{lock} is of another user than its folder, so that nobody who closes the site knows who is at work: run "
            f"`chown --reference={lock.parent} {lock}` as root",
        )
    paths = configuration.open_to_others(settings["DATA_DIR"], dialect.database_file())
    if paths:
        is_inside = paths[0].is_relative_to(settings["DATA_DIR"])
        arguments = f"-R go= {settings['DATA_DIR']}" if is_inside else f"go= {paths[0]}"
        return Finding("files", "look", f"others may read {paths[0]}: run `chmod {arguments}`")
    return Finding("files", "ok", "readable by their owner alone")


def _officer(settings: Settings) -> Finding:
    """Law 25 of Québec wants the person in charge of personal information named on the site."""
    name, email = settings["PRIVACY_OFFICER_NAME"], settings["PRIVACY_OFFICER_EMAIL"]
    if name and email:
        return Finding("privacy officer", "ok", f"{name}, {email}")
    grade = "wrong" if settings["REFLEXE_ENV"] == "production" else "look"
    return Finding("privacy officer", grade, "not named: set PRIVACY_OFFICER_NAME and PRIVACY_OFFICER_EMAIL")

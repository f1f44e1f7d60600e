"""Tell whether this process can serve now: what a load balancer or a monitor asks every few seconds."""

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from huey import Huey

from app.core import clock, dialect, heartbeat, jobs, mail
from app.operations import outages

LEAST_DISK = 50 * 1024 * 1024


def list_failures(data_dir: Path, huey: Huey) -> list[str]:
    """Name what does not answer, among database, queue and disk; empty when all is well."""
    parts: dict[str, Callable[[], bool]] = {
        "database": dialect.is_alive,
        "queue": lambda: jobs.count_waiting(huey) >= 0,
        "disk": lambda: shutil.disk_usage(data_dir).free >= LEAST_DISK and os.access(data_dir, os.W_OK),
    }
    return [name for name, answers in parts.items() if not _holds(answers)]


def _holds(answers: Callable[[], bool]) -> bool:
    try:
        return answers()
    except Exception:
        return False


LATELY = timedelta(minutes=5)


def describe_absence(huey: Huey, *, is_production: bool) -> str:
    """Say since when no worker was seen; nothing when one was, or, out of production, when nothing waits for it.

    The site serves all the same, so what keeps this from being known is said, and raises nothing.
    """
    try:
        return _absence(huey, is_production)
    except Exception as error:
        return f"not known ({outages.first_line(error)})"


def _absence(huey: Huey, is_production: bool) -> str:
    last_seen_at = heartbeat.find_last()
    if last_seen_at is not None and last_seen_at > clock.now() - LATELY:
        return ""
    if not is_production and not (mail.list_due_ids() or jobs.count_waiting(huey)):
        return ""
    return f"none was seen since {last_seen_at:%Y-%m-%d %H:%M} UTC" if last_seen_at else "none ever ran here"

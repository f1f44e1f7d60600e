"""Tell whether this process can serve now: what a load balancer or a monitor asks every few seconds."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from huey import Huey

from app.core import dialect, jobs

LEAST_DISK = 50 * 1024 * 1024


def failing(data_dir: Path, huey: Huey) -> list[str]:
    """Name what does not answer, among database, queue and disk; empty when all is well."""
    parts: dict[str, Callable[[], bool]] = {
        "database": dialect.is_alive,
        "queue": lambda: jobs.waiting(huey) >= 0,
        "disk": lambda: shutil.disk_usage(data_dir).free >= LEAST_DISK and os.access(data_dir, os.W_OK),
    }
    return [name for name, answers in parts.items() if not _holds(answers)]


def _holds(answers: Callable[[], bool]) -> bool:
    try:
        return answers()
    except Exception:
        return False

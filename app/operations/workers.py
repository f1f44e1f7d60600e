"""Tell whether somebody does what waits: a worker that died says nothing itself."""

from datetime import timedelta

from huey import Huey

from app.core import clock, heartbeat, jobs, mail
from app.operations import outages

LATELY = timedelta(minutes=5)


def absence(huey: Huey, *, is_production: bool) -> str:
    """Say since when no worker was seen; nothing when one was, or, out of production, when nothing waits for it.

    The site serves all the same, so what keeps this from being known is said, and raises nothing.
    """
    try:
        return _absence(huey, is_production)
    except Exception as error:
        return f"not known ({outages.first_line(error)})"


def _absence(huey: Huey, is_production: bool) -> str:
    last_seen_at = heartbeat.last()
    if last_seen_at is not None and last_seen_at > clock.now() - LATELY:
        return ""
    if not is_production and not (mail.waiting() or jobs.waiting(huey)):
        return ""
    return f"none was seen since {last_seen_at:%Y-%m-%d %H:%M} UTC" if last_seen_at else "none ever ran here"

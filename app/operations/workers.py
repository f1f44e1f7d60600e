"""Tell whether somebody does what waits: a worker that died says nothing itself."""
from datetime import timedelta

from huey import Huey

from app.core import clock, heartbeat, jobs, mail

LATELY = timedelta(minutes=5)


def absence(huey: Huey, *, is_production: bool) -> str:
    """Say since when no worker was seen; nothing when one was, or, out of production, when nothing waits for it."""
    seen = heartbeat.last()
    if seen is not None and seen > clock.now() - LATELY:
        return ""
    if not is_production and not (mail.waiting() or jobs.waiting(huey)):
        return ""
    return f"none was seen since {seen:%Y-%m-%d %H:%M} UTC" if seen else "none ever ran here"

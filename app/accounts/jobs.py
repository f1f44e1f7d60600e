"""What the worker does for accounts."""

from app.accounts import administration, limits, registrations, service, sessions


def purge() -> None:
    """Forget what has served its time: unused sessions, old attempts, what nobody confirmed, old readings."""
    sessions.purge()
    limits.purge()
    service.purge()
    registrations.purge()
    administration.forget_old_accesses()

"""What the worker does for accounts."""
from app.accounts import administration, limits, service, sessions


def purge() -> None:
    """Forget what has served its time: unused sessions, old attempts, accounts that nobody confirmed, old readings."""
    sessions.purge()
    limits.purge()
    service.purge()
    administration.forget_old_accesses()

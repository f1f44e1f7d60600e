"""What the worker does for accounts."""
from app.accounts import limits, service, sessions


def purge() -> None:
    """Forget what has served its time: unused sessions, old attempts, accounts that nobody confirmed."""
    sessions.purge()
    limits.purge()
    service.purge()

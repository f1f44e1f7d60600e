"""A lock of the system on a file: one process holds it, or several share it, and one that dies leaves it.

Windows has none, nor have some disks: there nobody is kept out.
"""

import os
import time
from importlib import import_module
from pathlib import Path
from typing import Any

fcntl: Any = import_module("fcntl") if os.name == "posix" else None
# In seconds: how often a lock is asked for while it is waited for, and how long somebody who only looks may hold it.
OFTEN, LOOK = 0.05, 1.0


def take(descriptor: int, *, is_shared: bool = False, patience: float = 0) -> bool:
    """Tell whether the lock is ours, within so many seconds; it is until the descriptor is closed."""
    limit = time.monotonic() + patience
    while not _try(descriptor, is_shared):
        if time.monotonic() >= limit:
            return False
        time.sleep(OFTEN)
    return True


def _try(descriptor: int, is_shared: bool) -> bool:
    try:
        if fcntl:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def is_held(file: Path) -> bool:
    """Tell whether somebody holds the lock of a file alone; where there are no locks, nobody is known to have ended.

    Whoever looks keeps nobody out for more than a moment.
    """
    if fcntl is None:
        return file.exists()
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:
        return False
    try:
        # Shared, so that two who look at once don't take one another for somebody who holds it.
        return not take(descriptor, is_shared=True)
    finally:
        os.close(descriptor)

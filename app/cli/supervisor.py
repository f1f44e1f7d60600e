"""What a supervisor such as systemd is told: that a program is ready, that it is still well, that it stops.

The protocol is that of sd_notify(3): words sent to the socket that NOTIFY_SOCKET names. Without it nothing is done.
"""

import http.client
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

# In seconds: how often it is tried until it is well, and afterwards where the supervisor has no watchdog.
SOON, OFTEN = 1.0, 30.0
# In seconds: how long the site may take to answer that it is there.
PATIENCE = 10.0


def tell(*words: str) -> None:
    """Send words to the supervisor, if there is one; one that is away stops nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        channel.sendall("\n".join(words).encode())


def watch(is_well: Callable[[], bool]) -> None:
    """Say that the program is ready once it is well, and then again and again for as long as it is."""
    if os.environ.get("NOTIFY_SOCKET"):
        threading.Thread(target=_watch, args=(is_well,), daemon=True).start()


def _watch(is_well: Callable[[], bool]) -> None:
    while not is_well():
        time.sleep(SOON)
    tell("READY=1")
    while True:
        time.sleep(_find_pause())
        if is_well():
            tell("WATCHDOG=1")


def _find_pause() -> float:
    """Return how long to wait between two signs of life: a third of what the watchdog allows (sd_watchdog_enabled)."""
    allowed = os.environ.get("WATCHDOG_USEC", "")
    return int(allowed) / 1_000_000 / 3 if allowed.isdecimal() and int(allowed) else OFTEN


def answers(host: str, port: int) -> bool:
    """Tell whether a process of the site answers on its address."""
    connection = http.client.HTTPConnection(_find_own(host), port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _find_own(host: str) -> str:
    """Return the address at which a machine reaches what listens on all of its own."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)

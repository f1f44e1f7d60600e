"""The site as whoever asks it at HOST:PORT of this machine finds it: open, closed, silent, or not there."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

# In seconds: how long a machine that is busy may take to answer, and how often one that begins is asked.
PATIENCE, SOON = 15, 0.3
# `silent` is who takes the connection and does not answer: one of ours that is too busy, or stuck.
OPEN, CLOSED, SILENT = "open", "closed", "silent"
# Of an address to listen on, where one reaches it.
ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
# Whatever proxy the environment names is for what is elsewhere.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask(settings: Mapping[str, Any]) -> str:
    """Return `open`, `closed` or `silent`; nothing where no site of ours is."""
    host = settings["HOST"]
    address = f"http://{ANY.get(host, f'[{host}]' if ':' in host else host)}:{settings['PORT']}/readyz"
    try:
        with _opener.open(address, timeout=PATIENCE) as answer:
            text = answer.read().decode(errors="replace")
    except urllib.error.HTTPError as answer:
        with answer:
            text = answer.read().decode(errors="replace")
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        return SILENT if isinstance(reason, TimeoutError | ConnectionResetError) else ""
    if text.startswith(("ready", "not ready")):
        return CLOSED if "maintenance" in text.splitlines()[0] else OPEN
    return ""


def wait_until_open(settings: Mapping[str, Any], patience: float) -> bool:
    """Tell whether the site answers as an open one within so many seconds."""
    limit = time.monotonic() + patience
    while ask(settings) != OPEN:
        if time.monotonic() > limit:
            return False
        time.sleep(SOON)
    return True

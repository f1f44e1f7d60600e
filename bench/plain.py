"""What pages are compared with, under the same server and settings: `python -m bench.plain hello|stored PORT`."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.cli.serving import PATIENCE, THREADS
from bench import settings

BODY = "BENCH_BODY"


def hello() -> Flask:
    """Make a bare Flask application that says hello."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def stored() -> Callable[..., Iterable[bytes]]:
    """Make an application that answers the bytes of a file, whatever is asked: the least that a server does."""
    body = Path(os.environ[BODY]).read_bytes()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "br"),
        ("Content-Length", str(len(body))),
    ]

    def answer(_environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        start("200 OK", headers)
        return [body]

    return answer


if __name__ == "__main__":
    Granian(
        f"bench.plain:{sys.argv[1]}",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.HOST,
        port=int(sys.argv[2]),
        workers=settings.WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=PATIENCE,
        respawn_failed_workers=True,
    ).serve()

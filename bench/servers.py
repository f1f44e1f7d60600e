"""Servers in processes of their own: the site as an operator starts it, and what it is compared with."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import plain, settings
from bench.sites import Site

PATIENCE = 60
SYSTEM = "/usr/sbin:/usr/local/sbin"
HOUSE = Path(__file__).parent.parent
# Python writes what it compiled, as where an operator starts the site; an empty text is as good as none.
KEEPS_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
NGINX = """
daemon off; worker_processes {workers}; pid {folder}/pid; error_log {folder}/log; {user}
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type "text/html; charset=utf-8"; sendfile on; keepalive_requests 1000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen {host}:{port} reuseport; root {folder}; index page; add_header Content-Encoding br; }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A server at work: its port, its first process, and the seconds from its command to its first answer."""

    port: int
    pid: int
    start: float


@contextmanager
def site(of: Site, program: str = "app.command", more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve a site by `reflexe run`, in production, or by another program that takes its place; `more` are settings."""
    port = free_port()
    with _run([sys.executable, "-m", program, "run"], port, {**of.environment(port), **(more or {})}) as server:
        yield server


@contextmanager
def bare(name: str, body: Path) -> Iterator[Server]:
    """Serve `hello` or `stored` of bench/plain.py."""
    port = free_port()
    with _run([sys.executable, "-m", "bench.plain", name, str(port)], port, {plain.BODY: str(body)}) as server:
        yield server


@contextmanager
def nginx(body: Path, folder: Path) -> Iterator[Server | None]:
    """Serve the bytes as a static file by nginx; None where it is not installed."""
    program, port = shutil.which("nginx", path=f"{os.environ['PATH']}:{SYSTEM}"), free_port()
    if program is None:
        yield None
        return
    folder.mkdir(exist_ok=True)
    (folder / "page").write_bytes(body.read_bytes())
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(workers=settings.WORKERS, folder=folder, host=settings.HOST, port=port, user=user)
    (folder / "conf").write_text(text)
    with _run([program, "-p", str(folder), "-c", str(folder / "conf")], port, {}) as server:
        yield server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((settings.HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _run(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    begin = time.perf_counter()
    log = tempfile.TemporaryFile()
    process = subprocess.Popen(
        command,
        cwd=HOUSE,
        env={**os.environ, **KEEPS_BYTECODE, **environment},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        if not _answers_in_time(process, port, begin + PATIENCE):
            log.seek(0)
            raise RuntimeError(f"{' '.join(command)} does not answer: {log.read().decode()}")
        yield Server(port, process.pid, time.perf_counter() - begin)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.close()


def _answers_in_time(process: subprocess.Popen[bytes], port: int, until: float) -> bool:
    while not _answers(port):
        if process.poll() is not None or time.perf_counter() > until:
            return False
        time.sleep(0.01)
    return True


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(settings.HOST, port, timeout=10)
    try:
        connection.request("GET", "/", headers=settings.HEADERS)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()

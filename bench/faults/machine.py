"""A machine that serves one site: its settings, its database, its site and worker kept at work, and a mail server."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller

from bench import settings
from bench.faults.trees import Tree
from bench.servers import free_port
from tests.support import postgresql, terminal

DATABASE = "reflexe_drill"
PASSWORD = "une longue phrase de passe"
ROWS = ("--ideas", "300", "--comments", "1500", "--votes", "900")


class PostOffice:
    """A mail server that takes everything; `sent` has the address of each mail."""

    def __init__(self) -> None:
        self.sent, self.port = list[str](), free_port()
        self._server = Controller(self, hostname=settings.HOST, port=self.port)
        self._server.start()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.sent += envelope.rcpt_tos
        return "250 OK"

    def close(self) -> None:
        self._server.stop()


class Machine:
    """The folder of a site on an engine. `program` gives the one that is started, as a supervisor's file does."""

    def __init__(self, engine: str, folder: Path, post: PostOffice, *, database: str = DATABASE, port: int = 0):
        self.engine, self.folder, self.database = engine, folder, database
        self.port, self.post = port or free_port(), post
        folder.mkdir(parents=True, exist_ok=True)
        self.log = (folder / "log").open("ab")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts = 0
        self._over = threading.Event()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def settings(self) -> dict[str, str]:
        url = postgresql.address(self.database) if self.engine == "postgresql" else ""
        # The client programs of PostgreSQL are those of its version.
        path = f"{postgresql.PROGRAMS}:{os.environ['PATH']}"
        return terminal.environment(self.data, url, PATH=path) | {
            "REFLEXE_ENV": "production",
            "SECRET_KEY": settings.SECRET,
            "SITE_URL": f"https://{settings.HOST}:{self.port}",
            "HOST": settings.HOST,
            "PORT": str(self.port),
            "WEB_WORKERS": "2",
            "MAIL_URL": f"smtp://{settings.HOST}:{self.post.port}",
            "MAIL_FROM": "site@example.org",
            "TRUSTED_PROXIES": "1",
            "RATELIMIT_ENABLED": "false",
            "TYPING_SECONDS": "0",
            "PRIVACY_OFFICER_NAME": "Une personne",
            "PRIVACY_OFFICER_EMAIL": "vie-privee@example.org",
            "BACKUP_SEND": "true {file}",
        }

    def start_command(self, program: Path, *arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
        environment = self.settings | options.pop("settings", {})
        folder = program.parents[2]
        return subprocess.Popen([program, *arguments], env=environment, cwd=folder, start_new_session=True, **options)

    def run(self, program: Path, *arguments: str, code: int | None = 0, **options: Any) -> str:
        """Run a command to its end, and return what it said. Raise RuntimeError for another exit code."""
        text = options.pop("stdin", "").encode()
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        process = self.start_command(program, *arguments, **pipes, **options)
        try:
            said = process.communicate(text, timeout=300)[0].decode()
        except subprocess.TimeoutExpired:
            process.kill()
            said, code = process.communicate()[0].decode(), 0
        self.log.write(f"$ {program} {' '.join(arguments)}\n{said}exit code {process.returncode}\n".encode())
        self.log.flush()
        if code is not None and process.returncode != code:
            raise RuntimeError(f"reflexe {' '.join(arguments)} ended with {process.returncode}: {said[-800:]}")
        return said

    def fill(self, tree: Tree) -> None:
        """Make the rows that stand before anything, through a version, and let its members sign in."""
        if self.engine == "postgresql":
            postgresql.create(self.database)
        here, sowing = tree.program(), {"REFLEXE_ENV": "development"}
        self.run(here, "migrate")
        self.run(here, "seed", "demo", settings=sowing)
        self.run(here, "seed", "bench", *ROWS, settings=sowing)
        name = ["--email", "chef@example.org", "--name", "Qui décide", "--role", "coordinator"]
        self.run(here, "user", "create", *name, "--password-stdin", stdin=f"{PASSWORD}\n")
        self.ask("UPDATE users SET password = (SELECT password FROM users WHERE email = 'chef@example.org')")
        # Their addresses are of those that no mail can reach, which production refuses.
        self.ask("UPDATE users SET email = replace(email, '@exemple.test', '@example.org') WHERE email LIKE 'bench-%'")

    def read_log(self, begin: int) -> bytes:
        """Return what was said since the log had so many bytes."""
        with (self.folder / "log").open("rb") as log:
            log.seek(begin)
            return log.read()

    def copy(self, other: "Machine") -> None:
        """Begin with the rows of another machine, which is stopped."""
        shutil.copytree(other.data, self.data)
        if self.engine == "postgresql":
            postgresql.create(self.database, like=other.database)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Send a statement to the database as it is, past every version."""
        if self.engine == "postgresql":
            with psycopg.connect(postgresql.address(self.database)) as connection:
                cursor: Any = connection.execute(statement)
                return list(cursor.fetchall()) if cursor.description else []
        with sqlite3.connect(self.data / "reflexe.db", timeout=30) as here:
            return here.execute(statement).fetchall()

    @contextmanager
    def at_work(self, program: Path) -> Iterator[None]:
        self.start(program)
        try:
            yield
        finally:
            self.stop()

    def start(self, program: Path) -> None:
        """Keep the site and the worker at work, as a supervisor does: each that ends is started again."""
        self._over.clear()
        for name in ("run", "worker"):
            self._start(program, name)
        self._keeper = threading.Thread(target=self._keep, args=[program])
        self._keeper.start()
        terminal.until(self.answers, "the site answers")

    def _start(self, program: Path, name: str) -> None:
        self.processes[name] = self.start_command(program, name, stdout=self.log, stderr=self.log)

    def _keep(self, program: Path) -> None:
        while not self._over.wait(0.1):
            for name, process in list(self.processes.items()):
                if process.poll() is not None:
                    self.restarts += 1
                    self._start(program, name)

    def stop(self) -> None:
        """Stop what runs, as a supervisor does: it is asked, then killed."""
        self._over.set()
        self._keeper.join()
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def answers(self) -> bool:
        """Tell whether somebody listens."""
        with socket.socket() as probe:
            return probe.connect_ex((settings.HOST, self.port)) == 0

"""A real site, two processes, under small abuses: machines and readers are answered all the while."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import abuses
from tests.cli.test_run import workers
from tests.support import terminal
from tests.support.house import House
from tests.support.network import free_port
from tests.support.outages import children

pytestmark = pytest.mark.one_engine
PAGES = ("/healthz", "/readyz", "/", "/ideas", "/ideas?lang=en")


class Site:
    def __init__(self, port: int, pid: int, log: Path):
        self.port, self.pid, self.log = port, pid, log

    def serves(self) -> bool:
        """Ask for a page of each kind, at each process, most often; all must be answered."""
        return all(abuses.seconds(self.port, path) < terminal.PATIENCE for path in PAGES * 4)

    def servers(self) -> set[int]:
        return children(self.pid) - workers(self.pid)


@pytest.fixture(scope="module")
def site(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site of this module, behind a proxy."""
    folder, port = tmp_path_factory.mktemp("abused"), free_port()
    house.state.copy("reflexe", folder)
    settings = terminal.environment(folder, PORT=str(port), WEB_WORKERS="2", TRUSTED_PROXIES="1", RATELIMIT_ENABLED="0")
    log = folder / "log"
    with log.open("w") as out, terminal.background_process(settings, "run", stderr=out) as process:
        terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{port}/healthz"), "the site answers")
        yield Site(port, process.pid, log)


@pytest.mark.parametrize("number", [12, 60])
def test_bodies_and_heads_that_never_end_and_answers_that_nobody_reads_hold_nobody_up(site: Site, number: int) -> None:
    assert site.serves()
    held = (
        abuses.unfinished_bodies(site.port, number)
        + abuses.unfinished_heads(number)
        + abuses.unread_answers(site.port, number)
    )
    with abuses.held(site.port, held):
        assert site.serves()
        assert (
            abuses.ask(
                site.port,
                abuses.write(
                    site.port, "POST", "/language", headers=f"{abuses.FORM}Content-Length: 7\r\n", body="lang=en"
                ),
            )
            == "303"
        )


def test_a_length_that_is_said_twice_or_not_at_all_is_refused(site: Site) -> None:
    chunks = "3\r\na=b\r\n0\r\n\r\n"
    codes = {
        headers: abuses.ask(site.port, abuses.write(site.port, "POST", "/login", headers=headers, body=body))
        for headers, body in {
            "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n": chunks,
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n": chunks,
            "Transfer-Encoding: chunked\r\n": chunks,
            "Content-Length: 3\r\nContent-Length: 4\r\n": "a=bc",
            "Content-Length: +3\r\n": "a=b",
            "Transfer-Encoding: identity\r\n": "a=b",
        }.items()
    }
    assert set(codes.values()) <= {"400", "411"}, codes
    for headers in (
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
    ):
        assert abuses.ask(site.port, abuses.write(site.port, headers=headers, body=chunks)) == "411", (
            "whatever is asked"
        )


def test_a_body_that_is_too_large_is_read_to_be_refused_in_words(site: Site) -> None:
    for size in (1_200_000, 5_000_000):
        headers = f"{abuses.FORM}Content-Length: {size}\r\nAccept-Language: en\r\n"
        with abuses.held(site.port, [abuses.write(site.port, "POST", "/login", headers=headers, body="a" * size)]) as [
            link
        ]:
            answer = link.recv(1 << 20)
            while b"</html>" not in answer:
                answer += link.recv(1 << 20)
        assert answer[9:12] == b"413" and "That’s too large" in answer.decode()


def test_any_forwarded_address_is_answered(site: Site) -> None:
    for address in abuses.FORWARDED:
        headers = f"X-Forwarded-For: {address}\r\n"
        assert abuses.ask(site.port, abuses.write(site.port, path="/ideas", headers=headers)) == "200", address
        assert abuses.ask(site.port, abuses.write(site.port, path="/nothing", headers=headers)) == "404", address


def test_the_site_comes_back_however_often_its_processes_are_killed(site: Site) -> None:
    for _time in range(3):
        before = terminal.until(lambda: found if len(found := site.servers()) == 2 else None, "two processes serve")
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        terminal.until(lambda old=before: len(site.servers() - old) == 2, "two others are there")
    terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{site.port}/healthz"), "they serve")
    assert site.serves()
    lines = site.log.read_text().splitlines()
    assert next(line for line in lines if "by accident" in line).endswith("another one starts now.")
    assert any(line.endswith("starts in 2 s.") for line in lines) and "Traceback" not in site.log.read_text()


def test_its_processes_end_with_the_first_one_and_leave_the_port(site: Site) -> None:
    servers = children(site.pid)
    os.kill(site.pid, signal.SIGKILL)
    terminal.until(
        lambda: (
            not any(
                Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in servers
            )
        ),
        "all ended",
    )
    terminal.until(lambda: not terminal.answers(f"http://127.0.0.1:{site.port}/healthz"), "nobody holds the port")

"""A site under small abuses, one after the other: how long machines and readers wait. `python -m bench.abuse`.

BENCH_IDEAS gives the size of the site (its first number), BENCH_SECONDS how long each abuse lasts.
"""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from statistics import quantiles

from bench import abuses, processes, servers, settings, sites, workbooks

PATHS = ("/healthz", "/ideas")
PAUSE = 0.02
NUMBER = 200
FIGURES = ("p50", "p95", "max")
HEAD = f"{'milliseconds':30}" + "".join(f"{path} {name}".rjust(14) for path in PATHS for name in FIGURES) + "   answers"

Abuse = Callable[[servers.Server], AbstractContextManager[object]]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reflexe-bench-") as folder:
        site = sites.make(settings.SIZES[0], Path(folder))
        try:
            with servers.site(site) as server:
                print(HEAD)
                for name, abuse in (ABUSES | {"workbooks of 2 000 MB": send_workbooks(site)}).items():
                    with abuse(server):
                        print(row(name, measure(server.port)), flush=True)
        finally:
            sites.remove(site)


def measure(port: int) -> dict[str, list[float]]:
    """Ask for the pages in turn, each over a new connection; return the milliseconds, infinite where none came."""
    found: dict[str, list[float]] = {path: [] for path in PATHS}
    until = time.monotonic() + max(settings.SECONDS, 0.5)
    while time.monotonic() < until:
        for path, times in found.items():
            try:
                times.append(abuses.seconds(port, path) * 1000)
            except (OSError, RuntimeError):
                times.append(float("inf"))
        time.sleep(PAUSE)
    return found


def row(name: str, found: dict[str, list[float]]) -> str:
    """Write a line: the middle, the 95th of a hundred and the longest, and how many were answered of how many."""
    cells = ""
    for times in found.values():
        shares = quantiles(times, n=20) if len(times) > 1 else times * 19
        cells += "".join(f"{value:>14.1f}" for value in (shares[9], shares[18], max(times)))
    every = [value for times in found.values() for value in times]
    return f"{name:30}{cells}{sum(value < float('inf') for value in every):>6}/{len(every)}"


def hold(write: Callable[[int], list[bytes]]) -> Abuse:
    return lambda server: abuses.held(server.port, write(server.port))


def repeat(act: Callable[[servers.Server], object]) -> Abuse:
    """Do something again and again beside the measures."""

    @contextmanager
    def run(server: servers.Server) -> Iterator[None]:
        over = threading.Event()

        def go_on() -> None:
            while not over.is_set():
                try:
                    act(server)
                except OSError:
                    over.wait(PAUSE)

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    return run


def send_workbooks(site: sites.Site) -> Abuse:
    """Send a workbook that is refused. Raise RuntimeError where it is not."""

    @contextmanager
    def run(server: servers.Server) -> Iterator[None]:
        request = workbooks.write(site, server.port)
        code = abuses.ask(server.port, request)
        if code != "422":
            raise RuntimeError(f"the workbook was answered with {code or 'nothing'}")
        with repeat(lambda here: abuses.ask(here.port, request))(server):
            yield

    return run


def send_large(server: servers.Server) -> None:
    headers = f"{abuses.FORM}Content-Length: 1200000\r\n"
    abuses.ask(server.port, abuses.write(server.port, "POST", "/login", headers=headers, body="a" * 1_200_000))


def send_many_parts(server: servers.Server) -> None:
    part = '--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n'
    body = part * 201 + "--b--\r\n"
    headers = f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n"
    abuses.ask(server.port, abuses.write(server.port, "POST", "/login", headers=headers, body=body))


def forward(server: servers.Server) -> None:
    for address in abuses.FORWARDED:
        request = abuses.write(server.port, path="/nothing", headers=f"X-Forwarded-For: {address}\r\n")
        abuses.ask(server.port, request)


def kill_one(server: servers.Server) -> None:
    """Kill a process that serves, unless it is the last one."""
    serving = processes.family(server.pid)[1:]
    if len(serving) == settings.WORKERS:
        os.kill(serving[0], signal.SIGKILL)
    time.sleep(1)


def none(_server: servers.Server) -> AbstractContextManager[object]:
    return nullcontext()


ABUSES: dict[str, Abuse] = {
    "none": none,
    "12 unfinished bodies": hold(lambda port: abuses.unfinished_bodies(port, 12)),
    f"{NUMBER} unfinished bodies": hold(lambda port: abuses.unfinished_bodies(port, NUMBER)),
    f"{NUMBER} unfinished heads": hold(lambda _port: abuses.unfinished_heads(NUMBER)),
    f"{NUMBER} readers of nothing": hold(lambda port: abuses.unread_answers(port, NUMBER)),
    "forms of 1.2 MB": repeat(send_large),
    "forms of 201 parts": repeat(send_many_parts),
    "broken forwarded addresses": repeat(forward),
    "a process killed each second": repeat(kill_one),
    "none, afterwards": none,
}

if __name__ == "__main__":
    main()

"""Requests sent as fast as they are answered, from processes that do nothing else (wrk's where it is installed)."""

import json
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import settings

PROCESSES, CONNECTIONS = 2, 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """How many requests were answered a second, how many answers there were of each code, and the seconds of each.

    wrk does not say how long each took.
    """

    rate: float
    codes: Mapping[str, int]
    times: Sequence[float] = ()


def write(
    path: str, port: int, *, method: str = "GET", body: str = "", headers: Mapping[str, str] | None = None
) -> str:
    """Write a request as it is sent."""
    fields = {"Host": f"{settings.HOST}:{port}", **settings.HEADERS, **(headers or {})}
    if body:
        fields |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}"


def program() -> str:
    return "wrk" if shutil.which("wrk") else "bench/load.py"


def rate(path: str, port: int) -> Result:
    """Ask for one page during the seconds of the settings; a slow one until its last answers (wrk forgets them)."""
    result = _wrk(path, port) if shutil.which("wrk") else None
    if result and result.codes.get("200") != 0:
        return result
    return send([write(path, port)], port, seconds=settings.SECONDS)


def send(
    requests: Sequence[str],
    port: int,
    *,
    seconds: float = 0,
    processes: int = PROCESSES,
    connections: int = CONNECTIONS,
) -> Result:
    """Send requests, each once (or again and again during `seconds`), over so many connections of each process."""
    clients = [
        subprocess.Popen([sys.executable, "-m", "bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _process in range(processes)
    ]
    begin = time.time() + 0.3
    for n, client in enumerate(clients):
        share = list(requests) if seconds else requests[n::processes]
        assert client.stdin
        client.stdin.write(json.dumps([share, port, connections, begin, seconds]).encode())
        client.stdin.close()
    answers = [json.loads(client.stdout.read()) for client in clients if client.stdout]
    for client in clients:
        client.wait()
    codes, times = Counter[str](), list[float]()
    for found, its_times, _elapsed in answers:
        codes.update(found)
        times += its_times
    return Result(codes.total() / max(elapsed for _found, _times, elapsed in answers), codes, times)


def _wrk(path: str, port: int) -> Result:
    fields = [part for name, value in settings.HEADERS.items() for part in ("-H", f"{name}: {value}")]
    printed = subprocess.run(
        [
            "wrk",
            f"-t{PROCESSES}",
            f"-c{PROCESSES * CONNECTIONS}",
            f"-d{max(1, round(settings.SECONDS))}s",
            *fields,
            f"http://{settings.HOST}:{port}{path}",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    per_second, total = (re.search(pattern, printed) for pattern in (r"Requests/sec: *([\d.]+)", r"(\d+) requests in"))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    assert per_second and total
    return Result(float(per_second[1]), {"other": int(refused[1])} if refused else {"200": int(total[1])})


class Client:
    """Some connections, each of which sends its next request when the one before is answered."""

    def __init__(self, requests: Sequence[str], port: int, seconds: float) -> None:
        self.requests, self.port = [request.encode() for request in requests], port
        self.until = time.time() + seconds if seconds else float("inf")
        self.is_endless, self.sent = bool(seconds), 0
        self.codes, self.times, self.begun = Counter[str](), list[float](), dict[Any, float]()
        self.selector = selectors.DefaultSelector()

    def run(self, connections: int) -> None:
        for _connection in range(connections):
            link = socket.create_connection((settings.HOST, self.port))
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(link, selectors.EVENT_READ, bytearray())
            self._send(link)
        while self.selector.get_map():
            for key, _events in self.selector.select():
                self._receive(key.fileobj, key.data)

    def _send(self, link: Any) -> None:
        """Send the next request, or close the connection when there is none."""
        if time.time() > self.until or (not self.is_endless and self.sent >= len(self.requests)):
            self.selector.unregister(link)
            link.close()
            return
        self.begun[link] = time.perf_counter()
        link.sendall(self.requests[self.sent % len(self.requests)])
        self.sent += 1

    def _receive(self, link: Any, received: bytearray) -> None:
        received += link.recv(1 << 18)
        end = received.find(b"\r\n\r\n")
        length = LENGTH.search(received, 0, end + 2) if end >= 0 else None
        if end >= 0 and length is None and received[9:12] != b"304":
            raise RuntimeError("an answer without a length")
        if end >= 0 and len(received) >= end + 4 + (int(length[1]) if length else 0):
            self.times.append(time.perf_counter() - self.begun[link])
            self.codes[received[9:12].decode()] += 1
            received.clear()
            self._send(link)


def main() -> None:
    requests, port, connections, begin, seconds = json.load(sys.stdin)
    time.sleep(max(0.0, begin - time.time()))
    start = time.perf_counter()
    client = Client(requests, port, seconds)
    client.run(connections)
    print(json.dumps([client.codes, client.times, time.perf_counter() - start]))


if __name__ == "__main__":
    main()

"""What a few connections can do to a site: bodies and heads that never end, answers that nobody reads."""

import http.client
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from bench import settings

PATIENCE = 30.0
HEAD = "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n{body}"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
# As proxies write an address, or do not.
FORWARDED = (
    "[2001:db8::1]",
    "[2001:db8::1]:443",
    "192.0.2.1:567",
    "::ffff:192.0.2.1",
    "unknown",
    "",
    "a, b , ,c",
    "fe80::1%eth0",
    "1.2.3",
    "[]:1",
    "]]::[",
    "é",
    "1" * 3000,
)


def write(port: int, method: str = "GET", path: str = "/", *, headers: str = "", body: str = "") -> bytes:
    """Write a request as it is sent, whatever is wrong with it."""
    host = f"{settings.HOST}:{port}"
    return HEAD.format(method=method, path=path, host=host, headers=headers, body=body).encode()


@contextmanager
def held(port: int, requests: Sequence[bytes]) -> Iterator[list[socket.socket]]:
    """Send the beginning of requests over as many connections, and hold these."""
    with ExitStack() as stack:
        links = []
        for request in requests:
            link = stack.enter_context(socket.create_connection((settings.HOST, port), timeout=PATIENCE))
            link.sendall(request)
            links.append(link)
        yield links


def unfinished_bodies(port: int, number: int) -> list[bytes]:
    """Write forms of which only the first letters come."""
    return [write(port, "POST", "/login", headers=f"{FORM}Content-Length: 1000\r\n", body="email=a")] * number


def unfinished_heads(number: int) -> list[bytes]:
    return [b"GET / HTTP/1.1\r\nHost: "] * number


def unread_answers(port: int, number: int) -> list[bytes]:
    """Write requests, a hundred in each, whose answers nobody reads."""
    return [write(port, path="/ideas") * 100] * number


def ask(port: int, request: bytes) -> str:
    """Send a request; return the code of the answer, or nothing if the connection is only closed."""
    with socket.create_connection((settings.HOST, port), timeout=PATIENCE) as link:
        try:
            link.sendall(request)
            return link.recv(1 << 16)[9:12].decode()
        except ConnectionError:
            return ""


def seconds(port: int, path: str) -> float:
    """Return how long a page takes over a new connection. Raise RuntimeError for another answer than 200."""
    begin = time.perf_counter()
    connection = http.client.HTTPConnection(settings.HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=settings.HEADERS)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return time.perf_counter() - begin

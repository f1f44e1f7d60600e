"""Many browsers at once, in one process: each has a connection, cookies, and what it has read by its tag."""

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import brotli

from bench import load, settings

TOKEN = re.compile(rb'name="csrf_token"[^>]* value="([^"]+)"')
RIGHT = ("200", "303", "304")


@dataclass
class Noted:
    """The seconds of each request by its kind, what was answered otherwise than it should, and how often."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return sum(map(len, self.times.values()))


@dataclass
class Answer:
    code: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> bytes:
        return brotli.decompress(self.body) if self.headers.get("content-encoding") == "br" else self.body

    @property
    def cookies(self) -> dict[str, str]:
        return dict(
            line.partition(";")[0].split("=", 1) for line in self.headers.get("set-cookie", "").split("\n") if line
        )


class Browser:
    """A browser at an address of the network; what it asks for is noted in `noted`, which may be another later."""

    def __init__(self, port: int, address: str, cookies: str = "") -> None:
        self.port, self.address, self.noted = port, address, Noted()
        self.cookies = dict(one.split("=", 1) for one in cookies.split("; ") if one)
        self.tags, self.token = dict[str, str](), ""
        self.link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.turn = asyncio.Lock()

    async def read(self, kind: str, path: str) -> Answer:
        """Ask for a page as somebody, with their cookies; the token of its forms is theirs."""
        answer = await self._ask(kind, path, is_known=True)
        found = TOKEN.search(answer.text) if answer.code == "200" else None
        self.token = found[1].decode() if found else self.token
        return answer

    async def look(self, kind: str, path: str, *, is_part: bool = False) -> Answer:
        """Ask for what everybody reads, or its changing part, without cookies: nothing new is told in a few bytes."""
        known = {"If-None-Match": self.tags.get(path, '""')}
        answer = await self._ask(kind, path, headers=known | {"HX-Request": "true"} if is_part else known)
        self.tags[path] = answer.headers.get("etag", self.tags.get(path, '""'))
        return answer

    async def press(self, kind: str, path: str, **fields: str) -> Answer:
        """Send a form, then read the page that it leads to."""
        headers = {"Origin": f"http://{settings.HOST}:{self.port}"}
        answer = await self._ask(kind, path, fields={"csrf_token": self.token} | fields, headers=headers, is_known=True)
        if answer.code == "303":
            await self.read(f"{kind}, the page after", _path(answer.headers["location"]))
        return answer

    async def _ask(
        self,
        kind: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        is_known: bool = False,
    ) -> Answer:
        """Ask one thing after the other; `is_known`: with the cookies, which the answer may change."""
        body, sent = urlencode(fields) if fields else "", {"X-Forwarded-For": self.address, "Accept-Encoding": "br"}
        async with self.turn:
            sent |= {"Cookie": "; ".join(map("=".join, self.cookies.items()))} if is_known and self.cookies else {}
            method = "POST" if fields else "GET"
            request = load.write(path, self.port, method=method, body=body, headers={**sent, **(headers or {})})
            begin = time.perf_counter()
            answer = await self._send(request.encode())
            self.noted.times[kind].append(time.perf_counter() - begin)
            self.cookies |= answer.cookies if is_known else {}
        if answer.code not in RIGHT:
            self.noted.errors[f"{kind}: {answer.code}"] += 1
        return answer

    async def _send(self, request: bytes) -> Answer:
        """Send a request; over a new connection where the server closed one of no use."""
        for is_new in (self.link is None, True):
            if is_new:
                self.link = await asyncio.open_connection(settings.HOST, self.port)
            assert self.link
            reader, writer = self.link
            try:
                writer.write(request)
                return await _receive(reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()
        return Answer("none", {}, b"")

    def close(self) -> None:
        if self.link:
            self.link[1].close()


async def _receive(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict[str, str]()
    for line in head[1:]:
        name, _colon, value = line.partition(":")
        name = name.lower()
        headers[name] = f"{headers[name]}\n{value.strip()}" if name in headers else value.strip()
    code = head[0].split(" ")[1]
    length = 0 if code == "304" else int(headers.get("content-length", 0))
    return Answer(code, headers, await reader.readexactly(length))


def _path(location: str) -> str:
    found = urlsplit(location)
    return f"{found.path}?{found.query}" if found.query else found.path

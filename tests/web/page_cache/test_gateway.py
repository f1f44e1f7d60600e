"""The gateway, given requests as the server gives them: bodies have a time, and the application its own threads."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.readers import NoAnswer
from app.web.page_cache import requests
from app.web.page_cache.gateway import Gateway
from app.web.page_cache.middleware import PageCache
from app.web.page_cache.requests import make_environ
from tests.web.page_cache.page_caches import complete

pytestmark = pytest.mark.one_engine
LONGEST = 20


class Headers(list[tuple[str, str]]):
    def items(self) -> "Headers":
        return self


class Proto:
    """The other side of a request: `chunks` of its body, after which nothing comes if it `hangs`."""

    def __init__(self, *chunks: bytes, hangs: bool = False):
        self.chunks, self.hangs = chunks, hangs
        self.answer: tuple[int, dict[str, str], str] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk
        if self.hangs:
            await asyncio.sleep(LONGEST)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = status, {name.lower(): value for name, value in headers}, body.decode(errors="replace")

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        self.response_bytes(status, headers, body.encode())


def scope(method: str = "GET", path: str = "/", **headers: str) -> Any:
    fields = {"host": "localhost", "accept-language": "en"} | {
        name.replace("__", "-"): value for name, value in headers.items()
    }
    return SimpleNamespace(
        method=method,
        path=path,
        query_string="",
        http_version="1.1",
        server="127.0.0.1:8000",
        client="[::1]:5000",
        scheme="http",
        authority=None,
        headers=Headers(fields.items()),
    )


def form(length: int, path: str = "/login", **more: str) -> Any:
    return scope("POST", path, content__length=str(length), content__type="application/x-www-form-urlencoded", **more)


def ask(gateway: Gateway, request: Any, proto: Proto | None = None) -> tuple[int, dict[str, str], str]:
    proto = proto or Proto()
    complete(gateway.__rsgi__(request, proto), seconds=LONGEST)
    assert proto.answer and gateway.bodies.held == 0
    return proto.answer


def test_a_page_is_the_same_byte_for_byte_once_it_is_kept(gateway: Gateway, page_cache: PageCache) -> None:
    answers = [ask(gateway, scope(path="/ideas")) for _time in range(3)]
    assert answers[0] == answers[1] == answers[2] and page_cache.pages.hits == 2
    head = ask(gateway, scope("HEAD", "/ideas"))
    assert (head[0], head[2]) == (200, "") and head[1]["etag"] == answers[0][1]["etag"]


def test_a_body_that_does_not_end_is_refused_in_words(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LONGEST", 0.05)
    code, _headers, page = ask(gateway, form(1000), Proto(b"email=a", hangs=True))
    assert code == 408 and "Sending took too long" in page


def test_a_body_comes_in_pieces_and_one_that_is_cut_short_is_no_form(gateway: Gateway) -> None:
    assert ask(gateway, form(7, "/language"), Proto(b"lan", b"g=en"))[0] == 303
    assert ask(gateway, form(9, "/language"), Proto(b"lan", b"g=en", b""))[0] == 400


def test_too_large_a_body_is_not_held_and_too_many_bodies_are_refused(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [b"a" * 100_000] * 12
    assert ask(gateway, form(1_200_000), Proto(*pieces))[0] == 413
    assert ask(gateway, form(requests.THROWN_AWAY + 1))[0] == 413
    monkeypatch.setattr(requests, "MOST_HELD", 250_000)
    code, headers, page = ask(gateway, form(1_000_000), Proto(*pieces[:10]))
    assert (code, headers["retry-after"]) == (503, "5") and "The site is busy" in page


def test_cached_pages_and_machines_are_answered_while_every_thread_waits(gateway: Gateway) -> None:
    ask(gateway, scope(path="/ideas"))
    over = threading.Event()
    gateway.pool.submit(over.wait, LONGEST)
    try:
        style = re.findall(r"/static/css/[^\"]*", ask(gateway, scope(path="/ideas"))[2])[0]
        assert [ask(gateway, scope(path=path))[0] for path in ("/healthz", "/readyz", style)] == [200] * 3
    finally:
        over.set()


def test_a_database_that_says_nothing_is_said_in_words_and_no_page_is_given(
    gateway: Gateway, page_cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> int:
        raise NoAnswer()

    ask(gateway, scope(path="/ideas"))
    monkeypatch.setattr(page_cache, "read", read)
    monkeypatch.setattr(gateway, "reader", read)
    for path in ("/ideas", "/account"):
        code, headers, page = ask(gateway, scope(path=path))
        assert (code, headers["retry-after"]) == (503, "5") and "The site is busy" in page
    assert ask(gateway, scope(path="/readyz"))[::2] == (503, "not ready: database\n")
    assert ask(gateway, scope(path="/healthz"))[::2] == (200, "ok\n")
    gateway.waiting = 1000
    assert ask(gateway, scope(path="/ideas"))[::2] == (503, ""), "too many wait to hear it"


def test_a_header_with_a_low_line_is_not_that_of_a_proxy() -> None:
    request = scope(x_forwarded_for="192.0.2.9", cookie="a=1")
    request.headers += [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "192.0.2.2"), ("cookie", "b=2")]
    environ = make_environ(request)
    assert (environ["HTTP_X_FORWARDED_FOR"], environ["HTTP_COOKIE"]) == ("192.0.2.1,192.0.2.2", "a=1; b=2")
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("::1", "127.0.0.1", "8000")

"""PostgreSQL is there and says nothing: a real site says so, soon and in words, and is itself again when it answers."""

import http.client
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.support import outages, postgresql, terminal
from tests.support.network import free_port

pytestmark = pytest.mark.one_engine
# In seconds: less than the 20 that a statement may take, with the other processes of this machine.
SOON = 15


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of its own: the tests that run beside go on."""
    monkeypatch.delenv(postgresql.ADDRESS, raising=False)
    postgresql.start()
    address = os.environ[postgresql.ADDRESS]
    with psycopg.connect(address.replace("/?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE site")
    yield address.replace("/?", "/site?")


@pytest.fixture
def port(server: str, tmp_path: Path) -> Iterator[int]:
    number = free_port()
    settings = terminal.environment(tmp_path, server, PORT=str(number), WEB_WORKERS="1", RATELIMIT_ENABLED="0")
    with terminal.background_process(settings, "run", stderr=None):
        terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{number}/healthz"), "the site answers")
        yield number


def ask(port: int, path: str, body: str = "", cookie: str = "") -> tuple[int, str, dict[str, str], float]:
    """Return the code, the page, the headers, and how long they were waited for."""
    begin, connection = time.monotonic(), http.client.HTTPConnection("127.0.0.1", port, timeout=terminal.PATIENCE)
    headers = {
        "Accept-Language": "en",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Sec-Fetch-Site": "same-origin",
    }
    connection.request("POST" if body else "GET", path, body or None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page, dict(answer.getheaders()), time.monotonic() - begin


def test_what_can_not_be_known_is_503_soon_and_all_is_well_again_afterwards(port: int, server: str) -> None:
    assert [ask(port, path)[0] for path in ("/", "/ideas", "/ideas", "/readyz")] == [200] * 4
    with outages.silent(server), ThreadPoolExecutor(12) as pool:
        # Pages that are kept, and more that are not than there are threads.
        paths = ["/ideas"] * 4 + [f"/ideas?page={n}" for n in range(8)]
        answers = list(pool.map(lambda path: ask(port, path), paths))
        answers += [ask(port, path) for path in ("/", "/ideas", "/search?q=a", "/account")]
        for code, page, headers, seconds in answers:
            assert (code, headers.get("retry-after")) == (503, "5") and seconds < SOON, (code, seconds)
            assert "The site is busy" in page

        code, page, _headers, seconds = ask(
            port, "/login", urlencode({"email": "a@example.org", "title": "Un mot à ne pas perdre"})
        )
        assert code == 503 and "Un mot à ne pas perdre" in page and seconds < SOON
        assert ask(port, "/healthz")[:2] == (200, "ok\n")
        code, text, _headers, seconds = ask(port, "/readyz")
        assert (code, text) == (503, "not ready: database\n") and seconds < SOON
    terminal.until(lambda: ask(port, "/ideas")[0] == 200, "it answers again")
    assert re.search("<h1", ask(port, "/")[1]) and ask(port, "/readyz")[0] == 200
